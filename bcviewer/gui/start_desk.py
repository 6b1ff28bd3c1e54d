"""Beginning: the start page while no data are open, and the data set of Kaggle."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from bcviewer.gui.actions import Actions
from bcviewer.gui.data_opener import DataOpener
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.kaggle_dialog import STOPPED, KaggleDialog
from bcviewer.gui.widgets.start_page import DEMO, KAGGLE, OPEN, StartPage
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.folders_worker import FoldersWorker
from bcviewer.gui.workers.kaggle_worker import KaggleWorker
from bcviewer.storage import user_folder

KEYS = marked("Ctrl+Shift+P finds every command.   F1 lists every key.")
READY = marked("The Kaggle data set is in {folder}. Open it from there when you like.")


class StartDesk(QObject):
    """Owns the centre of the window: the start page, or the slide once there is something open.

    Args:
        session: The state of the window.
        crew: Where workers are started.
        opener: Opens what is chosen.
        actions: Those of the window.
        slide_pane: What stands there when data are open.
    """

    said = Signal(str)
    """Something for the status line."""

    def __init__(
        self,
        session: Session,
        crew: Crew,
        *,
        opener: DataOpener,
        actions: Actions,
        slide_pane: QWidget,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._crew, self._opener = session, crew, opener
        self._fetching: KaggleWorker | None = None
        self._looking: FoldersWorker | None = None
        ways = ((actions.open, tr(OPEN)), (actions.demo, tr(DEMO)), (actions.kaggle, tr(KAGGLE)))
        self.page = StartPage(ways, keys=tr(KEYS))
        self.dialog = KaggleDialog(user_folder() / "kaggle", window)
        self._slide_pane = slide_pane
        self.stack = QStackedWidget()
        self.stack.addWidget(self.page)
        self.stack.addWidget(slide_pane)
        self._connect(actions)
        self.show_page()

    def show_page(self) -> None:
        """Show the start page, with the folders that were opened before."""
        recent = self._session.preferences.recent
        self.page.show_recent(recent)
        self.stack.setCurrentWidget(self.page)
        self._looking = FoldersWorker(recent)
        self._looking.succeeded.connect(self._mark_gone)
        self._crew.start(self._looking)

    def _connect(self, actions: Actions) -> None:
        opener, dialog = self._opener, self.dialog
        actions.kaggle.triggered.connect(self._open_dialog)
        self.page.folder_chosen.connect(self._open_recent)
        opener.began.connect(self._show_slide)
        opener.failed.connect(self._show_failed)
        dialog.download_requested.connect(self._fetch)
        dialog.stop_requested.connect(self._stop)

    @Slot(str)
    def _open_recent(self, folder: str) -> None:
        self._opener.open(Path(folder))

    @Slot()
    def _show_slide(self) -> None:
        self.page.show_error("")
        self.stack.setCurrentWidget(self._slide_pane)

    @Slot(object)
    def _show_failed(self, error: object) -> None:
        if self._session.data is None:
            self.page.show_error(str(error))
            self.show_page()

    @Slot(object)
    def _mark_gone(self, gone: object) -> None:
        assert isinstance(gone, frozenset)
        if self.sender() is self._looking:
            self.page.recent.mark_gone(gone)

    @Slot()
    def _open_dialog(self) -> None:
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    @Slot(object)
    def _fetch(self, folder: object) -> None:
        assert isinstance(folder, Path)
        if self._fetching is not None:
            return
        worker = KaggleWorker(folder)
        worker.arrived.connect(self.dialog.show_arrived)
        worker.succeeded.connect(self._fetched)
        worker.failed.connect(self._fetch_failed)
        worker.stopped.connect(self._fetch_stopped)
        self._fetching = worker
        self.dialog.begin()
        self._crew.start(worker)

    @Slot()
    def _stop(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()

    @Slot(object)
    def _fetched(self, folder: object) -> None:
        """Open it, unless the user has gone on to other data in the meantime."""
        assert isinstance(folder, Path)
        self._fetching = None
        self.dialog.end(tr(READY, folder=folder))
        if self._session.data is None:
            self.dialog.close()
            self._opener.open(folder)
        else:
            self.said.emit(tr(READY, folder=folder))

    @Slot(object)
    def _fetch_failed(self, error: object) -> None:
        self._fetching = None
        self.dialog.end(str(error), failed=True)
        self.said.emit(str(error))

    @Slot()
    def _fetch_stopped(self) -> None:
        self._fetching = None
        self.dialog.end(tr(STOPPED))
