"""Workers about what to look at next: sort a queue, count what came of it, read pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.agreement import Agreement, agreements
from bcviewer.annotation.queues import Queue, QueueYield, queue_rows, queue_yields
from bcviewer.annotation.state import LabelState
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.dataset.pixels import PictureError, read_patch
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.out_of_fold import OutOfFold, newest_out_of_fold
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
        out_of_fold: Where to look for out-of-fold predictions; None for a queue without use for
            them.
        by_model: Whether to sort by the model even where there are such predictions.
        shown: bool[N], patches whose out-of-fold predictions the reader may know; None for all.
    """

    queue: Queue
    patient: str
    reader: str
    state: LabelState
    probabilities: NDArray[np.float32]
    untrained: NDArray[np.bool_]
    threshold: float
    out_of_fold: Path | None = None
    by_model: bool = False
    shown: NDArray[np.bool_] | None = None

    def judged_by(self, predicted: OutOfFold) -> QueueWish:
        """The same, sorted by networks that trained on none of the patches that they judge."""
        values = predicted.aligned()
        if self.shown is not None:
            values = np.where(self.shown, values, np.float32(np.nan))
        return replace(
            self, probabilities=values, untrained=np.ones(len(values), np.bool_), threshold=0.5
        )

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
    """A queue as it was sorted.

    Attributes:
        wish: What was wanted, with what it was sorted by.
        rows: int64[k], best first.
        out_of_fold: The out-of-fold predictions that are at hand, in words; "" for none.
        by_folds: Whether it was sorted by those.
    """

    wish: QueueWish
    rows: NDArray[np.int64]
    out_of_fold: str = ""
    by_folds: bool = False


class QueueWorker(Worker):
    """Sorts a queue."""

    def __init__(self, wish: QueueWish) -> None:
        super().__init__()
        self._wish = wish

    def work(self) -> QueueSorted:
        wish = self._wish
        found = None
        if wish.out_of_fold is not None:
            found = newest_out_of_fold(wish.out_of_fold, wish.state.dataset)
        if found is None:
            return QueueSorted(wish, wish.rows())
        if not wish.by_model:
            wish = wish.judged_by(found)
        return QueueSorted(wish, wish.rows(), found.card.title, not wish.by_model)


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
