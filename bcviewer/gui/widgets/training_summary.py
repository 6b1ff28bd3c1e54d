"""What is known of a training before it starts: its parts, its start, its time and its memory."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from bcviewer.errors import BcviewerError
from bcviewer.evaluation.leak_words import short_words
from bcviewer.gui.style import GRID, GROUP, body_font, set_role
from bcviewer.gui.widgets import training_summary_words as words
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.widgets.summary_tables import FactTable, PartTable
from bcviewer.gui.widgets.training_notices import TrainingNotices
from bcviewer.gui.words import marked, tr
from bcviewer.gui.words_below import from_below
from bcviewer.gui.workers.forecast_worker import Plan, PlanAhead, PlanChecked
from bcviewer.model.events import Probed
from bcviewer.model.forecast import Forecast, same_pace, same_parts

BESIDE_FROM = 560
"""From this width on, in pixels, parts and facts stand beside each other."""

TALL_FROM = 220
"""From this height on, in pixels, warnings have lines of their own."""

TITLE = marked("Before the start")
ESTIMATE, STOP = marked("Estimate time and memory"), marked("Stop")
PROGRESS_WIDTH = 64
LINE_HEIGHT = 16


class TrainingSummary(QWidget):
    """Shows what a plan would come to, and asks for counting it and for a probe of it."""

    plan_changed = Signal(object)
    """Another ``Plan`` is to be counted; None for none."""

    probe_requested = Signal(object)
    """Some steps of the ``Plan`` are to be timed."""

    stop_requested = Signal()
    """The probe is to be stopped."""

    obstacle_changed = Signal()
    """There is, or is no more, an ``obstacle`` to the plan."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._forecast: Forecast | None = None
        self._probed: Probed | None = None
        self._probed_plan: Plan | None = None
        self._problems: tuple[str, ...] = ()
        self._error: BcviewerError | None = None
        self._probing = False
        self._training = False
        self._counted: Plan | None = None
        self._obstacle = ""
        self._create()
        self._lay_out()
        self.button.clicked.connect(self._estimate_or_stop)
        self._say("")
        self._show()

    def _create(self) -> None:
        self._empty = EmptyHint("")
        self._title = QLabel(tr(TITLE))
        font = body_font()
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self.state = ElidedLabel()
        set_role(self.state, "muted")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(tr("Progress of the estimate"))
        self._bar.setProperty("slim", "true")
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(PROGRESS_WIDTH)
        self.button = QPushButton(tr(ESTIMATE))
        self.parts = PartTable()
        self.facts = FactTable(words.FACTS)
        self.problem = TrainingNotices()
        self.notices = TrainingNotices()
        self.line = TrainingNotices()
        self.line.set_compact(True)
        self.line.setMaximumHeight(LINE_HEIGHT)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self._title)
        head.addWidget(self.line, 1)
        head.addWidget(self.state, 1)
        # Where neither is shown, the room is not the button's.
        head.addStretch(0)
        head.addWidget(self._bar)
        head.addWidget(self.button)
        self._tables = QHBoxLayout()
        self._tables.setSpacing(2 * GROUP)
        self._tables.addWidget(self.parts, 0, Qt.AlignmentFlag.AlignTop)
        self._tables.addWidget(self.facts, 1)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, GRID // 2, 0)
        inside.setSpacing(GRID)
        inside.addWidget(self.problem)
        inside.addLayout(self._tables)
        inside.addWidget(self.notices)
        inside.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName(tr(TITLE))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(content)
        full = QWidget()
        whole = QVBoxLayout(full)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID // 2)
        whole.addLayout(head)
        whole.addWidget(area, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(full)

    @property
    def obstacle(self) -> str:
        """Why a training by the plan could not start, in words; "" where nothing is known of that.

        Problems of the settings are not among it: the form knows them.
        """
        return self._obstacle

    def set_plan(self, plan: Plan | None, *, why_not: str = "") -> None:
        """Look ahead at another plan; None for none, and why there is none."""
        self._empty.setText(why_not)
        if plan is None:
            self._plan = self._forecast = self._error = None
            self.plan_changed.emit(None)
        elif self._error is not None or not _same(plan, self._plan):
            # After an error the same plan is counted again: its file may have been mended.
            if self._plan is None or plan.dataset is not self._plan.dataset:
                self._forecast = self._error = None
            self._plan = plan
            self.facts.set_fact(words.LEAKS, words.MEASURING)
            if not self._probing:
                self._say("")
            self.plan_changed.emit(plan)
        self._show()

    def set_problems(self, problems: tuple[str, ...]) -> None:
        """Tell what is wrong with the settings; the plan stays what it was before that."""
        self._problems = problems
        self._show()

    def set_training(self, training: bool) -> None:
        """Tell that a training runs, or that none does: a probe would take its time away."""
        self._training = training
        if training and self._probing:
            self.stop_requested.emit()
        self._show()

    @Slot(object)
    def show_ahead(self, ahead: PlanAhead) -> None:
        """Show what was counted."""
        if not _same(ahead.plan, self._plan):
            return
        self._forecast, self._error, self._counted = ahead.forecast, None, ahead.plan
        self.facts.set_fact(words.WEIGHTS, from_below(ahead.weights))
        self.facts.set_fact(words.LEAKS, from_below(short_words(ahead.leaks)))
        self._show()

    @Slot(object)
    def show_checked(self, checked: PlanChecked) -> None:
        """Show what the parts of the split share, pictures compared."""
        if _same(checked.plan, self._plan):
            self.facts.set_fact(words.LEAKS, from_below(short_words(checked.leaks)))

    @Slot(object)
    def show_error(self, error: BcviewerError) -> None:
        """Show why the training could not start as it is planned."""
        self._forecast, self._error, self._counted = None, error, self._plan
        self._show()

    @Slot(str)
    def say_probe(self, text: str) -> None:
        """Show what the probe is doing."""
        if self._probing:
            self._say(text)

    @Slot(object)
    def show_probed(self, probed: Probed) -> None:
        """Show what the probe found, until a setting changes on which that depends."""
        self._probed = probed
        self._end_probe("")

    @Slot(object)
    def show_probe_error(self, error: BcviewerError) -> None:
        """Show why there is no estimate."""
        self._probed_plan = None
        self._end_probe(str(error), role="danger")

    @Slot()
    def show_probe_stopped(self) -> None:
        """Show that the probe was stopped."""
        self._probed_plan = None
        self._end_probe(tr(words.STOPPED))

    def _end_probe(self, text: str, *, role: str = "muted") -> None:
        self._probing = False
        set_role(self.state, role)
        self._say(text)
        self._show()

    @Slot()
    def _estimate_or_stop(self) -> None:
        if self._probing:
            self._say(tr(words.STOPPING))
            self.stop_requested.emit()
        elif self._plan is not None:
            self._probing = True
            self._probed, self._probed_plan = None, self._plan
            set_role(self.state, "muted")
            self._say(tr(words.PROBING))
            self._show()
            self.probe_requested.emit(self._plan)

    def _say(self, text: str) -> None:
        """Say where the probe is; the warnings have the room while nothing is said."""
        self.state.setText(from_below(text))
        self.state.setVisible(bool(text))

    def _show(self) -> None:
        self._stack.setCurrentIndex(0 if self._plan is None else 1)
        ready = self._plan is not None and self._error is None and not self._problem()
        self.button.setText(tr(STOP) if self._probing else tr(ESTIMATE))
        self.button.setEnabled(self._probing or (ready and not self._training))
        self.button.setToolTip("" if self._probing else tr(words.ESTIMATE_TIP))
        self._bar.setVisible(self._probing)
        self._show_forecast()
        self._look_for_obstacle()

    def _look_for_obstacle(self) -> None:
        found = ""
        if self._error is not None:
            found = str(self._error)
        elif self._forecast is not None:
            found = self._forecast.problem
        plan, counted = self._plan, self._counted
        if plan is None or counted is None or not _same_parts(plan, counted):
            found = ""  # of another plan; this one is still being counted
        if found != self._obstacle:
            self._obstacle = found
            self.obstacle_changed.emit()

    def _show_forecast(self) -> None:
        ahead, probed = self._forecast, self._valid_probe()
        self.parts.show_parts(ahead.parts if ahead else ())
        self.parts.setVisible(ahead is not None)
        self.facts.setVisible(ahead is not None)
        problem = self._problem()
        if self._error is not None and not self._problems:
            self.problem.show_error(self._error)
        elif problem:
            self.problem.show_error(BcviewerError(problem))
        else:
            self.problem.clear()
        if ahead is None:
            self._warn(())
            return
        self.facts.set_facts(words.facts_of(ahead, probed, probing=self._probing))
        self._warn(words.warnings_of(ahead, probed))

    def _warn(self, warnings: tuple[str, ...]) -> None:
        """Warn below the tables, or above them in a line where the last rows are out of sight."""
        tall = self.height() >= TALL_FROM
        self.notices.show_warnings(warnings if tall else ())
        self.line.show_warnings(() if tall else warnings)

    def _problem(self) -> str:
        if self._problems:
            return " ".join(self._problems)
        return self._forecast.problem if self._forecast is not None else ""

    def _valid_probe(self) -> Probed | None:
        plan, timed = self._plan, self._probed_plan
        if plan is None or timed is None or timed.dataset is not plan.dataset:
            return None
        return self._probed if same_pace(plan.job, timed.job) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = self.width() >= BESIDE_FROM
        direction = QBoxLayout.Direction
        self._tables.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._tables.setSpacing(2 * GROUP if beside else GRID)
        self._show_forecast()
        super().resizeEvent(event)


def _same(one: Plan, other: Plan | None) -> bool:
    return other is not None and one.dataset is other.dataset and one.job == other.job


def _same_parts(one: Plan, other: Plan) -> bool:
    return one.dataset is other.dataset and same_parts(one.job, other.job)
