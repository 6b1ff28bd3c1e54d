"""Split files: who is in which part, readable by people and bound to patients and places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.split import PARTS, TITLES, Split, split_from_lists
from bcviewer.dataset.split_lists import (
    HINT,
    lists_beside,
    lists_patches,
    read_lines,
    read_patches,
    split_from_patches,
)
from bcviewer.errors import SplitError, StorageError
from bcviewer.storage import read_json, write_sealed_json

KIND = "bcviewer-split"
VERSION = 1
BY_PATCH = ("patch", "patches")
"""Splits whose files name patches; the others name patients."""


def save_split(split: Split, path: Path) -> None:
    """Write a split.

    Raises:
        StorageError: The file cannot be written.
    """
    by_patch = split.by in BY_PATCH
    write_sealed_json(
        path,
        {
            "kind": KIND,
            "version": VERSION,
            "by": split.by,
            "title": split.title,
            "seed": split.seed,
            "fractions": list(split.fractions),
            "data": split.dataset.fingerprint,
            "patients": None if by_patch else {p: list(split.patients(p)) for p in PARTS},
            "patches": {p: _places(split, p) for p in PARTS} if by_patch else None,
        },
    )


def load_split(path: Path, dataset: Dataset) -> Split:
    """Read a split for a data set; patches the file does not name are in no part.

    Args:
        path: A split file; or one of three lists such as ``train.txt``, ``val.txt`` and
            ``test.txt`` that lie side by side, or their folder.
        dataset: The data set.

    Raises:
        SplitError: The file is no split, or names no patch of this data set.
    """
    lists = lists_beside(path)
    if lists is not None:
        return split_from_files(dataset, **lists)
    try:
        content = read_json(path, kind=KIND, version=VERSION)
    except StorageError as error:
        raise SplitError(
            error.message, hint=error.hint or "Make one with: bcviewer split FOLDER --out FILE"
        ) from error
    try:
        part_of = _part_of(content, dataset)
        fractions = tuple(float(value) for value in content["fractions"])
        seed = int(content["seed"])
        if content["by"] not in TITLES or len(fractions) != 3:
            raise ValueError("unknown way to split")
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise SplitError(
            f"{path} is a damaged split file: {error}.",
            hint="Make it again with: bcviewer split FOLDER --out FILE",
        ) from error
    if (part_of < 0).all():
        raise SplitError(
            f"{path} names no patch of this data set.", hint="Choose the split made for this data."
        )
    return Split(dataset, content["by"], seed, fractions, part_of)


def split_from_files(dataset: Dataset, *, train: Path, validation: Path, test: Path) -> Split:
    """Split by three files of patient ids, or of paths of patches.

    Raises:
        SplitError: A file cannot be read, or the lists do not fit.
    """
    files = {"train": train, "validation": validation, "test": test}
    lines = {part: read_lines(path) for part, path in files.items()}
    kinds = {lists_patches(each) for each in lines.values() if each}
    if len(kinds) > 1:
        raise SplitError("Some lists name patients, and others patches.", hint=HINT)
    if kinds == {True}:
        patches = {part: read_patches(path, lines[part]) for part, path in files.items()}
        return split_from_patches(dataset, **patches)
    return split_from_lists(
        dataset, **{part: _patients(path, lines[part]) for part, path in files.items()}
    )


def _patients(path: Path, lines: list[str]) -> list[str]:
    if not lines:
        raise SplitError(f"{path} names no patient.", hint=HINT)
    return [line.strip() for line in lines]


def _places(split: Split, part: str) -> dict[str, list[list[int]]]:
    """The places (x, y) of a part's patches, by patient."""
    dataset = split.dataset
    places: dict[str, list[list[int]]] = {}
    for row in split.rows(part):
        patient = dataset.patients[int(dataset.patient_index[row])]
        places.setdefault(patient, []).append([int(dataset.x[row]), int(dataset.y[row])])
    return places


def _part_of(content: dict[str, Any], dataset: Dataset) -> NDArray[np.int8]:
    part_of = np.full(len(dataset), -1, np.int8)
    for number, part in enumerate(PARTS):
        if content["by"] in BY_PATCH:
            for patient, places in content["patches"][part].items():
                _mark(part_of, dataset, patient, places, number)
        else:
            for patient in content["patients"][part]:
                if patient in dataset.patients:
                    part_of[dataset.rows(patient)] = number
    return part_of


def _mark(
    part_of: NDArray[np.int8], dataset: Dataset, patient: str, places: list[list[int]], part: int
) -> None:
    """Put the patches of a patient that lie at these places into a part."""
    if patient not in dataset.patients:
        return
    rows = dataset.rows(patient)
    row_at = {
        (int(x), int(y)): rows.start + index
        for index, (x, y) in enumerate(zip(dataset.x[rows], dataset.y[rows], strict=True))
    }
    for x, y in places:
        row = row_at.get((x, y))
        if row is not None:
            part_of[row] = part
