"""What a training learns from: data set, split and pixels, looked through before the start."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import Split
from bcviewer.model.events import Event, Note
from bcviewer.model.job import TrainingJob
from bcviewer.model.keras_backend.checkpoint import Basis
from bcviewer.model.keras_backend.controls import Controls
from bcviewer.model.start_model import Heritage, mixed_roles
from bcviewer.model.training_split import (
    check_parts,
    check_split,
    count_parts,
    split_of,
    warnings_of,
)
from bcviewer.progress import stop_if

NOTE_SECONDS = 2.0


@dataclass(frozen=True, eq=False)
class Material:
    """Ready for a training.

    Attributes:
        dataset: The data set.
        split: Its split.
        pixels: Its pixels, decoded.
        train: int64[n], readable rows to train on.
        validation: int64[m], readable rows to validate on.
        warnings: What the user should know about data and split.
        heritage: What the start weights have seen.
    """

    dataset: Dataset
    split: Split
    pixels: PixelStore
    train: NDArray[np.int64]
    validation: NDArray[np.int64]
    warnings: tuple[str, ...]
    heritage: Heritage = field(default_factory=Heritage)

    @property
    def basis(self) -> Basis:
        """Fingerprints of data set, split, and the patches that can be read."""
        patches = hashlib.sha256(self.train.tobytes() + b"|" + self.validation.tobytes())
        return Basis(self.dataset.fingerprint, self.split.fingerprint, patches.hexdigest())


def open_material(
    job: TrainingJob,
    *,
    controls: Controls,
    emit: Callable[[Event], None],
    heritage: Heritage | None = None,
) -> Material:
    """Open the data of a job and look whether it can be learned from.

    Without a split file the split is that of the model it starts from, or else made by patient.

    Raises:
        JobError: The split leaves nothing to learn or to validate.
        DataError, SplitError, StorageError: Data, split or workspace cannot be used.
        Cancelled: The user asked to stop.
    """
    dataset, workspace = open_dataset(
        job.folder, workspace=job.workspace, cancelled=controls.cancelled
    )
    split = split_of(job, dataset)
    check_split(split)
    pixels = PixelStore(workspace.pixels_folder, dataset)
    read = _Reading(pixels, controls, emit)
    train, validation = read.readable(split.rows("train"), split.rows("validation"))
    lost = len(split.rows("train")) + len(split.rows("validation")) - len(train) - len(validation)
    check_parts(count_parts(split, _without_unreadable(dataset, train, validation)))
    seen = heritage or Heritage()
    warnings = (*warnings_of(split, unreadable=lost), *mixed_roles(split, seen))
    return Material(dataset, split, pixels, train, validation, warnings, seen)


def _without_unreadable(dataset: Dataset, *readable: NDArray[np.int64]) -> NDArray[np.int8]:
    """int8[N]: the labels of the readable rows, -1 for all others."""
    labels = np.full(len(dataset), -1, np.int8)
    rows = np.concatenate(readable)
    labels[rows] = dataset.labels[rows]
    return labels


class _Reading:
    """Decoding all patches that the training will need, once, before it starts."""

    def __init__(
        self, pixels: PixelStore, controls: Controls, emit: Callable[[Event], None]
    ) -> None:
        self._pixels = pixels
        self._controls = controls
        self._emit = emit

    def readable(self, *parts: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        dataset = self._pixels.dataset
        numbers = np.unique(dataset.patient_index[np.concatenate(parts)])
        told = time.perf_counter()
        for done, number in enumerate(numbers):
            stop_if(self._controls.cancelled)
            self._pixels.patient(dataset.patients[number], cancelled=self._controls.cancelled)
            if time.perf_counter() - told > NOTE_SECONDS:
                told = time.perf_counter()
                self._emit(Note(f"Reading patches: {done + 1} of {len(numbers)} patients."))
        return [rows[self._pixels.readable(rows)] for rows in parts]
