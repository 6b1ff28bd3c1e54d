"""The file of the label log: how it is opened, and what lies beside it."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

from bcviewer.annotation.log_errors import BUSY_SECONDS

LONGEST_VALUE = 2**20
"""Bytes of a row; reasons and names have some hundred."""


def opened(path: Path, *, read_only: bool, patience: float) -> sqlite3.Connection:
    """Connect to a log; one that is only read is not made.

    Args:
        path: The log.
        read_only: Change nothing.
        patience: Seconds to wait for others.
    """
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
    name = path.absolute().as_uri()
    mode = "ro" if read_only else "rwc"
    if read_only and is_frozen(path):
        mode = "ro&immutable=1"
    connection = sqlite3.connect(
        f"{name}?mode={mode}",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
    )
    # The file may be another's: nothing in it is run, and no value in it fills the memory.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    return connection


def is_frozen(path: Path) -> bool:
    """Whether the file alone is the log: where nothing can be written nobody writes."""
    folder = path.parent
    return path.exists() and not os.access(folder, os.W_OK) and not beside(path, "-wal").exists()


def to_wal(connection: sqlite3.Connection) -> None:
    """Set the journal; for this SQLite does not wait while others have the file open."""
    ends = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            # Disks of other machines may refuse; then the older journal is used, as safe.
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > ends:
                raise
            time.sleep(0.02)
        else:
            return


def identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another of the same name; None when there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def beside(path: Path, suffix: str) -> Path:
    """A file that SQLite keeps beside a log."""
    return path.with_name(path.name + suffix)
