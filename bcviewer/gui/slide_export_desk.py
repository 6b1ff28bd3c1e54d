"""The slide on screen out to files: a picture with its legend, values, regions for QuPath."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from bcviewer.errors import BcviewerError
from bcviewer.gui.icons import icon
from bcviewer.gui.session import Session
from bcviewer.gui.slide_on_screen import export_of, layer_of
from bcviewer.gui.widgets.slide_export_dialog import SlideExportDialog
from bcviewer.gui.words import marked, tr, tr_count
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.model_workers import OpenedModel
from bcviewer.gui.workers.slide_export_worker import SlideExportWish, SlideExportWorker
from bcviewer.slide.picture import Layer

TIP = marked("Write the slide on screen: PNG, SVG, values, GeoJSON for QuPath")


class SlideExportDesk(QObject):
    """Owns the dialog and its action; at most one export runs."""

    said = Signal(str)
    """Something for the status line."""

    def __init__(self, session: Session, crew: Crew, *, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._crew = crew
        self._worker: SlideExportWorker | None = None
        self.action = QAction(icon("export"), tr("Export this &slide…"), self)
        self.action.setShortcut(QKeySequence("Ctrl+E"))
        self.action.setStatusTip(tr(TIP))
        self.dialog = SlideExportDialog(window)
        self.action.triggered.connect(self.open)
        self.dialog.export_requested.connect(self.write)
        self.dialog.cancel_requested.connect(self._stop)
        session.slide_changed.connect(self._show)
        session.predictions_changed.connect(self._show)
        session.layers_changed.connect(self._show)
        self._show()

    def add_to(self, menus: QMenuBar, before: QAction) -> None:
        """Put the action into the menu that has another one, before that."""
        for menu in menus.findChildren(QMenu):
            if before in menu.actions():
                menu.insertAction(before, self.action)

    @Slot()
    def open(self) -> None:
        """Show the dialog."""
        self.dialog.show()
        self._show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    @Slot(object)
    def write(self, wish: SlideExportWish) -> None:
        """Write files of the slide on screen, as it is drawn now."""
        export = export_of(self._session)
        if export is None or self._worker is not None:
            return
        worker = SlideExportWorker(export, wish)
        worker.progressed.connect(self.dialog.show_progress)
        worker.succeeded.connect(self._written)
        worker.stopped.connect(self._stopped)
        worker.failed.connect(self._failed)
        self._worker = worker
        self.dialog.begin()
        self._crew.start(worker)

    @Slot()
    def _show(self) -> None:
        session = self._session
        self.action.setEnabled(session.slide is not None)
        if not self.dialog.isVisible():
            return
        slide, predicted = session.slide, session.slide_predictions() is not None
        self.dialog.show_patient(
            "" if slide is None else slide.patient,
            self._title(predicted),
            predicted=predicted,
            layer=layer_of(session),
        )

    def _title(self, predicted: bool) -> str:
        """What would be exported."""
        session, model = self._session, self._session.views.folder
        if session.slide is None:
            return tr("Open a patient to export its slide.")
        title = tr("Patient {patient}, as it is on screen", patient=session.slide.patient)
        if not predicted or model is None:
            return f"{title}."
        if layer_of(session) is Layer.CHANGE and session.earlier is not None:
            change = {"earlier": session.earlier.name, "model": _name(session.model)}
            return title + tr(": change from {earlier} to {model}.", **change)
        shown = {"model": model.card.name, "threshold": session.layers.threshold}
        if layer_of(session) is Layer.UNCERTAINTY:
            return title + tr(": uncertainty of {model}, threshold {threshold:.2f}.", **shown)
        return title + tr(": {model}, threshold {threshold:.2f}.", **shown)

    @Slot()
    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.cancel()

    @Slot(object)
    def _written(self, paths: tuple[Path, ...]) -> None:
        self._worker = None
        told = tr_count(
            len(paths),
            "1 file is written to {folder}.",
            "{count} files are written to {folder}.",
            folder=paths[0].parent,
        )
        self.dialog.end(told)
        self.said.emit(told)

    @Slot()
    def _stopped(self) -> None:
        self._worker = None
        self.dialog.end(tr("Stopped; the files written until then are whole."))

    @Slot(object)
    def _failed(self, error: BcviewerError) -> None:
        self._worker = None
        self.dialog.show_error(error)


def _name(model: OpenedModel | None) -> str:
    return "" if model is None else model.folder.card.name
