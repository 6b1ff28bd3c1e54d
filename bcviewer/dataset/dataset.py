"""A data set as a structure of arrays: one row a patch, the rows of a patient side by side."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.findings import ScanReport
from bcviewer.errors import DataError


@dataclass(frozen=True, eq=False)
class Dataset:
    """The patches of a data folder, without their pixels.

    Attributes:
        root: The folder the user opened.
        patients: Ids, sorted; P of them.
        folders: The folder of each patient.
        starts: int64[P + 1]; the rows of patient p are ``starts[p]:starts[p + 1]``, by y then x.
        x: int32[N], left edges in slide pixels, 1-based, = 1 (mod 50).
        y: int32[N], top edges, likewise.
        labels: int8[N], 1 for IDC, 0 for not IDC, as the file names say.
        names: bytes[N], file names as the file system encodes them.
        report: What the scan found wrong.
        synthetic: Whether this is bcviewer's own demo tissue.
    """

    root: Path
    patients: tuple[str, ...]
    folders: tuple[Path, ...]
    starts: NDArray[np.int64]
    x: NDArray[np.int32]
    y: NDArray[np.int32]
    labels: NDArray[np.int8]
    names: NDArray[np.bytes_]
    report: ScanReport = field(default_factory=ScanReport)
    synthetic: bool = False

    def __len__(self) -> int:
        return len(self.x)

    @cached_property
    def patient_index(self) -> NDArray[np.int16]:
        """int16[N]: the number of each row's patient."""
        counts = np.diff(self.starts)
        return np.repeat(np.arange(len(self.patients), dtype=np.int16), counts)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {patient: number for number, patient in enumerate(self.patients)}

    def patient_number(self, patient: str) -> int:
        """The place of a patient in ``patients``.

        Raises:
            DataError: The data set has no such patient.
        """
        try:
            return self._numbers[patient]
        except KeyError:
            raise DataError(
                f"The data set has no patient {patient!r}.",
                hint=f"It has {len(self.patients)} patients, {self.patients[0]} among them.",
            ) from None

    def rows(self, patient: str) -> slice:
        """The rows of a patient."""
        number = self.patient_number(patient)
        return slice(int(self.starts[number]), int(self.starts[number + 1]))

    def rows_of(self, patients: Sequence[str]) -> NDArray[np.int64]:
        """int64[k]: the rows of several patients, patient after patient."""
        slices = [self.rows(patient) for patient in patients]
        parts = [np.arange(part.start, part.stop, dtype=np.int64) for part in slices]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def path(self, row: int) -> Path:
        """The file of a patch."""
        folder = self.folders[int(self.patient_index[row])]
        return folder / str(int(self.labels[row])) / os.fsdecode(bytes(self.names[row]))

    @cached_property
    def idc_counts(self) -> NDArray[np.int64]:
        """int64[P]: patches labelled IDC, for each patient."""
        cumulated = np.concatenate([[0], np.cumsum(self.labels, dtype=np.int64)])
        counts: NDArray[np.int64] = np.diff(cumulated[self.starts])
        return counts

    def idc_share(self, patient: str) -> float:
        """Share of a patient's patches that are labelled IDC, 0 to 1."""
        rows = self.rows(patient)
        return float(self.labels[rows].mean()) if rows.stop > rows.start else 0.0

    @cached_property
    def fingerprint(self) -> str:
        """A digest of patients, places and labels; the same wherever the folder lies."""
        digest = hashlib.sha256("\n".join(self.patients).encode("utf-8", "surrogateescape"))
        for array in (self.starts, self.x, self.y, self.labels):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()
