"""The workers that judge a model: figures first, intervals later, since those take seconds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal

from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.dataset.dataset import Dataset
from bcviewer.errors import Cancelled, DataError
from bcviewer.evaluation.evaluation import Evaluation, evaluate
from bcviewer.evaluation.judged import Judged
from bcviewer.evaluation.judging import JudgedSet, Whom, of_roles
from bcviewer.evaluation.operating import Curve, OperatingPoints
from bcviewer.evaluation.per_patient import PatientTables
from bcviewer.evaluation.reliability import Histogram, Reliability, histogram, reliability
from bcviewer.evaluation.thresholds import Proposal, proposals, proposals_of
from bcviewer.gui.evaluation_parts import Part, judged_set
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.context import PLAIN, View
from bcviewer.model.context_view import probabilities_in, threshold_in
from bcviewer.model.folder import ModelFolder
from bcviewer.model.scores import scores


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


class EvaluationWorker(Worker):
    """Tells ``measured`` as soon as the figures are there, and ends with the ``Intervals``."""

    measured = Signal(object)
    """A ``Measured``."""

    def __init__(self, wish: EvaluationWish) -> None:
        super().__init__()
        self._wish = wish

    def work(self) -> Intervals:
        found = self._measure()
        self._stop_if_asked()
        self.measured.emit(found)
        evaluations = {}
        for each in sorted(found.views, key=self._is_beside):
            self._stop_if_asked()
            evaluations[each.view] = evaluation_of(each, each.threshold)
        return Intervals(found, evaluations)

    def _measure(self) -> Measured:
        wish = self._wish
        chosen = judged_set(
            wish.part,
            wish.dataset,
            wish.model,
            labels=wish.labels,
            predicted=wish.predicted,
            patient=wish.patient,
        )
        among = wish.dataset.patients if wish.part is Part.ALL else chosen.patients
        predicted = set(wish.predicted)
        missing = tuple(patient for patient in among if patient not in predicted)
        nobody = predicted.isdisjoint(chosen.patients)
        views = () if nobody else tuple(self._view(chosen, view) for view in wish.views)
        return Measured(
            wish=wish,
            chosen=chosen,
            missing=missing,
            labels=EffectiveLabels.of(wish.dataset, wish.labels),
            views=views,
            proposed=self._proposed(),
            own=threshold_in(wish.model, wish.shown),
        )

    def _view(self, chosen: JudgedSet, view: View) -> MeasuredView:
        self._stop_if_asked()
        judged = self._wish.judged(chosen, view)
        operating = OperatingPoints(judged)
        at = self._wish.threshold_in(view)
        tables = PatientTables(judged)
        tables.at(at)
        return MeasuredView(
            view=view,
            threshold=at,
            judged=judged,
            operating=operating,
            roc=operating.roc(),
            precision_recall=operating.precision_recall(),
            reliability=reliability(judged.labels, judged.probabilities),
            histogram=histogram(judged),
            patients=tables,
            scores=scores(judged.labels, judged.probabilities, threshold=at),
        )

    def _proposed(self) -> Proposed:
        """Those that the card keeps; else those of the validation patients that are predicted."""
        self._stop_if_asked()
        wish = self._wish
        card = wish.model.card
        if wish.shown == PLAIN and card.thresholds:
            source = f"chosen on {card.validation.patients} validation patients; kept in the card"
            return Proposed(proposals_of(card.thresholds), source)
        if not card.split_known:
            return Proposed((), "the model's validation patients are not known")
        try:
            chosen = of_roles(wish.dataset, wish.model, wish.labels, whom=Whom.VALIDATION)
            judged = wish.judged(chosen, wish.shown)
        except DataError:
            return Proposed((), "predict the validation patients to have more to choose from")
        of_all = len(chosen.patients)
        count = (
            f"{judged.patient_count}"
            if judged.patient_count == of_all
            else (f"{judged.patient_count} of {of_all}")
        )
        source = f"chosen on {count} validation patients"
        return Proposed(proposals(OperatingPoints(judged)), source)

    def _is_beside(self, measured: MeasuredView) -> bool:
        return measured.view != self._wish.shown

    def _stop_if_asked(self) -> None:
        if self.cancelled():
            raise Cancelled


class IntervalWorker(Worker):
    """Judges the view on screen at another threshold."""

    def __init__(self, measured: Measured, threshold: float) -> None:
        super().__init__()
        self._measured = measured
        self._threshold = threshold

    def work(self) -> Intervals:
        shown = self._measured.shown
        return Intervals(self._measured, {shown.view: evaluation_of(shown, self._threshold)})


def evaluation_of(measured: MeasuredView, threshold: float) -> Evaluation:
    """The scores of a view with their intervals, at a threshold."""
    judged = measured.judged
    return evaluate(judged.labels, judged.probabilities, judged.patients, threshold=threshold)
