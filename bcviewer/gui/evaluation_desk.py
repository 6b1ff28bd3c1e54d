"""Judging the model in use: its scores on patients that it has not seen, and patient by patient.

Figures are counted in a worker whenever model, view, labels, predictions or patients change, and
are dimmed until they hold again. The threshold is the session's: what depends on it is looked up
in sorted arrays, and follows at once; the intervals of a new threshold come when it rests.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QTabWidget, QWidget

from bcviewer.errors import BcviewerError
from bcviewer.evaluation.selection import chosen_of_bin, chosen_of_cell
from bcviewer.gui.evaluation_measured import (
    Change,
    Intervals,
    Measured,
    change_since,
)
from bcviewer.gui.evaluation_parts import Part, best_part
from bcviewer.gui.evaluation_runner import EvaluationRunner
from bcviewer.gui.evaluation_wishes import reasons_in, wish_of
from bcviewer.gui.evaluation_words import COUNTING, hint_of, judged_tip, judged_words, stamp_of
from bcviewer.gui.prediction_runner import PredictionRunner
from bcviewer.gui.session import Session
from bcviewer.gui.style import GRID, Tokens
from bcviewer.gui.widgets.evaluation_head import EvaluationHead
from bcviewer.gui.widgets.evaluation_page import ScoresPage
from bcviewer.gui.widgets.evaluation_patients import PatientsPage
from bcviewer.gui.widgets.evaluation_stack import EvaluationStack
from bcviewer.gui.words import tr, tr_count
from bcviewer.gui.workers.crew import Crew

SETTLE_MS: Final = 250
"""Changes that come faster are counted together."""

GROW_MS: Final = 1000
"""Predictions of more patients that come faster are counted together."""

REST_MS: Final = 400
"""A threshold that has not moved for so long gets its intervals."""


class EvaluationDesk(QObject):
    """Owns the tabs "Scores" and "Patients"; the window gives the tabs their place.

    Args:
        session: The state of the window.
        crew: Where workers are started.
        runner: What predicts patients.
        tokens: Colours.
        window: The owner.
    """

    said = Signal(str)
    """Something for the status line."""

    patches_requested = Signal(object)
    """The patches behind a figure, a ``Chosen``."""

    patient_requested = Signal(str)
    """A patient whose slide the user wants to see."""

    measured_changed = Signal(object)
    """What is shown now, a ``Measured``; None while nothing is."""

    def __init__(
        self,
        session: Session,
        crew: Crew,
        *,
        runner: PredictionRunner,
        tokens: Tokens,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._runner = session, runner
        self._wanted: Part | None = None
        self._predicting = False
        self._stale = True
        self._judging = EvaluationRunner(crew, self)
        self.measured: Measured | None = None
        self.head = EvaluationHead(tokens)
        self.scores, self.patients = ScoresPage(tokens), PatientsPage(tokens)
        self.stacks = (EvaluationStack(self.scores), EvaluationStack(self.patients))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for stack, title in zip(self.stacks, (tr("Scores"), tr("Patients")), strict=True):
            self.tabs.addTab(stack, title)
        self.tabs.setCornerWidget(self.head)
        self.tabs.installEventFilter(self)
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._rested = QTimer(self, singleShot=True, interval=REST_MS)
        self._connect()
        self._show_hint()

    def _connect(self) -> None:
        session, runner = self._session, self._runner
        self._judging.measured.connect(self._show_measured)
        self._judging.intervals_came.connect(self._show_intervals)
        self._judging.failed.connect(self._fail)
        self._settled.timeout.connect(self._measure)
        self._rested.timeout.connect(self._measure_intervals)
        session.data_changed.connect(self._begin_anew)
        session.model_changed.connect(self._begin_anew)
        for changed in (session.predictions_changed, session.labels_changed):
            changed.connect(self._settle)
        session.blindness_changed.connect(self._settle)
        session.patient_chosen.connect(self._follow_patient)
        session.layers_changed.connect(self._follow_layers)
        runner.began.connect(self._predicting_began)
        runner.ended.connect(self._predicting_ended)
        self.head.part_chosen.connect(self._choose_part)
        self.head.predict_requested.connect(self._predict_missing)
        self.head.threshold_chosen.connect(self._move_threshold)
        for stack in self.stacks:
            stack.predict_requested.connect(self._predict_missing)
        self.scores.threshold_dragged.connect(self._move_threshold)
        self.scores.cell_clicked.connect(self._open_cell)
        self.scores.bin_clicked.connect(self._open_bin)
        self.patients.patient_clicked.connect(self.patient_requested)
        for page in self.stacks:
            page.came_into_view.connect(self._measure_if_stale)
        self.patients.came_into_view.connect(self._show_patients)
        self.tabs.currentChanged.connect(self._fit_head)

    @Slot(object)
    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self.head.set_tokens(tokens)
        self.scores.set_tokens(tokens)
        self.patients.set_tokens(tokens)

    @property
    def part(self) -> Part:
        """Whom the model is judged on: what the user chose, or the most honest there is."""
        against = reasons_in(self._session)
        wanted = self._wanted
        return wanted if wanted is not None and wanted not in against else best_part(against)

    @property
    def threshold(self) -> float:
        """The threshold of the model in use."""
        return self._session.shown_thresholds[1]

    @property
    def settled(self) -> bool:
        """Whether figures are shown, and all that was asked for is in them."""
        return self.measured is not None and not self._stale and not self._judging.busy

    @Slot()
    def _begin_anew(self) -> None:
        """Other data or another model: nothing of what is shown belongs to them."""
        self._cancel()
        self.measured = None
        self.measured_changed.emit(None)
        self._show_hint()
        self._settle()

    @Slot()
    def _settle(self) -> None:
        """Something changed: count again where the figures depend on it."""
        change = self._change()
        if change is Change.NOTHING:
            return
        self._stale = True
        if change is Change.OTHER:
            self._set_current(False)
        if any(stack.isVisible() for stack in self.stacks):
            more = change is Change.MORE
            if not (more and self._settled.isActive()):
                self._settled.start(GROW_MS if more else SETTLE_MS)

    def _change(self) -> Change:
        """What changed since the figures were counted that are shown."""
        wish = wish_of(self._session, self.part)
        if self.measured is None or wish is None:
            return Change.OTHER
        return change_since(self.measured, wish)

    @Slot()
    def _measure_if_stale(self) -> None:
        if self._stale:
            self._measure()

    @Slot()
    def _measure(self) -> None:
        """Count all figures anew."""
        self._cancel()
        wish = wish_of(self._session, self.part)
        if wish is None:
            self.measured = None
            self.measured_changed.emit(None)
            self._show_hint()
            return
        self._stale = False
        self.head.show_parts(wish.part, reasons_in(self._session))
        self._judging.measure(wish)

    @Slot(object)
    def _show_measured(self, measured: Measured) -> None:
        self.measured = measured
        stamp, fair, why = stamp_of(measured.chosen)
        tip = judged_tip(measured)
        self.head.show_judged(judged_words(measured), tip, stamp=stamp, fair=fair, why=why)
        self.head.show_missing(len(measured.missing), busy=self._predicting)
        self.head.show_proposals(
            measured.proposed.proposals, measured.proposed.source, own=measured.own
        )
        self.head.show_threshold(self.threshold)
        if not measured.views:
            self._show_unpredicted(measured)
            return
        for stack in self.stacks:
            stack.show_page()
        self.scores.show_views(measured.views, shown=measured.shown, threshold=self.threshold)
        self._show_patients()
        self._set_current(self._change() is not Change.OTHER)
        self.measured_changed.emit(measured)

    def _show_unpredicted(self, measured: Measured) -> None:
        count = len(measured.missing)
        text = tr_count(
            count,
            "This patient is not predicted yet.",
            "None of these {count:,} patients is predicted yet.",
        )
        for stack in self.stacks:
            stack.show_hint(text, predict=True, busy=self._predicting)
        self.head.show_missing(0, busy=False)
        self.head.threshold.hide()
        self.measured_changed.emit(None)

    @Slot(object)
    def _show_intervals(self, intervals: Intervals) -> None:
        if intervals.measured is self.measured and self.measured.views:
            self.scores.show_intervals(intervals.evaluations)
            self._ask_for_intervals()

    @Slot(object)
    def _fail(self, error: BcviewerError) -> None:
        self.measured = None
        self.measured_changed.emit(None)
        self.head.show_nothing()
        for stack in self.stacks:
            stack.show_hint(str(error))

    @Slot(object)
    def _follow_layers(self) -> None:
        """Follow the threshold of the session."""
        if self.measured is None or not self.measured.views:
            return
        threshold = self.threshold
        if threshold == self.scores.threshold:
            return
        self.head.show_threshold(threshold)
        self.scores.show_threshold(threshold)
        self._show_patients()
        self._ask_for_intervals()

    def _ask_for_intervals(self) -> None:
        if not self.scores.has_intervals:
            self._rested.start()

    @Slot()
    def _measure_intervals(self) -> None:
        """Count the intervals of the threshold in use, once those before are done."""
        if self._stale or self._judging.busy or self.measured is None or not self.measured.views:
            return  # what is under way asks again when it ends
        self._judging.measure_intervals(self.measured, self.threshold)

    @Slot()
    def _show_patients(self) -> None:
        """The figures of each patient, while somebody looks."""
        measured = self.measured
        if measured is None or not measured.views or not self.patients.isVisible():
            return
        table = measured.shown.patients.at(self.threshold)
        roles = tuple(measured.wish.model.role_of(patient) for patient in table.names)
        self.patients.show_table(table, roles, self._session.patient or "")

    @Slot(str)
    def _follow_patient(self, patient: str) -> None:
        self.patients.show_open(patient)
        if self.part is Part.OPEN:
            self._settle()
        else:
            self.head.show_parts(self.part, reasons_in(self._session))

    @Slot(object)
    def _choose_part(self, part: Part) -> None:
        self._wanted = part
        self._settle()

    @Slot(float)
    def _move_threshold(self, threshold: float) -> None:
        # It is that of the model in use, so that is what the slide must show.
        self._session.show_before(False)
        self._session.change_layers(threshold=threshold)

    @Slot()
    def _predict_missing(self) -> None:
        if self.measured is not None and self.measured.missing:
            self._runner.predict_patients(self.measured.missing)

    @Slot()
    def _predicting_began(self) -> None:
        self._set_predicting(True)

    @Slot()
    def _predicting_ended(self) -> None:
        self._set_predicting(False)

    def _set_predicting(self, on: bool) -> None:
        self._predicting = on
        measured = self.measured
        if measured is None:
            return
        if measured.views:
            self.head.show_missing(len(measured.missing), busy=on)
        else:
            self._show_unpredicted(measured)

    @Slot(int, int)
    def _open_cell(self, truth: int, predicted: int) -> None:
        if self.measured is not None:
            judged = self.measured.shown.judged
            chosen = chosen_of_cell(judged, self.threshold, truth, predicted)
            self.patches_requested.emit(chosen)

    @Slot(float, float, object)
    def _open_bin(self, low: float, high: float, truth: int | None) -> None:
        if self.measured is not None:
            judged = self.measured.shown.judged
            self.patches_requested.emit(chosen_of_bin(judged, low, high, truth))

    def _show_hint(self) -> None:
        text = hint_of(self._session)
        if text == tr(COUNTING):
            self.head.show_parts(self.part, reasons_in(self._session))
        self.head.part.setEnabled(text == tr(COUNTING))
        self.head.show_nothing()
        self._fit_head()
        for stack in self.stacks:
            stack.show_hint(text)

    def _set_current(self, current: bool) -> None:
        self.scores.set_current(current)
        self.patients.set_current(current)
        if not current:
            self.head.say(tr(COUNTING))

    def _cancel(self) -> None:
        self._settled.stop()
        self._rested.stop()
        self._judging.cancel()

    @Slot()
    def _fit_head(self) -> None:
        """Give the line over the figures the room beside the tabs, where it belongs to them."""
        judged = self.tabs.currentWidget() in self.stacks
        self.head.setVisible(judged and self._session.model is not None)
        bar = self.tabs.tabBar().sizeHint().width()
        self.head.set_room(max(0, self.tabs.width() - bar - GRID))
        self.head.setVisible(self.tabs.currentWidget() in self.stacks)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.tabs and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit_head()
        return super().eventFilter(watched, event)
