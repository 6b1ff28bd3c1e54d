"""Queues: the patches that are most worth a look, sorted; and what each queue has yielded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.state import LabelState
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.names import PATCH_SIZE

FEWEST_NEIGHBOURS = 3
"""A patch with fewer neighbours is at odds with nobody."""

STEPS = ((0, 1), (1, -1), (1, 0), (1, 1))
"""Four of the eight neighbours, as rows and columns; the others have this one for theirs."""


class Queue(StrEnum):
    """The kinds; the value stands in the log."""

    LEAST_CERTAIN = "least_certain"
    LABEL_DOUBTFUL = "label_doubtful"
    AGAINST_NEIGHBOURS = "against_neighbours"
    RANDOM_CONTROL = "random_control"

    @property
    def words(self) -> str:
        """The name for people."""
        return _WORDS[self]

    @property
    def needs_model(self) -> bool:
        """Whether it sorts by probabilities."""
        return self in (Queue.LEAST_CERTAIN, Queue.LABEL_DOUBTFUL)


_WORDS = {
    Queue.LEAST_CERTAIN: "least certain",
    Queue.LABEL_DOUBTFUL: "label doubtful",
    Queue.AGAINST_NEIGHBOURS: "at odds with neighbours",
    Queue.RANDOM_CONTROL: "random control",
}


def least_certain(
    probabilities: NDArray[np.float32],
    labels: NDArray[np.int8],
    *,
    looked_at: NDArray[np.bool_],
    threshold: float = 0.5,
) -> NDArray[np.int64]:
    """Patches by how near their probability is to the threshold, nearest first.

    Args:
        probabilities: float32[N], NaN where there is none.
        labels: int8[N], effective labels; what is left out (-1) is not offered.
        looked_at: bool[N], patches that the reader has answered.
        threshold: Where the model's prediction turns; distances are of log odds.

    Returns:
        int64[k], rows.
    """
    rows = np.flatnonzero(np.isfinite(probabilities) & (labels >= 0) & ~looked_at)
    return rows[np.argsort(np.abs(_odds(probabilities[rows], threshold)), kind="stable")]


def label_doubtful(
    probabilities: NDArray[np.float32],
    labels: NDArray[np.int8],
    *,
    untrained: NDArray[np.bool_],
    looked_at: NDArray[np.bool_],
    threshold: float = 0.5,
) -> NDArray[np.int64]:
    """Patches whose label a model contradicts that did not train on their patient, surest first.

    Args:
        probabilities: float32[N], NaN where there is none.
        labels: int8[N], effective labels.
        untrained: bool[N], patches of patients that the model did not train on.
        looked_at: bool[N], patches that the reader has answered.
        threshold: Where the model's prediction turns.

    Returns:
        int64[k], rows.
    """
    usable = np.isfinite(probabilities) & (labels >= 0) & untrained & ~looked_at
    rows = np.flatnonzero(usable & ((probabilities >= threshold) != (labels == 1)))
    return rows[np.argsort(-np.abs(_odds(probabilities[rows], threshold)), kind="stable")]


def against_neighbours(
    dataset: Dataset, labels: NDArray[np.int8], *, looked_at: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Patches whose label is another one than most of their neighbours'.

    Those with the largest share of others come first; of equal shares, those with more neighbours.

    Args:
        dataset: The data set, for the grid of each patient.
        labels: int8[N], effective labels; what is left out (-1) is nobody's neighbour.
        looked_at: bool[N], patches that the reader has answered.

    Returns:
        int64[k], rows.
    """
    neighbours, others = count_neighbours(dataset, labels)
    chosen = (neighbours >= FEWEST_NEIGHBOURS) & (2 * others > neighbours) & ~looked_at
    rows = np.flatnonzero(chosen & (labels >= 0))
    share = others[rows] / neighbours[rows]
    return rows[np.lexsort((-neighbours[rows], -share))]


def random_control(
    labels: NDArray[np.int8], *, looked_at: NDArray[np.bool_], seed: int = 0
) -> NDArray[np.int64]:
    """Patches in an order by chance, the same for the same seed; to judge the other queues by.

    What is looked at falls out; the others keep their order.

    Args:
        labels: int8[N], effective labels; what is left out (-1) is not offered.
        looked_at: bool[N], patches that the reader has answered.
        seed: Of the order.

    Returns:
        int64[k], rows.
    """
    order = np.random.default_rng(seed).permutation(len(labels))
    return order[((labels >= 0) & ~looked_at)[order]]


def queue_rows(
    queue: Queue,
    state: LabelState,
    reader: str,
    *,
    probabilities: NDArray[np.float32] | None = None,
    untrained: NDArray[np.bool_] | None = None,
    threshold: float = 0.5,
    seed: int = 0,
) -> NDArray[np.int64]:
    """The patches of a queue for a reader, best first; what the reader has answered is left out.

    Args:
        queue: Which queue.
        state: The labels.
        reader: For whom.
        probabilities: float32[N], NaN where there is none; for queues that need a model.
        untrained: bool[N], patches of patients that the model did not train on; none by default.
        threshold: Of the model.
        seed: Of the random control.

    Returns:
        int64[k], rows.
    """
    labels, looked_at = state.effective(), state.of_reader(reader) >= 0
    count = len(labels)
    if queue is Queue.RANDOM_CONTROL:
        return random_control(labels, looked_at=looked_at, seed=seed)
    if queue is Queue.AGAINST_NEIGHBOURS:
        return against_neighbours(state.dataset, labels, looked_at=looked_at)
    known = np.full(count, np.nan, np.float32) if probabilities is None else probabilities
    if queue is Queue.LEAST_CERTAIN:
        return least_certain(known, labels, looked_at=looked_at, threshold=threshold)
    return label_doubtful(
        known,
        labels,
        untrained=np.zeros(count, np.bool_) if untrained is None else untrained,
        looked_at=looked_at,
        threshold=threshold,
    )


def count_neighbours(
    dataset: Dataset, labels: NDArray[np.int8]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """int64[N] each: a patch's neighbours of the eight around it, and those with another label.

    Args:
        dataset: The data set.
        labels: int8[N]; -1 is nobody's neighbour.
    """
    count = len(dataset)
    row = (dataset.y.astype(np.int64) - 1) // PATCH_SIZE
    column = (dataset.x.astype(np.int64) - 1) // PATCH_SIZE
    width = int(column.max(initial=0)) + 2
    height = int(row.max(initial=0)) + 2
    keys = (dataset.patient_index.astype(np.int64) * height + row) * width + column + 1
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    neighbours, others = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for down, right in STEPS:
        wanted = ordered + down * width + right
        at = np.minimum(np.searchsorted(ordered, wanted), count - 1)
        found = ordered[at] == wanted
        one, two = order[found], order[at[found]]
        both = (labels[one] >= 0) & (labels[two] >= 0)
        one, two = one[both], two[both]
        differ = labels[one] != labels[two]
        for end in (one, two):  # within one step, each patch stands once at each end
            neighbours[end] += 1
            others[end[differ]] += 1
    return neighbours, others


@dataclass(frozen=True)
class QueueYield:
    """What came of a queue.

    Attributes:
        queue: Its name in the log.
        looked_at: Patches that readers answered, each counted once a reader.
        corrected: Those that got the other label than the one that held before.
        left_out: Those that were called unsure or excluded.
    """

    queue: str
    looked_at: int
    corrected: int
    left_out: int

    @property
    def per_hundred(self) -> float:
        """Corrections per 100 patches that were looked at."""
        return 100 * self.corrected / self.looked_at if self.looked_at else float("nan")


def queue_yields(state: LabelState) -> tuple[QueueYield, ...]:
    """What came of each queue so far; what was undone does not count."""
    usable = state.standing & (state.entries["queue"] > 0) & (state.entries["row"] >= 0)
    entries = state.entries[usable]
    keys = entries[["queue", "reader", "row"]]
    _, first = np.unique(keys, return_index=True)
    _, last = np.unique(keys[::-1], return_index=True)
    queue, old, new = (
        entries["queue"][first],
        entries["old"][first],
        entries["label"][::-1][last],
    )
    before = np.where(old < 0, state.dataset.labels[entries["row"][first]], old)
    corrected = (before <= 1) & (new >= 0) & (new <= 1) & (before != new)
    return tuple(
        QueueYield(
            state.queues[number],
            int((queue == number).sum()),
            int(corrected[queue == number].sum()),
            int((new[queue == number] > 1).sum()),
        )
        for number in np.unique(queue).tolist()
    )


def _odds(probabilities: NDArray[np.float32], threshold: float) -> NDArray[np.float64]:
    """The log odds of probabilities, against those of the threshold."""
    tiny = 1e-7
    safe = np.clip(probabilities.astype(np.float64), tiny, 1 - tiny)
    turn = min(max(threshold, tiny), 1 - tiny)
    odds: NDArray[np.float64] = np.log(safe / (1 - safe)) - np.log(turn / (1 - turn))
    return odds
