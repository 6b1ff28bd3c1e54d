"""Loads models and has patients predicted, in the background."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.errors import BcviewerError
from bcviewer.gui.layers import Layers
from bcviewer.gui.session import Session
from bcviewer.gui.words import marked, tr, tr_count
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.model_workers import (
    ModelWorker,
    OpenedModel,
    PredictWorker,
    Recalled,
    RecallWorker,
)
from bcviewer.model.prediction import PatientPrediction

STOPPED = marked("Stopped. What was predicted is kept.")
ALL_PREDICTED = marked("All patients are predicted already.")


class PredictionRunner(QObject):
    """Runs at most one prediction of many patients, and beside it that of the one on screen.

    The earlier model is asked about the slide, too, while the slide shows what that says.
    What ``began`` is over with ``ended``. ``failed`` ends nothing: a folder that is no model, say,
    leaves the prediction of all patients alone.
    """

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
        self._one_told = self._then_earlier = False
        self._compared = _compared(session.layers)
        session.data_changed.connect(self._recall)
        session.slide_changed.connect(self._predict_when_opened)
        session.views.way_changed.connect(self._ask_in_another_way)
        session.layers_changed.connect(self._predict_when_compared)

    def load(self, name: str) -> None:
        """Use another model: a model folder, a run folder, or the name of a bundled one."""
        if self._opening is not None:
            self._opening.cancel()
        elif not self._is_told:
            self.began.emit(tr("Opening the model…"))
        worker = ModelWorker(name)
        worker.succeeded.connect(self._use)
        worker.failed.connect(self._load_failed)
        self._opening = worker
        self._crew.start(worker)

    @Slot(object)
    def use(self, model: OpenedModel) -> None:
        """Use a model that is open, with what it predicted before."""
        self._session.use_model(model)
        self._recall()
        self._predict_when_opened()

    @Slot()
    def predict_patient(self) -> None:
        """Predict the patient on screen, anew, and show what the model in use says of it."""
        self._session.show_before(False)
        self._predict_slide(anew=True)

    @Slot()
    def predict_all(self) -> None:
        """Predict every patient that is not predicted yet; when none is left, say so."""
        left = self._session.unpredicted_patients()
        if left:
            self.predict_patients(left)
        elif self._session.model is not None and not self._is_told:
            self.ended.emit(tr(ALL_PREDICTED))

    @Slot()
    def predict_all_again(self) -> None:
        """Predict every patient anew."""
        if self._session.dataset is not None:
            self.predict_patients(self._session.dataset.patients, anew=True)

    def predict_patients(self, patients: Sequence[str], *, anew: bool = False) -> None:
        """Predict some patients, where no other prediction of many runs.

        Args:
            patients: Whom.
            anew: Whether those are predicted too whose prediction is kept and still fits.
        """
        session = self._session
        if session.data is None or session.model is None or self._many is not None:
            return
        worker = PredictWorker(session.data, session.model, patients, anew=anew)
        worker.patient_predicted.connect(self._take)
        worker.progressed.connect(self.progressed)
        worker.succeeded.connect(self._many_done)
        worker.stopped.connect(self._many_stopped)
        worker.failed.connect(self._many_failed)
        self._many = worker
        every = len(patients) == len(session.data.dataset.patients)
        self.began.emit(
            tr("Predicting all patients…")
            if every
            else tr_count(len(patients), "Predicting 1 patient…", "Predicting {count:,} patients…")
        )
        self._crew.start(worker)

    @Slot()
    def cancel(self) -> None:
        """Stop predicting, and opening a model; what is predicted stays."""
        self._stop_predicting()
        if self._opening is not None:
            # It cannot stop, but nobody has to wait for it.
            self._opening = None
            self._end_if_idle()

    @property
    def _is_told(self) -> bool:
        """Whether something is under way that is told."""
        slow = self._one is not None and self._one_told
        return self._opening is not None or self._many is not None or slow

    def _end_if_idle(self) -> None:
        if not self._is_told:
            self.ended.emit("")

    def _fail(self, error: BcviewerError) -> None:
        """Tell what went wrong with something that has ended; the rest goes on."""
        self.failed.emit(error)
        self._end_if_idle()

    def _stop_predicting(self) -> None:
        for worker in (self._many, self._one):
            if worker is not None:
                worker.cancel()

    def _predict_slide(self, *, anew: bool) -> None:
        """Have the slide predicted by the model in use, then by the earlier one if it is shown."""
        session = self._session
        if session.data is None or session.model is None or session.slide is None:
            return
        patient = session.slide.patient
        worker = PredictWorker(session.data, session.model, [patient], anew=anew)
        worker.patient_predicted.connect(self._take)
        self._then_earlier = any(_compared(session.layers))
        self._start_one(worker, patient)

    def _predict_with_earlier(self) -> None:
        """Have the slide predicted by the earlier model where it has not yet."""
        session, earlier = self._session, self._session.earlier
        if session.data is None or session.slide is None or earlier is None:
            return
        patient = session.slide.patient
        if not earlier.knows(session.data.dataset.rows(patient)):
            worker = PredictWorker(session.data, earlier.model, [patient], anew=False)
            worker.patient_predicted.connect(self._take_of_earlier)
            self._start_one(worker, patient)

    def _start_one(self, worker: PredictWorker, patient: str) -> None:
        """Start a prediction of the slide in place of the one that runs."""
        if self._one is not None:
            self._one.cancel()
        worker.progressed.connect(self._tell_one)
        worker.succeeded.connect(self._one_done)
        worker.stopped.connect(self._one_stopped)
        worker.failed.connect(self._one_failed)
        self._one = worker
        # It takes long, but a prediction of many is told already.
        self._one_told = self._session.way.averaged and self._many is None
        if self._one_told:
            self.began.emit(
                tr(
                    "Predicting {patient}, {way}…",
                    patient=patient,
                    way=", ".join(tr(word) for word in self._session.way.words),
                )
            )
        self._crew.start(worker)

    @Slot()
    def leave(self) -> None:
        """Stop predicting, and hear no more of it: another model takes the place of this one."""
        self._stop_predicting()
        many, told = self._many is not None, self._one is not None and self._one_told
        self._many, self._one, self._then_earlier = None, None, False
        if many or told:
            self.ended.emit(tr(STOPPED) if many else "")

    @Slot()
    def _ask_in_another_way(self) -> None:
        """Bring the predictions of another way; the slide's are made where there are none."""
        self._recall()
        self._predict_where_lacking()

    @Slot()
    def _predict_when_opened(self) -> None:
        if self._session.preferences.predict_on_open:
            self._predict_where_lacking()

    @Slot(object)
    def _predict_when_compared(self, layers: Layers) -> None:
        """The user wants to see the earlier model, or the change since it: both must know it."""
        before, self._compared = self._compared, _compared(layers)
        if any(on and not was for on, was in zip(self._compared, before, strict=True)):
            self._predict_where_lacking()

    def _predict_where_lacking(self) -> None:
        """Have the slide predicted by the model in use, shown or not, where it has not yet.

        And by the earlier one while the slide shows what that says.
        """
        session = self._session
        if session.dataset is None or session.slide is None:
            return
        rows = session.dataset.rows(session.slide.patient)
        if not np.isfinite(session.predictions[rows]).any():
            self._predict_slide(anew=False)
        elif any(_compared(session.layers)):
            if self._one is None:
                self._predict_with_earlier()
            else:
                self._then_earlier = True

    @Slot()
    def _recall(self) -> None:
        """Take over what the model predicted before; what was begun with another one is left."""
        self.leave()
        session = self._session
        if self._recalling is not None:
            self._recalling.cancel()
            self._recalling = None
        if session.data is None or session.model is None:
            return
        worker = RecallWorker(session.data, session.model)
        worker.succeeded.connect(self._recalled)
        self._recalling = worker
        self._crew.start(worker)

    @Slot(object)
    def _use(self, model: OpenedModel) -> None:
        if self.sender() is not self._opening:
            return
        self._opening = None
        self.ended.emit("")
        self.use(model)

    @Slot(object)
    def _load_failed(self, error: BcviewerError) -> None:
        if self.sender() is self._opening:
            self._opening = None
            self._fail(error)

    @Slot(object)
    def _recalled(self, recalled: Recalled) -> None:
        if self.sender() is self._recalling:
            self._recalling = None
            self._session.recall_predictions(recalled)
            self._session.add_findings(recalled.findings)

    @Slot(object)
    def _take(self, prediction: object) -> None:
        # A worker of an earlier model or data set may still be on its last batch.
        if self.sender() in (self._one, self._many):
            self._session.take_prediction(prediction)  # type: ignore[arg-type]

    @Slot(object)
    def _take_of_earlier(self, prediction: PatientPrediction) -> None:
        dataset = self._session.dataset
        if self.sender() is self._one and dataset is not None:
            self._session.recall_earlier(Recalled.of(prediction, dataset))

    @Slot(int, int)
    def _tell_one(self, done: int, total: int) -> None:
        if self.sender() is self._one and self._one_told and self._many is None:
            self.progressed.emit(done, total)

    @Slot()
    def _one_done(self) -> None:
        if self.sender() is self._one:
            then_earlier = self._then_earlier
            self._end_one()
            if then_earlier:
                self._predict_with_earlier()

    @Slot()
    def _one_stopped(self) -> None:
        if self.sender() is self._one:
            self._end_one()

    def _end_one(self) -> None:
        self._one, self._then_earlier = None, False
        if self._one_told and self._many is None:
            self.ended.emit("")

    @Slot(object)
    def _one_failed(self, error: BcviewerError) -> None:
        if self.sender() is self._one:
            self._one, self._then_earlier = None, False
            self._fail(error)

    @Slot(object)
    def _many_done(self, count: object) -> None:
        if self.sender() is self._many:
            self._many = None
            assert isinstance(count, int)
            self.ended.emit(
                tr_count(count, "1 patient is predicted.", "{count} patients are predicted.")
            )

    @Slot()
    def _many_stopped(self) -> None:
        if self.sender() is self._many:
            self._many = None
            self.ended.emit(tr(STOPPED))

    @Slot(object)
    def _many_failed(self, error: BcviewerError) -> None:
        if self.sender() is self._many:
            self._many = None
            self._fail(error)


def _compared(layers: Layers) -> tuple[bool, bool]:
    """Whether the slide shows the change since the earlier model, and what that model says."""
    return layers.change, layers.before
