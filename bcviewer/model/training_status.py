"""Where a training stands, from what it tells: times, waiting, losses; for window and terminal."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from bcviewer.model.events import (
    EpochDone,
    Event,
    Paused,
    Prepared,
    Resumed,
    StepDone,
    Validating,
)


class TrainingStatus:
    """Listens to the events of a training.

    An epoch that is told again, as a resume does with the earlier ones, replaces itself; so the
    figures are those of the whole training and not only of the part since it was resumed.

    Args:
        clock: Seconds that go evenly, for the time since an event told how long it has trained.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._epochs: dict[int, EpochDone] = {}
        self._wanted = 0
        self._told_seconds = 0.0
        self._since: float | None = None
        self._paused_at: float | None = None

    def hear(self, event: Event) -> None:
        """Take in an event; most kinds say nothing about where the training stands."""
        match event:
            case Prepared():
                self._epochs = {}
                self._wanted = event.epochs
                self._paused_at = None
                self._count_from(0.0)
            case EpochDone():
                self._epochs[event.epoch] = event
                self._wanted = max(self._wanted, event.epochs)
                self._paused_at = None
                told = event.run_seconds
                done = sum(epoch.seconds for epoch in self._epochs.values())
                self._count_from(done if told is None else told)
            case StepDone(run_seconds=float(told)) | Validating(run_seconds=float(told)):
                if told >= self._told_seconds:  # a file may tell a step of the epoch before
                    self._count_from(told)
            case Paused() if self._paused_at is None:
                self._paused_at = self._clock()
            case Resumed() if self._paused_at is not None:
                if self._since is not None:
                    self._since += self._clock() - self._paused_at
                self._paused_at = None

    def _count_from(self, seconds: float) -> None:
        """Go on from a time that was told; in a pause it stands still."""
        self._told_seconds, self._since = seconds, self._clock()
        if self._paused_at is not None:
            self._paused_at = self._since

    @property
    def latest(self) -> EpochDone | None:
        """The last epoch that is done."""
        return self._epochs[max(self._epochs)] if self._epochs else None

    @property
    def best(self) -> EpochDone | None:
        """The best epoch so far, which is the one that is kept."""
        latest = self.latest
        return self._epochs.get(latest.best_epoch) if latest is not None else None

    @property
    def run_seconds(self) -> float:
        """Time of the training so far, without pauses: what was told last, and the time since."""
        if self._since is None:
            return 0.0
        now = self._clock() if self._paused_at is None else self._paused_at
        return self._told_seconds + max(0.0, now - self._since)

    @property
    def epoch_seconds(self) -> float:
        """Mean time of an epoch with its validation; NaN before one is done."""
        done = [epoch.seconds for epoch in self._epochs.values()]
        return sum(done) / len(done) if done else math.nan

    @property
    def seconds_left(self) -> float:
        """Time to the end of the last epoch at that pace, counted from the last epoch's end."""
        latest = self.latest
        left = self._wanted - latest.epoch if latest is not None else 0
        return left * self.epoch_seconds

    @property
    def lowest(self) -> EpochDone | None:
        """The epoch of the lowest validation loss, which need not be the best epoch."""
        known = [e for e in self._epochs.values() if math.isfinite(e.validation["loss"])]
        return min(known, key=lambda epoch: (epoch.validation["loss"], epoch.epoch), default=None)


def time_words(seconds: float) -> str:
    """``1:42``, or ``2:05:09`` from an hour on; a dash for a time that nobody knows."""
    if not math.isfinite(seconds) or seconds < 0:
        return "–"
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def waiting_words(latest: EpochDone) -> str:
    """``2 of 5 epochs without progress``: how near the training is to its patience's end."""
    waited = latest.epochs_without_progress
    if latest.patience is not None:
        return f"{waited} of {latest.patience} epochs without progress"
    if not waited:
        return "progress in the last epoch"
    return f"{waited} epoch{'' if waited == 1 else 's'} without progress"


def loss_words(status: TrainingStatus) -> str:
    """``validation loss 0.412, lowest 0.401 in epoch 5``; "" before an epoch is done."""
    latest, lowest = status.latest, status.lowest
    if latest is None:
        return ""
    value = latest.validation["loss"]
    known = math.isfinite(value)
    last = f"validation loss {loss_figure(value)}" if known else "validation loss no number"
    if lowest is None:
        return last
    if lowest.epoch == latest.epoch:
        return f"{last}, the lowest so far"
    return f"{last}, lowest {loss_figure(lowest.validation['loss'])} in epoch {lowest.epoch}"


def loss_figure(loss: float) -> str:
    """A finite loss with three digits that say something, however small it is: ``0.000412``."""
    before = math.floor(math.log10(loss)) if loss > 0 else 0
    return f"{loss:.{max(0, 2 - before)}f}"
