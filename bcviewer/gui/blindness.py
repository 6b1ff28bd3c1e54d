"""What is hidden from a reader who works blind, and the record of what was shown to whom.

A prediction is hidden until the reader has committed: has said something of its patch, or has said
to be done with the patient. What was once shown to a reader stays known to that reader, so it is
kept in the workspace.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.errors import StorageError
from bcviewer.file_lock import take
from bcviewer.storage import cannot_write, read_json, write_sealed_json

KIND = "bcviewer-blind-reading"
VERSION = 1

PATIENCE_SECONDS = 0.04
"""A window waits no longer for another one: it stands still meanwhile."""


@dataclass(frozen=True)
class Blindness:
    """What a reader may see of the predictions.

    Attributes:
        on: Whether anything is hidden.
        reader: From whom.
        shown: The patients whose predictions this reader has asked to see.
    """

    on: bool = False
    reader: str = ""
    shown: frozenset[str] = frozenset()

    def showing(self, patient: str) -> Blindness:
        """This, with the predictions of one more patient shown."""
        return replace(self, shown=self.shown | {patient})

    def hides(self, patient: str) -> bool:
        """Whether predictions of a patient are hidden where the reader has said nothing."""
        return self.on and patient not in self.shown

    def shown_patients(self, dataset: Dataset) -> NDArray[np.bool_]:
        """bool[P]: the patients of whom everything may be seen."""
        return np.array([not self.hides(patient) for patient in dataset.patients], np.bool_)


def read_shown(path: Path, reader: str) -> frozenset[str]:
    """Return the patients whose predictions a reader has asked to see; none without a record.

    Raises:
        StorageError: The record is damaged or cannot be read: nobody knows, so hide all.
    """
    return frozenset(_record(path).get(reader, {}))


def keep_shown(path: Path, reader: str, patient: str) -> None:
    """Record that a reader asks to see the predictions of a patient, with the time.

    Raises:
        StorageError: The record cannot be written, another window writes it just now, or the one
            that is there is damaged and stays as it is; nothing should be shown then.
    """
    with _alone(path.with_suffix(".lock")):
        record = _record(path)
        of_reader = {**record.get(reader, {})}
        of_reader.setdefault(patient, datetime.now(UTC).isoformat(timespec="seconds"))
        content = {"kind": KIND, "version": VERSION, "shown": {**record, reader: of_reader}}
        write_sealed_json(path, content)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Keep other windows from writing the record between a look at it and what is written then."""
    try:
        file = lock.open("ab")
    except OSError as error:
        raise cannot_write(lock, error) from error
    with file:
        ends = time.monotonic() + PATIENCE_SECONDS
        while not take(file):
            if time.monotonic() > ends:
                raise StorageError(
                    "Another window records just now who has seen which predictions.",
                    hint="Try it again.",
                )
            time.sleep(PATIENCE_SECONDS / 10)
        yield


def _record(path: Path) -> Mapping[str, Mapping[str, str]]:
    """When whose predictions were shown to whom.

    Raises:
        StorageError: The record is damaged or cannot be read.
    """
    try:
        if not path.exists():
            return {}
        shown = read_json(path, kind=KIND, version=VERSION).get("shown")
    except (OSError, StorageError) as error:
        raise _of_no_use(path) from error
    if not isinstance(shown, dict) or not all(isinstance(each, dict) for each in shown.values()):
        raise _of_no_use(path)
    return shown


def _of_no_use(path: Path) -> StorageError:
    return StorageError(
        f"Who has seen which predictions cannot be read from {path}: it is damaged, or of another "
        "version. It is left as it is, and all predictions stay hidden.",
        hint="Restore it from a copy, or move it aside to begin a new one.",
    )
