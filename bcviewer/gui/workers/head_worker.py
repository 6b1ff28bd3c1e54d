"""The worker that retrains the head of a model, and refreshes the heatmaps with it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal

from bcviewer.errors import StorageError
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.model_workers import OpenedModel, Recalled
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.head_material import HeadLabels
from bcviewer.model.head_result import HeadResult
from bcviewer.model.head_run import HeadTask, new_head_run
from bcviewer.model.head_training import retrain_head
from bcviewer.model.prediction_store import PredictionStore


@dataclass(frozen=True, eq=False)
class HeadMade:
    """A model with a new head, ready to be used.

    Attributes:
        model: The model, compiled.
        base: Fingerprint of the model that it was made of.
        predictions: What is predicted already: the patient on screen first.
        result: Figures and words.
    """

    model: OpenedModel
    base: str
    predictions: Recalled
    result: HeadResult


class HeadWorker(Worker):
    """Retrains a head; then predicts all patients whose features are kept.

    The predictions of the old model are kept as well, also of patients that it never showed.

    Args:
        data: The open data.
        base: The model whose head is retrained.
        patient: The patient on screen; "" for none.
        labels: What to learn; None for the labels that came with the data.
    """

    event_received = Signal(object)
    """An event of the run, as trainings tell them."""

    model_made = Signal(object)
    """A ``HeadMade`` that knows the patient on screen; that of ``succeeded`` knows more."""

    def __init__(
        self, data: OpenedData, base: OpenedModel, *, patient: str, labels: HeadLabels | None
    ) -> None:
        super().__init__()
        self._data = data
        self._base = base
        self._patient = patient
        self._labels = labels

    def work(self) -> HeadMade:
        data, base = self._data, self._base.folder
        task = HeadTask(
            dataset=data.dataset,
            pixels=data.store,
            workspace=data.workspace,
            base=base,
            run=new_head_run(data.workspace.runs_folder, base),
            labels=self._labels,
            also=(self._patient,) if self._patient else (),
        )
        result = retrain_head(
            task,
            emit=self.event_received.emit,
            progress=self.tell,
            predicted=self._keep_of_base,
            cancelled=self.cancelled,
        )
        opened = OpenedModel.of(result.model, bundled=False)
        first = self._predicted(result, task.also)
        self.model_made.emit(HeadMade(opened, base.fingerprint, first, result))
        everyone = self._predicted(result, data.dataset.patients)
        return HeadMade(opened, base.fingerprint, everyone, result)

    def _predicted(self, result: HeadResult, patients: tuple[str, ...]) -> Recalled:
        """The patients whose features are kept; each prediction is kept too."""
        data = self._data
        store = PredictionStore(data.workspace.predictions_folder, result.model.fingerprint)
        found = np.full(len(data.dataset), np.nan, np.float32)
        signatures = {}
        for patient in patients:
            if self.cancelled():
                break
            predicted = result.prediction(patient)
            if predicted is not None:
                found[data.dataset.rows(patient)] = predicted
                signatures[patient] = result.source.signature(patient)
                with suppress(StorageError):  # it is predicted again when it is wanted
                    store.save(patient, predicted, signature=signatures[patient])
        return Recalled(found, signatures)

    def _keep_of_base(
        self, patient: str, probabilities: NDArray[np.float32], signature: str
    ) -> None:
        """What the old model says comes with the features: before and after can be compared."""
        folder = self._data.workspace.predictions_folder
        with suppress(StorageError):
            store = PredictionStore(folder, self._base.folder.fingerprint)
            store.save(patient, probabilities, signature=signature)
