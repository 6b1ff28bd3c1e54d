"""The panel that trains: settings, live curves, where the training is, and its controls."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bcviewer.errors import BcviewerError, TrainingError
from bcviewer.gui.style import GRID, GROUP, Tokens
from bcviewer.gui.widgets import training_words as words
from bcviewer.gui.widgets.curve_export import CurveSource
from bcviewer.gui.widgets.curves import EMPTY as EMPTY_CURVES
from bcviewer.gui.widgets.curves import TrainingCurves
from bcviewer.gui.widgets.form_plan import FormPlan
from bcviewer.gui.widgets.training_controls import PAST_STEPS, STEERABLE, Phase, TrainingControls
from bcviewer.gui.widgets.training_form import TrainingForm
from bcviewer.gui.widgets.training_notices import TrainingNotices
from bcviewer.gui.widgets.training_settings import TrainingSettings
from bcviewer.gui.widgets.training_summary import TrainingSummary
from bcviewer.gui.widgets.training_views import TrainingViews
from bcviewer.gui.words import marked, tr
from bcviewer.gui.words_below import from_below
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.model.catalog import architecture
from bcviewer.model.curve_watch import CurveWatch
from bcviewer.model.events import (
    Cancelled_,
    EpochDone,
    EpochSteps,
    Event,
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
from bcviewer.model.job import TrainingJob
from bcviewer.model.training_status import TrainingStatus

NO_DATA = marked("Open a folder of patients first: then a model can be trained on it here.")
FORM_WIDTH, FORM_LEAST = 552, 288
COMPACT_BELOW = 320
GOES_ON_AS = {Phase.PAUSED: words.PAUSED, Phase.WRITING: words.EXPORTING}
"""What to say where a command was not heard; of other phases, that the training goes on."""

NOTED = (Phase.STARTING, Phase.RUNNING)
"""Phases in which a note of the training may take the place of where it is."""


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
        self._prepared: Prepared | None = None
        self._status = TrainingStatus()
        self._watch = CurveWatch()
        self._where: words.Where | None = None
        self._asked_in = Phase.IDLE
        self.form = TrainingForm()
        self.settings = TrainingSettings(self.form)
        self.curves = TrainingCurves(tokens)
        self.summary = TrainingSummary()
        self.plan = FormPlan(self.form, self.summary, self)
        self.views = TrainingViews(self.summary, self.curves)
        self.notices = TrainingNotices()
        self.controls = TrainingControls()
        self._lay_out()
        self._connect()
        self.set_data(None)

    def _lay_out(self) -> None:
        self.settings.setMinimumWidth(FORM_LEAST)
        self.settings.setMaximumWidth(FORM_WIDTH)
        above = QHBoxLayout()
        above.setSpacing(GROUP)
        above.addWidget(self.settings, 4)
        above.addWidget(self.views, 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID, GRID, GRID, GRID)
        whole.setSpacing(GRID)
        whole.addLayout(above, 1)
        whole.addWidget(self.notices)
        whole.addWidget(self.controls)

    def _connect(self) -> None:
        self.form.changed.connect(self._refresh)
        self.summary.obstacle_changed.connect(self._refresh)
        controls = self.controls
        controls.start_clicked.connect(self._start)
        controls.pause_clicked.connect(self._pause)
        controls.resume_clicked.connect(self._resume)
        controls.finish_clicked.connect(self._finish)
        controls.cancel_clicked.connect(self._cancel)

    @property
    def training(self) -> bool:
        """Whether a training runs, as far as the panel knows."""
        return self.controls.phase is not Phase.IDLE

    def set_data(self, data: OpenedData | None) -> None:
        """Train on another data set from now on; None when none is open."""
        if not self.training and _fingerprint(data) != _fingerprint(self._data):
            self._forget()
        self._data = data
        self.plan.set_data(data, why_not=tr(NO_DATA))
        self.curves.set_empty_text(tr(NO_DATA) if data is None else tr(EMPTY_CURVES))
        self._refresh()

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self.curves.set_tokens(tokens)

    @Slot()
    def begin(self) -> None:
        """Show that a training is about to start, or to go on."""
        self._forget()
        self.views.show_curves()
        self.controls.show_progress(None)
        self._enter(Phase.STARTING, tr(words.STARTING))

    def begin_run(self, name: str) -> None:
        """Show that a run is followed, or goes on, which has settings of its own."""
        self.begin()
        self.settings.show_run(name)

    @Slot(object)
    def show_job(self, job: TrainingJob | None) -> None:
        """Show the settings of that run; None where they cannot be read."""
        self.settings.show_job(job)

    @Slot(object)
    def handle_event(self, event: object) -> None:
        """Show an event of ``bcviewer.model.events``."""
        if isinstance(event, Event):
            self._status.hear(event)
        match event:
            case Prepared():
                self._show_prepared(event)
            case StepDone():
                self.curves.step_done(event)
                self._show_where(event)
            case EpochSteps():
                self.curves.steps_kept(event)
            case Validating():
                self._show_where(event)
            case EpochDone():
                self._show_epoch(event)
            case Paused():
                if self.controls.phase in STEERABLE:
                    self._enter(Phase.PAUSED, tr(words.PAUSED))
            case Resumed():
                if self.controls.phase in STEERABLE:
                    self._enter(Phase.RUNNING, tr(words.RESUMING))
            case Note(text=text) if text not in self.notices.warnings:
                if self.controls.phase in NOTED:
                    self.controls.say(from_below(text))
            case Exporting():
                if self.controls.phase is not Phase.ENDING:
                    self._enter(Phase.WRITING, tr(words.EXPORTING))
                self.controls.show_progress(None)
            case Finished():
                self._enter(Phase.IDLE, words.finished_words(event, self._prepared))
                self.controls.best.setText(
                    tr("The model is in {folder}", folder=event.model_folder)
                )
                self.notices.add_warnings([event.warning] if event.warning else [])
            case Cancelled_():
                self._enter(Phase.IDLE, tr(words.CANCELLED))
            case Failed(message=message, hint=hint):
                self.show_error(TrainingError(message, hint=hint))

    @Slot(object)
    def show_error(self, error: BcviewerError) -> None:
        """Show why there is no training (any more), and what to do."""
        self._enter(Phase.IDLE, tr(words.FAILED))
        self.notices.show_error(error)

    def show_kept(self, folder: str) -> None:
        """Show where the model is that was made, and that it is not in use."""
        self.controls.best.setText(tr(words.KEPT, folder=folder))

    @Slot(object)
    def show_unheard(self, error: BcviewerError) -> None:
        """Show that the training did not hear the last command, and goes on as before."""
        if self.training:
            phase = self._asked_in
            self._enter(phase, tr(GOES_ON_AS.get(phase, words.RESUMING)))
            self.notices.show_error(error)

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
        self.begin()
        self.start_requested.emit(job)

    @Slot()
    def _pause(self) -> None:
        self._ask(Phase.PAUSING, tr(words.PAUSING))
        self.pause_requested.emit()

    @Slot()
    def _resume(self) -> None:
        self._ask(Phase.RUNNING, tr(words.RESUMING))
        self.resume_requested.emit()

    @Slot()
    def _finish(self) -> None:
        self._ask(Phase.FINISHING, f"{tr(words.FINISHING)}…")
        self.finish_requested.emit()

    @Slot()
    def _cancel(self) -> None:
        self._ask(Phase.ENDING, tr(words.CANCELLING))
        self.cancel_requested.emit()

    def _ask(self, phase: Phase, text: str) -> None:
        """Show what the training is being asked for, before it has heard it."""
        self._asked_in = self.controls.phase
        self._enter(phase, text)

    def _show_prepared(self, event: Prepared) -> None:
        self._prepared = event
        self.controls.show_progress(0.0)
        self.curves.set_title(words.validation_words(event))
        self.curves.set_source(self._source(event))
        self.notices.show_warnings(event.warnings)
        if self.controls.phase is not Phase.ENDING:
            self._enter(Phase.RUNNING, words.prepared_words(event))
        self._show_best()

    def _show_where(self, event: words.Where) -> None:
        """Show how far it is; what a file told late, of an epoch that is done, is passed over."""
        latest = self._status.latest
        late = latest is not None and event is not latest and event.epoch <= latest.epoch
        if late or self.controls.phase in PAST_STEPS:
            return
        self._where = event
        self.controls.show_progress(_share_done(event, self._epochs_wanted))
        self._say_where()

    def _say_where(self) -> None:
        if self._where is None:
            return
        phase = self.controls.phase
        text = words.where_words(
            self._where,
            epochs=self._epochs_wanted,
            status=self._status,
            paused=phase is Phase.PAUSED,
            finishing=phase is Phase.FINISHING,
        )
        self.controls.say(text)

    def _show_epoch(self, event: EpochDone) -> None:
        self.curves.epoch_done(event)
        self._show_where(event)
        self._show_best()
        # Told here and not by the notes of the training, which the next step writes over.
        self.notices.add_warnings(self._watch.look(event))

    def _show_best(self) -> None:
        if self._prepared is None:
            return
        self.controls.losses.setText(words.losses_words(self._status, self._prepared.device))
        self.controls.best.setText(words.best_words(self._status.best, self._prepared))

    def _source(self, event: Prepared) -> CurveSource:
        folder = self._data.dataset.root if self._data is not None else None
        title = architecture(event.model).title
        return CurveSource(title, event.split_title, event.patients, folder)

    def _forget(self) -> None:
        """Take the last training off the panel."""
        self._prepared = None
        self._status = TrainingStatus()
        self._watch = CurveWatch()
        self._where = None
        self.curves.clear()
        self.views.show_summary()
        self.notices.clear()
        self.controls.enter(Phase.IDLE, "")
        self.controls.losses.setText("")
        self.controls.best.setText("")

    @property
    def _epochs_wanted(self) -> int:
        return self._prepared.epochs if self._prepared is not None else 1

    def _enter(self, phase: Phase, text: str) -> None:
        self.controls.enter(phase, text)
        self.form.set_editable(phase is Phase.IDLE)
        if phase is Phase.IDLE:
            self.settings.show_own()
        self.summary.set_training(phase is not Phase.IDLE)
        self.views.set_training(phase is not Phase.IDLE)
        if phase in (Phase.PAUSED, Phase.FINISHING):
            self._say_where()

    @Slot()
    def _refresh(self) -> None:
        problems = self.form.problems if self._data is not None else (tr(NO_DATA),)
        # An obstacle was found for a form without problems, and may be that of an earlier plan.
        why_not = "\n".join(problems) or self.summary.obstacle
        self.controls.set_startable(not why_not, why_not)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The words begin where the curves begin.
        self.controls.start_words_at(self.settings.width() + GROUP)
        self.notices.set_compact(self.height() < COMPACT_BELOW)
        super().resizeEvent(event)


def _share_done(event: words.Where, epochs: int) -> float:
    """How much of the training is done, 0 to 1; validations take no share of their own."""
    steps = event.step / max(1, event.steps) if isinstance(event, StepDone) else 1.0
    return (event.epoch - 1 + steps) / epochs


def _fingerprint(data: OpenedData | None) -> str:
    return data.dataset.fingerprint if data is not None else ""


def new_run_folder(runs: Path, name: str) -> Path:
    """A folder for a run that starts now; it is not made, and is not there yet."""
    first = runs / f"{datetime.now():%Y-%m-%d-%H%M%S}-{name}"
    candidates = (first, *(first.with_name(f"{first.name}-{number}") for number in range(2, 1000)))
    return next(candidate for candidate in candidates if not candidate.exists())
