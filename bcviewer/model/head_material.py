"""What a head is retrained on: the model's own patients in their own roles, and who says what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.state import LabelState
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.split import TITLES, Split, split_from_lists
from bcviewer.errors import JobError
from bcviewer.model.folder import ModelFolder

LEFT_OUT = -1
MOST_PATCHES = 40_000
"""A head of 1,281 numbers learns no more from more, and they would take much memory."""


@dataclass(frozen=True, eq=False)
class HeadLabels:
    """The labels that a head learns from and is judged by.

    Attributes:
        labels: int8[N], 1 for IDC, 0 for not IDC, -1 for a patch to leave out.
        changed: bool[N], where a reader corrected the label that came with the data.
        fingerprint: Of the corrections; empty without any.
    """

    labels: NDArray[np.int8]
    changed: NDArray[np.bool_]
    fingerprint: str = ""

    @classmethod
    def of(cls, dataset: Dataset) -> HeadLabels:
        """The labels that came with the data."""
        return cls(dataset.labels, np.zeros(len(dataset), np.bool_))

    @classmethod
    def of_state(cls, state: LabelState) -> HeadLabels:
        """The labels as readers left them."""
        return cls(state.effective(), state.corrected, state.fingerprint)

    def check(self, dataset: Dataset) -> None:
        """Look whether these are labels for a data set.

        Raises:
            JobError: They are of another number of patches, or have other values.
        """
        shape = (len(dataset),)
        if self.labels.shape != shape or self.changed.shape != shape:
            raise JobError(
                f"There are labels for {len(self.labels)} patches; the data set has {shape[0]}.",
                hint="Open the data folder again.",
            )
        if not np.isin(self.labels, (LEFT_OUT, 0, 1)).all():
            raise JobError("A label is 1 for IDC, 0 for not IDC, or -1 to leave the patch out.")


def split_of_model(model: ModelFolder, dataset: Dataset) -> Split:
    """The split that a model was trained on, as far as its patients are in a data set.

    A head may only learn from patients that the backbone has learned from, and is only judged on
    those that it has not: so every patient keeps its role, and scores on the others stay true.
    Patients that were trained and validated on, in trainings one after the other, are in no part.

    Raises:
        JobError: The model's patients are not there, or its split mixes training and validation.
    """
    card = model.card
    if not card.split_known:
        raise JobError(
            f"The head of {card.name} cannot be retrained: it was imported, and nobody knows which "
            "patients it was trained on, so there are none to judge a new head on.",
            hint="Train a model with bcviewer, then retrain that one's head.",
        )
    if card.split.title == TITLES["patch"]:
        raise JobError(
            f"The head of {card.name} cannot be retrained: its split is {card.split.title}, so "
            "there are no patients to judge a new head on.",
            hint="Train a model with a split by patient.",
        )
    trained, validated = set(card.patients_trained), set(card.patients_validated)
    mixed = trained & validated
    for known, what in ((trained - mixed, "trained"), (validated - mixed, "validated")):
        if known.isdisjoint(dataset.patients):
            raise JobError(
                f"No patient that {card.name} was {what} on is in this data folder, and its head "
                "may use no others.",
                hint="Train a model on this data first, then retrain that one's head.",
            )
    return split_from_lists(
        dataset,
        train=sorted(trained - mixed),
        validation=sorted(validated - mixed),
        test=sorted(set(dataset.patients) - trained - validated),
    )


def rows_to_learn(split: Split, labels: HeadLabels, *, seed: int) -> NDArray[np.int64]:
    """int64[k]: the training patches with a label, ascending; of very many a random choice.

    Corrected patches are always among them.
    """
    rows = _labelled(split.rows("train"), labels)
    if len(rows) <= MOST_PATCHES:
        return rows
    kept = rows[labels.changed[rows]][:MOST_PATCHES]
    others = np.setdiff1d(rows, kept, assume_unique=True)
    drawn = np.random.default_rng(seed).choice(others, MOST_PATCHES - len(kept), replace=False)
    return np.sort(np.concatenate([kept, drawn]))


def rows_to_judge(split: Split, labels: HeadLabels) -> NDArray[np.int64]:
    """int64[k]: the validation patches with a label, ascending."""
    return _labelled(split.rows("validation"), labels)


def _labelled(rows: NDArray[np.int64], labels: HeadLabels) -> NDArray[np.int64]:
    labelled: NDArray[np.int64] = rows[labels.labels[rows] != LEFT_OUT]
    return labelled
