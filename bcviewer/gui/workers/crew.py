"""The workers that run now: kept alive until they end, and all of them stopped at the end."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from bcviewer.gui.workers.worker import Worker

WAIT_MS = 10_000


class Crew(QObject):
    """Starts workers and keeps them: a QThread that is destroyed while it runs aborts Qt."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._working: set[Worker] = set()
        self._closed = False

    def start(self, worker: Worker) -> None:
        """Start a worker and let go of it when it has ended; nothing starts after ``stop``."""
        if self._closed:
            return
        self._working.add(worker)
        worker.finished.connect(self._let_go)
        worker.start()

    def stop(self) -> None:
        """Ask all workers to stop, and wait for their end. A timer may still fire after this."""
        self._closed = True
        for worker in self._working:
            worker.cancel()
        for worker in list(self._working):
            worker.wait(WAIT_MS)

    @Slot()
    def _let_go(self) -> None:
        for worker in [worker for worker in self._working if worker.isFinished()]:
            self._working.discard(worker)
            worker.deleteLater()
