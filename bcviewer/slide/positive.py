"""What lies at or above the threshold: its cells, the contour around them, and their share."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bcviewer.slide.outline import Segments, region_outline


class PositiveArea(NamedTuple):
    """How many patches are predicted IDC, of those that have a prediction."""

    above: int
    known: int

    @property
    def share(self) -> float:
        """Of the predicted patches, 0 to 1; NaN where none is predicted."""
        return self.above / self.known if self.known else float("nan")

    @property
    def words(self) -> str:
        """Such as "716 of 2,212 patches (32 %)"."""
        if not self.known:
            return "no patch is predicted"
        return f"{self.above:,} of {self.known:,} patches ({100 * self.share:.0f} %)"


def positive_cells(laid: NDArray[np.floating[Any]], threshold: float) -> NDArray[np.bool_]:
    """bool[...]: where a value is at or above the threshold; a gap never is."""
    # As the patches themselves are compared: float32 with the threshold as it is.
    return np.asarray(laid >= threshold)


def positive_area(values: NDArray[np.floating[Any]], threshold: float) -> PositiveArea:
    """Count the patches at or above the threshold.

    Args:
        values: Floats[n], NaN where there is no prediction.
        threshold: 0 to 1.
    """
    above = int(np.count_nonzero(positive_cells(values, threshold)))
    return PositiveArea(above, int(np.count_nonzero(~np.isnan(values))))


def threshold_for(values: NDArray[np.floating[Any]], share: float) -> float | None:
    """The threshold at which the positive area is nearest to a share of the predicted patches.

    Of all thresholds with that area, the one with the fewest decimals about the middle.

    Args:
        values: Floats[n], 0 to 1, NaN where there is no prediction.
        share: 0 to 1.

    Returns:
        0 to 1; None where no patch is predicted.
    """
    known = np.asarray(values, np.float32)
    known = np.sort(known[~np.isnan(known)])[::-1]
    if not len(known):
        return None
    # Patches of one value go together: areas end where the next value is lower.
    ends = np.flatnonzero(np.append(known[:-1] > known[1:], True)) + 1
    counts = np.append(0, ends) if known[0] < 1 else ends
    count = int(counts[np.argmin(np.abs(counts - share * len(known)))])
    above = float(known[count - 1]) if count else 1.0
    below = float(known[count]) if count < len(known) else 0.0
    return _rounded(above, below)


def _rounded(most: float, over: float) -> float:
    """The middle of two probabilities with few decimals: above the lower, at most the upper."""
    middle = (most + over) / 2
    for decimals in range(2, 8):
        shorter = np.float32(round(middle, decimals))
        if np.float32(over) < shorter <= np.float32(most):
            return round(middle, decimals)
    return most


def contour(laid: NDArray[np.float32], threshold: float) -> Segments:
    """Return the line around the regions at or above the threshold.

    Args:
        laid: float32[rows, columns] from `value_grid`.
        threshold: 0 to 1.

    Returns:
        int32[k, 4], see `region_outline`.
    """
    return region_outline(positive_cells(laid, threshold))
