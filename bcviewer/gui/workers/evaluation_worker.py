"""The workers that judge a model: figures first, intervals later, since those take seconds."""

from __future__ import annotations

from PySide6.QtCore import Signal

from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.errors import DataError
from bcviewer.evaluation.evaluation import Evaluation, evaluate
from bcviewer.evaluation.judging import JudgedSet, Whom, of_roles
from bcviewer.evaluation.operating import OperatingPoints
from bcviewer.evaluation.per_patient import PatientTables
from bcviewer.evaluation.reliability import histogram, reliability
from bcviewer.evaluation.thresholds import proposals, proposals_of
from bcviewer.gui.evaluation_measured import (
    EvaluationWish,
    Intervals,
    Measured,
    MeasuredView,
    Proposed,
)
from bcviewer.gui.evaluation_parts import Part, judged_set
from bcviewer.gui.words import tr, tr_count
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.context import PLAIN, View
from bcviewer.model.context_view import threshold_in
from bcviewer.model.scores import scores
from bcviewer.progress import stop_if


class EvaluationWorker(Worker):
    """Tells ``measured`` as soon as the figures are there, and ends with the ``Intervals``."""

    measured = Signal(object)
    """A ``Measured``."""

    def __init__(self, wish: EvaluationWish) -> None:
        super().__init__()
        self._wish = wish

    def work(self) -> Intervals:
        found = self._measure()
        stop_if(self.cancelled)
        self.measured.emit(found)
        evaluations = {}
        for each in sorted(found.views, key=self._is_beside):
            stop_if(self.cancelled)
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
        stop_if(self.cancelled)
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
        stop_if(self.cancelled)
        wish = self._wish
        card = wish.model.card
        if wish.shown == PLAIN and card.thresholds:
            source = tr_count(
                card.validation.patients,
                "chosen on 1 validation patient; kept in the card",
                "chosen on {count} validation patients; kept in the card",
            )
            return Proposed(proposals_of(card.thresholds), source)
        if not card.split_known:
            return Proposed((), tr("the model's validation patients are not known"))
        try:
            chosen = of_roles(wish.dataset, wish.model, wish.labels, whom=Whom.VALIDATION)
            judged = wish.judged(chosen, wish.shown)
        except DataError:
            return Proposed((), tr("predict the validation patients to have more to choose from"))
        of_all = len(chosen.patients)
        count = (
            f"{judged.patient_count}"
            if judged.patient_count == of_all
            else (tr("{count} of {of_all}", count=judged.patient_count, of_all=of_all))
        )
        source = tr_count(
            of_all,
            "chosen on {predicted} validation patient",
            "chosen on {predicted} validation patients",
            predicted=count,
        )
        return Proposed(proposals(OperatingPoints(judged)), source)

    def _is_beside(self, measured: MeasuredView) -> bool:
        return measured.view != self._wish.shown


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
