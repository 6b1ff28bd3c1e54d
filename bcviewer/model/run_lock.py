"""One training at a time in a run folder: a lock of the system, which a kill releases too."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bcviewer.errors import JobError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = "run.lock"

PATIENCE_SECONDS = 1.0
"""``is_running`` may hold the lock for a moment; a training that starts then waits for it."""

RETRY_SECONDS = 0.05
TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextmanager
def held(run: Path) -> Iterator[None]:
    """Hold the lock of a run folder.

    Raises:
        JobError: A training runs in this folder, or the lock's file cannot be written.
    """
    try:
        file = (run / LOCK).open("ab")
    except OSError as error:
        raise JobError(
            f"The run folder {run} cannot be written: {error.strerror or error}.",
            hint="Choose a folder that you may write to.",
        ) from error
    with file:
        ends = time.monotonic() + PATIENCE_SECONDS
        while not _take(file):
            if time.monotonic() > ends:
                raise running_now(run)
            time.sleep(RETRY_SECONDS)
        yield


def is_running(run: Path) -> bool:
    """Whether a training, of whatever process, runs in a run folder now."""
    try:
        with (run / LOCK).open("rb+") as file:
            return not _take(file, shared=True)
    except OSError:  # no such file: nothing ever ran, or nothing can be told
        return False


def running_now(run: Path) -> JobError:
    """The error of a folder that is in use."""
    return JobError(
        f"A training runs in {run} now.", hint="Wait for its end, or choose another folder."
    )


def _take(file: BinaryIO, *, shared: bool = False) -> bool:
    """Try to lock; the lock goes with the file. Where a disk knows no locks, all is free.

    A shared lock is for those who only look, so that two of them do not see each other. Windows
    has none: there a look may meet another one, and waits it out.
    """
    try:
        if sys.platform == "win32":
            file.seek(0)
            if shared:
                _look_patiently(file)
            else:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in TAKEN
    return True


if sys.platform == "win32":

    def _look_patiently(file: BinaryIO) -> None:
        """Try to lock a few times: another look holds the lock for less than that."""
        for _ in range(3):
            with suppress(OSError):
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                return
            time.sleep(RETRY_SECONDS / 2)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
