"""What the runners of work on the model in use share: one worker at a time, and how it ends."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.errors import BcviewerError
from bcviewer.gui.session import Session
from bcviewer.gui.words import tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.worker import Worker


class WorkRunner(QObject):
    """Runs a worker to its end, or until it is cancelled or other data are opened.

    ``began`` comes first, and again with other words where the work goes on otherwise; exactly one
    of ``ended`` and ``failed`` comes last. After ``stopping`` nothing but the end is told.
    """

    began = Signal(str)
    progressed = Signal(int, int)
    stopping = Signal()
    ended = Signal(str)
    failed = Signal(object)

    STOPPED: str
    """What is said when the work was cancelled."""

    def __init__(self, session: Session, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._crew = crew
        self._worker: Worker | None = None
        session.data_changed.connect(self.cancel)

    @property
    def running(self) -> bool:
        """Whether there is work under way."""
        return self._worker is not None

    @Slot()
    def cancel(self) -> None:
        """Stop; it ends soon after, mostly, and well where it was done already."""
        if self._worker is not None:
            self._worker.cancel()
            self.stopping.emit()

    def _run(self, worker: Worker, words: str) -> None:
        """Start a worker; the words say what it does."""
        worker.progressed.connect(self._tell_progress)
        worker.succeeded.connect(self._succeed)
        worker.stopped.connect(self._stop)
        worker.failed.connect(self._fail)
        self._worker = worker
        self._say(words)
        self._crew.start(worker)

    def _say(self, words: str) -> None:
        """Say what is being done, unless it is being stopped."""
        if self._worker is not None and not self._worker.cancelled():
            self.began.emit(words)

    def _take(self, made: object) -> str:
        """Take over what a worker made; returns what is said of it."""
        raise BcviewerError(f"{type(self).__name__} takes nothing.")

    @Slot(int, int)
    def _tell_progress(self, done: int, total: int) -> None:
        if self._worker is not None and not self._worker.cancelled():
            self.progressed.emit(done, total)

    @Slot(object)
    def _succeed(self, made: object) -> None:
        self._worker = None
        self.ended.emit(self._take(made))

    @Slot()
    def _stop(self) -> None:
        self._worker = None
        self.ended.emit(tr(self.STOPPED))

    @Slot(object)
    def _fail(self, error: BcviewerError) -> None:
        self._worker = None
        self.failed.emit(error)
