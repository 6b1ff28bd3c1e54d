"""After a retraining: what the new model changed, counted against the old one's predictions."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from bcviewer.errors import BcviewerError
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.change_view import BLIND, EMPTY, ChangeView
from bcviewer.gui.words import tr
from bcviewer.gui.workers.change_worker import ChangeCounted, ChangeWish, ChangeWorker
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.model_workers import Recalled, RecallWorker

SETTLE_MS = 300


class ChangeDesk(QObject):
    """Owns the view of the counts; the window gives it its place."""

    rows_opened = Signal(object, str)
    """Patches to look at (int64[k], rows of the data set), and what they are."""

    def __init__(self, session: Session, crew: Crew, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._crew = crew
        self._recalling: RecallWorker | None = None
        self._counting: ChangeWorker | None = None
        self._counted: ChangeCounted | None = None
        self._stale = True
        self.view = ChangeView()
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.timeout.connect(self._count)
        session.data_changed.connect(self._forget)
        session.model_changed.connect(self._recall)
        session.views.way_changed.connect(self._recall)
        session.predictions_changed.connect(self._settle)
        session.labels_changed.connect(self._settle)
        session.layers_changed.connect(self._settle)
        self.view.came_into_view.connect(self._count_if_stale)
        self.view.opened.connect(self._open)

    @Slot()
    def _recall(self) -> None:
        """Read what the earlier model predicted before of patients that the window has not."""
        session = self._session
        if self._recalling is not None:
            self._recalling.cancel()
            self._recalling = None
        if session.data is None or session.earlier is None:
            return
        self._recalling = RecallWorker(session.data, session.earlier.model)
        self._recalling.succeeded.connect(self._recalled)
        self._crew.start(self._recalling)
        self._settle()

    @Slot(object)
    def _recalled(self, found: Recalled) -> None:
        if self.sender() is self._recalling:
            self._recalling = None
            self._session.recall_earlier(found)

    @Slot()
    def _forget(self) -> None:
        for worker in (self._recalling, self._counting):
            if worker is not None:
                worker.cancel()
        self._recalling, self._counting, self._counted = None, None, None
        self.view.show_hint(tr(EMPTY))

    @Slot()
    def _settle(self) -> None:
        self._stale = True
        if self._session.earlier is not None and self.view.isVisible():
            self._settled.start()

    @Slot()
    def _count_if_stale(self) -> None:
        if self._stale:
            self._count()

    @Slot()
    def _count(self) -> None:
        session = self._session
        earlier, model, dataset = session.earlier, session.model, session.dataset
        if earlier is None or model is None or dataset is None:
            self.view.show_hint(tr(EMPTY))
            return
        if session.blindness.on:
            self.view.show_hint(tr(BLIND))
            return
        self._stale = False
        labels = dataset.labels if session.labels is None else session.labels.effective()
        wish = ChangeWish(
            dataset=dataset,
            models=(earlier.model.folder, model.folder),
            predictions=(earlier.predictions, session.predictions.copy()),
            thresholds=session.thresholds,
            labels=labels,
        )
        self._counting = ChangeWorker(wish)
        self._counting.succeeded.connect(self._show)
        self._counting.failed.connect(self._fail)
        self._crew.start(self._counting)

    @Slot(object)
    def _show(self, counted: ChangeCounted) -> None:
        if self.sender() is self._counting:
            self._counting, self._counted = None, counted
            self.view.show_counts(counted)

    @Slot(object)
    def _fail(self, error: BcviewerError) -> None:
        if self.sender() is self._counting:
            self._counting = None
            self.view.show_hint(str(error))

    @Slot(str, str)
    def _open(self, role: str, which: str) -> None:
        if self._counted is not None:
            title = tr("{which}, {role} patients", which=tr(which.capitalize()), role=tr(role))
            self.rows_opened.emit(self._counted.rows(role, which), title)
