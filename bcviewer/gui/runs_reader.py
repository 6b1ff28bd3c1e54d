"""Reads the runs of a workspace in a thread of its own, when somebody looks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.runs_worker import RunsRead, RunsWorker

READ_AGAIN_MS = 3000
"""While a training runs, whoever started it, its folder is read again this often."""

LOOK_AGAIN_MS = 10_000
"""While none runs: one may be started by another window or at a terminal."""


class RunsReader(QObject):
    """One reading at a time; one that is asked for meanwhile follows it."""

    runs_read = Signal(object)
    """A ``RunsRead`` of the present folder."""

    failed = Signal(object)
    """A ``BcviewerError``."""

    def __init__(self, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._crew = crew
        self._folder: Path | None = None
        self._worker: RunsWorker | None = None
        self._awake = False
        self._stale = False
        self._running = False
        self._timer = QTimer(self, singleShot=True, interval=READ_AGAIN_MS)
        self._timer.timeout.connect(self.refresh)
        self._look = QTimer(self, singleShot=True, interval=LOOK_AGAIN_MS)
        self._look.timeout.connect(self.refresh)

    @property
    def busy(self) -> bool:
        """Whether the runs are being read, or are to be read once somebody looks."""
        return self._folder is not None and (self._worker is not None or self._stale)

    def set_folder(self, folder: Path | None) -> None:
        """Read another folder of runs; None for none."""
        self._folder = folder
        self._running = False
        self.refresh()

    def set_awake(self, awake: bool) -> None:
        """Read while somebody looks, and only then."""
        self._awake = awake
        self._timer.stop()
        self._look.stop()
        if awake:
            self.refresh()

    def later(self) -> None:
        """Read again after a while."""
        self._timer.start()

    @Slot()
    def refresh(self) -> None:
        """Read the runs again: now, or when somebody looks."""
        self._stale = True
        if self._awake and self._worker is None and self._folder is not None:
            self._stale = False
            self._worker = RunsWorker(self._folder)
            self._worker.succeeded.connect(self._take)
            self._worker.failed.connect(self.failed)
            self._worker.finished.connect(self._end)
            self._crew.start(self._worker)

    @Slot(object)
    def _take(self, read: RunsRead) -> None:
        # What was read before a change would take the change back for a moment.
        if not self._stale and read.folder == self._folder:
            self._running = any(run.record.state == "running" for run in read.runs)
            self.runs_read.emit(read)

    @Slot()
    def _end(self) -> None:
        self._worker = None
        if self._stale:
            self.refresh()
        elif self._awake:
            (self._timer if self._running else self._look).start()
