"""Steering and watching a training of any process, by its run folder."""

from __future__ import annotations

import time
import uuid
from contextlib import suppress
from pathlib import Path

from bcviewer.errors import TrainingError
from bcviewer.model.commands import Command
from bcviewer.model.events import Event, parse_event
from bcviewer.model.live_folder import SESSION, STEP
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_lock import START, WORK, is_running
from bcviewer.model.run_paths import run_paths

LOOK_SECONDS = 0.02


def is_live(run: Path) -> bool:
    """Whether a training of whatever process runs in this folder, or is about to."""
    live = RunFolder(run).live_path
    return is_running(run) or is_running(live) or is_running(live, START)


def is_busy(run: Path) -> bool:
    """Whether a training is in this folder, or other work, which cannot be steered."""
    return is_live(run) or is_running(run, WORK)


def live_runs(folder: Path) -> list[Path]:
    """The runs in a folder that train now, the one that began last first."""
    try:
        runs = [path for path in run_paths(folder) if is_live(path)]
    except OSError:
        return []
    return sorted(runs, key=_began, reverse=True)


def send_command(run: Path, command: Command, *, wait_seconds: float = 0.0) -> bool:
    """Tell a training something; it obeys after the batch at hand.

    Args:
        run: The run folder.
        command: What to tell.
        wait_seconds: How long to wait until the training has heard it. One that only begins is
            waited for as well: its ears open a moment after its lock.

    Returns:
        Whether it has heard it within that time.

    Raises:
        TrainingError: No training runs in this folder, or it hears nothing.
    """
    ends = time.monotonic() + wait_seconds
    while (session := _open_session(run)) is None:
        if not is_live(run) or time.monotonic() >= ends:
            raise _deaf(run)
        time.sleep(LOOK_SECONDS)
    word = session / f"{time.time_ns():020d}-{uuid.uuid4().hex[:8]}.{command}"
    try:
        word.touch(exist_ok=False)
    except OSError as error:
        raise _deaf(run) from error
    while (waiting := word.exists()) and time.monotonic() < ends:
        time.sleep(LOOK_SECONDS)
    return not waiting


def latest_step(run: Path) -> Event | None:
    """The step or the validation that a training is at; None when nothing is told of it."""
    session = _session(run)
    if session is None:
        return None
    try:
        return parse_event((session / STEP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _open_session(run: Path) -> Path | None:
    """The folder in which a training listens now."""
    return _session(run) if is_running(RunFolder(run).live_path) else None


def _session(run: Path) -> Path | None:
    """The folder of the session that runs now, or that ran last and was killed."""
    return max(RunFolder(run).live_path.glob(f"{SESSION}*"), default=None)


def _began(run: Path) -> tuple[str, str]:
    session = None
    with suppress(OSError):
        session = _session(run)
    return (session.name if session is not None else "", run.name)


def _deaf(run: Path) -> TrainingError:
    if not is_live(run):
        return TrainingError(
            f"No training runs in {run} now.", hint="Look in the list of runs how it ended."
        )
    return TrainingError(f"The training in {run} takes no commands.", hint="Try again in a moment.")
