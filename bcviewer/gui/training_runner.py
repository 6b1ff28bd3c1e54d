"""Starts trainings in a child process, passes on their events, and hands over their models."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.errors import BcviewerError
from bcviewer.gui.session import Session
from bcviewer.gui.workers.training_worker import TrainingWorker
from bcviewer.model.events import Ending, Finished
from bcviewer.model.job import TrainingJob, write_job
from bcviewer.model.run_folder import RunFolder


class TrainingRunner(QObject):
    """Runs one training at a time; the model in use stays until a better one is there."""

    event_received = Signal(object)
    """An event of the training, as ``bcviewer.model.events`` has them."""

    resumed = Signal()
    """A training that had stopped goes on; its events come next."""

    failed = Signal(object)
    """The training ended with an error."""

    model_ready = Signal(str)
    """The folder of the model that a training made."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._worker: TrainingWorker | None = None
        self._told_end = False

    @property
    def running(self) -> bool:
        """Whether a training runs: from its start to the event that tells its end."""
        return self._worker is not None and not self._told_end

    @Slot(object)
    def start(self, job: TrainingJob) -> None:
        """Start a training."""
        if self._worker is not None:
            return
        path = RunFolder(job.run).job_path
        try:
            write_job(path, job)
        except BcviewerError as error:
            self.failed.emit(error)
            return
        self._supervise(TrainingWorker(path, self))

    def resume_run(self, run: Path) -> None:
        """Go on with a training that stopped before its end."""
        if self._worker is not None:
            return
        self.resumed.emit()
        self._supervise(TrainingWorker(RunFolder(run).job_path, self, resume=True))

    @Slot()
    def pause(self) -> None:
        """Let the training wait."""
        if self._worker is not None:
            self._worker.pause()

    @Slot()
    def resume(self) -> None:
        """Let the training go on."""
        if self._worker is not None:
            self._worker.resume()

    @Slot()
    def finish(self) -> None:
        """Finish this epoch and keep the best."""
        if self._worker is not None:
            self._worker.finish()

    @Slot()
    def cancel(self) -> None:
        """Give up the training."""
        if self._worker is not None:
            self._worker.cancel()

    def close(self) -> None:
        """End a training with the window, and wait for its end."""
        if self._worker is not None:
            self._worker.cancel()
            self._worker.wait()
            self._ended()  # its own signal would come too late, when the window is closed

    def _supervise(self, worker: TrainingWorker) -> None:
        worker.event_received.connect(self._receive)
        worker.failed.connect(self.failed)
        worker.finished.connect(self._ended)
        self._worker, self._told_end = worker, False
        worker.start()

    @Slot(object)
    def _receive(self, event: object) -> None:
        # Its process takes a moment longer to go, which is no reason to ask before closing.
        self._told_end = isinstance(event, Ending)
        self.event_received.emit(event)
        if isinstance(event, Finished):
            self.model_ready.emit(str(event.model_folder))

    @Slot()
    def _ended(self) -> None:
        if self._worker is not None:
            self._worker.deleteLater()
            self._worker = None
