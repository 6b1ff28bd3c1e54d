"""Following a training that another process started, as if this one had started it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bcviewer.errors import TrainingError
from bcviewer.model.commands import Command
from bcviewer.model.event_tail import FollowedLog
from bcviewer.model.events import Ending, Event, Failed
from bcviewer.model.run_commands import is_live, latest_step, send_command
from bcviewer.model.training_process import Word

LOOK_SECONDS = 0.2
LOST = Failed(
    message="The training ended without a result: it was killed, or it crashed.",
    hint="Its finished epochs are kept; log.txt in its run folder has its last words.",
)


class FollowedTraining:
    """A training of another process, heard and steered through its run folder.

    Args:
        run: The run folder.
    """

    def __init__(self, run: Path) -> None:
        self._run = run
        self._log = FollowedLog(run)

    def events(self) -> Iterator[Event]:
        """What happened so far, then what happens; the last event tells how it ended."""
        ending: Ending | None = None
        step: Event | None = None
        new, live = self._log.new(), True
        while live:
            live = is_live(self._run)  # asked first: what it told at its end is then there
            for event in [*new, *self._log.new()]:
                ending = event if isinstance(event, Ending) else None
                if ending is None:
                    yield event
            new = []
            now = latest_step(self._run) if live else None
            if now is not None and now != step:
                step = now
                yield now
            if live:
                time.sleep(LOOK_SECONDS)
        yield ending or LOST

    def send(self, word: Word) -> None:
        """Tell the training something; nothing happens when it is over already."""
        with suppress(TrainingError):
            send_command(self._run, Command(word))
