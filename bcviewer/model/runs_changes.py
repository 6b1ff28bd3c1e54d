"""What can be done to a run: another name, into the trash, and back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bcviewer.errors import StorageError
from bcviewer.model.run_lock import is_running
from bcviewer.model.runs import RunRecord, read_run
from bcviewer.model.runs_title import TITLE, check_name
from bcviewer.storage import cannot_write, write_text

TRASH = ".trash"


@dataclass(frozen=True)
class TrashedRun:
    """A run in the trash: where it lies, and where it came from."""

    path: Path
    origin: Path
    name: str


def rename_run(record: RunRecord, name: str) -> RunRecord:
    """Give a run another name; its folder keeps its own.

    Raises:
        StorageError: The name cannot be used, or cannot be kept.
    """
    chosen = name.strip()
    check_name(chosen)
    if not record.path.is_dir():
        raise _gone(record.path)
    write_text(record.path / TITLE, chosen + "\n")
    return read_run(record.path)


def delete_run(record: RunRecord) -> TrashedRun:
    """Move a run into the trash beside it, from where it can be restored.

    Raises:
        StorageError: It is running, or cannot be moved.
    """
    if is_running(record.path):
        raise StorageError(
            f"The run {record.name} is still running.", hint="Cancel it first, then delete it."
        )
    trash = record.path.parent / TRASH
    place = trash / record.path.name
    number = 2
    while place.exists():
        place = trash / f"{record.path.name}-{number}"
        number += 1
    _move(record.path, place)
    return TrashedRun(place, record.path, record.short_name)


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


def _move(source: Path, place: Path) -> None:
    if not source.is_dir():
        raise _gone(source)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        source.rename(place)
    except OSError as error:
        raise cannot_write(place, error) from error


def _gone(path: Path) -> StorageError:
    return StorageError(
        f"The run folder {path} is no longer there.", hint="Read the list of runs again."
    )
