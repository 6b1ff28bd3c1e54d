"""Has a context fitted to the model in use, for models that have none."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.errors import BcviewerError
from bcviewer.gui.session import Session
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.context_worker import ContextWorker
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.model_workers import OpenedModel
from bcviewer.model.context import ContextCard

STOPPED = marked("Stopped. The model has no context.")


class ContextRunner(QObject):
    """Fits one context at a time, to the labels as they are in the session."""

    began = Signal(str)
    progressed = Signal(int, int)
    ended = Signal(str)
    failed = Signal(object)

    fitted = Signal(object)
    """The ``OpenedModel`` in use, now with a context."""

    def __init__(self, session: Session, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._crew = crew
        self._worker: ContextWorker | None = None
        session.data_changed.connect(self.cancel)

    @Slot()
    def start(self) -> None:
        """Fit a context to the model in use."""
        session = self._session
        if self._worker is not None or session.data is None or session.model is None:
            return
        labels = session.data.dataset.labels
        if session.labels is not None:
            labels = session.labels.effective()
        worker = ContextWorker(session.data, session.model, labels)
        worker.progressed.connect(self.progressed)
        worker.succeeded.connect(self._done)
        worker.stopped.connect(self._stopped)
        worker.failed.connect(self._failed)
        self._worker = worker
        self.began.emit(tr("Looking at the validation patients…"))
        self._crew.start(worker)

    @Slot()
    def cancel(self) -> None:
        """Stop; nothing is written."""
        if self._worker is not None:
            self._worker.cancel()

    @Slot(object)
    def _done(self, made: OpenedModel) -> None:
        self._worker = None
        model, context = self._session.model, made.folder.context
        if model is not None and model.folder.path == made.folder.path:
            self.fitted.emit(made)
        self.ended.emit("" if context is None else fitted_words(context))

    @Slot()
    def _stopped(self) -> None:
        self._worker = None
        self.ended.emit(tr(STOPPED))

    @Slot(object)
    def _failed(self, error: BcviewerError) -> None:
        self._worker = None
        self.failed.emit(error)


def fitted_words(context: ContextCard) -> str:
    """What a context is worth on the patients that it was fitted to, each judged by the others."""
    judged, name = context.validation, "balanced_accuracy"
    before, after = judged.single.scores[name], judged.context.scores[name]
    return tr(
        "Context is fitted to {patients} validation patients: there balanced accuracy is "
        "{after:.3f} with it and {before:.3f} without.",
        patients=judged.patients,
        after=after,
        before=before,
    )
