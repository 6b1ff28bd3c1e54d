"""What goes wrong with the label log, in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bcviewer.errors import StorageError

BUSY_SECONDS = 10.0
"""So long a write waits for those of other windows."""

DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")


def damaged(path: Path, why: str) -> StorageError:
    """The error of a log that cannot be trusted; it is never written over."""
    return StorageError(
        f"The label log {path} is damaged ({why}); it was left as it is.",
        hint=f"Put a copy of it back; or move it aside, with {path.name}-wal and {path.name}-shm, "
        "to begin a new log, and keep it: SQLite's .recover may save its labels.",
    )


def spoilt_log(path: Path, spoilt: Sequence[int], count: int) -> StorageError:
    """The error of a log in which strokes are not as they were written.

    Args:
        path: The log.
        spoilt: Their ids.
        count: Of so many strokes.
    """
    return StorageError(
        f"The label log {path} is damaged ({len(spoilt):,} of its {count:,} strokes are not as "
        f"they were written, first number {spoilt[0]:,}); it was left as it is.",
        hint='Put a copy of it back. Without one, "bcviewer labels export --salvage" writes what '
        f"is whole; then move it aside, with {path.name}-wal and {path.name}-shm, and import that.",
    )


def in_words(path: Path, error: sqlite3.Error | OSError) -> StorageError:
    """Translate an error of SQLite or of the system."""
    if isinstance(error, OSError):
        return StorageError(
            f"The label log {path} cannot be opened: {error.strerror or error}.",
            hint="Check that you may read and write there, or choose another workspace.",
        )
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(DAMAGE):
        return damaged(path, str(error))
    if "not decode to UTF-8" in str(error):
        return damaged(path, "it has text that is none")
    if name.startswith("SQLITE_FULL"):
        return StorageError(
            f"The label log {path} cannot be written: the disk is full.",
            hint="Make room on the disk; labels are written again from then on.",
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StorageError(
            f"The label log {path} was locked by another program for {BUSY_SECONDS:.0f} seconds.",
            hint="Close other windows or programs that use it and try again.",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return StorageError(
            f"The label log {path} cannot be opened for writing: {error}.",
            hint="Check that you may write there, or choose another workspace.",
        )
    return StorageError(
        f"The label log {path} cannot be used: {error}.",
        hint="Check the disk, that it has room and that you may write there.",
    )
