"""What a training learns from: data set, split and pixels, looked through before the start."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.reading import EffectiveLabels, load_snapshot, read_effective_labels
from bcviewer.counting import counted
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import Split
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import DataError
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

MOST_LOST = 0.05
"""Share of the patches that may be unreadable. With more, a drive is going or a copy broke off, and
a training on the rest would be another one than was asked for."""


@dataclass(frozen=True, eq=False)
class Material:
    """Ready for a training.

    Attributes:
        dataset: The data set.
        split: Its split.
        pixels: Its pixels, decoded.
        train: int64[n], readable rows to train on.
        validation: int64[m], readable rows to validate on.
        labels: What readers say of the patches; those without a label are in no rows above.
        warnings: What the user should know about data and split.
        heritage: What the start weights have seen.
    """

    dataset: Dataset
    split: Split
    pixels: PixelStore
    train: NDArray[np.int64]
    validation: NDArray[np.int64]
    labels: EffectiveLabels
    warnings: tuple[str, ...]
    heritage: Heritage = field(default_factory=Heritage)

    @property
    def basis(self) -> Basis:
        """Fingerprints of data set, split, the patches that can be read, and the labels."""
        patches = hashlib.sha256(self.train.tobytes() + b"|" + self.validation.tobytes())
        return Basis(
            self.dataset.fingerprint,
            self.split.fingerprint,
            patches.hexdigest(),
            self.labels.fingerprint,
        )


def open_material(
    job: TrainingJob,
    *,
    controls: Controls,
    emit: Callable[[Event], None],
    heritage: Heritage | None = None,
    kept_labels: Path | None = None,
) -> Material:
    """Open the data of a job and look whether it can be learned from.

    Without a split file the split is that of the model it starts from, or else made by patient.
    The labels are those of the job's file, or else of the workspace as they are now;
    ``kept_labels`` is the file of a run that is resumed, whose labels are those it began with.

    Raises:
        JobError: The split leaves nothing to learn or to validate.
        DataError, SplitError, StorageError: Data, split or workspace cannot be used; a patient's
            pictures are gone, or more than a few patches cannot be read.
        Cancelled: The user asked to stop.
    """
    dataset, workspace = open_dataset(
        job.folder, workspace=job.workspace, cancelled=controls.cancelled
    )
    split = split_of(job, dataset)
    labels = _labels(dataset, workspace, job.labels, kept_labels, emit)
    check_split(split, labels.labels)
    pixels = PixelStore(workspace.pixels_folder, dataset)
    read = _Reading(pixels, controls, emit)
    wanted = [_labelled(split.rows(part), labels) for part in ("train", "validation")]
    train, validation = read.readable(*wanted)
    lost = sum(map(len, wanted)) - len(train) - len(validation)
    _check_lost(lost, of=sum(map(len, wanted)), folder=dataset.root)
    check_parts(count_parts(split, _without_unreadable(labels.labels, train, validation)))
    seen = heritage or Heritage()
    warnings = (
        *warnings_of(split, labels=labels.labels, unreadable=lost),
        *mixed_roles(split, seen),
    )
    return Material(dataset, split, pixels, train, validation, labels, warnings, seen)


def _labels(
    dataset: Dataset,
    workspace: Workspace,
    given: Path | None,
    kept: Path | None,
    emit: Callable[[Event], None],
) -> EffectiveLabels:
    """The labels to learn from: those that a run kept, of the job's file, or of the workspace."""
    if kept is not None:
        return load_snapshot(kept, dataset)
    labels = read_effective_labels(workspace, dataset, kept=given)
    if labels.fingerprint:
        corrected = counted(labels.corrected, "corrected label is", "corrected labels are")
        left_out = counted(
            labels.left_out,
            "patch that is unsure or excluded is",
            "patches that are unsure or excluded are",
        )
        emit(Note(f"{corrected} used; {left_out} left out."))
    return labels


def _labelled(rows: NDArray[np.int64], labels: EffectiveLabels) -> NDArray[np.int64]:
    return rows[labels.labels[rows] >= 0]


def _check_lost(lost: int, *, of: int, folder: Path) -> None:
    if lost > MOST_LOST * of:
        raise DataError(
            f"{lost:,} of {of:,} patches of the training and validation parts cannot be read.",
            hint=f"Check that the drive of {folder} is there and its copy is whole; "
            "'bcviewer scan' lists what is wrong. Patches that are lost for good are left out "
            "when their files are removed.",
        )


def _without_unreadable(labels: NDArray[np.int8], *readable: NDArray[np.int64]) -> NDArray[np.int8]:
    """int8[N]: the labels of the readable rows, -1 for all others."""
    kept = np.full(len(labels), -1, np.int8)
    rows = np.concatenate(readable)
    kept[rows] = labels[rows]
    return kept


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
