"""The worker that writes an evaluation report; who is not predicted yet is predicted first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal

from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.errors import StorageError
from bcviewer.evaluation.judging import JudgedSet
from bcviewer.evaluation.report import make_report
from bcviewer.evaluation.report_files import report_paths, save_report
from bcviewer.evaluation.results import judge, views_of
from bcviewer.gui.evaluation_parts import Part, judged_set
from bcviewer.gui.words import tr, tr_count
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.model_workers import OpenedModel
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.context import View
from bcviewer.model.prediction import predict_patients
from bcviewer.progress import stop_if


@dataclass(frozen=True, eq=False)
class ReportWish:
    """What to report on, as it was when it was asked for.

    Attributes:
        data: The open data.
        model: The model in use.
        predictions: float32[N], what the network says; NaN where it says nothing yet.
        labels: int8[N], effective labels.
        part: Whom to judge on.
        patient: The open patient.
        shown: The view on screen.
        threshold: Of that view.
        path: Where the report goes.
    """

    data: OpenedData
    model: OpenedModel
    predictions: NDArray[np.float32]
    labels: NDArray[np.int8]
    part: Part
    patient: str | None
    shown: View
    threshold: float
    path: Path


class ReportWorker(Worker):
    """Predicts whom it has to, measures, draws and writes; its result are the paths."""

    patient_predicted = Signal(object)
    """A ``PatientPrediction``."""

    phase_began = Signal(str)
    """What is being done now, in words."""

    def __init__(self, wish: ReportWish) -> None:
        super().__init__()
        self._wish = wish

    def work(self) -> tuple[Path, ...]:
        wish = self._wish
        dataset, model = wish.data.dataset, wish.model.folder
        report_paths(wish.path, dataset.root)
        labels = EffectiveLabels.of(dataset, wish.labels)
        chosen = self._chosen()
        probabilities = self._predict(chosen)
        self.phase_began.emit(tr("Measuring…"))
        results = judge(
            model,
            dataset,
            chosen,
            labels=labels,
            probabilities=probabilities,
            views=views_of(model, shown=wish.shown),
            threshold=wish.threshold,
            way=wish.model.way,
            cancelled=self.cancelled,
        )
        self.phase_began.emit(tr("Drawing the maps…"))
        report = make_report(results, wish.data.store, progress=self.tell, cancelled=self.cancelled)
        stop_if(self.cancelled)
        return save_report(report, wish.path)

    def _chosen(self) -> JudgedSet:
        wish = self._wish
        return judged_set(
            wish.part,
            wish.data.dataset,
            wish.model.folder,
            labels=wish.labels,
            predicted=self._predicted(),
            patient=wish.patient,
        )

    def _predicted(self) -> tuple[str, ...]:
        """The patients that have a prediction."""
        dataset = self._wish.data.dataset
        known = np.logical_or.reduceat(np.isfinite(self._wish.predictions), dataset.starts[:-1])
        return tuple(dataset.patients[number] for number in np.flatnonzero(known))

    def _predict(self, chosen: JudgedSet) -> NDArray[np.float32]:
        """float32[N]: the predictions, with those of the patients chosen that were missing."""
        wish, probabilities = self._wish, self._wish.predictions.copy()
        missing = [each for each in chosen.patients if self._lacks(each)]
        if missing:
            self.phase_began.emit(
                tr_count(len(missing), "Predicting 1 patient…", "Predicting {count:,} patients…")
            )
            self._predict_missing(missing, probabilities)
        elsewhere = np.ones(len(probabilities), np.bool_)
        elsewhere[wish.data.dataset.rows_of(chosen.patients)] = False
        probabilities[elsewhere] = np.nan
        return probabilities

    def _predict_missing(self, missing: Sequence[str], probabilities: NDArray[np.float32]) -> None:
        data, model = self._wish.data, self._wish.model
        store = model.store(data.workspace.predictions_folder)
        for done in predict_patients(
            data.dataset,
            data.store,
            model.predictor,
            missing,
            progress=self.tell,
            cancelled=self.cancelled,
        ):
            probabilities[data.dataset.rows(done.patient)] = done.probabilities
            data.store.release(done.patient)
            self.patient_predicted.emit(done)
            try:
                store.save(done.patient, done.probabilities, signature=done.signature)
            except StorageError:
                continue  # the report needs no kept prediction; it is made again when missing

    def _lacks(self, patient: str) -> bool:
        # A patch that cannot be read has none either: such a patient is predicted once more.
        rows = self._wish.data.dataset.rows(patient)
        return bool(np.isnan(self._wish.predictions[rows]).any())
