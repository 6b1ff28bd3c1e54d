"""Split files: who is in which part, readable by people and bound to patients and places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.split import PARTS, Split, split_from_lists
from bcviewer.errors import SplitError, StorageError
from bcviewer.storage import read_json, write_json

KIND = "bcviewer-split"
VERSION = 1
MAX_LIST_BYTES = 10_000_000


def save_split(split: Split, path: Path) -> None:
    """Write a split.

    Raises:
        StorageError: The file cannot be written.
    """
    by_patch = split.by == "patch"
    write_json(
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

    Raises:
        SplitError: The file is no split, or names no patch of this data set.
    """
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
        if content["by"] not in ("patient", "patch", "lists") or len(fractions) != 3:
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


def read_patient_list(path: Path) -> list[str]:
    """Read a list of patient ids, one a line; empty lines are passed over.

    Raises:
        SplitError: The file cannot be read or is no such list.
    """
    hint = "A list is a text file with one patient id a line."
    try:
        if path.stat().st_size > MAX_LIST_BYTES:
            raise SplitError(f"{path} is too large for a list of patients.", hint=hint)
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise SplitError(f"Cannot read {path}: {error.strerror or error}.", hint=hint) from error
    except ValueError as error:
        raise SplitError(f"{path} is not a text file.", hint=hint) from error
    ids = [line.strip() for line in lines if line.strip()]
    if not ids:
        raise SplitError(f"{path} names no patient.", hint=hint)
    return ids


def split_from_files(dataset: Dataset, *, train: Path, validation: Path, test: Path) -> Split:
    """Split by three files of patient ids.

    Raises:
        SplitError: A file cannot be read, or the lists do not fit.
    """
    return split_from_lists(
        dataset,
        train=read_patient_list(train),
        validation=read_patient_list(validation),
        test=read_patient_list(test),
    )


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
        if content["by"] == "patch":
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
