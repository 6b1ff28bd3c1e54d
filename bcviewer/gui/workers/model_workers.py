"""Workers about models: open one, recall what it predicted before, predict patients."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal

from bcviewer.errors import StorageError
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.engine import Predictor
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import bundled_models, find_model
from bcviewer.model.prediction import PatientPrediction, predict_patients
from bcviewer.model.prediction_store import PredictionStore


class SharedPredictor:
    """A predictor for several threads: they take turns, batch by batch.

    So the patient on screen is predicted at once while all others are being predicted.
    """

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = predictor
        self._turn = threading.Lock()

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """float32[n] for uint8[n, 50, 50, 3]."""
        with self._turn:
            return self._predictor.probabilities(pixels)


@dataclass(frozen=True, eq=False)
class OpenedModel:
    """A model and its compiled graph; ``bundled`` when it came with bcviewer."""

    folder: ModelFolder
    predictor: SharedPredictor
    bundled: bool


class ModelWorker(Worker):
    """Opens a model folder, a run folder or a bundled model and compiles its graph."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def work(self) -> OpenedModel:
        folder = find_model(self._name)
        bundled = folder.path in bundled_models().values()
        return OpenedModel(folder, SharedPredictor(Predictor(folder)), bundled)


class RecallWorker(Worker):
    """Reads the predictions that the model made before, where the pictures are the same."""

    def __init__(self, data: OpenedData, model: ModelFolder) -> None:
        super().__init__()
        self._data = data
        self._model = model

    def work(self) -> NDArray[np.float32]:
        dataset = self._data.dataset
        store = PredictionStore(self._data.workspace.predictions_folder, self._model.fingerprint)
        recalled = np.full(len(dataset), np.nan, np.float32)
        kept = set(store.patients()).intersection(dataset.patients)
        for done, patient in enumerate(sorted(kept)):
            if self.cancelled():
                break
            rows = dataset.rows(patient)
            signature = self._data.store.signature(patient)
            found = store.load(patient, rows.stop - rows.start, signature=signature)
            if found is not None:
                recalled[rows] = found
            self.tell(done + 1, len(kept))
        return recalled


class PredictWorker(Worker):
    """Predicts patients, one after the other, and keeps each prediction."""

    patient_predicted = Signal(object)
    """A ``PatientPrediction``."""

    def __init__(self, data: OpenedData, model: OpenedModel, patients: Sequence[str]) -> None:
        super().__init__()
        self._data = data
        self._model = model
        self._patients = list(patients)

    def work(self) -> object:
        data, folder = self._data, self._model.folder
        store = PredictionStore(data.workspace.predictions_folder, folder.fingerprint)
        unsaved: StorageError | None = None
        for done in predict_patients(
            data.dataset,
            data.store,
            self._model.predictor,
            self._patients,
            progress=self.tell,
            cancelled=self.cancelled,
        ):
            unsaved = self._keep(store, done) or unsaved
            self.patient_predicted.emit(done)
            data.store.release(done.patient)
        if unsaved is not None:
            raise StorageError(
                f"The predictions are shown but could not be kept. {unsaved.message}",
                hint=unsaved.hint,
            )
        return len(self._patients)

    @staticmethod
    def _keep(store: PredictionStore, done: PatientPrediction) -> StorageError | None:
        try:
            store.save(done.patient, done.probabilities, signature=done.signature)
        except StorageError as error:
            return error
        return None
