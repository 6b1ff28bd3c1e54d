"""The patches under corrected labels, in the layout of the data set: a new folder of copies."""

from __future__ import annotations

import os
import shutil
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.labels import LabelError
from bcviewer.annotation.state import labels_fingerprint
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.workspace import check_apart
from bcviewer.errors import StorageError
from bcviewer.progress import Cancel, Progress, stop_if
from bcviewer.storage import cannot_write, read_json, write_json

KIND = "bcviewer-label-export"
VERSION = 1
NOTE = "export.json"
TOLD_EVERY = 256


@dataclass(frozen=True)
class FolderExport:
    """What was written.

    Attributes:
        folder: The new folder.
        patches: Patches in it.
        left_out: Patches without a label: unsure or excluded.
        unreadable: Files of the data folder that could not be copied.
    """

    folder: Path
    patches: int
    left_out: int
    unreadable: tuple[str, ...]


def export_folders(
    dataset: Dataset,
    labels: NDArray[np.int8],
    folder: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> FolderExport:
    """Copy the pictures to PATIENT/0 and PATIENT/1 by their labels, the class in their names too.

    All goes to ``FOLDER.part`` first, which gets its name when it is whole; an export that was
    stopped goes on there.

    Args:
        dataset: The data set; its folder is only read.
        labels: int8[N], effective labels: 0, 1, or -1 to leave out.
        folder: A folder that is not there yet.
        progress: Told the patches done and their number.
        cancelled: Asked between patches.

    Raises:
        LabelError: The folder is there already, or an export of other labels was begun there.
        StorageError: It lies in the data folder, or cannot be written.
        Cancelled: The user asked to stop.
    """
    target = check_apart(folder, dataset.root, what="export")
    part = target.with_name(target.name + ".part")
    check_apart(part, dataset.root, what="export")
    if target.exists() or target.is_symlink():
        raise LabelError(
            f"{folder} is there already; an export goes to a new folder.",
            hint="Give another name, or move it aside.",
        )
    _begin(part, dataset, labels)
    rows = np.flatnonzero(labels >= 0)
    unreadable = []
    try:
        for number in np.unique(dataset.patient_index[rows]).tolist():
            for label in ("0", "1"):
                (part / dataset.patients[number] / label).mkdir(parents=True, exist_ok=True)
        for done, row in enumerate(rows.tolist()):
            stop_if(cancelled)
            if progress is not None and done % TOLD_EVERY == 0:
                progress(done, len(rows))
            if not _copy(dataset, row, int(labels[row]), part):
                unreadable.append(dataset.path(row).relative_to(dataset.root).as_posix())
        (part / NOTE).unlink(missing_ok=True)
        part.rename(target)
    except OSError as error:
        raise cannot_write(target, error) from error
    if progress is not None:
        progress(len(rows), len(rows))
    return FolderExport(
        target, len(rows) - len(unreadable), int((labels < 0).sum()), tuple(unreadable)
    )


def _begin(part: Path, dataset: Dataset, labels: NDArray[np.int8]) -> None:
    """Note what the unfinished folder is an export of, or look whether it is of the same.

    Raises:
        LabelError: It is of something else.
    """
    what = {
        "kind": KIND,
        "version": VERSION,
        "data": dataset.fingerprint,
        "labels": labels_fingerprint(dataset, labels),
    }
    with suppress(StorageError):
        if read_json(part / NOTE, kind=KIND, version=VERSION) == what:
            for torn in part.glob("*/[01]/.*.part"):
                torn.unlink(missing_ok=True)
            return
    if part.exists() and not _is_barely_begun(part):
        raise LabelError(
            f"{part} holds an unfinished export of other labels, or something else.",
            hint="Delete it or move it aside, or give the export another name.",
        )
    write_json(part / NOTE, what)


def _is_barely_begun(part: Path) -> bool:
    """Whether a folder was made for an export and its note could not be written, on a full disk."""
    return part.is_dir() and all(
        path.name.startswith(f".{NOTE}.") and path.name.endswith(".part") for path in part.iterdir()
    )


def _copy(dataset: Dataset, row: int, label: int, part: Path) -> bool:
    """Copy a picture unless that is done; False where it cannot be read."""
    name = os.fsdecode(bytes(dataset.names[row]))
    number = int(dataset.patient_index[row])
    folder = part / dataset.patients[number] / str(label)
    # A name ends in "_class0.png", the digit fifth from the end; case does not count.
    path = folder / f"{name[:-5]}{label}{name[-4:]}"
    if path.exists():
        return True
    source = dataset.path(row)
    try:
        opened = source.open("rb")
    except OSError:
        return False
    beside = folder / f".{uuid.uuid4().hex[:8]}.part"
    try:
        with opened, beside.open("wb") as copy:
            shutil.copyfileobj(opened, copy)
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return True
