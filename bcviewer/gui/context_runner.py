"""Has a context fitted to the model in use, and finds out what it could be fitted to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.gui.session import Session
from bcviewer.gui.words import marked, tr
from bcviewer.gui.work_runner import WorkRunner
from bcviewer.gui.workers.context_worker import ContextWorker, OutOfFoldWorker
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.model_workers import OpenedModel
from bcviewer.model.context import ContextCard

SWITCHED_ON = marked("Context and Calibrated are switched on below the slide.")


class ContextRunner(WorkRunner):
    """Fits one context at a time, to the labels as they are in the session."""

    STOPPED = marked("Stopped. The context of the model is as it was.")

    fitted = Signal(object)
    """The ``OpenedModel`` in use, now with a context."""

    offered = Signal(object)
    """The ``OutOfFoldCard`` of each cross-validation that a context could be fitted to."""

    def __init__(self, session: Session, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(session, crew, parent)
        self._looking: OutOfFoldWorker | None = None
        session.data_changed.connect(self._look)
        session.model_changed.connect(self._look)

    @Slot(str)
    def start(self, out_of_fold: str = "") -> None:
        """Fit a context to the model in use.

        Args:
            out_of_fold: The out-of-fold predictions to fit it to, by name; "" for the model's
                validation patients.
        """
        session = self._session
        if self.running or session.data is None or session.model is None:
            return
        labels = session.data.dataset.labels
        if session.labels is not None:
            labels = session.labels.effective()
        worker = ContextWorker(session.data, session.model, labels, out_of_fold=out_of_fold)
        looking = tr("Looking at the validation patients…")
        self._run(worker, tr("Fitting…") if out_of_fold else looking)

    @Slot()
    def _look(self) -> None:
        """Look for cross-validations of the open data that the model in use has a use for."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        session = self._session
        self.offered.emit(())
        if session.data is None or session.model is None or session.model.bundled:
            return
        self._looking = OutOfFoldWorker(session.data, session.model)
        self._looking.succeeded.connect(self._found)
        self._crew.start(self._looking)

    @Slot(object)
    def _found(self, cards: object) -> None:
        if self.sender() is self._looking:
            self._looking = None
            self.offered.emit(cards)

    def _take(self, made: object) -> str:
        assert isinstance(made, OpenedModel)
        session, context = self._session, made.folder.context
        told = "" if context is None else fitted_words(context)
        if session.model is None or session.model.folder.path != made.folder.path:
            return told
        self.fitted.emit(made)
        # Who has just fitted them wants to see them.
        session.views.show(context=True, calibrated=True)
        return f"{told} {tr(SWITCHED_ON)}"


def fitted_words(context: ContextCard) -> str:
    """What a context is worth on the patients that it was fitted to, each judged by the others."""
    judged, name = context.validation, "balanced_accuracy"
    before, after = judged.single.scores[name], judged.context.scores[name]
    whom = (
        tr("out-of-fold predictions of {count} patients", count=judged.patients)
        if context.fitted_on
        else tr("{count} validation patients", count=judged.patients)
    )
    return tr(
        "Context is fitted to {whom}: there balanced accuracy is {after:.3f} with it and "
        "{before:.3f} without.",
        whom=whom,
        after=after,
        before=before,
    )
