"""The model in use: its panel, what loads it, and what predicts with it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from bcviewer.gui.actions import Actions
from bcviewer.gui.context_runner import ContextRunner
from bcviewer.gui.head_runner import HeadRunner
from bcviewer.gui.import_desk import ImportDesk
from bcviewer.gui.int8_runner import Int8Runner
from bcviewer.gui.model_menu import ModelMenu
from bcviewer.gui.prediction_runner import PredictionRunner
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.model_panel import ModelPanel
from bcviewer.gui.widgets.work_box import WorkBox
from bcviewer.gui.words import tr
from bcviewer.gui.work_runner import WorkRunner
from bcviewer.gui.workers.crew import Crew
from bcviewer.model.way import Precision
from bcviewer.storage import user_folder


class ModelDesk(QObject):
    """Owns the panel of the model and the runner of predictions; the window places the panel."""

    def __init__(self, session: Session, crew: Crew, *, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._actions = actions
        self.runner = PredictionRunner(session, crew, self)
        self.head = HeadRunner(session, crew, self)
        self.context = ContextRunner(session, crew, self)
        self.int8 = Int8Runner(session, crew, self)
        self.importer = ImportDesk(crew, window=window)
        self.panel = ModelPanel(session)
        self.models = ModelMenu(session, window)
        self.models.chosen.connect(self.runner.load)
        self._loading = QMenu(window)
        self.panel.offer_models(self._loading)
        self._connect()
        self._enable_actions()

    def _connect(self) -> None:
        panel, runner, do = self.panel, self.runner, self._actions
        self._session.data_changed.connect(self._enable_actions)
        self._session.model_changed.connect(self._enable_actions)
        self._loading.aboutToShow.connect(self._fill_loading)
        panel.predict_requested.connect(runner.predict_patient)
        panel.predict_all_requested.connect(runner.predict_all)
        panel.predict_again_requested.connect(runner.predict_all_again)
        panel.cancel_requested.connect(runner.cancel)
        panel.predict_on_open_toggled.connect(self._predict_on_open)
        panel.precision_box.precision_chosen.connect(self._predict_in)
        runner.began.connect(panel.begin_work)
        runner.progressed.connect(panel.show_progress)
        runner.ended.connect(panel.end_work)
        runner.failed.connect(panel.show_error)
        do.load_model.triggered.connect(self._choose_model)
        do.import_model.triggered.connect(self.importer.choose)
        self.importer.imported.connect(runner.load)
        do.predict.triggered.connect(runner.predict_patient)
        do.predict_all.triggered.connect(runner.predict_all)
        do.retrain_head.triggered.connect(self.head.start)
        self._connect_boxes()

    def _connect_boxes(self) -> None:
        """Join the boxes of the panel with what does their work."""
        panel, head, context, int8 = self.panel, self.head, self.context, self.int8
        _join(panel.head_box, head)
        _join(panel.context_box, context)
        _join(panel.int8_box, int8)
        panel.head_box.start_requested.connect(head.start)
        panel.context_box.fit_requested.connect(context.start)
        panel.int8_box.start_requested.connect(int8.start)
        head.replacing.connect(self.runner.leave)
        context.offered.connect(panel.context_box.offer)
        context.fitted.connect(self.runner.use)
        int8.made.connect(self.runner.use)

    @Slot()
    def _enable_actions(self) -> None:
        opened = self._session.dataset is not None
        for action in (self._actions.predict, self._actions.predict_all):
            action.setEnabled(opened)
        model = self._session.model
        known = model is not None and model.folder.card.split_known
        self._actions.retrain_head.setEnabled(opened and known)

    @Slot()
    def _fill_loading(self) -> None:
        """What the button of the panel offers: the models at hand, a folder, a file."""
        self._loading.clear()
        self.models.refresh()
        self._loading.addActions(self.models.actions())
        self._loading.addSeparator()
        self._loading.addActions([self._actions.load_model, self._actions.import_model])

    @Slot()
    def _choose_model(self) -> None:
        data = self._session.data
        start = str(data.workspace.runs_folder if data is not None else user_folder())
        title = tr("Load a model folder or a run")
        chosen = QFileDialog.getExistingDirectory(self._window, title, start)
        if chosen:
            self.runner.load(chosen)

    @Slot(bool)
    def _predict_on_open(self, on: bool) -> None:
        session = self._session
        session.remember(session.preferences.model_copy(update={"predict_on_open": on}))

    @Slot(object)
    def _predict_in(self, precision: Precision) -> None:
        session = self._session
        session.views.ask(replace(session.way, precision=precision))


def _join(box: WorkBox, runner: WorkRunner) -> None:
    """Let a box tell what a runner does, and stop it."""
    box.cancel_requested.connect(runner.cancel)
    runner.began.connect(box.begin_work)
    runner.progressed.connect(box.show_progress)
    runner.stopping.connect(box.show_stopping)
    runner.ended.connect(box.end_work)
    runner.failed.connect(box.show_error)
