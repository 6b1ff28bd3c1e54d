"""Opens data folders for the session, one at a time, in the background."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.gui.session import Session
from bcviewer.gui.words import tr, tr_count
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.data_workers import CheckWorker, OpenedData, OpenWorker
from bcviewer.storage import user_folder


class DataOpener(QObject):
    """Opens a folder or the demo, and checks the pictures of the open one."""

    began = Signal(str)
    """A folder is being opened; the text says so."""

    progressed = Signal(int, int)
    opened = Signal()
    failed = Signal(object)
    check_progressed = Signal(int, int)
    check_ended = Signal(str)

    def __init__(
        self, session: Session, crew: Crew, workspace: Path | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._crew = crew
        self._workspace = workspace
        self._worker: OpenWorker | None = None
        self._check: CheckWorker | None = None

    def open(self, folder: Path) -> None:
        """Open a data folder in place of the one that is open."""
        self._start(folder, paint_demo=False, text=tr("Opening {folder}…", folder=folder))

    def open_demo(self) -> None:
        """Open the demo tissue, painted at the first time."""
        self._start(user_folder() / "demo", paint_demo=True, text=tr("Preparing the demo tissue…"))

    def cancel(self) -> None:
        """Give up the opening."""
        if self._worker is not None:
            self._worker.cancel()

    @Slot()
    def check_pictures(self) -> None:
        """Look at every picture of the open data set."""
        if self._session.dataset is None or self._check is not None:
            return
        self._check = CheckWorker(self._session.dataset)
        self._check.progressed.connect(self.check_progressed)
        self._check.succeeded.connect(self._checked)
        self._check.failed.connect(self._check_failed)
        self._check.stopped.connect(self._check_stopped)
        self._crew.start(self._check)

    def _start(self, folder: Path, *, paint_demo: bool, text: str) -> None:
        self.cancel()
        if self._check is not None:
            self._check.cancel()
        worker = OpenWorker(folder, self._workspace, paint_demo=paint_demo)
        worker.progressed.connect(self.progressed)
        worker.succeeded.connect(self._succeeded)
        worker.failed.connect(self._failed)
        self._worker = worker
        self.began.emit(text)
        self._crew.start(worker)

    @Slot(object)
    def _succeeded(self, data: OpenedData) -> None:
        if self.sender() is self._worker:
            self._worker = None
            self._session.open_data(data)
            self.opened.emit()

    @Slot(object)
    def _failed(self, error: object) -> None:
        if self.sender() is self._worker:
            self._worker = None
            self.failed.emit(error)

    @Slot(object)
    def _checked(self, findings: object) -> None:
        assert isinstance(findings, tuple)
        self._check = None
        self._session.add_findings(findings)
        self.check_ended.emit(
            tr_count(
                len(findings),
                "Every picture was looked at: 1 finding.",
                "Every picture was looked at: {count:,} findings.",
            )
        )

    @Slot(object)
    def _check_failed(self, error: object) -> None:
        self._check = None
        self.check_ended.emit(str(error))

    @Slot()
    def _check_stopped(self) -> None:
        self._check = None
        self.check_ended.emit("")
