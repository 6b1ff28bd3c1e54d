"""A heatmap that looks smooth: drawn finer than the cells, and never over a gap.

It is a way to draw. The values themselves, the contour and every number stay those of the patches.
"""

from __future__ import annotations

from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

FINE: Final = 5
"""Dots of a smoothed heatmap along one side of a cell; it divides 50 and 25."""

SIGMA: Final = 0.7
"""Of the Gaussian, in cells: a cell and its nearest neighbours."""

_REACH: Final = 2

Floats = NDArray[np.float32]
Kind = TypeVar("Kind", bound=np.generic)


def smoothed(laid: Floats, *, fine: int = FINE, sigma: float = SIGMA) -> Floats:
    """Smooth a grid of probabilities over the cells that have one.

    A normalised convolution (Knutsson and Westin 1993): a gap weighs nothing, so its neighbours
    are means of values that are there, and the gap stays a gap.

    Args:
        laid: float32[rows, columns] from `value_grid`, NaN where there is no value.
        fine: Dots along one side of a cell.
        sigma: Of the Gaussian, in cells.

    Returns:
        float32[rows * fine, columns * fine], NaN in the dots of cells without a value, elsewhere
        between the least and the greatest of the values.
    """
    known = ~np.isnan(laid)
    if not known.any():
        return enlarged(laid, fine)
    weights = known.astype(np.float32)
    values = np.where(known, laid, np.float32(0))
    for axis in (0, 1):
        values, weights = (_along(each, axis, fine, sigma) for each in (values, weights))
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = values / weights
    # Rounding may step over the ends.
    mean = np.clip(mean, np.nanmin(laid), np.nanmax(laid))
    return np.where(enlarged(known, fine), mean, np.float32(np.nan)).astype(np.float32, copy=False)


def enlarged(laid: NDArray[Kind], fine: int = FINE) -> NDArray[Kind]:
    """Repeat each cell as `fine` x `fine` dots."""
    return np.repeat(np.repeat(laid, fine, axis=0), fine, axis=1)


def _along(laid: Floats, axis: int, fine: int, sigma: float) -> Floats:
    """Sum the cells around each dot along one axis, weighted by their distance."""
    lines = laid if axis == 0 else laid.T
    count = len(lines)
    padded = np.pad(lines, ((_REACH, _REACH), (0, 0)))
    around = np.stack([padded[step : step + count] for step in range(2 * _REACH + 1)])
    # The centre of each dot of a cell, and those of the cells around, off the centre of the cell.
    dots = (np.arange(fine) + 0.5) / fine - 0.5
    steps = np.arange(-_REACH, _REACH + 1)
    weights = np.exp(-((dots[:, np.newaxis] - steps) ** 2) / (2 * sigma**2)).astype(np.float32)
    summed = np.tensordot(weights, around, axes=1).swapaxes(0, 1).reshape(count * fine, -1)
    return np.ascontiguousarray(summed if axis == 0 else summed.T)
