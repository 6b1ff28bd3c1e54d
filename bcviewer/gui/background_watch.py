"""Watches the workspace for trainings that run without this window, and follows one of them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.follow_worker import FollowWorker, LookWorker
from bcviewer.model.commands import Command

LOOK_AGAIN_MS = 2000


class BackgroundWatch(QObject):
    """Looks now and then; what it finds first it follows to its end, whatever is opened then."""

    attached = Signal(str)
    """A training is followed from now on: its run folder. Its events come next."""

    job_read = Signal(object)
    """The ``TrainingJob`` of the training that is followed; None where it cannot be read."""

    event_received = Signal(object)
    """An ``Event``; the last one of a training is an ending."""

    failed = Signal(object)
    """The training that was followed ended with an error."""

    unheard = Signal(object)
    """The training did not hear a command, and goes on as before: an error."""

    ended = Signal()
    """The training that was followed is over."""

    def __init__(self, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._crew = crew
        self._runs: Path | None = None
        self._look: LookWorker | None = None
        self._follower: FollowWorker | None = None
        self._awake = True
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look)

    @property
    def following(self) -> bool:
        """Whether a training is followed now."""
        return self._follower is not None

    def watch(self, runs: Path | None) -> None:
        """Look into this folder of runs from now on; None for none."""
        self._runs = runs
        self._look = None  # what is still being looked at is passed over
        if runs is None:
            self._timer.stop()
        else:
            self._timer.start()
            self.look()

    def set_awake(self, awake: bool) -> None:
        """Look, or stand by while the window has a training of its own."""
        self._awake = awake
        self._look = None
        if awake:
            self.look()

    def send(self, command: Command) -> None:
        """Tell the training that is followed something."""
        if self._follower is not None:
            self._follower.send(command)

    @Slot()
    def look(self) -> None:
        """Look for a training to follow."""
        ready = self._awake and self._look is None and self._follower is None
        if self._runs is not None and ready:
            self._look = LookWorker(self._runs)
            self._look.succeeded.connect(self._take)
            self._look.finished.connect(self._looked)
            self._crew.start(self._look)

    def close(self) -> None:
        """Stop following and looking; trainings go on."""
        self._timer.stop()
        self._awake = False
        if self._follower is not None:
            self._follower.cancel()
            self._follower.wait()
            self._end()

    @Slot(object)
    def _take(self, runs: tuple[Path, ...]) -> None:
        if self.sender() is not self._look:
            return
        if runs and self._awake and self._follower is None:
            self._follow(runs[0])

    @Slot()
    def _looked(self) -> None:
        if self.sender() is self._look:
            self._look = None

    def _follow(self, run: Path) -> None:
        follower = FollowWorker(run, self)
        follower.job_read.connect(self.job_read)
        follower.event_received.connect(self.event_received)
        follower.failed.connect(self.failed)
        follower.unheard.connect(self.unheard)
        follower.finished.connect(self._end)
        self._follower = follower
        self.attached.emit(str(run))
        follower.start()

    @Slot()
    def _end(self) -> None:
        if self._follower is not None:
            self._follower.deleteLater()
            self._follower = None
            self.ended.emit()
