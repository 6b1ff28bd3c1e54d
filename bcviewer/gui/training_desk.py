"""Trainings: the panel that starts and steers them, the list of runs, and what runs them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QTabWidget, QWidget

from bcviewer.errors import JobError
from bcviewer.gui.session import Session
from bcviewer.gui.style import Tokens
from bcviewer.gui.training_planner import TrainingPlanner
from bcviewer.gui.training_runner import Parting, TrainingRunner
from bcviewer.gui.widgets.close_question import CloseQuestion
from bcviewer.gui.widgets.runs_panel import RunsPanel
from bcviewer.gui.widgets.training_controls import Phase
from bcviewer.gui.widgets.training_panel import TrainingPanel
from bcviewer.gui.widgets.training_words import DOT
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.forecast_worker import SavedJob
from bcviewer.model.run_paths import run_name
from bcviewer.model.runs import RunRecord
from bcviewer.model.runs_changes import continued_job

TRAIN = marked("Train")
IN_BACKGROUND = marked("Train · in the background")


class TrainingDesk(QObject):
    """Owns the panels of training in two tabs; the window gives the tabs their place."""

    said = Signal(str)
    """Something for the status line."""

    load_requested = Signal(str)
    """A model folder that a training made, or that the user chose in the list of runs."""

    def __init__(self, session: Session, crew: Crew, *, tokens: Tokens, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.runner = TrainingRunner(session, crew, self)
        self._parting: Parting | None = None
        self._asked_about: Path | None = None
        self.planner = TrainingPlanner(crew, self)
        self.panel = TrainingPanel(tokens)
        self.runs_panel = RunsPanel(session, crew, tokens)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.panel, tr(TRAIN))
        self.tabs.addTab(self.runs_panel, tr("Runs"))
        self._connect()
        self._show_data()

    def _connect(self) -> None:
        panel, runner = self.panel, self.runner
        self.planner.serve(panel.summary)
        self._session.labels_changed.connect(self.planner.recount)
        self.planner.saved.connect(self._say_saved)
        self.planner.saved.connect(panel.plan.show_saved)
        self.planner.save_failed.connect(panel.plan.show_error)
        panel.plan.save_requested.connect(self.planner.save)
        self._session.data_changed.connect(self._show_data)
        self._session.model_changed.connect(self._offer_model)
        panel.start_requested.connect(runner.start)
        panel.pause_requested.connect(runner.pause)
        panel.resume_requested.connect(runner.resume)
        panel.finish_requested.connect(runner.finish)
        panel.cancel_requested.connect(runner.cancel)
        runner.event_received.connect(panel.handle_event)
        runner.event_received.connect(self.runs_panel.handle_event)
        runner.failed.connect(panel.show_error)
        runner.unheard.connect(panel.show_unheard)
        runner.resumed.connect(self._show_resumed)
        runner.job_read.connect(panel.show_job)
        runner.attached.connect(self._show_attached)
        runner.detached.connect(self._show_detached)
        runner.model_ready.connect(self.load_requested)
        runner.model_kept.connect(self._show_kept)
        self.runs_panel.load_requested.connect(self.load_requested)
        self.runs_panel.resume_requested.connect(self._resume_run)
        self.runs_panel.make_requested.connect(self._make_model)
        self.runs_panel.continue_requested.connect(self._continue_run)

    @Slot(object)
    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self.panel.set_tokens(tokens)
        self.runs_panel.set_tokens(tokens)

    def may_close(self) -> bool:
        """Whether the window may close; asks the user while a training of its own runs.

        Of one that is followed it asks only where it is paused: without a window nobody would
        know of the pause, and it would wait for ever. One that trains needs no answer. It was kept
        in the background once, or belongs to a terminal, and just goes on.
        """
        self._parting, self._asked_about = None, None
        if not (self.runner.running_here or self._follows_a_pause):
            return True
        where = DOT.join(self.panel.controls.status.text().split(DOT)[:2])
        run = self.runner.run
        answer = CloseQuestion(run, where, self._window).ask()
        self._parting, self._asked_about = answer, run
        return answer is not None

    def close(self) -> None:
        """Close with the window; the training goes the way that the user chose."""
        asked = self._asked_about == self.runner.run  # else it ended while the user thought
        self.runner.leave(self._parting if asked else None)

    @property
    def _follows_a_pause(self) -> bool:
        return self.runner.running and self.panel.controls.phase in (Phase.PAUSING, Phase.PAUSED)

    @Slot(str)
    def _show_resumed(self, run: str) -> None:
        self.panel.begin_run(run_name(Path(run)))

    @Slot(str)
    def _show_attached(self, run: str) -> None:
        self.panel.begin_run(run_name(Path(run)))
        self.tabs.setTabText(0, tr(IN_BACKGROUND))
        self.tabs.setTabToolTip(0, run)
        self.runs_panel.refresh()
        self.said.emit(tr("Following {name}, which trains in the background.", name=Path(run).name))

    @Slot()
    def _show_detached(self) -> None:
        self.tabs.setTabText(0, tr(TRAIN))
        self.tabs.setTabToolTip(0, "")

    @Slot(str)
    def _show_kept(self, folder: str) -> None:
        self.panel.show_kept(folder)
        self.said.emit(
            tr("A training has ended. Its model is not loaded: others were chosen meanwhile.")
        )

    @Slot()
    def _show_data(self) -> None:
        self.panel.set_data(self._session.data)

    @Slot()
    def _offer_model(self) -> None:
        """Let a training go on from the model in use."""
        if self._session.model is not None:
            self.panel.form.weights.set_model_in_use(self._session.model.folder)

    @Slot(object)
    def _say_saved(self, saved: SavedJob) -> None:
        self.said.emit(tr("The job is saved: {path}", path=saved.path))

    @Slot(object)
    def _continue_run(self, record: RunRecord) -> None:
        """Set up, and not yet start, a training from the model of a run."""
        if self.runner.running:
            self.said.emit(tr("A training runs already. Continue from this one when it has ended."))
            return
        try:
            self.panel.form.use(continued_job(record, record.path))
        except JobError as error:
            self.runs_panel.controls.show_error(error)
            return
        self.tabs.setCurrentWidget(self.panel)
        self.said.emit(
            tr("A training from the model of {name} is set up: start it.", name=record.short_name)
        )

    @Slot(str)
    def _resume_run(self, run: str) -> None:
        if self.runner.running:
            self.said.emit(tr("A training runs already. Resume this one when it has ended."))
            return
        self.tabs.setCurrentWidget(self.panel)
        self.runner.resume_run(Path(run))

    @Slot(str)
    def _make_model(self, run: str) -> None:
        if self.runner.running:
            self.said.emit(tr("A training runs already. Make this model when it has ended."))
            return
        self.tabs.setCurrentWidget(self.panel)
        self.runner.resume_run(Path(run), only_best=True)
