"""Labels out to files and in from files, each with its dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QMenuBar, QWidget

from bcviewer.annotation.stroke import Stroke
from bcviewer.errors import BcviewerError
from bcviewer.gui.icons import icon
from bcviewer.gui.label_keeper import LabelKeeper
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.export_dialog import ExportDialog
from bcviewer.gui.widgets.import_preview import ImportPreviewDialog
from bcviewer.gui.words import marked, tr, tr_count
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.exchange_worker import (
    ExportLabelsWorker,
    ExportWish,
    ImportSeen,
    ReadLabelsWorker,
    TakeLabelsWorker,
)

KINDS = marked("Labels (*.csv *.geojson *.json);;All files (*)")


class ExchangeDesk(QObject):
    """Owns the two dialogs and their actions; the window has them in its File menu."""

    said = Signal(str)
    """Something for the status line."""

    def __init__(
        self, session: Session, crew: Crew, *, keeper: LabelKeeper, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._crew = crew
        self._keeper = keeper
        self._window = window
        self._exporting: ExportLabelsWorker | None = None
        self._reading: ReadLabelsWorker | None = None
        self._taking: TakeLabelsWorker | None = None
        self.export = QAction(icon("export"), tr("&Export labels…"), self)
        self.export.setStatusTip(
            tr("Write the labels: CSV, QuPath GeoJSON, or folders of pictures")
        )
        self.import_ = QAction(tr("&Import labels…"), self)
        self.import_.setStatusTip(
            tr("Take labels from CSV or GeoJSON; shows first what would change")
        )
        self.export_dialog = ExportDialog(window)
        self.preview_dialog = ImportPreviewDialog(window)
        self._connect()
        self._enable()

    def _connect(self) -> None:
        self.export.triggered.connect(self._open_export)
        self.import_.triggered.connect(self._choose_file)
        self.export_dialog.export_requested.connect(self.write)
        self.export_dialog.cancel_requested.connect(self._stop)
        self.preview_dialog.accepted_seen.connect(self._take)
        self._session.data_changed.connect(self._forget)
        self._session.labels_changed.connect(self._enable)
        self._session.slide_changed.connect(self._show_patient)

    def add_to(self, menus: QMenuBar, before: QAction) -> None:
        """Put the actions into the menu that has another one, before that."""
        # Not by ``QAction.menu``: the menu is gone with what that returns.
        for menu in menus.findChildren(QMenu):
            if before in menu.actions():
                menu.insertActions(before, [self.import_, self.export])
                menu.insertSeparator(before)

    @Slot(object)
    def write(self, wish: ExportWish) -> None:
        """Write labels to a file or a folder."""
        book = self._keeper.book
        if book is None or self._exporting is not None:
            return
        worker = ExportLabelsWorker(book, wish)
        worker.progressed.connect(self.export_dialog.show_progress)
        worker.succeeded.connect(self._written)
        worker.stopped.connect(self._stopped)
        worker.failed.connect(self._not_written)
        self._exporting = worker
        self.export_dialog.begin()
        self._crew.start(worker)

    def read(self, path: Path) -> None:
        """Read a file of labels and show what taking it would change."""
        book = self._keeper.book
        if book is None:
            return
        self._reading = ReadLabelsWorker(book, path)
        self._reading.succeeded.connect(self._show_seen)
        self._reading.failed.connect(self._not_read)
        self.said.emit(tr("Reading {name}…", name=path.name))
        self._crew.start(self._reading)

    @Slot()
    def _enable(self) -> None:
        ready = self._session.labels is not None
        self.export.setEnabled(ready)
        self.import_.setEnabled(ready)

    @Slot()
    def _show_patient(self) -> None:
        slide = self._session.slide
        self.export_dialog.set_patient("" if slide is None else slide.patient)

    @Slot()
    def _forget(self) -> None:
        """What runs is about other data."""
        for worker in (self._exporting, self._reading):
            if worker is not None:
                worker.cancel()
        self._reading = None
        self.preview_dialog.reject()
        self._enable()

    @Slot()
    def _open_export(self) -> None:
        self._show_patient()
        self.export_dialog.show()
        self.export_dialog.raise_()
        self.export_dialog.activateWindow()

    @Slot()
    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, tr("Import labels"), str(Path.home()), tr(KINDS)
        )
        if chosen:
            self.read(Path(chosen))

    @Slot()
    def _stop(self) -> None:
        if self._exporting is not None:
            self._exporting.cancel()

    @Slot(object)
    def _written(self, words: str) -> None:
        self._exporting = None
        self.export_dialog.end(words)
        self.said.emit(words)

    @Slot()
    def _stopped(self) -> None:
        self._exporting = None
        self.export_dialog.end(tr("Stopped. An export of pictures goes on from here next time."))

    @Slot(object)
    def _not_written(self, error: BcviewerError) -> None:
        self._exporting = None
        self.export_dialog.end(str(error), failed=True)

    @Slot(object)
    def _show_seen(self, seen: ImportSeen) -> None:
        if self.sender() is self._reading:
            self._reading = None
            self.said.emit("")
            self.preview_dialog.show_seen(seen)

    @Slot(object)
    def _not_read(self, error: BcviewerError) -> None:
        if self.sender() is self._reading:
            self._reading = None
            self.said.emit(str(error))

    @Slot(object)
    def _take(self, seen: ImportSeen) -> None:
        if seen.book is self._keeper.book and self._taking is None:
            self._taking = TakeLabelsWorker(seen)
            self._taking.succeeded.connect(self._taken)
            self._taking.failed.connect(self._not_taken)
            self._crew.start(self._taking)

    @Slot(object)
    def _taken(self, stroke: Stroke | None) -> None:
        worker, self._taking = self._taking, None
        if worker is None or worker.seen.book is not self._keeper.book:
            return
        self._keeper.take(stroke)
        count = 0 if stroke is None else len(stroke)
        self.said.emit(
            tr_count(
                count,
                "Imported 1 label from {name}.",
                "Imported {count:,} labels from {name}.",
                name=worker.seen.preview.name,
            )
        )

    @Slot(object)
    def _not_taken(self, error: BcviewerError) -> None:
        self._taking = None
        self.said.emit(str(error))
