"""Each step's own loss: all of them for a file, and as many as can be told apart for a plot."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bcviewer.model.events import StepDone

LIMIT = 3000
"""Points drawn at most: more than a screen has columns."""


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
        self._steps = max(1, event.steps)
        last = (event.epoch - 1) * self._steps + event.step
        known = self._numbers[-1] if self._numbers else 0
        for number, loss in enumerate(event.losses, start=last - len(event.losses) + 1):
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
            chosen = _extremes(losses, width)
            numbers, losses = numbers[chosen], losses[chosen]
        return numbers / self._steps, losses

    def rows(self) -> Iterator[tuple[int, int, float]]:
        """Epoch and step, both from 1, and loss of every step that was told."""
        for number, loss in zip(self._numbers, self._losses, strict=True):
            epoch, step = divmod(number - 1, self._steps)
            yield epoch + 1, step + 1, loss


def _extremes(values: NDArray[np.float64], width: int) -> NDArray[np.int64]:
    """int64[k]: places of the lowest and the highest of each ``width`` neighbours, in order."""
    starts = np.arange(0, len(values), width)
    padded = np.pad(values, (0, len(starts) * width - len(values)), mode="edge")
    table = padded.reshape(-1, width)
    places = np.concatenate([starts + table.argmin(axis=1), starts + table.argmax(axis=1)])
    return np.unique(np.minimum(places, len(values) - 1))
