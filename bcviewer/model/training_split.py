"""The split of a training: made as its job says, and looked at before the start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.counting import counted
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.official import official_test_among
from bcviewer.dataset.split import PARTS, Split, split_by_patient
from bcviewer.dataset.split_file import load_split
from bcviewer.errors import JobError
from bcviewer.model.job import TrainingJob
from bcviewer.model.start_model import split_of_start_model

FEW_PATIENTS = {"train": 10, "validation": 5}
"""Fewer say little about other patients."""

ANOTHER = "Choose another split or another data folder."


@dataclass(frozen=True)
class PartCount:
    """What stands in one part of a split.

    Attributes:
        part: "train", "validation" or "test".
        patients: Patients with a patch in it.
        patches: Its patches that have a label.
        idc: Those of them that are IDC.
    """

    part: str
    patients: int
    patches: int
    idc: int

    @property
    def idc_share(self) -> float:
        """Share of the patches that are IDC, 0 to 1; 0 for an empty part."""
        return self.idc / self.patches if self.patches else 0.0

    @property
    def one_class(self) -> bool:
        """Whether there are patches, and all of them are of one class."""
        return bool(self.patches) and self.idc in (0, self.patches)


def split_of(job: TrainingJob, dataset: Dataset) -> Split:
    """The split that a training by this job uses.

    Without a split file it is that of the model that the job starts from, or else made by patient.

    Raises:
        SplitError: The split file cannot be used, or there are too few patients.
        ModelError: The model to start from cannot be used.
    """
    if job.split is not None:
        return load_split(job.split, dataset)
    return split_of_start_model(job, dataset) or split_by_patient(dataset, seed=job.seed)


def count_parts(split: Split, labels: NDArray[np.int8] | None = None) -> tuple[PartCount, ...]:
    """Count train, validation and test.

    Args:
        split: The split.
        labels: int8[N], 1 for IDC, 0 for not IDC, -1 for a patch that is left out; None for the
            labels that came with the data.
    """
    return tuple(_count(split, part, labels) for part in PARTS)


def _count(split: Split, part: str, labels: NDArray[np.int8] | None) -> PartCount:
    dataset = split.dataset
    given = dataset.labels if labels is None else labels
    rows = split.rows(part)
    rows = rows[given[rows] >= 0]
    patients = len(np.unique(dataset.patient_index[rows]))
    return PartCount(part, patients, len(rows), int(np.count_nonzero(given[rows] == 1)))


def check_split(split: Split, labels: NDArray[np.int8] | None = None) -> None:
    """Look whether there is something to learn and to validate.

    Args:
        split: The split.
        labels: As ``count_parts`` takes them.

    Raises:
        JobError: A part is empty, or the training part has one class only.
    """
    check_parts(count_parts(split, labels))


def check_parts(parts: Sequence[PartCount]) -> None:
    """As ``check_split``, for parts that are counted already."""
    train, validation = parts[:2]
    for part in (train, validation):
        if not part.patches:
            raise JobError(
                f"The split has no readable patch in its {part.part} part.", hint=ANOTHER
            )
    if train.one_class:
        only = "IDC" if train.idc else "not IDC"
        raise JobError(
            f"All training patches are of one class ({only}): there is nothing to tell apart.",
            hint=ANOTHER,
        )


def warnings_of(
    split: Split, *, labels: NDArray[np.int8] | None = None, unreadable: int = 0
) -> tuple[str, ...]:
    """What the user should know before believing the numbers of a training, in words.

    Args:
        split: The split.
        labels: As ``count_parts`` takes them.
        unreadable: Patches of training and validation that cannot be read.
    """
    return tuple(_warnings(split, count_parts(split, labels), unreadable))


def _warnings(split: Split, parts: Sequence[PartCount], unreadable: int) -> Iterator[str]:
    used = official_test_among({*split.patients("train"), *split.patients("validation")})
    if used:
        yield (
            f"{counted(len(used), 'official test case is', 'official test cases are')} among the "
            "training and validation patients "
            f"({_some(used)}): results on the official test set will not count."
        )
    if split.optimistic:
        yield (
            f"The split is {split.title}: patches of a patient stand in several parts, so the "
            "scores are optimistic and say little about new patients."
        )
    for part in parts:
        if part.patients < FEW_PATIENTS.get(part.part, 0):
            patients = "patient" if part.patients == 1 else "patients"
            yield (
                f"The {part.part} part has {part.patients} {patients} only: the scores will be "
                "uncertain."
            )
    if parts[1].one_class:
        yield (
            "The validation patches are all of one class: AUC and balanced accuracy are not "
            "defined, and the best epoch is the one of the lowest loss."
        )
    if unreadable:
        patches = "1 patch" if unreadable == 1 else f"{unreadable} patches"
        yield f"{patches} cannot be read: left out of the training."


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
