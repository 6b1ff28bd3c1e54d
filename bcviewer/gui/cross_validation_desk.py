"""Cross-validation from the window: the recipe of the training form, in the background."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QMenuBar, QWidget

from bcviewer.errors import BcviewerError
from bcviewer.gui.session import Session
from bcviewer.gui.training_desk import TrainingDesk
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.cross_validation_worker import CrossValidationWorker
from bcviewer.model.cross_validation import DEFAULT_FOLDS, CrossValidation, make_settings

FEWEST, MOST = 2, 20
QUESTION = marked(
    "Train the recipe of the training form once for each fold of the patients, each time without "
    "that fold, one after another in the background. It takes as many times as long as one "
    "training.\n\nFolds:"
)
NO_DATA = marked("Open a folder of patients first: then a recipe can be cross-validated.")
BUSY = marked("A training runs already. Cross-validate when it has ended.")


class CrossValidationDesk(QObject):
    """Owns the action; the window gives it its menu.

    The training panel follows each fold as a training in the background.
    """

    said = Signal(str)
    """Something for the status line."""

    def __init__(
        self, session: Session, crew: Crew, training: TrainingDesk, *, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._crew = crew
        self._training = training
        self._window = window
        self.command: list[str] | None = None
        """What to start in place of this program."""

        self.action = QAction(tr("&Cross-validate…"), self)
        self.action.setStatusTip(tr("Judge each patient by a network that did not train on it"))
        self.action.triggered.connect(self._ask)

    def add_to(self, menus: QMenuBar, *, after: QAction) -> None:
        """Put the action into the menu that ends with another one, behind that."""
        for menu in menus.findChildren(QMenu):
            if after in menu.actions():
                menu.addAction(self.action)

    def start(self, folds: int) -> None:
        """Cross-validate the recipe of the training form in so many folds."""
        data, panel = self._session.data, self._training.panel
        if data is None or self._training.runner.running:
            self.said.emit(tr(NO_DATA) if data is None else tr(BUSY))
            return
        place = data.workspace
        try:
            job = panel.form.job(data.dataset.root, place.folder, place.runs_folder)
            settings = make_settings(job, folds=folds)
        except BcviewerError as error:
            panel.notices.show_error(error)
            return
        worker = CrossValidationWorker(settings, data, command=self.command)
        worker.succeeded.connect(self._say_started)
        worker.failed.connect(self._show_error)
        self._crew.start(worker)

    @Slot()
    def _ask(self) -> None:
        if self._session.data is None or self._training.runner.running:
            self.said.emit(tr(NO_DATA) if self._session.data is None else tr(BUSY))
            return
        folds, chosen = QInputDialog.getInt(
            self._window, tr("Cross-validate"), tr(QUESTION), DEFAULT_FOLDS, FEWEST, MOST
        )
        if chosen:
            self.start(folds)

    @Slot(object)
    def _say_started(self, cross: CrossValidation) -> None:
        self.said.emit(
            tr(
                "{name} starts in the background; its folds stand in the list of runs.",
                name=cross.name,
            )
        )

    @Slot(object)
    def _show_error(self, error: BcviewerError) -> None:
        self._training.panel.notices.show_error(error)
