"""One training at a time in a run folder: a lock of the system, which a kill releases too."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bcviewer.errors import JobError
from bcviewer.file_lock import RETRY_SECONDS, take

LOCK = "run.lock"
START = "start.lock"
"""Held by who starts a training, for the second until the training has locks of its own."""

WORK = "work.lock"
"""Held by what works in a run folder and is no training: it takes no commands."""

PATIENCE_SECONDS = 1.0
"""``is_running`` may hold the lock for a moment; a training that starts then waits for it."""


@contextmanager
def held(run: Path, name: str = LOCK) -> Iterator[None]:
    """Hold a lock of a run folder.

    Raises:
        JobError: A training runs in this folder, or the lock's file cannot be written.
    """
    try:
        file = (run / name).open("ab")
    except OSError as error:
        raise JobError(
            f"The run folder {run} cannot be written: {error.strerror or error}.",
            hint="Choose a folder that you may write to.",
        ) from error
    with file:
        ends = time.monotonic() + PATIENCE_SECONDS
        while not take(file):
            if time.monotonic() > ends:
                raise running_now(run)
            time.sleep(RETRY_SECONDS)
        yield


def is_running(run: Path, name: str = LOCK) -> bool:
    """Whether a training, of whatever process, runs in a run folder now."""
    try:
        with (run / name).open("rb+") as file:
            return not take(file, shared=True)
    except OSError:  # no such file: nothing ever ran, or nothing can be told
        return False


def running_now(run: Path) -> JobError:
    """The error of a folder that is in use."""
    return JobError(
        f"A training runs in {run} now.", hint="Wait for its end, or choose another folder."
    )
