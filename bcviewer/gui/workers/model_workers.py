"""Workers about models: open one, recall what it predicted before, predict patients."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.findings import Finding
from bcviewer.errors import StorageError
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.engine import AveragedPredictor, Predictor, Single, precisions, precisions_of
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import bundled_models, find_model
from bcviewer.model.prediction import PatientPrediction, predict_patients
from bcviewer.model.prediction_store import PredictionStore
from bcviewer.model.way import PLAIN_WAY, Precision, Way
from bcviewer.progress import stop_if

DAMAGED = marked("Its kept prediction was damaged and is not used; it is made anew.")


class SharedPredictor:
    """A predictor for several threads: they take turns, batch by batch.

    So the patient on screen is predicted at once while all others are being predicted.
    """

    def __init__(self, predictor: Single) -> None:
        self._predictor = predictor
        self._turn = threading.Lock()
        self.way = predictor.way

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """float32[n] for uint8[n, 50, 50, 3]."""
        with self._turn:
            return self._predictor.probabilities(pixels)


class LaterPredictor:
    """A predictor whose graph is compiled at the first question, in the thread that asks."""

    def __init__(self, folder: ModelFolder, precision: Precision) -> None:
        self._folder = folder
        self._predictor: Predictor | None = None
        self.way = Way(precision=precision)

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """float32[n] for uint8[n, 50, 50, 3]."""
        if self._predictor is None:
            self._predictor = Predictor(self._folder, precision=self.way.precision)
        return self._predictor.probabilities(pixels)


@dataclass(frozen=True, eq=False)
class OpenedModel:
    """A model and its compiled graph.

    Attributes:
        folder: The model.
        single: What predicts single patches in 32-bit floats.
        bundled: Whether it came with bcviewer.
        way: How it is asked.
        lower: What predicts single patches in each lower precision that can be had.
        missing: What the processor computes in too, but the model has no graph for.
    """

    folder: ModelFolder
    single: SharedPredictor
    bundled: bool
    way: Way = PLAIN_WAY
    lower: Mapping[Precision, SharedPredictor] = field(default_factory=dict)
    missing: frozenset[Precision] = frozenset()

    @classmethod
    def of(cls, folder: ModelFolder, *, bundled: bool) -> OpenedModel:
        """Compile the graph of a model.

        Raises:
            ModelError: The graph cannot be used.
        """
        lower = {
            precision: SharedPredictor(LaterPredictor(folder, precision))
            for precision in precisions_of(folder)[1:]
        }
        missing = frozenset(precisions()) - {Precision.FLOAT32, *lower}
        return cls(
            folder, SharedPredictor(Predictor(folder)), bundled, lower=lower, missing=missing
        )

    def asked(self, way: Way) -> OpenedModel:
        """This model, to be asked in a way; in 32-bit floats where it cannot be in others."""
        there = way.precision in self.precisions
        return replace(self, way=way if there else replace(way, precision=Precision.FLOAT32))

    @property
    def precisions(self) -> tuple[Precision, ...]:
        """What it can be asked in, the default first."""
        return (Precision.FLOAT32, *self.lower)

    @property
    def predictor(self) -> SharedPredictor | AveragedPredictor:
        """What predicts in the model's way."""
        single = self.lower.get(self.way.precision, self.single)
        return AveragedPredictor(single) if self.way.averaged else single

    def store(self, folder: Path) -> PredictionStore:
        """Where the workspace's folder of predictions keeps those of this model in this way."""
        way, model = self.way, self.folder.predicts_by(self.way.precision)
        return PredictionStore(folder, model, averaged=way.averaged, precision=way.precision)


class ModelWorker(Worker):
    """Opens a model folder, a run folder or a bundled model and compiles its graph."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def work(self) -> OpenedModel:
        folder = find_model(self._name)
        bundled = folder.path in bundled_models().values()
        return OpenedModel.of(folder, bundled=bundled)


@dataclass(frozen=True, eq=False)
class Recalled:
    """What a model said of patients before, in one way.

    Attributes:
        predictions: float32[N], NaN where nothing is known.
        signatures: Of the pictures that they are of, by patient.
        way: How the model was asked.
        findings: Of kept predictions that are of no use.
    """

    predictions: NDArray[np.float32]
    signatures: Mapping[str, str]
    way: Way = PLAIN_WAY
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, prediction: PatientPrediction, dataset: Dataset) -> Recalled:
        """What was said of one patient."""
        values = np.full(len(dataset), np.nan, np.float32)
        values[dataset.rows(prediction.patient)] = prediction.probabilities
        return cls(values, {prediction.patient: prediction.signature}, prediction.way)


class RecallWorker(Worker):
    """Reads the predictions that the model made before, where the pictures are the same."""

    def __init__(self, data: OpenedData, model: OpenedModel) -> None:
        super().__init__()
        self._data = data
        self._model = model

    def work(self) -> Recalled:
        dataset = self._data.dataset
        store = self._model.store(self._data.workspace.predictions_folder)
        recalled = np.full(len(dataset), np.nan, np.float32)
        signatures = {}
        kept = set(store.patients()).intersection(dataset.patients)
        for done, patient in enumerate(sorted(kept)):
            if self.cancelled():
                break
            rows = dataset.rows(patient)
            signature = self._data.store.signature(patient)
            found = store.load(patient, rows.stop - rows.start, signature=signature)
            if found is not None:
                recalled[rows] = found
                signatures[patient] = signature
            self.tell(done + 1, len(kept))
        findings = tuple(
            Finding(patient, "cache", tr(DAMAGED)) for patient in sorted(store.damaged)
        )
        return Recalled(recalled, signatures, self._model.way, findings)


class PredictWorker(Worker):
    """Predicts patients, one after the other, and keeps each prediction.

    Args:
        data: The open data.
        model: The model, in its way.
        patients: Whom to predict.
        anew: Whether those are predicted too whose prediction is kept and still fits.
    """

    patient_predicted = Signal(object)
    """A ``PatientPrediction``."""

    def __init__(
        self,
        data: OpenedData,
        model: OpenedModel,
        patients: Sequence[str],
        *,
        anew: bool = True,
    ) -> None:
        super().__init__()
        self._data = data
        self._model = model
        self._patients = list(patients)
        self._anew = anew

    def work(self) -> object:
        data = self._data
        store = self._model.store(data.workspace.predictions_folder)
        unsaved: StorageError | None = None
        left = self._patients if self._anew else self._not_kept(store)
        for done in predict_patients(
            data.dataset,
            data.store,
            self._model.predictor,
            left,
            progress=self.tell,
            cancelled=self.cancelled,
        ):
            unsaved = self._keep(store, done) or unsaved
            self.patient_predicted.emit(done)
            data.store.release(done.patient)
        if unsaved is not None:
            raise StorageError(
                tr(
                    "The predictions are shown but could not be kept. {message}",
                    message=unsaved.message,
                ),
                hint=unsaved.hint,
            )
        return len(self._patients)

    def _not_kept(self, store: PredictionStore) -> list[str]:
        """The patients whose predictions are not kept; those that are come at once."""
        data, left = self._data, []
        for patient in self._patients:
            stop_if(self.cancelled)
            rows, signature = data.dataset.rows(patient), data.store.signature(patient)
            kept = store.load(patient, rows.stop - rows.start, signature=signature)
            if kept is None:
                left.append(patient)
            else:
                found = PatientPrediction(patient, kept, 0.0, signature, self._model.way)
                self.patient_predicted.emit(found)
        return left

    @staticmethod
    def _keep(store: PredictionStore, done: PatientPrediction) -> StorageError | None:
        try:
            store.save(done.patient, done.probabilities, signature=done.signature)
        except StorageError as error:
            return error
        return None
