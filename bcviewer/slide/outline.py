"""Lines along the cells: the outline of a region, and the lattice of the patches."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Segments = NDArray[np.int32]
"""int32[k, 4]: column0, row0, column1, row1 of each straight segment, in cells."""


def region_outline(mask: NDArray[np.bool_]) -> Segments:
    """Return the border of a region of cells as the longest straight segments.

    Segments run clockwise (to the right along a top edge), so that half the sum of
    ``column0 * row1 - column1 * row0`` is the number of cells.

    Args:
        mask: bool[rows, columns].
    """
    inside = np.pad(mask, 1).astype(np.int8)
    # 1 where the region begins, going down or right; -1 where it ends.
    tops = np.diff(inside, axis=0)[:, 1:-1]
    lefts = np.diff(inside, axis=1)[1:-1].T
    line, start, end, sign = _runs(tops)
    across = np.where(sign > 0, [start, line, end, line], [end, line, start, line])
    line, start, end, sign = _runs(lefts)
    down = np.where(sign > 0, [line, end, line, start], [line, start, line, end])
    return np.concatenate([across.T, down.T]).astype(np.int32)


def lattice(mask: NDArray[np.bool_]) -> Segments:
    """Return all four sides of each cell of a region, as the longest straight segments.

    Args:
        mask: bool[rows, columns].
    """
    inside = np.pad(mask, 1)
    sides_across = (inside[1:] | inside[:-1])[:, 1:-1].astype(np.int8)
    sides_down = (inside[:, 1:] | inside[:, :-1])[1:-1].T.astype(np.int8)
    line, start, end, _ = _runs(sides_across)
    across = np.stack([start, line, end, line])
    line, start, end, _ = _runs(sides_down)
    down = np.stack([line, start, line, end])
    return np.concatenate([across.T, down.T]).astype(np.int32)


def _runs(lines: NDArray[np.int8]) -> tuple[NDArray[Any], ...]:
    """Return line, start, end and value of each run of one non-zero value in a row of `lines`."""
    padded = np.pad(lines, ((0, 0), (1, 1)))
    changes = np.diff(padded, axis=1) != 0
    line, start = np.nonzero(changes & (padded[:, 1:] != 0))
    _, end = np.nonzero(changes & (padded[:, :-1] != 0))
    return line, start, end, lines[line, start]
