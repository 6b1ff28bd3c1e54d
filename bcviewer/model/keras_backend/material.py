"""What a training learns from: data set, split and pixels, looked through before the start."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.official import official_test_among
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import PARTS, Split, split_by_patient
from bcviewer.dataset.split_file import load_split
from bcviewer.errors import JobError
from bcviewer.model.events import Event, Note
from bcviewer.model.job import TrainingJob
from bcviewer.model.keras_backend.checkpoint import Basis
from bcviewer.model.keras_backend.controls import Controls
from bcviewer.progress import stop_if

FEW_PATIENTS = {"train": 10, "validation": 5}
"""Fewer say little about other patients."""

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
    """

    dataset: Dataset
    split: Split
    pixels: PixelStore
    train: NDArray[np.int64]
    validation: NDArray[np.int64]
    warnings: tuple[str, ...]

    @property
    def basis(self) -> Basis:
        """Fingerprints of data set, split, and the patches that can be read."""
        patches = hashlib.sha256(self.train.tobytes() + b"|" + self.validation.tobytes())
        return Basis(self.dataset.fingerprint, self.split.fingerprint, patches.hexdigest())


def open_material(
    job: TrainingJob, *, controls: Controls, emit: Callable[[Event], None]
) -> Material:
    """Open the data of a job and look whether it can be learned from.

    Raises:
        JobError: The split leaves nothing to learn or to validate.
        DataError, SplitError, StorageError: Data, split or workspace cannot be used.
        Cancelled: The user asked to stop.
    """
    dataset, workspace = open_dataset(
        job.folder, workspace=job.workspace, cancelled=controls.cancelled
    )
    split = (
        load_split(job.split, dataset) if job.split else split_by_patient(dataset, seed=job.seed)
    )
    check_split(split)
    pixels = PixelStore(workspace.pixels_folder, dataset)
    read = _Reading(pixels, controls, emit)
    train, validation = read.readable(split.rows("train"), split.rows("validation"))
    lost = len(split.rows("train")) + len(split.rows("validation")) - len(train) - len(validation)
    _check_classes(dataset.labels[train], len(validation))
    return Material(dataset, split, pixels, train, validation, warnings_of(split, unreadable=lost))


def check_split(split: Split) -> None:
    """Look whether there is something to learn and to validate.

    Raises:
        JobError: A part is empty, or the training part has one class only.
    """
    labels = split.dataset.labels[split.rows("train")]
    _check_classes(labels, len(split.rows("validation")))


def warnings_of(split: Split, *, unreadable: int = 0) -> tuple[str, ...]:
    """What the user should know before believing the numbers of a training, in words."""
    found = [_official(split), _optimistic(split), *map(_few(split), FEW_PATIENTS)]
    labels = split.dataset.labels[split.rows("validation")]
    if len(np.unique(labels)) == 1:
        found.append(
            "The validation patches are all of one class: AUC and balanced accuracy are not "
            "defined, and the best epoch is the one of the lowest loss."
        )
    if unreadable:
        patches = "1 patch" if unreadable == 1 else f"{unreadable} patches"
        found.append(f"{patches} cannot be read: left out of the training.")
    return tuple(text for text in found if text)


def _official(split: Split) -> str:
    used = official_test_among({*split.patients("train"), *split.patients("validation")})
    if not used:
        return ""
    return (
        f"{len(used)} official test cases are among the training and validation patients "
        f"({_some(used)}): results on the official test set will not count."
    )


def _optimistic(split: Split) -> str:
    if not split.optimistic:
        return ""
    return (
        f"The split is {split.title}: patches of a patient stand in several parts, so the scores "
        "are optimistic and say little about new patients."
    )


def _few(split: Split) -> Callable[[str], str]:
    def words(part: str) -> str:
        count = len(split.patients(part))
        if count >= FEW_PATIENTS[part]:
            return ""
        patients = "patient" if count == 1 else "patients"
        return f"The {part} part has {count} {patients} only: the scores will be uncertain."

    return words


def _check_classes(train: NDArray[np.int8], validation_patches: int) -> None:
    hint = "Choose another split or another data folder."
    for part, count in zip(PARTS, (len(train), validation_patches), strict=False):
        if not count:
            raise JobError(f"The split has no readable patch in its {part} part.", hint=hint)
    classes = np.unique(train)
    if len(classes) < 2:
        only = "IDC" if classes[0] == 1 else "not IDC"
        raise JobError(
            f"All training patches are of one class ({only}): there is nothing to tell apart.",
            hint=hint,
        )


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")


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
