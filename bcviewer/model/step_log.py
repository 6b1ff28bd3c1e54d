"""The losses of single steps, kept in the run folder: of each epoch that is done, thinned."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.errors import StorageError
from bcviewer.model.event_log import append_event, read_events
from bcviewer.model.events import EpochDone, EpochSteps, Event, StepDone
from bcviewer.storage import write_text

MOST_OF_AN_EPOCH = 400
"""Steps kept of an epoch at most: some 5 kB of it, 100 kB of a training of 20 epochs."""


class StepLog:
    """Hears steps, and appends a line for each epoch as it is done.

    Of an epoch that is broken off nothing is kept: a resume trains it anew. As the log of events it
    is no result, and a disk that is full ends it and not the training.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: StepDone | None = None
        self._losses: list[float] = []

    def add(self, event: Event) -> None:
        """Take in a step, or the end of its epoch; nothing else is kept."""
        if isinstance(event, StepDone):
            if self._last is not None and event.epoch != self._last.epoch:
                self._losses.clear()
            self._last = event
            self._losses += event.losses
        elif isinstance(event, EpochDone) and self._last is not None:
            if self._losses and event.epoch == self._last.epoch:
                append_event(self._path, _thinned(self._last, self._losses))
            self._losses.clear()

    def cut(self, epochs: int) -> list[EpochSteps]:
        """Forget what came after so many epochs, which is trained anew; returns what is kept."""
        kept = [each for each in read_steps(self._path) if each.epoch <= epochs]
        if self._path.exists():
            with suppress(StorageError):
                write_text(self._path, "".join(f"{each.to_line()}\n" for each in kept))
        return kept


def read_steps(path: Path) -> list[EpochSteps]:
    """The steps of the finished epochs, in order; none where there is no file, as of old runs."""
    events = read_events(path)
    last = {event.epoch: event for event in events if isinstance(event, EpochSteps)}
    return [last[epoch] for epoch in sorted(last)]


def extremes(values: NDArray[np.float64], width: int) -> NDArray[np.int64]:
    """int64[k]: places of the lowest and the highest of each ``width`` neighbours, in order.

    A single step that leaps out is among them, however many are let go.
    """
    starts = np.arange(0, len(values), width)
    padded = np.pad(values, (0, len(starts) * width - len(values)), mode="edge")
    table = padded.reshape(-1, width)
    places = np.concatenate([starts + table.argmin(axis=1), starts + table.argmax(axis=1)])
    return np.unique(np.minimum(places, len(values) - 1))


def _thinned(last: StepDone, losses: list[float]) -> EpochSteps:
    """The steps up to the last one of their epoch, ``MOST_OF_AN_EPOCH`` of them at most."""
    values = np.array(losses)
    chosen = np.arange(len(values))
    if len(values) > MOST_OF_AN_EPOCH:
        chosen = extremes(values, -(-len(values) // (MOST_OF_AN_EPOCH // 2)))
    first = last.step - len(values) + 1
    numbers = tuple(int(first + place) for place in chosen)
    return EpochSteps(last.epoch, last.steps, numbers, tuple(values[chosen].tolist()))
