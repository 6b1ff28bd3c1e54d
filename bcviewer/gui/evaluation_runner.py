"""Has a model judged in the background: one judgement at a time, the latest wish counts."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.errors import BcviewerError
from bcviewer.gui.evaluation_measured import EvaluationWish, Intervals, Measured
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.evaluation_worker import EvaluationWorker, IntervalWorker


class EvaluationRunner(QObject):
    """What an earlier wish still brings is passed over."""

    measured = Signal(object)
    """The figures of a wish, a ``Measured``; its ``Intervals`` follow."""

    intervals_came = Signal(object)
    """``Intervals``: of all views of a wish, or of another threshold."""

    failed = Signal(object)
    """A ``BcviewerError``."""

    def __init__(self, crew: Crew, parent: QObject) -> None:
        super().__init__(parent)
        self._crew = crew
        self._worker: EvaluationWorker | IntervalWorker | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being judged."""
        return self._worker is not None

    def measure(self, wish: EvaluationWish) -> None:
        """Judge; whatever is under way is given up."""
        worker = EvaluationWorker(wish)
        worker.measured.connect(self._tell_measured)
        self._start(worker)

    def measure_intervals(self, measured: Measured, threshold: float) -> None:
        """Judge the view on screen at another threshold."""
        self._start(IntervalWorker(measured, threshold))

    def cancel(self) -> None:
        """Give up what is under way."""
        if self._worker is not None:
            self._worker.cancel()
        self._worker = None

    def _start(self, worker: EvaluationWorker | IntervalWorker) -> None:
        self.cancel()
        worker.succeeded.connect(self._end)
        worker.failed.connect(self._fail)
        self._worker = worker
        self._crew.start(worker)

    @Slot(object)
    def _tell_measured(self, measured: Measured) -> None:
        if self.sender() is self._worker:
            self.measured.emit(measured)

    @Slot(object)
    def _end(self, intervals: Intervals) -> None:
        if self.sender() is self._worker:
            self._worker = None
            self.intervals_came.emit(intervals)

    @Slot(object)
    def _fail(self, error: BcviewerError) -> None:
        if self.sender() is self._worker:
            self._worker = None
            self.failed.emit(error)
