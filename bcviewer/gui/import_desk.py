"""Importing a model that Keras has saved: the dialog, and the workers behind it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from bcviewer.errors import BcviewerError
from bcviewer.gui.widgets.import_dialog import ImportDialog
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.import_worker import ImportWorker
from bcviewer.model.imported_options import ImportLine, ImportTask

PATTERN = marked("Models of Keras (*.h5 *.hdf5 *.keras);;All files (*)")


class ImportDesk(QObject):
    """Owns the dialog; at most one file is looked at or imported at a time."""

    imported = Signal(str)
    """The folder of a model that was made."""

    def __init__(self, crew: Crew, *, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._crew = crew
        self._worker: ImportWorker | None = None
        self._folder = ""
        self.dialog = ImportDialog(window)
        self.dialog.file_requested.connect(self.choose)
        self.dialog.import_requested.connect(self._import)
        self.dialog.cancel_requested.connect(self._cancel)

    @Slot()
    def choose(self) -> None:
        """Ask for a file and show what it holds."""
        over = self.dialog if self.dialog.isVisible() else self._window
        chosen, _ = QFileDialog.getOpenFileName(
            over, tr("Import a Keras model"), self._folder, tr(PATTERN)
        )
        if chosen:
            self.show(Path(chosen))

    def show(self, path: Path) -> None:
        """Show the dialog with a file, and look at it."""
        self._folder = str(path.parent)
        self.dialog.show_file(path)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        worker = ImportWorker(ImportTask(path), look=True)
        worker.succeeded.connect(self._looked)
        self._start(worker)

    @Slot(object)
    def _import(self, task: ImportTask) -> None:
        worker = ImportWorker(task)
        worker.told.connect(self.dialog.show_step)
        worker.progressed.connect(self.dialog.show_progress)
        worker.succeeded.connect(self._made)
        self.dialog.begin_work(tr("Starting…"))
        self._start(worker)

    def _start(self, worker: ImportWorker) -> None:
        self._cancel()
        worker.failed.connect(self._failed)
        self._worker = worker
        self._crew.start(worker)

    @Slot()
    def _cancel(self) -> None:
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None

    @Slot(object)
    def _looked(self, line: ImportLine) -> None:
        if self.sender() is self._worker:
            self._worker = None
            self.dialog.show_found(line.content)

    @Slot(object)
    def _made(self, line: ImportLine) -> None:
        if self.sender() is self._worker:
            self._worker = None
            self.dialog.end_work()
            self.dialog.accept()
            self.imported.emit(str(line.content["model"]))

    @Slot(object)
    def _failed(self, error: BcviewerError) -> None:
        if self.sender() is self._worker:
            self._worker = None
            self.dialog.show_error(error)
