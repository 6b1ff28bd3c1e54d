"""Loads models and has patients predicted, in the background."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.errors import BcviewerError
from bcviewer.gui.session import Session
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.model_workers import (
    ModelWorker,
    OpenedModel,
    PredictWorker,
    RecallWorker,
)


class PredictionRunner(QObject):
    """Runs at most one prediction of many patients, and beside it that of the one on screen."""

    began = Signal(str)
    progressed = Signal(int, int)
    ended = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._crew = crew
        self._opening: ModelWorker | None = None
        self._recalling: RecallWorker | None = None
        self._many: PredictWorker | None = None
        self._one: PredictWorker | None = None
        session.data_changed.connect(self._recall)
        session.slide_changed.connect(self._predict_when_opened)

    def load(self, name: str) -> None:
        """Use another model: a model folder, a run folder, or the name of a bundled one."""
        if self._opening is not None:
            self._opening.cancel()
        worker = ModelWorker(name)
        worker.succeeded.connect(self._use)
        worker.failed.connect(self._load_failed)
        self._opening = worker
        self.began.emit("Opening the model…")
        self._crew.start(worker)

    @Slot()
    def predict_patient(self) -> None:
        """Predict the patient on screen."""
        session = self._session
        if session.data is None or session.model is None or session.slide is None:
            return
        if self._one is not None:
            self._one.cancel()
        worker = PredictWorker(session.data, session.model, [session.slide.patient])
        worker.patient_predicted.connect(self._take)
        worker.succeeded.connect(self._one_ended)
        worker.stopped.connect(self._one_ended)
        worker.failed.connect(self._one_failed)
        self._one = worker
        self._crew.start(worker)

    @Slot()
    def predict_all(self) -> None:
        """Predict every patient that is not predicted yet; all anew when none is left."""
        if self._session.data is not None:
            dataset = self._session.data.dataset
            self.predict_patients(self._session.unpredicted_patients() or dataset.patients)

    def predict_patients(self, patients: Sequence[str]) -> None:
        """Predict some patients, where no other prediction of many runs."""
        session = self._session
        if session.data is None or session.model is None or self._many is not None:
            return
        worker = PredictWorker(session.data, session.model, patients)
        worker.patient_predicted.connect(self._take)
        worker.progressed.connect(self.progressed)
        worker.succeeded.connect(self._many_done)
        worker.stopped.connect(self._many_stopped)
        worker.failed.connect(self._many_failed)
        self._many = worker
        every = len(patients) == len(session.data.dataset.patients)
        self.began.emit(f"Predicting {'all' if every else f'{len(patients):,}'} patients…")
        self._crew.start(worker)

    @Slot()
    def cancel(self) -> None:
        """Stop predicting; what is predicted stays."""
        for worker in (self._many, self._one):
            if worker is not None:
                worker.cancel()

    @Slot()
    def _predict_when_opened(self) -> None:
        session = self._session
        if session.slide is None or session.model is None:
            return
        if session.preferences.predict_on_open and session.slide_predictions() is None:
            self.predict_patient()

    @Slot()
    def _recall(self) -> None:
        """Take over what the model predicted before; another model or data set stops the rest."""
        self.cancel()
        session = self._session
        if self._recalling is not None:
            self._recalling.cancel()
            self._recalling = None
        if session.data is None or session.model is None:
            return
        worker = RecallWorker(session.data, session.model.folder)
        worker.succeeded.connect(self._recalled)
        self._recalling = worker
        self._crew.start(worker)

    @Slot(object)
    def _use(self, model: OpenedModel) -> None:
        if self.sender() is not self._opening:
            return
        self._opening = None
        self._session.use_model(model)
        self.ended.emit("")
        self._recall()
        self._predict_when_opened()

    @Slot(object)
    def _load_failed(self, error: BcviewerError) -> None:
        if self.sender() is self._opening:
            self._opening = None
            self.failed.emit(error)

    @Slot(object)
    def _recalled(self, recalled: object) -> None:
        if self.sender() is self._recalling:
            self._recalling = None
            self._session.recall_predictions(recalled)  # type: ignore[arg-type]

    @Slot(object)
    def _take(self, prediction: object) -> None:
        # A worker of an earlier model or data set may still be on its last batch.
        if self.sender() in (self._one, self._many):
            self._session.take_prediction(prediction)  # type: ignore[arg-type]

    @Slot()
    def _one_ended(self) -> None:
        if self.sender() is self._one:
            self._one = None

    @Slot(object)
    def _one_failed(self, error: BcviewerError) -> None:
        if self.sender() is self._one:
            self._one = None
            self.failed.emit(error)

    @Slot(object)
    def _many_done(self, count: object) -> None:
        self._many = None
        self.ended.emit(f"{count} patients are predicted.")

    @Slot()
    def _many_stopped(self) -> None:
        self._many = None
        self.ended.emit("Stopped. What was predicted is kept.")

    @Slot(object)
    def _many_failed(self, error: BcviewerError) -> None:
        self._many = None
        self.failed.emit(error)
