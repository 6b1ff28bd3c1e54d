"""The trash of a workspace's runs: what lies in it, back from it, and gone for good."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bcviewer.errors import StorageError
from bcviewer.model.run_paths import cross_validation_paths
from bcviewer.model.runs import RunRecord, read_run
from bcviewer.model.runs_title import read_title
from bcviewer.progress import Cancel, stop_if
from bcviewer.storage import cannot_write

TRASH = ".trash"
OLD = timedelta(days=30)
"""What was deleted longer ago is hardly wanted back: that is said, and nothing goes by itself."""


@dataclass(frozen=True)
class TrashedRun:
    """A run in the trash.

    Attributes:
        path: Where it lies.
        origin: Where it came from.
        name: Its name.
        deleted: When it was deleted, in seconds since 1970.
        size: Its bytes on the disk; 0 until it was measured.
    """

    path: Path
    origin: Path
    name: str
    deleted: float = 0.0
    size: int = 0


@dataclass(frozen=True)
class Trash:
    """All deleted runs of a folder of runs, the one that was deleted last first."""

    runs: tuple[TrashedRun, ...] = ()

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        return sum(run.size for run in self.runs)

    @property
    def words(self) -> str:
        """What lies in the trash, such as "3 deleted runs, 1.2 GB"; "" when it is empty."""
        if not self.runs:
            return ""
        count = len(self.runs)
        runs = "1 deleted run" if count == 1 else f"{count} deleted runs"
        return f"{runs}, {size_words(self.size)}"

    def old_words(self, now: datetime | None = None) -> str:
        """A sentence about what was deleted long ago; "" when there is none."""
        limit = ((now or datetime.now(UTC)) - OLD).timestamp()
        old = [run for run in self.runs if run.deleted < limit]
        if not old:
            return ""
        days = OLD.days
        verb = "was" if len(old) == 1 else "were"
        which = "It" if len(self.runs) == 1 else f"{len(old)} of them"
        return f"{which} {verb} deleted more than {days} days ago."


def move_to_trash(record: RunRecord) -> TrashedRun:
    """Move a run into the trash beside it, under a name that is free there.

    Raises:
        StorageError: It cannot be moved, or what is in the trash's place leads elsewhere.
    """
    trash = record.path.parent / TRASH
    if trash.is_symlink():
        raise StorageError(
            f"The run {record.short_name} cannot be deleted: {trash} is a link, and what it leads "
            "to is no trash.",
            hint="Remove the link, then delete the run again.",
        )
    place = trash / record.path.name
    number = 2
    while place.exists():
        place = trash / f"{record.path.name}-{number}"
        number += 1
    _move(record.path, place)
    with suppress(OSError):  # so that its age in the trash can be told
        os.utime(place)
    return TrashedRun(place, record.path, record.short_name, deleted=time.time())


def restore_run(trashed: TrashedRun) -> RunRecord:
    """Bring a run back from the trash.

    Raises:
        StorageError: It is no longer in the trash, its place is taken, or it cannot be moved.
    """
    if trashed.origin.exists():
        raise StorageError(
            f"The run {trashed.name} cannot come back: {trashed.origin} is taken.",
            hint=f"Move one of them; the deleted run lies in {trashed.path}.",
        )
    _move(trashed.path, trashed.origin)
    return read_run(trashed.origin)


def read_trash(runs_folder: Path) -> Trash:
    """What lies in the trash of a folder of runs; what cannot be measured counts nothing."""
    folders = (runs_folder, *cross_validation_paths(runs_folder))
    runs = [_trashed(place, folder) for folder in folders for place in _thrown(folder)]
    return Trash(tuple(sorted(runs, key=lambda run: run.deleted, reverse=True)))


def empty_trash(runs: Sequence[TrashedRun], *, cancelled: Cancel | None = None) -> int:
    """Remove runs in the trash from the disk, for good.

    Args:
        runs: Of ``read_trash``; what came into the trash since then stays.
        cancelled: Asked between two runs.

    Returns:
        How many bytes that made free.

    Raises:
        StorageError: Some could not be removed; the others are.
        Cancelled: The user asked to stop.
    """
    freed = 0
    failure: OSError | None = None
    for run in runs:
        stop_if(cancelled)
        if run.path.parent.name != TRASH or run.path.parent.is_symlink():
            raise ValueError(f"{run.path} does not lie in the trash")
        try:
            _remove(run.path)
            freed += run.size
        except OSError as error:
            failure = error
    if failure is not None:
        raise StorageError(
            f"Not all of the trash could be removed: {failure.strerror or failure}.",
            hint="Check that you may write there, then empty it again.",
        ) from failure
    return freed


def size_words(size: int) -> str:
    """Bytes in a unit that suits them: "0.8 MB", "34 MB", "1.2 GB"."""
    if size >= 1_000_000_000:
        return f"{size / 1e9:.1f} GB"
    return f"{size / 1e6:.0f} MB" if size >= 10_000_000 else f"{size / 1e6:.1f} MB"


def gone(path: Path) -> StorageError:
    """The error of a run that was there a moment ago."""
    return StorageError(
        f"The run folder {path} is no longer there.", hint="Read the list of runs again."
    )


def _thrown(folder: Path) -> list[Path]:
    trash = folder / TRASH
    try:
        # What a link leads to was not thrown away here, and must not be removed for good.
        return [] if trash.is_symlink() else [place for place in trash.iterdir() if place.is_dir()]
    except OSError:
        return []


def _trashed(place: Path, runs_folder: Path) -> TrashedRun:
    name = read_title(place) or place.name
    deleted = 0.0
    with suppress(OSError):
        deleted = place.stat().st_mtime
    return TrashedRun(place, runs_folder / place.name, name, deleted, _bytes_in(place))


def _bytes_in(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):  # does not follow links, and passes over what fails
        for name in names:
            with suppress(OSError):
                total += os.lstat(Path(parent) / name).st_size
    return total


def _remove(place: Path) -> None:
    if place.is_symlink():  # what it points to is not ours to remove
        place.unlink()
        return
    with suppress(FileNotFoundError):
        shutil.rmtree(place)


def _move(source: Path, place: Path) -> None:
    if not source.is_dir():
        raise gone(source)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        source.rename(place)
    except OSError as error:
        raise cannot_write(place, error) from error
