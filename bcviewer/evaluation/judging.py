"""Whom a model is judged on: a part of a split, or the patients that it has a role for.

Window, command line and report all choose here, so that each number says the same of its patients.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.split import PARTS, TITLES, Split
from bcviewer.errors import DataError, SplitError
from bcviewer.model.folder import ModelFolder

SEEN_ROLES: Final = ("TRAIN", "VALIDATION")
NOT_KNOWN: Final = "not known"
ROLES_UNKNOWN: Final = "all patients, roles unknown"


class Whom(StrEnum):
    """Patients by what they were for the model."""

    HELD_OUT = "held out"
    VALIDATION = "validation"
    TRAIN = "train"
    ALL = "all patients"

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that belong to it."""
        if self is Whom.ALL:
            return ("HELD OUT", *SEEN_ROLES)
        return (self.value.upper(),)


@dataclass(frozen=True, eq=False)
class JudgedSet:
    """The patches a model is judged on, and what that is worth.

    Attributes:
        rows: int64[n], rows of the data set, ascending; all have a label to judge by.
        patients: Ids of the patients with such a row, sorted.
        split: Title of the split, with its stamp.
        part: Which patients these are, in words.
        seen: Those that the model was trained or tuned on.
        roles_unknown: Whether nobody knows which those are.
        split_optimistic: Whether the split has patients in several parts.
        based_on: The split itself; None where patients were chosen by their roles.
    """

    rows: NDArray[np.int64]
    patients: tuple[str, ...]
    split: str
    part: str
    seen: tuple[str, ...] = ()
    roles_unknown: bool = False
    split_optimistic: bool = False
    based_on: Split | None = None

    @property
    def optimistic(self) -> bool:
        """Whether scores may be better here than on new patients."""
        return bool(self.seen) or self.roles_unknown or self.split_optimistic

    @property
    def warning(self) -> str:
        """What makes its scores optimistic, a sentence; "" when nothing does."""
        told = []
        if self.split_optimistic:
            told.append("Optimistic: the split has the same patients in several parts.")
        if self.seen:
            told.append(
                f"Optimistic: the model was trained or tuned on {len(self.seen)} of these patients."
            )
        if self.roles_unknown:
            told.append(
                "May be optimistic: the model was imported, and nobody knows which of these "
                "patients it was trained on."
            )
        return " ".join(told)


def of_split(
    split: Split, model: ModelFolder, labels: NDArray[np.int8], *, part: str = "test"
) -> JudgedSet:
    """The patches of a split's part.

    Args:
        split: The split.
        model: Who is judged.
        labels: int8[N], 0 or 1; -1 for patches without a label to judge by.
        part: One of ``PARTS``.

    Raises:
        SplitError: The part has no patch, or there is no such part.
    """
    if part not in PARTS:
        raise SplitError(
            f"A split has no part {part!r}.", hint=f"Choose one of {', '.join(PARTS)}."
        )
    rows = split.rows(part)
    if not len(rows):
        raise SplitError(
            f"The part {part} of the split has no patch of this data set.",
            hint="Choose another part.",
        )
    return _set_of(
        split.dataset,
        model,
        labels,
        rows=rows,
        named=(split.title, part),
        split=split,
    )


def of_roles(
    dataset: Dataset,
    model: ModelFolder,
    labels: NDArray[np.int8],
    *,
    whom: Whom = Whom.HELD_OUT,
    among: Iterable[str] | None = None,
) -> JudgedSet:
    """The patients that were something for the model; held out unless others are asked for.

    Of a model that was trained elsewhere nobody knows them, so all are judged, with a warning.

    Args:
        dataset: The data set.
        model: Who is judged.
        labels: int8[N], 0 or 1; -1 for patches without a label to judge by.
        whom: Which patients.
        among: Only of these; None for all patients of the data set.

    Raises:
        DataError: The data set has no such patient.
    """
    wanted = set(dataset.patients if among is None else among)
    known = model.card.split_known
    chosen = [
        patient
        for patient in dataset.patients
        if patient in wanted and (not known or model.role_of(patient) in whom.roles)
    ]
    if not chosen:
        raise _nobody(whom)
    return _set_of(dataset, model, labels, rows=dataset.rows_of(chosen), named=_names(model, whom))


def _names(model: ModelFolder, whom: Whom) -> tuple[str, str]:
    """The split and the part, in words; held-out patients share nothing with the training."""
    if not model.card.split_known:
        return NOT_KNOWN, ROLES_UNKNOWN
    held_out = whom is Whom.HELD_OUT
    return TITLES["patient"] if held_out else model.card.split.title, whom.value


def _nobody(whom: Whom) -> DataError:
    if whom is Whom.HELD_OUT:
        return DataError(
            "The model was trained on every patient of this data set.",
            hint="Evaluate it on other patients, or give --split FILE --part validation.",
        )
    return DataError(
        f"This data set has no patient that is {whom.value} for the model.",
        hint="Choose other patients, or another model.",
    )


def _set_of(
    dataset: Dataset,
    model: ModelFolder,
    labels: NDArray[np.int8],
    *,
    rows: NDArray[np.int64],
    named: tuple[str, str],
    split: Split | None = None,
) -> JudgedSet:
    rows = rows[labels[rows] >= 0]
    if not len(rows):
        raise DataError(
            "None of these patches has a label to judge by.",
            hint="All of them are labelled unsure or excluded: choose other patients.",
        )
    patients = tuple(dataset.patients[n] for n in np.unique(dataset.patient_index[rows]))
    title, part = named
    return JudgedSet(
        rows=rows,
        patients=patients,
        split=title,
        part=part,
        seen=tuple(sorted(p for p in patients if model.role_of(p) in SEEN_ROLES)),
        roles_unknown=not model.card.split_known,
        split_optimistic=split is not None and split.optimistic,
        based_on=split,
    )
