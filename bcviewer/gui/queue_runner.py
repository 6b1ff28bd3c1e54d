"""Has queues sorted and labels counted in the background; only the newest wish counts."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.gui.session import Session
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.queue_workers import LabelSummaryWorker, QueueWish, QueueWorker


class QueueRunner(QObject):
    """Runs one sort and one count at a time."""

    arranged = Signal(object)
    """A ``QueueSorted``."""

    summarised = Signal(object)
    """A ``LabelSummary``."""

    failed = Signal(object)
    """A ``BcviewerError``."""

    def __init__(self, session: Session, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._crew = crew
        self._sorting: QueueWorker | None = None
        self._counting: LabelSummaryWorker | None = None
        self._count_again = False
        self.comparing = False
        session.data_changed.connect(self.stop)

    def sort(self, wish: QueueWish) -> None:
        """Sort a queue in place of the one that is being sorted."""
        if self._sorting is not None:
            self._sorting.cancel()
        self._sorting = QueueWorker(wish)
        self._sorting.succeeded.connect(self._sorted)
        self._sorting.failed.connect(self._failed)
        self._crew.start(self._sorting)

    @property
    def sorting(self) -> bool:
        """Whether a queue is being sorted."""
        return self._sorting is not None

    @Slot()
    def count(self) -> None:
        """Count what came of the queues; compare readers too while ``comparing``."""
        if self._session.labels is None:
            return
        if self._counting is not None:
            self._count_again = True
            return
        self._counting = LabelSummaryWorker(self._session.labels, compare=self.comparing)
        self._counting.succeeded.connect(self._counted)
        self._counting.stopped.connect(self._count_ended)
        self._counting.failed.connect(self._count_ended)
        self._crew.start(self._counting)

    @Slot()
    def stop(self) -> None:
        """Let go of what runs: its data are not those of the window any more."""
        for worker in (self._sorting, self._counting):
            if worker is not None:
                worker.cancel()
        self._sorting, self._counting, self._count_again = None, None, False

    @Slot(object)
    def _sorted(self, found: object) -> None:
        if self.sender() is self._sorting:
            self._sorting = None
            self.arranged.emit(found)

    @Slot(object)
    def _failed(self, error: object) -> None:
        if self.sender() is self._sorting:
            self._sorting = None
            self.failed.emit(error)

    @Slot(object)
    def _counted(self, summary: object) -> None:
        if self.sender() is self._counting:
            self.summarised.emit(summary)
            self._count_ended()

    @Slot()
    def _count_ended(self) -> None:
        self._counting = None
        if self._count_again:
            self._count_again = False
            self.count()
