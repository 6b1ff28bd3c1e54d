"""Workers about what to look at next: sort a queue, count what came of it, read pictures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.agreement import Agreement, agreements
from bcviewer.annotation.queues import Queue, QueueYield, queue_rows, queue_yields
from bcviewer.annotation.state import LabelState
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.dataset.pixels import PictureError, read_patch
from bcviewer.gui.workers.worker import Worker
from bcviewer.progress import stop_if


@dataclass(frozen=True, eq=False)
class QueueWish:
    """A queue that is wanted, and what it is sorted by.

    Attributes:
        queue: Which one.
        patient: Whose patches; "" for those of all patients.
        reader: For whom.
        state: The labels.
        probabilities: float32[N], NaN where there is none.
        untrained: bool[N], patches of patients that the model did not train on.
        threshold: Where the model's prediction turns.
    """

    queue: Queue
    patient: str
    reader: str
    state: LabelState
    probabilities: NDArray[np.float32]
    untrained: NDArray[np.bool_]
    threshold: float

    def rows(self) -> NDArray[np.int64]:
        """int64[k]: the patches, best first."""
        rows = queue_rows(
            self.queue,
            self.state,
            self.reader,
            probabilities=self.probabilities,
            untrained=self.untrained,
            threshold=self.threshold,
        )
        if not self.patient:
            return rows
        here = self.state.dataset.rows(self.patient)
        chosen: NDArray[np.int64] = rows[(rows >= here.start) & (rows < here.stop)]
        return chosen


@dataclass(frozen=True, eq=False)
class QueueSorted:
    """A queue as it was sorted: int64[k] rows, best first."""

    wish: QueueWish
    rows: NDArray[np.int64]


class QueueWorker(Worker):
    """Sorts a queue."""

    def __init__(self, wish: QueueWish) -> None:
        super().__init__()
        self._wish = wish

    def work(self) -> QueueSorted:
        return QueueSorted(self._wish, self._wish.rows())


@dataclass(frozen=True, eq=False)
class LabelSummary:
    """What the labels say of queues and, where that was asked for, of readers."""

    yields: tuple[QueueYield, ...]
    agreements: tuple[Agreement, ...] | None


class LabelSummaryWorker(Worker):
    """Counts what came of the queues.

    Args:
        state: The labels.
        compare: Also see how far readers agree; what that needs takes a second to load.
    """

    def __init__(self, state: LabelState, *, compare: bool) -> None:
        super().__init__()
        self._state = state
        self._compare = compare

    def work(self) -> LabelSummary:
        yields = queue_yields(self._state)
        stop_if(self.cancelled)
        return LabelSummary(yields, agreements(self._state) if self._compare else None)


@dataclass(frozen=True, eq=False)
class PatchPictures:
    """Pixels of a few patches: uint8[k, 50, 50, 3] for int64[k] rows; which could be read."""

    rows: NDArray[np.int64]
    pixels: NDArray[np.uint8]
    readable: NDArray[np.bool_]


class PatchPicturesWorker(Worker):
    """Reads the pictures of a few patches of any patients.

    From their files: the pixel store decodes whole patients, thousands of patches for the dozens
    that are in view.
    """

    def __init__(self, dataset: Dataset, rows: NDArray[np.int64]) -> None:
        super().__init__()
        self._dataset = dataset
        self._rows = rows

    def work(self) -> PatchPictures:
        count = len(self._rows)
        pixels = np.zeros((count, PATCH_SIZE, PATCH_SIZE, 3), np.uint8)
        readable = np.ones(count, np.bool_)
        for place, row in enumerate(self._rows.tolist()):
            stop_if(self.cancelled)
            try:
                pixels[place], _ = read_patch(self._dataset.path(row))
            except PictureError:
                readable[place] = False
        return PatchPictures(self._rows, pixels, readable)
