"""Three lists of patches as a split: text files whose lines are paths of patch files.

The lists of older projects were written by pandas: a header ``,image_path``, then an index and a
path a line. The paths are those of the machine that wrote them, so only file names are looked at.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.counting import counted
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.names import PATCH_SIZE, PatchName, parse_patch_name
from bcviewer.dataset.split import PARTS, Split
from bcviewer.errors import SplitError, StorageError
from bcviewer.storage import read_bounded

MAX_BYTES = 100_000_000
"""The longest list of a real data set, 194,266 full paths, has some 20 MB."""

MOST_LINES = 3_000_000
PATH_COLUMN = "image_path"
LIST_SUFFIXES = (".txt", ".csv")
LIST_NAME = re.compile(r"(?P<start>.*?)(?P<part>train|validation|val|test)", re.IGNORECASE)
SPELLINGS = {"train": ("train",), "validation": ("val", "validation"), "test": ("test",)}

HINT = "A list is a text file with one patient id, or one path of a patch file, a line."


def lists_beside(path: Path) -> dict[str, Path] | None:
    """The three lists of which one was chosen, by part; None when it is not named like one.

    Args:
        path: A file such as ``train.txt`` or ``official_test.txt``, or the folder of such files.

    Raises:
        SplitError: One of the other two is missing.
    """
    folder, start, suffix = path, "", ".txt"
    if not path.is_dir():
        match = LIST_NAME.fullmatch(path.stem)
        if match is None or path.suffix.lower() not in LIST_SUFFIXES:
            return None
        folder, start, suffix = path.parent, match["start"], path.suffix
    return {part: _list_of(folder, start, suffix, part) for part in PARTS}


def _list_of(folder: Path, start: str, suffix: str, part: str) -> Path:
    candidates = [folder / f"{start}{name}{suffix}" for name in SPELLINGS[part]]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise SplitError(
        f"There is no {candidates[0].name} in {folder}: a split takes three lists.",
        hint="Put train.txt, val.txt and test.txt into one folder, and choose one of them.",
    )


def read_lines(path: Path) -> list[str]:
    """The lines of a list that are not empty.

    Raises:
        SplitError: It cannot be read or is no text.
    """
    try:
        content = read_bounded(path, most=MAX_BYTES)
        if content.count(b"\n") + content.count(b"\r") > MOST_LINES:
            raise SplitError(f"{path} has more lines than a list.", hint=HINT)
        lines = content.decode("utf-8-sig").splitlines()
    except StorageError as error:
        raise SplitError(error.message, hint=HINT) from error
    except ValueError as error:
        raise SplitError(f"{path} is not a text file.", hint=HINT) from error
    return [line for line in lines if line.strip()]


def lists_patches(lines: Sequence[str]) -> bool:
    """Whether the lines are a list of patches rather than of patients."""
    if not lines:
        return False
    try:
        first = next(csv.reader(lines[:1]), [])
    except csv.Error:
        return False
    return PATH_COLUMN in [cell.strip() for cell in first] or _patch(first[-1:]) is not None


def read_patches(path: Path, lines: Sequence[str]) -> list[PatchName]:
    """The patches that the lines of a list name.

    Args:
        path: The list, to be named in an error.
        lines: Its lines, with or without the header.

    Raises:
        SplitError: A line names no patch.
    """
    try:
        rows = list(csv.reader(lines, strict=True))
    except csv.Error as error:
        raise SplitError(f"{path} is damaged: {error}.", hint=HINT) from error
    head = [cell.strip() for cell in rows[0]] if rows else []
    headed = PATH_COLUMN in head
    column = head.index(PATH_COLUMN) if headed else -1
    patches = []
    for row in rows[1:] if headed else rows:
        patch = _patch(row[column:][:1])
        if patch is None:
            raise SplitError(
                f"{path} has a line that names no patch: {','.join(row)[:80]!r}.",
                hint="Each line needs the path of a file such as 10253_idx5_x1_y51_class0.png.",
            )
        patches.append(patch)
    if not patches:
        raise SplitError(f"{path} names no patch.", hint=HINT)
    return patches


def _patch(cells: Sequence[str]) -> PatchName | None:
    """The patch that a path names, written on whatever system."""
    return (
        parse_patch_name(cells[0].strip().replace("\\", "/").rpartition("/")[2]) if cells else None
    )


def split_from_patches(
    dataset: Dataset,
    *,
    train: Sequence[PatchName],
    validation: Sequence[PatchName],
    test: Sequence[PatchName],
) -> Split:
    """Split by three lists of patches; those that the data set lacks are passed over.

    It is patch-wise (optimistic) when a patient stands in two of the lists, also one whose patches
    are not all in this data set.

    Raises:
        SplitError: A patch is in two lists, or no list names a patch of the data set.
    """
    lists = (train, validation, test)
    part_of = np.full(len(dataset), -1, np.int8)
    for number, patches in enumerate(lists):
        rows = rows_of_patches(dataset, patches)
        twice = rows[(part_of[rows] >= 0) & (part_of[rows] != number)]
        if len(twice):
            raise SplitError(
                f"{counted(len(twice), 'patch is', 'patches are')} in more than one list, as "
                f"{dataset.path(int(twice[0])).name}.",
                hint="Keep each patch in one list only; the published archive holds each picture "
                "twice.",
            )
        part_of[rows] = number
    used = part_of >= 0
    if not used.any():
        raise SplitError(
            "None of the listed patches is in the data set.",
            hint="Check that the lists belong to this data.",
        )
    shares = np.bincount(part_of[used], minlength=3) / np.count_nonzero(used)
    fractions = (float(shares[0]), float(shares[1]), float(shares[2]))
    return Split(dataset, "patch" if _mixed(lists) else "patches", 0, fractions, part_of)


def rows_of_patches(dataset: Dataset, patches: Sequence[PatchName]) -> NDArray[np.int64]:
    """int64[k]: the rows of those patches that are in the data set, ascending, each once."""
    numbers = {patient.casefold(): number for number, patient in enumerate(dataset.patients)}
    wanted = np.array(
        # Off the grid there is no patch, and numbers so large would overflow the keys below.
        [
            (numbers.get(each.patient.casefold(), -1), each.x, each.y)
            for each in patches
            if each.on_grid
        ],
        np.int64,
    ).reshape(-1, 3)
    wanted = wanted[wanted[:, 0] >= 0]
    side = int(max(dataset.x.max(), dataset.y.max(), wanted.max(initial=0))) + PATCH_SIZE
    keys = _keys(dataset.patient_index, dataset.x, dataset.y, side)
    order = np.argsort(keys, kind="stable")
    sought = _keys(wanted[:, 0], wanted[:, 1], wanted[:, 2], side)
    places = np.minimum(np.searchsorted(keys, sought, sorter=order), len(keys) - 1)
    rows = order[places]
    return np.unique(rows[keys[rows] == sought])


def _keys(
    patients: NDArray[np.integer], x: NDArray[np.integer], y: NDArray[np.integer], side: int
) -> NDArray[np.int64]:
    keys: NDArray[np.int64] = (patients.astype(np.int64) * side + y) * side + x
    return keys


def _mixed(lists: Sequence[Sequence[PatchName]]) -> bool:
    """Whether some patient stands in more than one list."""
    first, second, third = ({patch.patient.casefold() for patch in each} for each in lists)
    return bool(first & second or first & third or second & third)
