"""The panel that trains: settings, live curves, where the training is, and its controls."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from bcviewer.errors import BcviewerError, TrainingError
from bcviewer.gui.icons import icon
from bcviewer.gui.style import GRID, GROUP, Tokens
from bcviewer.gui.widgets import training_words as words
from bcviewer.gui.widgets.curves import EMPTY as EMPTY_CURVES
from bcviewer.gui.widgets.curves import TrainingCurves
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.widgets.training_form import TrainingForm
from bcviewer.gui.widgets.training_notices import TrainingNotices
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.model.events import (
    Cancelled_,
    EpochDone,
    Exporting,
    Failed,
    Finished,
    Note,
    Paused,
    Prepared,
    Resumed,
    StepDone,
    Validating,
)

NO_DATA = "Open a folder of patients first: then a model can be trained on it here."
STARTING = "Starting: TensorFlow takes some seconds to load."
PAUSING = "Pausing after this batch…"
PAUSED = "Paused."
RESUMING = "Going on…"
FINISHING = "Finishing this epoch"
CANCELLING = "Cancelling…"
EXPORTING = "Writing the model of the best epoch…"
FAILED = "No model was made."
CANCELLED = "Training cancelled. The model in use stays as it was."
PROGRESS_PARTS = 1000
FORM_WIDTH = 528
CURVES_LEAST_WIDTH = 280
COMPACT_BELOW = 320


class Phase(Enum):
    """What the training is doing, as far as the buttons must know."""

    IDLE = auto()
    STARTING = auto()
    RUNNING = auto()
    PAUSING = auto()
    PAUSED = auto()
    FINISHING = auto()
    ENDING = auto()


STEERABLE = (Phase.RUNNING, Phase.PAUSING, Phase.PAUSED)
QUIET = (Phase.PAUSING, Phase.PAUSED, Phase.ENDING)
"""Phases whose own words stay, whatever else is told."""


class TrainingPanel(QWidget):
    """Asks for trainings by signals, and shows their events."""

    start_requested = Signal(object)
    """A ``TrainingJob``."""

    pause_requested = Signal()
    resume_requested = Signal()
    finish_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: OpenedData | None = None
        self._phase = Phase.IDLE
        self._prepared: Prepared | None = None
        self._epochs: dict[int, EpochDone] = {}
        self._create(tokens)
        self._lay_out()
        self._connect()
        self.set_data(None)

    def _create(self, tokens: Tokens) -> None:
        self.form = TrainingForm()
        self.curves = TrainingCurves(tokens)
        self.notices = TrainingNotices()
        self.bar = QProgressBar()
        self.bar.setRange(0, PROGRESS_PARTS)
        self.bar.setTextVisible(False)
        self.bar.setProperty("slim", "true")
        kept = self.bar.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(kept)
        self.start_button = QPushButton("Start training")
        self.start_button.setIcon(icon("play", role=QPalette.ColorRole.BrightText))
        self.start_button.setProperty("primary", "true")
        self.pause_button = QPushButton(icon("pause"), "Pause")
        self.finish_button = QPushButton("Finish and keep best")
        self.finish_button.setToolTip("End with this epoch and keep the model of the best one")
        self.cancel_button = QPushButton("Cancel")
        self.cancel_button.setToolTip("End without a new model; the model in use stays")
        self.status = ElidedLabel()
        self.best = ElidedLabel()
        self.best.setProperty("role", "muted")

    def _lay_out(self) -> None:
        self.form.setMinimumWidth(FORM_WIDTH // 2)
        self.form.setMaximumWidth(FORM_WIDTH)
        self.curves.setMinimumWidth(CURVES_LEAST_WIDTH)
        above = QHBoxLayout()
        above.setSpacing(GROUP)
        above.addWidget(self.form, 3)
        above.addWidget(self.curves, 4)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.status)
        said.addWidget(self.best)
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(GRID)
        for button in (
            self.start_button,
            self.pause_button,
            self.finish_button,
            self.cancel_button,
        ):
            buttons.addWidget(button)
        buttons.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(GROUP)
        below.addWidget(self._buttons)
        below.addLayout(said, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID, GRID, GRID, GRID)
        whole.setSpacing(GRID)
        whole.addLayout(above, 1)
        whole.addWidget(self.notices)
        whole.addWidget(self.bar)
        whole.addLayout(below)

    def _connect(self) -> None:
        self.form.changed.connect(self._refresh)
        self.start_button.clicked.connect(self._start)
        self.pause_button.clicked.connect(self._pause_or_go_on)
        self.finish_button.clicked.connect(self._finish)
        self.cancel_button.clicked.connect(self._cancel)

    @property
    def training(self) -> bool:
        """Whether a training runs, as far as the panel knows."""
        return self._phase is not Phase.IDLE

    def set_data(self, data: OpenedData | None) -> None:
        """Train on another data set from now on; None when none is open."""
        if not self.training and _fingerprint(data) != _fingerprint(self._data):
            self._forget()
        self._data = data
        self.curves.set_empty_text(NO_DATA if data is None else EMPTY_CURVES)
        self._refresh()

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self.curves.set_tokens(tokens)

    @Slot(object)
    def handle_event(self, event: object) -> None:
        """Show an event of ``bcviewer.model.events``."""
        match event:
            case Prepared():
                self._show_prepared(event)
            case StepDone():
                self._show_step(event)
            case Validating():
                self._say(words.validating_words(event, epochs=self._epochs_wanted))
            case EpochDone():
                self._show_epoch(event)
            case Paused():
                if self._phase in STEERABLE:
                    self._enter(Phase.PAUSED, PAUSED)
            case Resumed():
                if self._phase in (Phase.PAUSING, Phase.PAUSED):
                    self._enter(Phase.RUNNING, RESUMING)
            case Note(text=text):
                self._say(text)
            case Exporting():
                self._enter(Phase.ENDING, EXPORTING)
                self.bar.setRange(0, 0)
            case Finished():
                self._show_finished(event)
            case Cancelled_():
                self._enter(Phase.IDLE, CANCELLED)
            case Failed(message=message, hint=hint):
                self.show_error(TrainingError(message, hint=hint))

    @Slot(object)
    def show_error(self, error: BcviewerError) -> None:
        """Show why there is no training (any more), and what to do."""
        self._enter(Phase.IDLE, FAILED)
        self.notices.show_error(error)

    def _forget(self) -> None:
        """Take the last training off the panel."""
        self._prepared = None
        self._epochs = {}
        self.curves.clear()
        self.notices.clear()
        self.status.setText("")
        self.best.setText("")

    @property
    def _epochs_wanted(self) -> int:
        return self._prepared.epochs if self._prepared is not None else 1

    @Slot()
    def _start(self) -> None:
        if self._data is None or self.training:
            return
        workspace = self._data.workspace
        run = new_run_folder(workspace.runs_folder, self.form.model_name)
        try:
            job = self.form.job(self._data.dataset.root, workspace.folder, run)
        except BcviewerError as error:
            self.show_error(error)
            return
        self._forget()
        self.bar.setRange(0, 0)
        self._enter(Phase.STARTING, STARTING)
        self.start_requested.emit(job)

    @Slot()
    def _pause_or_go_on(self) -> None:
        if self._phase is Phase.PAUSED:
            self._enter(Phase.RUNNING, RESUMING)
            self.resume_requested.emit()
        else:
            self._enter(Phase.PAUSING, PAUSING)
            self.pause_requested.emit()

    @Slot()
    def _finish(self) -> None:
        self._enter(Phase.FINISHING, f"{FINISHING}…")
        self.finish_requested.emit()

    @Slot()
    def _cancel(self) -> None:
        self._enter(Phase.ENDING, CANCELLING)
        self.cancel_requested.emit()

    def _show_prepared(self, event: Prepared) -> None:
        self._prepared = event
        self.bar.setRange(0, PROGRESS_PARTS)
        self.bar.setValue(0)
        self.curves.set_title(words.title_words(event))
        self.notices.show_warnings(event.warnings)
        if self._phase is not Phase.ENDING:
            self._enter(Phase.RUNNING, words.prepared_words(event))
        self._show_best()

    def _show_step(self, event: StepDone) -> None:
        self.curves.step_done(event)
        done = (event.epoch - 1 + event.step / max(1, event.steps)) / self._epochs_wanted
        self.bar.setRange(0, PROGRESS_PARTS)
        self.bar.setValue(round(done * PROGRESS_PARTS))
        finishing = self._phase is Phase.FINISHING
        text = words.step_words(event, epochs=self._epochs_wanted, with_time=not finishing)
        self._say(f"{FINISHING}{words.DOT}{text}" if finishing else text)

    def _show_epoch(self, event: EpochDone) -> None:
        self._epochs[event.epoch] = event
        self.curves.epoch_done(event)
        self._show_best()

    def _show_finished(self, event: Finished) -> None:
        self.bar.setRange(0, PROGRESS_PARTS)
        self._enter(Phase.IDLE, words.finished_words(event, self._prepared))
        self.best.setText(f"The model is in {event.model_folder}")

    def _show_best(self) -> None:
        if self._prepared is None:
            return
        last = self._epochs.get(max(self._epochs, default=0))
        best = self._epochs.get(last.best_epoch) if last is not None else None
        self.best.setText(words.best_words(best, self._prepared))

    def _say(self, text: str) -> None:
        if self._phase not in QUIET:
            self.status.setText(text)

    def _enter(self, phase: Phase, text: str) -> None:
        self._phase = phase
        self.status.setText(text)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        phase = self._phase
        problems = self.form.problems
        self.start_button.setEnabled(
            self._data is not None and phase is Phase.IDLE and not problems
        )
        self.start_button.setToolTip(NO_DATA if self._data is None else "\n".join(problems))
        self.pause_button.setEnabled(phase in (Phase.RUNNING, Phase.PAUSED))
        paused = phase is Phase.PAUSED
        self.pause_button.setText("Go on" if paused else "Pause")
        self.pause_button.setIcon(icon("play" if paused else "pause"))
        self.finish_button.setEnabled(phase in STEERABLE)
        self.cancel_button.setEnabled(self.training and phase is not Phase.ENDING)
        self.form.set_editable(not self.training)
        self.bar.setVisible(self.training)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The words begin where the curves begin, as long as the buttons leave them that place.
        self._buttons.setMinimumWidth(self.form.width())
        self.notices.set_compact(self.height() < COMPACT_BELOW)
        super().resizeEvent(event)


def _fingerprint(data: OpenedData | None) -> str:
    return data.dataset.fingerprint if data is not None else ""


def new_run_folder(runs: Path, name: str) -> Path:
    """A folder for a run that starts now; it is not made, and is not there yet."""
    first = runs / f"{datetime.now():%Y-%m-%d-%H%M%S}-{name}"
    candidates = (first, *(first.with_name(f"{first.name}-{number}") for number in range(2, 1000)))
    return next(candidate for candidate in candidates if not candidate.exists())
