"""Who is compared, and on whom: two models, or one in two views, on patients fair to both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.split import Split
from bcviewer.errors import DataError
from bcviewer.evaluation.judging import JudgedSet, Whom, of_roles, of_split
from bcviewer.model.context import PLAIN, View
from bcviewer.model.context_view import threshold_in
from bcviewer.model.folder import ModelFolder


@dataclass(frozen=True, eq=False)
class Contender:
    """A model in a view, as it is compared.

    Attributes:
        model: The model.
        view: Which of its probabilities.
        averaged: Whether its predictions are averages over flips and rotations.
    """

    model: ModelFolder
    view: View = PLAIN
    averaged: bool = False

    @property
    def threshold(self) -> float:
        """The model's own threshold in this view."""
        return threshold_in(self.model, self.view)


def names_of(contenders: tuple[Contender, Contender]) -> tuple[str, str]:
    """What two contenders are called: by model, by view where that differs, or by folder."""
    first, second = contenders
    names = [each.model.card.name for each in contenders]
    if first.view != second.view:
        names = [f"{name}, {each.view.title}" for name, each in zip(names, contenders, strict=True)]
    elif names[0] == names[1]:
        names = [f"{name} (model {place})" for place, name in enumerate(names, start=1)]
    return names[0], names[1]


def fair_patients(
    dataset: Dataset,
    contenders: tuple[Contender, Contender],
    labels: NDArray[np.int8],
    *,
    whom: Whom = Whom.HELD_OUT,
    among: tuple[str, ...] | None = None,
) -> tuple[JudgedSet, JudgedSet]:
    """The patches of patients that have the same role for both models; held out, or as asked.

    Args:
        dataset: The data set.
        contenders: The two.
        labels: int8[N], 0 or 1; -1 for patches without a label to judge by.
        whom: Which patients.
        among: Only of these; None for all patients of the data set.

    Raises:
        DataError: There is no such patient.
    """
    one, other = (each.model for each in contenders)
    allowed = of_roles(dataset, one, labels, whom=whom, among=among).patients
    try:
        second = of_roles(dataset, other, labels, whom=whom, among=allowed)
    except DataError as error:
        raise DataError(
            f"No patient is {whom.value} for both models.",
            hint="Compare them on other patients, or give --split FILE --part test.",
        ) from error
    return of_roles(dataset, one, labels, whom=whom, among=second.patients), second


def part_of_split(
    split: Split,
    contenders: tuple[Contender, Contender],
    labels: NDArray[np.int8],
    *,
    part: str,
) -> tuple[JudgedSet, JudgedSet]:
    """The patches of a split's part, as they are to each model.

    Raises:
        SplitError: The part has no patch.
    """
    one, other = (of_split(split, each.model, labels, part=part) for each in contenders)
    return one, other
