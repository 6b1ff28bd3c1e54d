"""Has the head of the model in use retrained, and puts the new model in its place."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.errors import BcviewerError, ModelError
from bcviewer.gui.session import Session
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.head_worker import HeadMade, HeadWorker
from bcviewer.model.events import Prepared
from bcviewer.model.head_material import HeadLabels

STOPPED = marked("Stopped. What was read of the patches is kept: next time it goes on from there.")


class HeadRunner(QObject):
    """Retrains one head at a time, on the labels as they are in the session."""

    began = Signal(str)
    progressed = Signal(int, int)
    ended = Signal(str)
    failed = Signal(object)

    event_received = Signal(object)
    """An event of the run, as ``bcviewer.model.events`` has them."""

    replacing = Signal()
    """The model in use gives place to the new one: what predicts with it should stop."""

    def __init__(self, session: Session, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._crew = crew
        self._worker: HeadWorker | None = None
        self._data: object = None
        session.data_changed.connect(self.cancel)

    @property
    def running(self) -> bool:
        """Whether a head is being retrained."""
        return self._worker is not None

    @Slot()
    def start(self) -> None:
        """Retrain the head of the model in use."""
        session = self._session
        if self._worker is not None:
            return
        if session.data is None or session.model is None:
            no_data, no_model = marked("No data folder is open."), marked("No model is loaded.")
            self.failed.emit(
                ModelError(
                    tr(no_data if session.data is None else no_model),
                    hint=tr("Open data and load a model first."),
                )
            )
            return
        labels = HeadLabels.of_state(session.labels) if session.labels is not None else None
        worker = HeadWorker(
            session.data, session.model, patient=session.patient or "", labels=labels
        )
        worker.progressed.connect(self.progressed)
        worker.event_received.connect(self._receive)
        worker.model_made.connect(self._use)
        worker.succeeded.connect(self._done)
        worker.stopped.connect(self._stopped)
        worker.failed.connect(self._failed)
        self._worker, self._data = worker, session.data
        self.began.emit(tr("Looking at the patches…"))
        self._crew.start(worker)

    @Slot()
    def cancel(self) -> None:
        """Stop; features that were computed are kept."""
        if self._worker is not None:
            self._worker.cancel()

    @Slot(object)
    def _receive(self, event: object) -> None:
        if isinstance(event, Prepared):
            self.began.emit(tr("Fitting the head…"))
        self.event_received.emit(event)

    @Slot(object)
    def _use(self, made: HeadMade) -> None:
        """Use the new model, unless another one or other data were chosen meanwhile."""
        session = self._session
        if self._is_wanted(made):
            self.replacing.emit()
            session.use_model(made.model)
            session.recall_predictions(made.predictions)

    @Slot(object)
    def _done(self, made: HeadMade) -> None:
        self._worker = None
        model = self._session.model
        in_use = model is not None and model.folder.path == made.model.folder.path
        if in_use and self._session.data is self._data:
            self._session.recall_predictions(made.predictions)
            self.ended.emit(" ".join((made.result.words, *made.result.warnings)))
        else:
            self.ended.emit(
                tr(
                    "The new model {name} is in the list of runs; another "
                    "one was chosen meanwhile.",
                    name=made.model.folder.card.name,
                )
            )

    @Slot()
    def _stopped(self) -> None:
        self._worker = None
        self.ended.emit(tr(STOPPED))

    @Slot(object)
    def _failed(self, error: BcviewerError) -> None:
        self._worker = None
        self.failed.emit(error)

    def _is_wanted(self, made: HeadMade) -> bool:
        session = self._session
        same_model = session.model is not None and session.model.folder.fingerprint == made.base
        return same_model and session.data is self._data
