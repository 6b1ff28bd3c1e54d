"""The points of a training's curves, kept small enough to draw at any length of training."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from bcviewer.model.events import EpochDone, StepDone

LIMIT = 3000
"""Step points kept at most: more than a screen has columns."""

PLAIN_RATIO = 4.0
PLAIN_SHARE = 0.6

Points = tuple[NDArray[np.float64], NDArray[np.float64]]


class StepPoints:
    """Running loss and accuracy within the epochs, at fractional epochs.

    When there are more than ``LIMIT`` points, every other one is let go; from then on only every
    second (fourth, eighth, ...) step is taken in, so that the points stay evenly spread.
    """

    def __init__(self) -> None:
        self._x: list[float] = []
        self._epoch: list[int] = []
        self._values: dict[str, list[float]] = {"loss": [], "accuracy": []}
        self._stride = 1
        self._heard = 0

    def __len__(self) -> int:
        return len(self._x)

    def add(self, event: StepDone) -> None:
        """Take in a step."""
        self._heard += 1
        if self._heard % self._stride:
            return
        self._x.append(event.epoch - 1 + event.step / max(1, event.steps))
        self._epoch.append(event.epoch)
        self._values["loss"].append(event.loss)
        self._values["accuracy"].append(event.accuracy)
        if len(self._x) > LIMIT:
            self._thin()

    def series(
        self, metric: str
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
        """float64[k] epochs, float64[k] values, bool[k] whether a point is joined to the next.

        The running means begin anew with each epoch, so lines do not cross from one to another.
        """
        x = np.array(self._x, np.float64)
        y = finite(np.array(self._values.get(metric, []), np.float64))
        if len(y) != len(x):
            return np.empty(0), np.empty(0), np.empty(0, np.bool_)
        epoch = np.array(self._epoch, np.int64)
        joined = np.append(epoch[1:] == epoch[:-1], False) & np.isfinite(y)
        joined &= np.append(np.isfinite(y[1:]), False)
        return x, y, joined

    def _thin(self) -> None:
        self._stride *= 2
        self._x = self._x[1::2]
        self._epoch = self._epoch[1::2]
        self._values = {metric: values[1::2] for metric, values in self._values.items()}


class EpochPoints:
    """The results of the finished epochs, training and validation."""

    def __init__(self) -> None:
        self._events: dict[int, EpochDone] = {}
        self.best_epoch = 0

    def add(self, event: EpochDone) -> None:
        """Take in an epoch; an epoch told again (after a resume) replaces itself."""
        self._events[event.epoch] = event
        self.best_epoch = event.best_epoch

    def __len__(self) -> int:
        return len(self._events)

    @property
    def events(self) -> list[EpochDone]:
        """The finished epochs, in order."""
        return [event for _, event in sorted(self._events.items())]

    def nearest(self, x: float) -> EpochDone | None:
        """The finished epoch nearest to a place on the axis; None without any."""
        if not self._events:
            return None
        return self._events[min(self._events, key=lambda epoch: abs(epoch - x))]

    def series(self, part: str, metric: str) -> Points:
        """float64[k] epochs and values of "train" or "validation", where it was measured."""
        found = [
            (epoch, getattr(event, part)[metric])
            for epoch, event in sorted(self._events.items())
            if metric in getattr(event, part)
        ]
        table = np.array(found, np.float64).reshape(-1, 2)
        return table[:, 0], finite(table[:, 1])


def finite(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The values with NaN for what cannot be drawn, such as an infinite loss."""
    return np.where(np.isfinite(values), values, np.nan)


def epoch_ticks(last: float, *, most: int) -> list[int]:
    """Whole epochs to write on an axis from 0 to ``last``, ``most`` at most besides 0."""
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000):
        if last / step <= most:
            break
    return list(range(0, int(last) + 1, step))


def value_ticks(low: float, high: float, *, most: int) -> list[float]:
    """Round values from ``low`` to ``high``, a step of 1, 2 or 5 apart, ``most`` steps at most."""
    span = high - low
    if not span > 0:
        return [low]
    size = 10.0 ** math.floor(math.log10(span / most))
    step = next(size * factor for factor in (1, 2, 5, 10) if span / (size * factor) <= most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def log_ticks(low: float, high: float, *, most: int) -> list[float]:
    """Round values from ``low`` to ``high``, for a logarithmic axis; both are above 0.

    Over a small range they are as far apart as on a plain axis, and fewer, since they crowd at the
    top; over a larger one 1 to 9 times the powers of ten, or as many of them as there is room for.
    """
    if high / low < PLAIN_RATIO:
        return _several_ticks(low, high, round(most * PLAIN_SHARE))
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for factors in ((1, 2, 3, 5, 7), (1, 2, 5), (1, 3), (1,)):
        ticks = [
            factor * 10.0**power
            for power in powers
            for factor in factors
            if low * (1 - 1e-9) <= factor * 10.0**power <= high * (1 + 1e-9)
        ]
        if len(ticks) <= most + 1:
            return ticks
    return ticks[:: -(-len(ticks) // (most + 1))]


def _several_ticks(low: float, high: float, most: int) -> list[float]:
    """``value_ticks``, but two where there would be less."""
    ticks = value_ticks(low, high, most=max(2, most))
    while len(ticks) < 2:
        most += 1
        ticks = value_ticks(low, high, most=most)
        ticks = [ticks[0], ticks[-1]] if len(ticks) > 1 else []
    return ticks
