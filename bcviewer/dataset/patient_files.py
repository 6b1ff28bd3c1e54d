"""The picture files of one patient: whether they are others than before, and what they hold."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.findings import Finding
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.dataset.pixel_file import PatientPixels
from bcviewer.dataset.pixels import PADDING, PictureError, read_patch
from bcviewer.errors import DataError
from bcviewer.progress import Cancel, stop_if

CANCEL_EVERY = 64
"""Patches decoded between two questions whether to stop."""


@dataclass(frozen=True)
class Look:
    """What a look at a patient's files tells, without opening them.

    Attributes:
        stamp: A digest of names, sizes and times; missing files count as such.
        files: How many files there should be.
        missing: How many of them are not there.
    """

    stamp: str
    files: int
    missing: int

    @property
    def gone(self) -> bool:
        """Whether no file is there: the folder was moved, or its drive unplugged."""
        return 0 < self.files == self.missing


def look_at(dataset: Dataset, patient: str) -> Look:
    """Look at a patient's files.

    Raises:
        DataError: The data set has no such patient.
    """
    rows = dataset.rows(patient)
    folder = dataset.folders[dataset.patient_number(patient)]
    places = [os.path.join(folder, label) for label in ("0", "1")]  # noqa: PTH118  (277,524 times)
    digest = hashlib.sha256()
    missing = 0
    for name, label in zip(dataset.names[rows], dataset.labels[rows], strict=True):
        file_name = os.fsdecode(bytes(name))
        try:
            status = os.stat(f"{places[label]}{os.sep}{file_name}")  # noqa: PTH116
            line = f"{file_name} {status.st_size} {status.st_mtime_ns}\n"
        except OSError:
            line = f"{file_name} missing\n"
            missing += 1
        digest.update(line.encode("utf-8", "surrogateescape"))
    return Look(digest.hexdigest(), rows.stop - rows.start, missing)


def decode_patient(
    dataset: Dataset, patient: str, *, stamp: str, cancelled: Cancel | None = None
) -> PatientPixels:
    """Decode all pictures of a patient.

    Args:
        dataset: The data set.
        patient: The patient.
        stamp: Of its files, just before.
        cancelled: Asked now and then.

    Raises:
        DataError: None of its files are there.
        Cancelled: The user asked to stop.
    """
    rows = dataset.rows(patient)
    count = rows.stop - rows.start
    pixels = np.full((count, PATCH_SIZE, PATCH_SIZE, 3), PADDING, np.uint8)
    readable = np.ones(count, np.bool_)
    findings = []
    for index in range(count):
        if index % CANCEL_EVERY == 0:
            stop_if(cancelled)
        path = dataset.path(rows.start + index)
        try:
            pixels[index], mode = read_patch(path)
        except PictureError as error:
            readable[index] = False
            findings.append(_finding(dataset, path, error.kind, str(error)))
            continue
        if mode != "RGB":
            text = f"The picture's mode is {mode}; it is read as RGB."
            findings.append(_finding(dataset, path, "wrong_mode", text))
    found = PatientPixels(pixels, readable, tuple(findings), stamp, stamp)
    if not any(finding.kind == "unreadable" for finding in findings):
        return found
    if look_at(dataset, patient).gone:
        raise _gone(dataset, patient)
    # It may be readable another time, with the same stamp: no stamp, and a signature of its own.
    signature = hashlib.sha256(stamp.encode("ascii") + readable.tobytes()).hexdigest()
    return replace(found, signature=signature, stamp="")


def _gone(dataset: Dataset, patient: str) -> DataError:
    """What to say when no file of a patient is there."""
    folder = dataset.folders[dataset.patient_number(patient)]
    return DataError(
        f"The pictures of {patient} are gone: no file of {folder} can be found.",
        hint="Plug its drive in or put the folder back, and try again; if it was moved, open it "
        "where it is now. What was kept of it is unharmed.",
    )


def _finding(dataset: Dataset, path: Path, kind: str, text: str) -> Finding:
    return Finding(path.relative_to(dataset.root).as_posix(), kind, text)
