"""Has an int8 graph made for the model in use, and asks the model in 8 bits from then on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.errors import BcviewerError
from bcviewer.gui.session import Session
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.int8_worker import Int8Worker
from bcviewer.gui.workers.model_workers import OpenedModel
from bcviewer.model.way import Precision

STOPPED = marked("Stopped. The model predicts in 32 bits.")


class Int8Runner(QObject):
    """Makes one int8 graph at a time."""

    began = Signal(str)
    ended = Signal(str)
    failed = Signal(object)

    made = Signal(object)
    """The ``OpenedModel`` in use, now with an int8 graph."""

    def __init__(self, session: Session, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._crew = crew
        self._worker: Int8Worker | None = None
        session.data_changed.connect(self.cancel)

    @Slot()
    def start(self) -> None:
        """Make the int8 graph of the model in use."""
        session = self._session
        if self._worker is not None or session.data is None or session.model is None:
            return
        worker = Int8Worker(session.data, session.model)
        worker.succeeded.connect(self._done)
        worker.stopped.connect(self._stopped)
        worker.failed.connect(self._failed)
        self._worker = worker
        self.began.emit(tr("Reading from patches how far its numbers range, some ten seconds…"))
        self._crew.start(worker)

    @Slot()
    def cancel(self) -> None:
        """Stop; the model stays as it was."""
        if self._worker is not None:
            self._worker.cancel()

    @Slot(object)
    def _done(self, made: OpenedModel) -> None:
        self._worker = None
        session = self._session
        if session.model is not None and session.model.folder.path == made.folder.path:
            self.made.emit(made)
            session.views.ask(replace(session.way, precision=Precision.INT8))
        self.ended.emit("")

    @Slot()
    def _stopped(self) -> None:
        self._worker = None
        self.ended.emit(tr(STOPPED))

    @Slot(object)
    def _failed(self, error: BcviewerError) -> None:
        self._worker = None
        self.failed.emit(error)
