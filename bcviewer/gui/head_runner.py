"""Has the head of the model in use retrained, and puts the new model in its place."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.errors import ModelError
from bcviewer.gui.session import Session
from bcviewer.gui.words import marked, tr
from bcviewer.gui.work_runner import WorkRunner
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.head_worker import HeadMade, HeadWorker
from bcviewer.model.events import Prepared
from bcviewer.model.head_material import HeadLabels


class HeadRunner(WorkRunner):
    """Retrains one head at a time, on the labels as they are in the session."""

    STOPPED = marked(
        "Stopped. What was read of the patches is kept: next time it goes on from there."
    )

    event_received = Signal(object)
    """An event of the run, as ``bcviewer.model.events`` has them."""

    replacing = Signal()
    """The model in use gives place to the new one: what predicts with it should stop."""

    def __init__(self, session: Session, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(session, crew, parent)
        self._data: object = None

    @Slot()
    def start(self) -> None:
        """Retrain the head of the model in use."""
        session = self._session
        if self.running:
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
        worker.event_received.connect(self._receive)
        worker.model_made.connect(self._use)
        self._data = session.data
        self._run(worker, tr("Looking at the patches…"))

    @Slot(object)
    def _receive(self, event: object) -> None:
        if isinstance(event, Prepared):
            self._say(tr("Fitting the head…"))
        self.event_received.emit(event)

    @Slot(object)
    def _use(self, made: HeadMade) -> None:
        """Use the new model, unless another one or other data were chosen meanwhile."""
        session = self._session
        if self._is_wanted(made):
            self.replacing.emit()
            session.use_model(made.model)
            session.recall_predictions(made.predictions)

    def _take(self, made: object) -> str:
        assert isinstance(made, HeadMade)
        model = self._session.model
        in_use = model is not None and model.folder.path == made.model.folder.path
        if in_use and self._session.data is self._data:
            self._session.recall_predictions(made.predictions)
            return " ".join((made.result.words, *made.result.warnings))
        return tr(
            "The new model {name} is in the list of runs; another one was chosen meanwhile.",
            name=made.model.folder.card.name,
        )

    def _is_wanted(self, made: HeadMade) -> bool:
        session = self._session
        same_model = session.model is not None and session.model.folder.fingerprint == made.base
        return same_model and session.data is self._data
