"""A lock of the system on a file, which a kill releases too."""

from __future__ import annotations

import errno
import sys
import time
from contextlib import suppress
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

RETRY_SECONDS = 0.05
TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


def take(file: BinaryIO, *, shared: bool = False) -> bool:
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
