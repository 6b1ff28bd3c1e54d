"""Which patches a gesture on a slide covers: a brush drawn along a path, a rectangle, a lasso.

Points are slide pixels (0-based, may be fractional). What is covered is counted in whole cells, so
that what is shown before a click is what the click changes:

- a brush covers the cells about the cell under the pointer, a brush of size 1 that cell alone;
  between two points it goes through every cell that the straight line between them touches;
- a rectangle covers every cell that it touches;
- a lasso covers every patch whose centre it encloses. Where it encloses a part twice, that part is
  left out, as a lasso within a lasso cuts a hole.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.slide.grid import Grid

BRUSH_SIZES: Final = (1, 3, 5, 7, 9, 13, 17)
"""Widths of a brush, in cells; odd, so that the pointer is in the middle."""

Cells = NDArray[np.int64]
"""int64[k, 2]: column and row of cells of the slide."""


class Selection(ABC):
    """The patches that a gesture has covered so far."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    @property
    @abstractmethod
    def covered(self) -> NDArray[np.bool_]:
        """bool[n], in the patient's order."""

    @property
    def patches(self) -> NDArray[np.int64]:
        """int64[k]: the patches that are covered, ascending."""
        return np.flatnonzero(self.covered)

    @abstractmethod
    def move_to(self, x: float, y: float) -> None:
        """Go on in a straight line to a point."""


class BrushSelection(Selection):
    """What a brush covers on its way.

    Args:
        grid: The slide's grid.
        start: The point where the brush is set down.
        size: Its width in cells, odd.

    Raises:
        ValueError: The size is even or less than 1.
    """

    def __init__(self, grid: Grid, start: tuple[float, float], *, size: int) -> None:
        super().__init__(grid)
        self._footprint = footprint(size)
        self._covered = np.zeros(len(grid), np.bool_)
        self._at = start
        self.move_to(*start)

    @property
    def covered(self) -> NDArray[np.bool_]:
        """bool[n]: what the brush has been over."""
        return self._covered

    def move_to(self, x: float, y: float) -> None:
        """Brush on to a point."""
        along = cells_along(self._at, (x, y))
        self._at = (x, y)
        stamped = (along[:, np.newaxis] + self._footprint).reshape(-1, 2)
        self._covered[patches_in(self.grid, stamped)] = True


class RectangleSelection(Selection):
    """What a rectangle between a fixed and a moving corner touches."""

    def __init__(self, grid: Grid, start: tuple[float, float]) -> None:
        super().__init__(grid)
        self._start = self._end = _cell(*start)

    @property
    def corners(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """First and last cell: column and row of each."""
        (left, right), (top, bottom) = (
            sorted(pair) for pair in zip(self._start, self._end, strict=True)
        )
        return (left, top), (right, bottom)

    @property
    def covered(self) -> NDArray[np.bool_]:
        """bool[n]: what the rectangle touches now."""
        (left, top), (right, bottom) = self.corners
        columns, rows = self.grid.column_of, self.grid.row_of
        inside: NDArray[np.bool_] = (
            (columns >= left) & (columns <= right) & (rows >= top) & (rows <= bottom)
        )
        return inside

    def move_to(self, x: float, y: float) -> None:
        """Move the free corner."""
        self._end = _cell(x, y)


class LassoSelection(Selection):
    """What a closed line encloses; it is closed by the straight line back to its start."""

    def __init__(self, grid: Grid, start: tuple[float, float]) -> None:
        super().__init__(grid)
        half = PATCH_SIZE / 2
        self._x = grid.column_of * float(PATCH_SIZE) + half
        self._y = grid.row_of * float(PATCH_SIZE) + half
        self._line = [start]
        # Whether an odd number of the edges so far lies to the right of each centre.
        self._odd = np.zeros(len(grid), np.bool_)

    @property
    def line(self) -> tuple[tuple[float, float], ...]:
        """The points so far; the last edge, back to the first, is not among them."""
        return tuple(self._line)

    @property
    def covered(self) -> NDArray[np.bool_]:
        """bool[n]: what the line encloses once it is closed."""
        return self._odd ^ self._right_of(self._line[-1], self._line[0])

    def move_to(self, x: float, y: float) -> None:
        """Draw the line on to a point."""
        self._odd ^= self._right_of(self._line[-1], (x, y))
        self._line.append((x, y))

    def _right_of(self, start: tuple[float, float], end: tuple[float, float]) -> NDArray[np.bool_]:
        """bool[n]: whether an edge crosses the ray that goes from each centre to the right."""
        (x0, y0), (x1, y1) = start, end
        # Half-open in y, so that a corner at a centre's height is counted once.
        spans = (y0 > self._y) != (y1 > self._y)
        if not spans.any():
            return np.zeros(len(self.grid), np.bool_)
        crossed_at = x0 + (self._y - y0) * ((x1 - x0) / (y1 - y0))
        found: NDArray[np.bool_] = spans & (crossed_at > self._x)
        return found


def footprint(size: int) -> Cells:
    """The cells of a brush about its middle one: those whose centres lie in its disc.

    Args:
        size: The disc's diameter in cells, odd.

    Raises:
        ValueError: The size is even or less than 1.
    """
    if size < 1 or size % 2 == 0:
        raise ValueError(f"expected an odd brush size from 1, got {size}")
    reach = np.arange(-(size // 2), size // 2 + 1)
    across, down = (axis.ravel() for axis in np.meshgrid(reach, reach))
    inside = 4 * (across**2 + down**2) <= size**2
    return np.stack([across[inside], down[inside]], axis=1).astype(np.int64)


def cells_along(start: tuple[float, float], end: tuple[float, float]) -> Cells:
    """The cells that a straight line passes through, from its start to its end."""
    from_, to = np.asarray(start) / PATCH_SIZE, np.asarray(end) / PATCH_SIZE
    way = to - from_
    cuts = [np.array([0.0, 1.0])]
    for axis in (0, 1):
        low, high = sorted((from_[axis], to[axis]))
        lines = np.arange(np.ceil(low), np.floor(high) + 1)
        if way[axis]:
            cuts.append((lines - from_[axis]) / way[axis])
    at = np.unique(np.clip(np.concatenate(cuts), 0, 1))
    # Between two neighbouring cuts the line is within one cell.
    middles = (at[:-1] + at[1:]) / 2
    points = np.concatenate([[from_], from_ + middles[:, np.newaxis] * way, [to]])
    return np.asarray(np.floor(points), np.int64)


def patches_in(grid: Grid, cells: Cells) -> NDArray[np.int64]:
    """int64[k]: the patches that fill some of these cells, ascending; gaps have none."""
    columns, rows = cells[:, 0] - grid.column0, cells[:, 1] - grid.row0
    inside = (columns >= 0) & (columns < grid.columns) & (rows >= 0) & (rows < grid.rows)
    found = grid.cell_rows[rows[inside], columns[inside]]
    return np.unique(found[found >= 0]).astype(np.int64)


def _cell(x: float, y: float) -> tuple[int, int]:
    return int(np.floor(x / PATCH_SIZE)), int(np.floor(y / PATCH_SIZE))
