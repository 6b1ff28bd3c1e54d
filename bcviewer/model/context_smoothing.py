"""What the neighbourhood says of a patch: logits that flow through the tissue of a patient.

Each sweep gives a patch the weighted mean of its own logit and of what the last sweep made of its
neighbours; near neighbours weigh more. So knowledge flows from patch to patch. A gap has no weight,
though patches near each other speak across it. A flat map stays flat, a patch without neighbours
stays as it is, and a higher logit never lowers another patch.
(A screened diffusion, or the mean of a Gaussian random field; see Zhu, Ghahramani and Lafferty,
ICML 2003.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.errors import DataError

WINDOW = 8
"""Cells; patches further apart in a row or a column do not speak to each other directly."""

LARGEST_MATRIX = 1024
"""Longer sides than this are summed shift by shift: a matrix would not fit into memory."""


@dataclass(frozen=True)
class Smoothing:
    """How strongly neighbours speak.

    Attributes:
        reach: Cells; the width of the Gaussian that a neighbour's weight falls with.
        pull: Weight of a neighbour at distance 0, where a patch's own weight is 1.
        sweeps: How often the logits flow.
    """

    reach: float
    pull: float
    sweeps: int


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of a patient's patches.

    Attributes:
        shape: Rows and columns of the smallest rectangle of cells that holds all patches.
        row: int64[n], in the rectangle.
        column: int64[n], likewise.
    """

    shape: tuple[int, int]
    row: NDArray[np.int64]
    column: NDArray[np.int64]

    @classmethod
    def of(cls, x: NDArray[np.integer], y: NDArray[np.integer]) -> Cells:
        """Find the cells of places.

        Args:
            x: int[n], left edges in slide pixels.
            y: int[n], top edges, likewise.

        Raises:
            DataError: Two patches lie in one cell.
        """
        if not len(x):
            empty = np.empty(0, np.int64)
            return cls((0, 0), empty, empty)
        column = np.asarray(x, np.int64) // PATCH_SIZE
        row = np.asarray(y, np.int64) // PATCH_SIZE
        row, column = row - row.min(), column - column.min()
        shape = int(row.max()) + 1, int(column.max()) + 1
        if len(np.unique(row * shape[1] + column)) != len(row):
            raise DataError("Two patches of a patient lie in one cell of the grid.")
        return cls(shape, row, column)

    def __len__(self) -> int:
        return len(self.row)

    def lay(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """float64[rows, columns]: values of the patches on the grid, 0 elsewhere."""
        laid = np.zeros(self.shape)
        laid[self.row, self.column] = values
        return laid

    def neighbours(self) -> NDArray[np.int64]:
        """int64[n]: how many of the eight cells around each patch hold one."""
        laid = np.zeros((self.shape[0] + 2, self.shape[1] + 2), np.int64)
        laid[self.row + 1, self.column + 1] = 1
        around = sum(
            laid[self.row + 1 + down, self.column + 1 + across]
            for down in (-1, 0, 1)
            for across in (-1, 0, 1)
            if down or across
        )
        return np.asarray(around, np.int64)


def smooth(logits: NDArray[np.floating], cells: Cells, smoothing: Smoothing) -> NDArray[np.float64]:
    """Let the logits of a patient flow.

    Args:
        logits: float[n]; NaN for patches without a prediction, which count as gaps.
        cells: Where they lie.
        smoothing: How.

    Returns:
        float64[n], NaN where the logits are.
    """
    values = np.asarray(logits, np.float64)
    known = np.isfinite(values)
    if not known.any():
        return np.full(len(values), np.nan)
    tissue, own = cells.lay(known), cells.lay(np.where(known, values, 0.0))
    spread = _Spread(cells.shape, smoothing.reach)
    total = 1 + smoothing.pull * (spread.of(tissue) - tissue)
    flowing = own
    for _ in range(smoothing.sweeps):
        heard = spread.of(flowing) - flowing
        flowing = np.where(tissue > 0, (own + smoothing.pull * heard) / total, 0.0)
    return np.where(known, flowing[cells.row, cells.column], np.nan)


class _Spread:
    """Sums over the neighbourhood with Gaussian weights, first along columns, then along rows."""

    def __init__(self, shape: tuple[int, int], reach: float) -> None:
        steps = np.arange(WINDOW + 1)
        self._kernel = np.exp(-(steps**2) / (2 * reach**2))
        self._sides = [self._matrix(side) for side in shape]

    def of(self, laid: NDArray[np.float64]) -> NDArray[np.float64]:
        down, across = self._sides
        below = self._shifted(laid) if down is None else down @ laid
        if across is None:
            return self._shifted(below.T).T
        return np.asarray(below @ across)

    def _matrix(self, side: int) -> NDArray[np.float64] | None:
        """float64[side, side]: the weight of each line for each other; None for a long side."""
        if side > LARGEST_MATRIX:
            return None
        apart = np.abs(np.subtract.outer(np.arange(side), np.arange(side)))
        return np.where(apart <= WINDOW, self._kernel[np.minimum(apart, WINDOW)], 0.0)

    def _shifted(self, laid: NDArray[np.float64]) -> NDArray[np.float64]:
        total = laid.copy()
        for step in range(1, WINDOW + 1):
            total[step:] += self._kernel[step] * laid[:-step]
            total[:-step] += self._kernel[step] * laid[step:]
        return total
