"""Where a model is right and where it is wrong: each patch's prediction against its label."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bcviewer.slide.grid import Grid


class Outcome(IntEnum):
    """What became of a patch; as int8 in arrays."""

    NONE = 0
    """It has no prediction, or no label to judge by."""
    TRUE_POSITIVE = 1
    FALSE_POSITIVE = 2
    FALSE_NEGATIVE = 3
    TRUE_NEGATIVE = 4

    @property
    def title(self) -> str:
        """In words, as in "False positive"."""
        return self.name.replace("_", " ").capitalize()

    @property
    def wrong(self) -> bool:
        """Whether prediction and label contradict each other."""
        return self in (Outcome.FALSE_POSITIVE, Outcome.FALSE_NEGATIVE)


HUES: Final = {
    Outcome.FALSE_POSITIVE: ("#ffd21f", "#2a1600"),
    Outcome.FALSE_NEGATIVE: ("#1440d8", "#ffffff"),
}
"""Core and casing of the lines of a hatch: over tissue, under and without every palette."""

DOT_HUES: Final = ("#ffffff", "#0b5d3b")
"""Core and casing of the dot of a true positive."""

FALLING: Final = (Outcome.FALSE_POSITIVE, Outcome.FALSE_NEGATIVE)
RISING: Final = (Outcome.FALSE_NEGATIVE,)
"""Hatches with lines that fall, and that rise, to the right. Those of "no data" rise."""


class OutcomeCounts(NamedTuple):
    """How many patches had which outcome."""

    true_positives: int
    false_positives: int
    false_negatives: int
    true_negatives: int

    def of(self, outcome: Outcome) -> int:
        """The count of one outcome; 0 for ``Outcome.NONE``."""
        return 0 if outcome is Outcome.NONE else self[outcome - 1]

    @property
    def judged(self) -> int:
        """Patches that had any."""
        return sum(self)

    @property
    def words(self) -> str:
        """Such as "221 of 2,212 patches are wrong (10 %)"."""
        if not self.judged:
            return "no patch can be judged"
        wrong = self.false_positives + self.false_negatives
        share = 100 * wrong / self.judged
        verb = "is" if wrong == 1 else "are"
        return f"{wrong:,} of {self.judged:,} patches {verb} wrong ({share:.0f} %)"


def outcomes(
    labels: NDArray[np.integer[Any]], values: NDArray[np.floating[Any]], threshold: float
) -> NDArray[np.int8]:
    """Judge patches.

    Args:
        labels: Integers[n], effective labels: 1 for IDC, 0 for not IDC, others are not judged.
        values: Floats[n], probabilities, NaN where there is none.
        threshold: From this probability on a patch is predicted IDC.

    Returns:
        int8[n], the ``Outcome`` of each patch.

    Raises:
        ValueError: Not as many labels as probabilities.
    """
    if labels.shape != values.shape:
        raise ValueError(f"expected {labels.shape} probabilities, got {values.shape}")
    # As in `positive_cells`: float32 with the threshold as it is, and a gap never is.
    positive = np.asarray(values >= threshold)
    judged = np.isfinite(values)
    found = np.zeros(labels.shape, np.int8)
    found[judged & (labels == 1)] = Outcome.FALSE_NEGATIVE
    found[judged & (labels == 0)] = Outcome.TRUE_NEGATIVE
    found[positive & (found == Outcome.FALSE_NEGATIVE)] = Outcome.TRUE_POSITIVE
    found[positive & (found == Outcome.TRUE_NEGATIVE)] = Outcome.FALSE_POSITIVE
    return found


def outcome_grid(grid: Grid, found: NDArray[np.int8]) -> NDArray[np.int8]:
    """Lay int8[n] outcomes on the grid: int8[rows, columns], 0 where there is no patch."""
    laid = np.zeros((grid.rows, grid.columns), np.int8)
    laid[grid.row_of - grid.row0, grid.column_of - grid.column0] = found
    return laid


def count_outcomes(found: NDArray[np.int8]) -> OutcomeCounts:
    """Count the outcomes of int8[n]."""
    counts = np.bincount(found.astype(np.intp).ravel(), minlength=len(Outcome))
    return OutcomeCounts(*counts[1:].tolist())


def runs_of(mask: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return int32[k, 3]: row, first column, column after the last, of cells side by side.

    Args:
        mask: bool[rows, columns].
    """
    padded = np.pad(mask, ((0, 0), (1, 1))).astype(np.int8)
    changes = np.diff(padded, axis=1)
    row, begin = np.nonzero(changes == 1)
    _, end = np.nonzero(changes == -1)
    return np.stack([row, begin, end], axis=1).astype(np.int32)
