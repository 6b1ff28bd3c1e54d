"""Starts trainings in a child process, follows those in the background, hands over their models."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from bcviewer.errors import BcviewerError
from bcviewer.gui.background_watch import BackgroundWatch
from bcviewer.gui.model_place import ModelPlace
from bcviewer.gui.session import Session
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.training_worker import TrainingWorker
from bcviewer.model.commands import Command
from bcviewer.model.events import Cancelled_, Ending, Finished
from bcviewer.model.job import TrainingJob
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_paths import is_fold

LEAVE_MS = 1000
START_MS = 30_000


class Parting(Enum):
    """What becomes of a training whose window closes."""

    KEEP = auto()
    FINISH = auto()
    CANCEL = auto()


PARTED_BY = {
    Parting.KEEP: Command.RESUME,  # nobody would think of a pause that no window shows
    Parting.FINISH: Command.FINISH,
    Parting.CANCEL: Command.CANCEL,
}
"""What a training is told that is followed."""


class TrainingRunner(QObject):
    """One training at a time, its own or one that runs in the background and is followed.

    The model in use stays until a better one is there.
    """

    event_received = Signal(object)
    """An event of the training, as ``bcviewer.model.events`` has them."""

    resumed = Signal(str)
    """A training that had stopped goes on: its run folder. Its events come next."""

    job_read = Signal(object)
    """The ``TrainingJob`` of a run that goes on or is followed; None where it cannot be read."""

    attached = Signal(str)
    """A training that runs without this window is followed from now on: its run folder."""

    detached = Signal()
    """The training that was followed is over."""

    failed = Signal(object)
    """The training ended with an error."""

    unheard = Signal(object)
    """The training did not hear a command, and goes on as before: an error."""

    model_ready = Signal(str)
    """The folder of the model that a training made, which is to be used from now on."""

    model_kept = Signal(str)
    """The folder of one that is not to be used: the user has chosen other data or another model."""

    def __init__(self, session: Session, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._worker: TrainingWorker | None = None
        self._told_end = False
        self._waiting: Callable[[], None] | None = None
        self._place = ModelPlace(session, self)
        self.run: Path | None = None
        """The run folder of the training that was started or followed last."""

        self._watch = BackgroundWatch(crew, self)
        session.data_changed.connect(self._watch_data)
        self._watch.attached.connect(self._follow)
        self._watch.job_read.connect(self.job_read)
        self._watch.event_received.connect(self._receive)
        self._watch.failed.connect(self.failed)
        self._watch.unheard.connect(self.unheard)
        self._watch.ended.connect(self._followed)

    @property
    def running(self) -> bool:
        """Whether a training runs that this window started, or that it follows."""
        return self._waiting is not None or (self._busy() and not self._told_end)

    @property
    def running_here(self) -> bool:
        """Whether one that it started runs: from its start to the event that tells its end."""
        return self._worker is not None and not self._told_end

    @Slot(object)
    def start(self, job: TrainingJob) -> None:
        """Start a training; at once, or as soon as the one that told its end is gone."""
        path = RunFolder(job.run).job_path
        self._begin(lambda: self._supervise(TrainingWorker(path, self, begins=job), job.run))

    def resume_run(self, run: Path, *, only_best: bool = False) -> None:
        """Go on with a training that stopped before its end, as soon as no other one is there.

        Its data are those that are open, wherever they lay when it began. With ``only_best`` it
        trains no more, and makes the model of its best epoch.
        """
        if self.running:
            return
        self.resumed.emit(str(run))
        self._begin(lambda: self._supervise(self._resuming(run, only_best=only_best), run))

    def _resuming(self, run: Path, *, only_best: bool) -> TrainingWorker:
        data = self._session.data
        return TrainingWorker(
            RunFolder(run).job_path,
            self,
            resume=True,
            folder=data.dataset.root if data is not None else None,
            workspace=data.workspace.folder if data is not None else None,
            only_best=only_best,
        )

    def _begin(self, begin: Callable[[], None]) -> None:
        if not self._busy():
            begin()
        elif self._told_end:
            self._waiting = begin

    @Slot()
    def pause(self) -> None:
        """Let the training wait."""
        if self._worker is not None:
            self._worker.pause()
        self._watch.send(Command.PAUSE)

    @Slot()
    def resume(self) -> None:
        """Let the training go on."""
        if self._worker is not None:
            self._worker.resume()
        self._watch.send(Command.RESUME)

    @Slot()
    def finish(self) -> None:
        """Finish this epoch and keep the best."""
        if self._worker is not None:
            self._worker.finish()
        self._watch.send(Command.FINISH)

    @Slot()
    def cancel(self) -> None:
        """Give up the training."""
        if self._waiting is not None:
            self._waiting = None
            self.event_received.emit(Cancelled_())
            return
        if self._worker is not None:
            self._worker.cancel()
        self._watch.send(Command.CANCEL)

    def leave(self, parting: Parting | None) -> None:
        """Part from the training of this window, which is about to close; takes a second at most.

        It longer takes only where the training must be started first. Where the user was not asked
        (None), one that is followed just goes on, as it is.
        """
        self._waiting = None
        if parting is not None:
            self._watch.send(PARTED_BY[parting])
        self._watch.close()
        worker = self._worker
        if worker is None:
            return
        if parting is Parting.CANCEL:
            worker.cancel()
            worker.wait(LEAVE_MS)  # mostly it is gone by then; else the word lies in its ear
        elif parting is Parting.FINISH:
            worker.finish()
        else:
            worker.resume()
        worker.detach()
        if not worker.wait(START_MS):
            worker.cancel()
            worker.wait()  # a thread that is destroyed while it runs ends the program
        self._ended()  # its own signal would come too late, when the window is closed

    def close(self) -> None:
        """End the training of this window, and wait for its end."""
        self._waiting = None
        self._watch.close()
        if self._worker is not None:
            self._worker.cancel()
            self._worker.wait()
            self._ended()

    def _busy(self) -> bool:
        return self._worker is not None or self._watch.following

    def _supervise(self, worker: TrainingWorker, run: Path) -> None:
        worker.job_read.connect(self.job_read)
        worker.event_received.connect(self._receive)
        worker.failed.connect(self._fail)
        worker.finished.connect(self._ended)
        self._worker, self._told_end, self.run = worker, False, run
        self._watch.set_awake(False)
        self._place.remember()
        worker.start()

    @Slot(object)
    def _receive(self, event: object) -> None:
        # Its process takes a moment longer to go, which is no reason to ask before closing.
        self._told_end = isinstance(event, Ending)
        self.event_received.emit(event)
        # A model of a fold is there to judge the recipe, not to be used.
        if isinstance(event, Finished) and not is_fold(event.model_folder.parent):
            ready = self.model_ready if self._place.unchanged else self.model_kept
            ready.emit(str(event.model_folder))

    @Slot(object)
    def _fail(self, error: BcviewerError) -> None:
        self._told_end = True
        self.failed.emit(error)

    @Slot()
    def _ended(self) -> None:
        if self._worker is None:
            return
        self._worker.deleteLater()
        self._worker, self._told_end = None, False
        self._watch.set_awake(True)
        self._go_on()

    @Slot(str)
    def _follow(self, run: str) -> None:
        self._told_end, self.run = False, Path(run)
        self._place.remember()
        self.attached.emit(run)

    @Slot()
    def _followed(self) -> None:
        self._told_end = False
        self.detached.emit()
        self._go_on()

    def _go_on(self) -> None:
        """Begin what has waited for the end of the last training."""
        begin, self._waiting = self._waiting, None
        if begin is not None:
            begin()

    @Slot()
    def _watch_data(self) -> None:
        data = self._session.data
        self._watch.watch(data.workspace.runs_folder if data is not None else None)
