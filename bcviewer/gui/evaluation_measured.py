"""What judging a model is asked for, and what it finds: shared by worker and dock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.dataset.dataset import Dataset
from bcviewer.evaluation.evaluation import Evaluation
from bcviewer.evaluation.judged import Judged
from bcviewer.evaluation.judging import JudgedSet
from bcviewer.evaluation.operating import Curve, OperatingPoints
from bcviewer.evaluation.per_patient import PatientTables
from bcviewer.evaluation.reliability import Histogram, Reliability
from bcviewer.evaluation.thresholds import Proposal
from bcviewer.gui.evaluation_parts import Part
from bcviewer.model.context import PLAIN, View
from bcviewer.model.context_view import probabilities_in, threshold_in
from bcviewer.model.folder import ModelFolder


@dataclass(frozen=True, eq=False)
class EvaluationWish:
    """What to judge.

    Attributes:
        dataset: The open data.
        model: The model in use.
        predictions: float32[N], what the network says; NaN where it says nothing yet.
        labels: int8[N], effective labels.
        part: Whom to judge on.
        patient: The open patient.
        views: Which probabilities, side by side.
        shown: The one of them that is on screen.
        threshold: Of the one on screen; the others have the model's own.
    """

    dataset: Dataset
    model: ModelFolder
    predictions: NDArray[np.float32]
    labels: NDArray[np.int8]
    part: Part
    patient: str | None
    views: tuple[View, ...]
    shown: View
    threshold: float

    def threshold_in(self, view: View) -> float:
        """The threshold that a view is judged at."""
        return self.threshold if view == self.shown else threshold_in(self.model, view)

    @cached_property
    def predicted(self) -> tuple[str, ...]:
        """The patients that have a prediction."""
        known = np.isfinite(self.predictions)
        found = np.logical_or.reduceat(known, self.dataset.starts[:-1])
        return tuple(self.dataset.patients[number] for number in np.flatnonzero(found))

    def judged(self, chosen: JudgedSet, view: View) -> Judged:
        """What is to be judged in a view.

        Raises:
            DataError: Nothing of it is predicted.
        """
        shown = self.predictions
        if view != PLAIN:
            shown = np.full_like(self.predictions, np.nan)
            for patient in chosen.patients:
                rows = self.dataset.rows(patient)
                shown[rows] = probabilities_in(
                    self.model,
                    self.dataset,
                    patient,
                    probabilities=self.predictions[rows],
                    view=view,
                )
        return Judged.of(self.dataset, chosen.rows, self.labels, shown)


@dataclass(frozen=True, eq=False)
class MeasuredView:
    """All that is drawn of a view; any threshold is looked up at once.

    Attributes:
        view: Which probabilities.
        threshold: What ``scores`` were taken at.
        judged: The patches.
        operating: What each threshold makes of them.
        roc: Its curve.
        precision_recall: Its curve.
        reliability: Whether the probabilities mean what they say.
        histogram: How they are spread.
        patients: What each threshold makes of each patient.
        scores: As ``bcviewer.model.scores.scores`` gives them.
    """

    view: View
    threshold: float
    judged: Judged
    operating: OperatingPoints
    roc: Curve
    precision_recall: Curve
    reliability: Reliability
    histogram: Histogram
    patients: PatientTables
    scores: dict[str, float]


@dataclass(frozen=True)
class Proposed:
    """Thresholds to choose from in the view on screen, and where they come from, in words."""

    proposals: tuple[Proposal, ...]
    source: str


@dataclass(frozen=True, eq=False)
class Measured:
    """What a model is worth, but for the intervals.

    Attributes:
        wish: What was asked for.
        chosen: Whom it is judged on.
        missing: Patients that would belong to it and have no prediction yet.
        labels: By which labels.
        views: What was found, the view on screen among them; empty when nobody is predicted.
        proposed: Thresholds to choose from.
        own: The model's own threshold in the view on screen.
    """

    wish: EvaluationWish
    chosen: JudgedSet
    missing: tuple[str, ...]
    labels: EffectiveLabels
    views: tuple[MeasuredView, ...]
    proposed: Proposed
    own: float

    @property
    def shown(self) -> MeasuredView:
        """The view on screen."""
        return next(each for each in self.views if each.view == self.wish.shown)


class Change(Enum):
    """What a new wish has that one before had not."""

    NOTHING = "nothing that figures depend on"
    MORE = "predictions of more patients: the figures hold for those that they tell of"
    OTHER = "figures of the one before do not hold"


def change_since(before: Measured, now: EvaluationWish) -> Change:
    """Compare what was measured with what is wished for, but for the threshold."""
    was = before.wish
    same = (
        was.dataset is now.dataset
        and was.model is now.model
        and (was.part, was.views, was.shown) == (now.part, now.views, now.shown)
        and (now.part is not Part.OPEN or was.patient == now.patient)
        and np.array_equal(was.labels, now.labels)
    )
    if not same:
        return Change.OTHER
    known = np.isfinite(was.predictions)
    if not np.array_equal(was.predictions[known], now.predictions[known]):
        return Change.OTHER
    fresh = set(now.predicted) - set(was.predicted)
    of_interest = fresh.intersection(before.chosen.patients) or any(
        now.part is Part.ALL or now.model.role_of(patient) == "VALIDATION" for patient in fresh
    )
    return Change.MORE if of_interest else Change.NOTHING


@dataclass(frozen=True, eq=False)
class Intervals:
    """Scores with their intervals, by view; each at the threshold that it says."""

    measured: Measured
    evaluations: dict[View, Evaluation]
