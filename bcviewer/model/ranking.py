"""Patches in the order of their probabilities: all that a threshold can do, from one sort.

The areas are those of scikit-learn, which the tests compare with; made here from one sort, they
need no import of it in the window, and every place that shows one shows the same digits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NOT_DEFINED = float("nan")


@dataclass(frozen=True, eq=False)
class Ranking:
    """How many patches of each class lie at or above each probability that occurs.

    Attributes:
        values: float[k], the different probabilities, highest first; of the dtype that was given.
        hits: int64[k], patches labelled IDC at or above each value.
        alarms: int64[k], patches labelled not IDC at or above each value.
    """

    values: NDArray[np.floating]
    hits: NDArray[np.int64]
    alarms: NDArray[np.int64]

    @classmethod
    def of(cls, truth: NDArray[np.bool_], probabilities: NDArray[np.floating]) -> Ranking:
        """Sort patches.

        Args:
            truth: bool[n], whether a patch is labelled IDC.
            probabilities: float[n], none NaN.
        """
        order = np.argsort(probabilities)[::-1]
        ordered = probabilities[order]
        last = np.append(ordered[1:] != ordered[:-1], True)[: len(ordered)]
        ends = np.flatnonzero(last)
        hits = np.cumsum(truth[order], dtype=np.int64)[ends]
        return cls(ordered[ends], hits, ends + 1 - hits)

    @property
    def idc(self) -> int:
        """Number of patches labelled IDC."""
        return int(self.hits[-1]) if len(self.hits) else 0

    @property
    def other(self) -> int:
        """Number of patches labelled not IDC."""
        return int(self.alarms[-1]) if len(self.alarms) else 0

    @property
    def auc(self) -> float:
        """Area under the ROC curve; NaN unless both classes are there."""
        pairs = self.idc * self.other
        if not pairs:
            return NOT_DEFINED
        alarms = np.diff(self.alarms, prepend=0)
        # In halves, so that the sum stays one of integers: equal values count as half a pair.
        halves = int(alarms @ (2 * self.idc - self.hits - np.append(0, self.hits[:-1])))
        return 1.0 - halves / (2 * pairs)

    @property
    def average_precision(self) -> float:
        """Mean precision over the patches labelled IDC; NaN without one."""
        if not self.idc:
            return NOT_DEFINED
        gained = np.diff(self.hits, prepend=0)
        return float(gained @ (self.hits / (self.hits + self.alarms)) / self.idc)

    def above(self, threshold: float) -> tuple[int, int]:
        """Hits and alarms at a threshold, in O(log k).

        The threshold is compared in the dtype of the probabilities, as the heatmap does.
        """
        limit = np.asarray(threshold, self.values.dtype)
        place = len(self.values) - int(np.searchsorted(self.values[::-1], limit))
        return (int(self.hits[place - 1]), int(self.alarms[place - 1])) if place else (0, 0)
