"""The evaluation of the model in use as a report: one page, and its numbers as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from bcviewer.errors import BcviewerError
from bcviewer.gui.evaluation_desk import EvaluationDesk
from bcviewer.gui.icons import icon
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.report_saver import ReportSaver
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.report_worker import ReportWish, ReportWorker

TIP: Final = marked("Write scores, curves, patients and maps of the model in use to one page")
NO_DATA: Final = marked("Open a folder of patients first.")
NO_MODEL: Final = marked("Load a model first.")
NO_LABELS: Final = marked("The labels are still being read.")
BLIND: Final = marked("You read blind: a report would show the predictions.")
STOPPED: Final = marked("Stopped: no report was written.")


class ReportDesk(QObject):
    """Owns the dialog and its action; at most one report is made at a time.

    Args:
        session: The state of the window.
        crew: Where workers are started.
        evaluation: Whom it judges on, the report does too.
        window: The owner.
    """

    said = Signal(str)
    """Something for the status line."""

    def __init__(
        self, session: Session, crew: Crew, *, evaluation: EvaluationDesk, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._crew, self._evaluation = session, crew, evaluation
        self._worker: ReportWorker | None = None
        self.action = QAction(icon("report"), tr("Save e&valuation report…"), self)
        self.dialog = ReportSaver(window)
        self.action.triggered.connect(self.open)
        self.dialog.save_requested.connect(self.write)
        self.dialog.cancel_requested.connect(self._stop)
        for changed in (session.data_changed, session.model_changed):
            changed.connect(self._forget)
        for changed in (session.labels_changed, session.layers_changed):
            changed.connect(self._show)
        session.blindness_changed.connect(self._show)
        evaluation.measured_changed.connect(self._show)
        self._show()

    def add_to(self, menus: QMenuBar, before: QAction) -> None:
        """Put the action into the menu that has another one, before that."""
        for menu in menus.findChildren(QMenu):
            if before in menu.actions():
                menu.insertAction(before, self.action)

    @property
    def reason_against(self) -> str:
        """Why no report can be made now; "" when one can."""
        session = self._session
        if session.data is None:
            return tr(NO_DATA)
        if session.model is None:
            return tr(NO_MODEL)
        if session.labels is None:
            return tr(NO_LABELS)
        return tr(BLIND) if session.blindness.on else ""

    @Slot()
    def open(self) -> None:
        """Show the dialog."""
        self.dialog.show()
        self._show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    @Slot(object)
    def write(self, path: Path) -> None:
        """Make the report of what is on screen now, and write it."""
        wish = self._wish(path)
        if wish is None or self._worker is not None:
            return
        worker = ReportWorker(wish)
        worker.patient_predicted.connect(self._take)
        worker.phase_began.connect(self.dialog.show_phase)
        worker.progressed.connect(self.dialog.show_progress)
        worker.succeeded.connect(self._written)
        worker.stopped.connect(self._stopped)
        worker.failed.connect(self._failed)
        self._worker = worker
        self.dialog.begin()
        self._crew.start(worker)

    def _wish(self, path: Path) -> ReportWish | None:
        session = self._session
        if self.reason_against or session.data is None or session.model is None:
            return None
        assert session.labels is not None
        return ReportWish(
            data=session.data,
            model=session.model,
            # Copied, as predictions may come while the report is made.
            predictions=session.predictions.copy(),
            labels=session.labels.effective(),
            part=self._evaluation.part,
            patient=session.patient,
            shown=session.views.of(session.model.folder),
            threshold=self._evaluation.threshold,
            path=path,
        )

    @Slot()
    def _show(self) -> None:
        against = self.reason_against
        self.action.setEnabled(not against)
        self.action.setToolTip(against or tr(TIP))
        self.action.setStatusTip(against or tr(TIP))
        if self.dialog.isVisible():
            self.dialog.show_wish(against or self._title(), self._name(), possible=not against)

    def _title(self) -> str:
        """What would be reported on."""
        session = self._session
        if session.model is None or session.dataset is None:
            return ""
        model = session.model.folder
        return tr(
            "{model} on {data}: "
            "{part}; {view}, threshold "
            "{threshold:.2f}. Patients without a prediction are predicted first.",
            model=model.card.name,
            data=session.dataset.root.name,
            part=self._evaluation.part.in_sentence,
            view=tr(session.views.of(model).title),
            threshold=self._evaluation.threshold,
        )

    def _name(self) -> str:
        session = self._session
        if session.model is None or session.dataset is None:
            return "evaluation.html"
        name = f"evaluation {session.model.folder.card.name} {session.dataset.root.name}"
        return "".join(each if each.isalnum() or each in "-_" else "-" for each in name) + ".html"

    @Slot()
    def _forget(self) -> None:
        """What is being made is about another model or other data."""
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None
            self.dialog.end(tr(STOPPED))
        self._show()

    @Slot()
    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.cancel()

    @Slot(object)
    def _take(self, prediction: object) -> None:
        if self.sender() is self._worker:
            self._session.take_prediction(prediction)  # type: ignore[arg-type]

    @Slot(object)
    def _written(self, paths: tuple[Path, ...]) -> None:
        if self.sender() is not self._worker:
            return
        self._worker = None
        self.dialog.show_saved(paths)
        self.said.emit(tr("Saved: {paths}", paths=" and ".join(str(each) for each in paths)))

    @Slot()
    def _stopped(self) -> None:
        if self.sender() is self._worker:
            self._worker = None
            self.dialog.end(tr(STOPPED))

    @Slot(object)
    def _failed(self, error: BcviewerError) -> None:
        if self.sender() is self._worker:
            self._worker = None
            self.dialog.show_error(error)
