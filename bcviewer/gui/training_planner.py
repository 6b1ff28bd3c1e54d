"""What happens before a training starts: it is counted, timed, and saved as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from bcviewer.dataset.dataset import Dataset
from bcviewer.evaluation.pixel_digests import PixelDigests
from bcviewer.gui.widgets.training_summary import TrainingSummary
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.forecast_worker import (
    ForecastWorker,
    LeakWorker,
    Plan,
    PlanChecked,
    ProbeWorker,
    SaveJobWorker,
)

SETTLE_MS = 200
"""A setting that is being turned is not counted at each of its values."""


class TrainingPlanner(QObject):
    """Looks ahead for the plan that was told last; one counting and one probe at a time."""

    counted = Signal(object)
    """A ``PlanAhead`` of the plan that was told last."""

    count_failed = Signal(object)
    """A ``BcviewerError``: the training could not start as it is planned."""

    checked = Signal(object)
    """A ``PlanChecked`` of the plan that was told last: its pictures are compared."""

    probe_told = Signal(str)
    """What the probe is doing."""

    probed = Signal(object)
    """A ``Probed``."""

    probe_failed = Signal(object)
    """A ``BcviewerError``."""

    probe_stopped = Signal()
    """The probe was stopped, and told nothing."""

    saved = Signal(object)
    """A ``SavedJob``."""

    save_failed = Signal(object)
    """A ``BcviewerError``."""

    def __init__(
        self,
        crew: Crew,
        parent: QObject | None = None,
        *,
        probe_command: list[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._crew = crew
        self._probe_command = probe_command
        self._plan: Plan | None = None
        self._stale = False
        self._counting: ForecastWorker | None = None
        self._checking: LeakWorker | None = None
        self._pixels: tuple[Dataset, PixelDigests] | None = None
        self._probing: ProbeWorker | None = None
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._count)

    def serve(self, summary: TrainingSummary) -> None:
        """Look ahead at what a summary shows."""
        summary.plan_changed.connect(self.consider)
        summary.probe_requested.connect(self.probe)
        summary.stop_requested.connect(self.stop_probe)
        self.counted.connect(summary.show_ahead)
        self.checked.connect(summary.show_checked)
        self.count_failed.connect(summary.show_error)
        self.probe_told.connect(summary.say_probe)
        self.probed.connect(summary.show_probed)
        self.probe_failed.connect(summary.show_probe_error)
        self.probe_stopped.connect(summary.show_probe_stopped)

    @property
    def probing(self) -> bool:
        """Whether a probe runs."""
        return self._probing is not None

    @Slot(object)
    def consider(self, plan: Plan | None) -> None:
        """Count another plan, soon; None for none."""
        self._plan = plan
        self._stale = plan is not None
        if plan is not None:
            self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def recount(self) -> None:
        """Count the same plan again: readers changed labels."""
        self.consider(self._plan)

    @Slot(object)
    def probe(self, plan: Plan) -> None:
        """Time some steps of a plan."""
        if self._probing is not None:
            return
        worker = ProbeWorker(plan, command=self._probe_command)
        self._probing = worker
        worker.told.connect(self.probe_told)
        worker.succeeded.connect(self.probed)
        worker.failed.connect(self.probe_failed)
        worker.stopped.connect(self.probe_stopped)
        worker.finished.connect(self._probe_ended)
        self._crew.start(worker)

    @Slot()
    def stop_probe(self) -> None:
        """End a probe that runs, at once."""
        if self._probing is not None:
            self._probing.cancel()

    @Slot(object, object)
    def save(self, plan: Plan, path: Path) -> None:
        """Save the job of a plan."""
        worker = SaveJobWorker(plan, path)
        worker.succeeded.connect(self.saved)
        worker.failed.connect(self.save_failed)
        self._crew.start(worker)

    @Slot()
    def _count(self) -> None:
        if self._counting is not None or self._plan is None or not self._stale:
            return
        self._stale = False
        worker = ForecastWorker(self._plan)
        self._counting = worker
        worker.succeeded.connect(self._tell)
        worker.failed.connect(self._tell_failure)
        worker.finished.connect(self._count_ended)
        self._crew.start(worker)

    @Slot(object)
    def _tell(self, found: object) -> None:
        if not self._stale and self._plan is not None:
            self.counted.emit(found)
            self._check(self._plan)

    def _check(self, plan: Plan) -> None:
        """Compare the pictures that are decoded, after the counts, which take no time."""
        if self._checking is not None:
            self._checking.cancel()
        if plan.job.workspace is None:
            return
        known = self._pixels
        earlier = known[1] if known is not None and known[0] is plan.dataset else None
        self._checking = LeakWorker(plan, earlier)
        self._checking.succeeded.connect(self._tell_checked)
        self._crew.start(self._checking)

    @Slot(object)
    def _tell_checked(self, found: PlanChecked) -> None:
        self._pixels = (found.plan.dataset, found.pixels)
        if self.sender() is self._checking:
            self._checking = None
            self.checked.emit(found)

    @Slot(object)
    def _tell_failure(self, error: object) -> None:
        if not self._stale and self._plan is not None:
            self.count_failed.emit(error)

    @Slot()
    def _count_ended(self) -> None:
        self._counting = None
        if self._stale and not self._timer.isActive():
            self._count()

    @Slot()
    def _probe_ended(self) -> None:
        self._probing = None
