"""Workers for trainings that this window did not start: one finds them, one follows one."""

from __future__ import annotations

import queue
import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bcviewer.errors import Cancelled, TrainingError
from bcviewer.gui.words import tr
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.commands import Command
from bcviewer.model.event_tail import FollowedLog
from bcviewer.model.events import Ending, Event, Failed, Finished
from bcviewer.model.run_commands import is_live, latest_step, live_runs, send_command
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.runs import job_of_run
from bcviewer.model.step_log import read_steps

FOLLOW_SECONDS = 0.1
HEARD_SECONDS = 0.5
STEP_SECONDS = 0.25


class LookWorker(Worker):
    """Finds the runs of a folder that train now; succeeds with a tuple of their paths."""

    def __init__(self, runs: Path) -> None:
        super().__init__()
        self._runs = runs

    def work(self) -> tuple[Path, ...]:
        return tuple(live_runs(self._runs))


class FollowWorker(Worker):
    """Follows a training of another process, and steers it through its run folder.

    ``event_received`` tells what happened so far, then what happens, and at last an ending. After
    it comes exactly one of ``succeeded`` (the ``Finished``), ``failed`` and ``stopped``.
    ``cancel`` only stops the following.

    Args:
        run: The run folder.
    """

    job_read = Signal(object)
    """The ``TrainingJob`` of the run, before its events; None where it cannot be read."""

    event_received = Signal(object)
    """An ``Event``."""

    unheard = Signal(object)
    """A ``TrainingError``: a command could not be told, and the training goes on as before."""

    def __init__(self, run: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run_path = run
        self._log = FollowedLog(run)
        self._words: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._ending: Ending | None = None
        self._step: Event | None = None
        self._step_told = 0.0

    def work(self) -> Finished:
        self.job_read.emit(job_of_run(self.run_path))
        for steps in read_steps(RunFolder(self.run_path).steps_path):
            self.event_received.emit(steps)
        self._tell(self._log.new())
        live = True
        while live:
            live = is_live(self.run_path)  # asked first: what it told at its end is then there
            self._tell(self._log.new())
            if live:
                self._tell_step()
                self._pass_on()
        ending = self._ending or _lost()
        self.event_received.emit(ending)
        match ending:
            case Finished():
                return ending
            case Failed(message=message, hint=hint):
                raise TrainingError(message, hint=hint)
            case _:
                raise Cancelled

    def send(self, command: Command) -> None:
        """Tell the training something."""
        self._words.put(command)

    def cancel(self) -> None:
        """Stop following, after what it was told is passed on; the training goes on."""
        super().cancel()
        self._words.put(None)

    def _tell(self, events: list[Event]) -> None:
        """Tell events. An ending waits: a run that is resumed has told one before."""
        for event in events:
            if isinstance(event, Ending):
                self._ending = event
            else:
                self._ending = None
                self.event_received.emit(event)

    def _tell_step(self) -> None:
        now = time.monotonic()
        if now - self._step_told < STEP_SECONDS:
            return
        self._step_told = now
        step = latest_step(self.run_path)
        if step is not None and step != self._step:
            self._step = step
            self.event_received.emit(step)

    def _pass_on(self) -> None:
        """Wait a little for a word of the user's.

        Raises:
            Cancelled: It is to stop following.
        """
        try:
            command = self._words.get(timeout=FOLLOW_SECONDS)
        except queue.Empty:
            return
        if command is None:
            raise Cancelled
        try:
            send_command(self.run_path, command, wait_seconds=HEARD_SECONDS)
        except TrainingError as error:
            if is_live(self.run_path):  # else its ending is the answer
                self.unheard.emit(error.with_traceback(None))


def _lost() -> Failed:
    return Failed(
        message=tr(
            "The training in the background ended without a result: it was killed, or it crashed."
        ),
        hint=tr(
            "Its finished epochs are kept: resume it from the list of runs. log.txt in the run "
            "folder has its last words."
        ),
    )
