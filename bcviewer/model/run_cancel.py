"""What a cancelled training could not do itself, since its process was killed or never there."""

from __future__ import annotations

import shutil
from contextlib import suppress

from bcviewer.errors import JobError
from bcviewer.model.event_log import append_event, read_events
from bcviewer.model.events import Cancelled_, Ending
from bcviewer.model.folder import ModelFolder
from bcviewer.model.run_commands import is_busy
from bcviewer.model.run_folder import RunFolder, sweep
from bcviewer.model.run_lock import held


def note_cancel(run: RunFolder) -> None:
    """Put the cancel into the log of a run, as the training itself does, and clear up after it.

    Nothing happens where somebody works in the run, or where it has an ending or a whole model.
    """
    if is_busy(run.path) or ModelFolder.seems_whole(run.model_path):
        return
    with suppress(JobError), held(run.path):
        sweep(run)
        if not isinstance(next(reversed(read_events(run.events_path)), None), Ending):
            append_event(run.events_path, Cancelled_())


def forget_unbegun(run: RunFolder) -> None:
    """Remove the folder of a run that ended before it had learned on whom it was to train.

    One that somebody works in, or that holds anything else, stays.
    """
    with suppress(OSError):
        found = {entry.name for entry in run.path.iterdir()}
        if found <= run.names_at_start and not is_busy(run.path):
            shutil.rmtree(run.path)
