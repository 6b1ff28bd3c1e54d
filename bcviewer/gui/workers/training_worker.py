"""The worker that supervises a training: a thread here, the training in a process of its own."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.split import split_by_patch
from bcviewer.dataset.split_file import save_split
from bcviewer.errors import BcviewerError, Cancelled, TrainingError
from bcviewer.gui.words import tr
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.events import Cancelled_, Ending, Failed, Finished, Prepared
from bcviewer.model.job import TrainingJob, read_job
from bcviewer.model.run_cancel import forget_unbegun, note_cancel
from bcviewer.model.run_commands import live_runs
from bcviewer.model.run_folder import RunFolder, claim_run_folder
from bcviewer.model.runs import job_of_run
from bcviewer.model.training_process import TrainingProcess, Word

GRACE_SECONDS = 5.0
"""How long a cancelled training may take to end by itself; then its process is killed."""


def patch_split_path(workspace: Path, seed: int) -> Path:
    """Where a workspace keeps the patch-wise split that the window makes for a seed."""
    return workspace / "splits" / f"patch-wise-seed-{seed}.json"


class TrainingWorker(Worker):
    """Starts a training, tells its events, and ends with it.

    ``event_received`` tells every event, and the last one always is an ending: ``Finished``,
    ``Failed`` or ``Cancelled_``, also when the training could not even be started. After it comes
    exactly one of ``succeeded`` (the ``Finished``), ``failed`` and ``stopped``; by then the
    process is gone. After ``detach`` there is no ending event and mostly ``stopped``, and the
    process goes on. All methods may be called at any time.

    Args:
        job_path: The job file. When its split is the file of ``patch_split_path``, that is
            written first.
        begins: The job of a run that begins here: its folder is made, unless it is refused, and
            goes again when the training is cancelled before it has begun to learn.
        resume: Go on with the run that the job file lies in.
        folder: Of a run to go on with: where its data folder is now; None for where it was.
        workspace: Likewise its workspace.
        only_best: Train no more of it, make the model of its best epoch.
        command: What to start instead of the command line.
        grace: Seconds that a cancelled training may take to end by itself.
    """

    job_read = Signal(object)
    """The ``TrainingJob`` of a run that goes on, before its events; None where it is unreadable."""

    event_received = Signal(object)
    """An ``Event``."""

    def __init__(
        self,
        job_path: Path,
        parent: QObject | None = None,
        *,
        begins: TrainingJob | None = None,
        resume: bool = False,
        folder: Path | None = None,
        workspace: Path | None = None,
        only_best: bool = False,
        command: list[str] | None = None,
        grace: float = GRACE_SECONDS,
    ) -> None:
        super().__init__(parent)
        self._job_path = job_path
        self._begins = begins
        self._resume = resume
        self._folder, self._workspace = folder, workspace
        self._only_best = only_best
        self._command = command
        self._grace = grace
        self._lock = threading.Lock()
        self._process: TrainingProcess | None = None
        self._killer: threading.Timer | None = None
        self._said_early: list[Word] = []
        self._detached = False

    def work(self) -> Finished:
        try:
            process = self._start()
        except BcviewerError as error:
            self.event_received.emit(Failed(message=error.message, hint=error.hint))
            raise
        except Cancelled:
            self._tell_unbegun()
            raise
        try:
            ending = self._listen(process)
        finally:
            if self._killer is not None:
                self._killer.cancel()
        match ending:
            case Finished():
                return ending
            case Failed(message=message, hint=hint):
                raise TrainingError(message, hint=hint)
            case _:
                raise Cancelled

    def pause(self) -> None:
        """Ask the training to wait after the batch at hand."""
        self._send("pause")

    def resume(self) -> None:
        """Ask a paused training to go on."""
        self._send("resume")

    def finish(self) -> None:
        """Ask the training to end with the epoch at hand and to keep the best."""
        self._send("finish")

    def cancel(self) -> None:
        """Ask the training to end without a model; its process is killed if it takes too long."""
        super().cancel()
        with self._lock:
            process = self._process
        if process is not None:
            self._end_soon(process)

    def detach(self) -> None:
        """Let go of the training, which goes on by itself; if need be it is started first."""
        with self._lock:
            self._detached = True
            process = self._process
        if process is not None:
            process.detach()

    def _start(self) -> TrainingProcess:
        self._refuse_second()
        if self._begins is not None:
            claim_run_folder(self._begins, begun_here=True)
        if self._resume:
            self.job_read.emit(job_of_run(self._job_path.parent))
        else:
            self._write_patch_split(read_job(self._job_path))
        if self.cancelled():
            raise Cancelled
        process = TrainingProcess(
            self._job_path,
            resume=self._resume,
            folder=self._folder,
            workspace=self._workspace,
            only_best=self._only_best,
            command=self._command,
        )
        process.start()
        with self._lock:
            self._process = process
            said, detached = self._said_early, self._detached
        for word in said:
            process.send(word)
        if self.cancelled():
            self._end_soon(process)
        if detached:
            process.detach()
        return process

    def _refuse_second(self) -> None:
        """Two trainings would share two cores, and the panel shows one.

        Raises:
            TrainingError: One runs beside this run, of whatever window.
        """
        others = live_runs(self._job_path.parent.parent)
        if others:
            raise TrainingError(
                tr("A training of this data set runs already: {name}.", name=others[0].name),
                hint=tr(
                    "Wait for its end, or end it, before the next one. The command line lets "
                    "several run side by side."
                ),
            )

    def _listen(self, process: TrainingProcess) -> Ending:
        """Tell all events; comes back when the process is gone."""
        ending: Ending = Cancelled_()
        prepared = unbegun = False
        for event in process.events():
            prepared = prepared or isinstance(event, Prepared)
            unbegun = isinstance(event, Cancelled_) and not prepared
            if not unbegun:
                self.event_received.emit(event)
            if isinstance(event, Ending):
                ending = event
        if unbegun:
            self._tell_unbegun()
        return ending

    def _tell_unbegun(self) -> None:
        """Tell of the cancel of a training that had not begun to learn; its run is no run yet."""
        if self._begins is not None:
            run = RunFolder(self._begins.run)
            note_cancel(run)
            forget_unbegun(run)
        self.event_received.emit(Cancelled_())

    def _send(self, word: Word) -> None:
        with self._lock:
            process = self._process
            if process is None:
                self._said_early.append(word)
        if process is not None:
            process.send(word)

    def _end_soon(self, process: TrainingProcess) -> None:
        process.send("cancel")
        with self._lock:
            if self._killer is None:
                self._killer = threading.Timer(self._grace, process.kill)
                self._killer.daemon = True
                self._killer.start()

    def _write_patch_split(self, job: TrainingJob) -> None:
        if job.workspace is None or job.split is None:
            return
        path = patch_split_path(job.workspace, job.seed)
        if job.split == path:
            dataset, _ = open_dataset(job.folder, workspace=job.workspace, cancelled=self.cancelled)
            save_split(split_by_patch(dataset, seed=job.seed), path)
