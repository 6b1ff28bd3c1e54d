"""The record that a patient's predictions are written: by what each file was made, how long it is.

It is written after the files, and taken away before one of them changes: whatever ends a run in
between, no file is ever taken for what it is not.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bcviewer.errors import StorageError
from bcviewer.storage import read_json, write_json

FOLDER: Final = ".done"
KIND: Final = "bcviewer-predicted"
VERSION: Final = 1

_Number = Annotated[int, Field(ge=0)]


@dataclass(frozen=True)
class Counts:
    """Patches of some patients: predicted, not readable, at or above the threshold."""

    patches: _Number = 0
    unreadable: _Number = 0
    idc: _Number = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.patches + other.patches,
            self.unreadable + other.unreadable,
            self.idc + other.idc,
        )


class FileMark(BaseModel):
    """By what a file was made, as a digest, and its size in bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    made_by: str
    bytes: int


class PatientRecord(BaseModel):
    """What is known of a patient that is done; files by their path within the folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["bcviewer-predicted"] = KIND
    version: Literal[1] = VERSION
    counts: Counts
    files: dict[str, FileMark]


class Records:
    """The records of a folder of predictions.

    Args:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, patient: str) -> PatientRecord | None:
        """A patient's record; None where there is none, or none that can be trusted."""
        try:
            content = read_json(self._path(patient), kind=KIND, version=VERSION)
            return PatientRecord.model_validate(content)
        except (StorageError, ValidationError):
            return None

    def forget(self, patient: str) -> dict[str, FileMark]:
        """Take a record away; what it said of files that stay as they are holds on."""
        record = self.read(patient)
        with suppress(OSError):
            self._path(patient).unlink(missing_ok=True)
        return {} if record is None else record.files

    def write(self, patient: str, counts: Counts, files: dict[str, FileMark]) -> None:
        """Write a record, when all its files are written.

        Raises:
            StorageError: It cannot be written.
        """
        record = PatientRecord(counts=counts, files=files)
        write_json(self._path(patient), record.model_dump(mode="json"))

    def mark(self, name: str, made_by: str) -> FileMark | None:
        """A file as it is now; None where there is none."""
        try:
            return FileMark(made_by=made_by, bytes=(self._folder / name).stat().st_size)
        except OSError:
            return None

    def _path(self, patient: str) -> Path:
        return self._folder / FOLDER / f"{patient}.json"
