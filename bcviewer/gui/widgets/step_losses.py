"""Each step's own loss: all of them for a file, and as many as can be told apart for a plot."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.model.events import EpochSteps, StepDone
from bcviewer.model.step_log import extremes

LIMIT = 3000
"""Points drawn at most: more than a screen has columns."""


@dataclass(frozen=True)
class StepLoss:
    """The loss of a step.

    Attributes:
        x: Where it stands on the axis: epochs, with fractions.
        epoch: Its epoch, from 1.
        step: Its number in that epoch, from 1.
        loss: Of this step alone.
    """

    x: float
    epoch: int
    step: int
    loss: float


class StepLosses:
    """The losses of the steps, each known once however often it is told."""

    def __init__(self) -> None:
        self._numbers = array("q")
        self._losses = array("d")
        self._steps = 1

    def __len__(self) -> int:
        return len(self._losses)

    def add(self, event: StepDone) -> None:
        """Take in the steps that an event tells of."""
        before = (event.epoch - 1) * max(1, event.steps)
        last = before + event.step
        if self._numbers and last < self._numbers[-1]:
            # The training went back: what was known of this epoch is undone, and trained anew.
            place = bisect_right(self._numbers, before)
            del self._numbers[place:], self._losses[place:]
        numbers = range(last - len(event.losses) + 1, last + 1)
        self._add(event.steps, zip(numbers, event.losses, strict=True))

    def add_kept(self, event: EpochSteps) -> None:
        """Take in what was kept of an epoch."""
        before = (event.epoch - 1) * max(1, event.steps)
        numbers = [before + number for number in event.numbers]
        self._add(event.steps, zip(numbers, event.losses, strict=True))

    def _add(self, steps: int, told: Iterable[tuple[int, float]]) -> None:
        self._steps = max(1, steps)
        known = self._numbers[-1] if self._numbers else 0
        for number, loss in told:
            if number > known:
                self._numbers.append(number)
                self._losses.append(loss)

    def drawn(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """float64[k] epochs with fractions and float64[k] losses, ``LIMIT`` at most.

        Where there are more steps, neighbours share a column, of which the lowest and the highest
        are drawn: a single step that leaps out is seen at any length of training.
        """
        numbers, losses = np.array(self._numbers), np.array(self._losses)
        known = np.isfinite(losses)
        numbers, losses = numbers[known], losses[known]
        width = -(-len(losses) // (LIMIT // 2 - 1))
        if width > 1:
            chosen = extremes(losses, width)
            numbers, losses = numbers[chosen], losses[chosen]
        return numbers / self._steps, losses

    def nearest(self, x: float) -> StepLoss | None:
        """The step that ended nearest to a place on the axis; None without any."""
        if not self._numbers:
            return None
        after = bisect_left(self._numbers, x * self._steps)
        beside = range(max(0, after - 1), min(after + 1, len(self._numbers)))
        place = min(beside, key=lambda place: abs(self._numbers[place] - x * self._steps))
        epoch, step = divmod(self._numbers[place] - 1, self._steps)
        return StepLoss(
            self._numbers[place] / self._steps, epoch + 1, step + 1, self._losses[place]
        )

    def rows(self) -> Iterator[tuple[int, int, float]]:
        """Epoch and step, both from 1, and loss of every step that was told."""
        for number, loss in zip(self._numbers, self._losses, strict=True):
            epoch, step = divmod(number - 1, self._steps)
            yield epoch + 1, step + 1, loss
