"""The grid of one patient: which cell each patch fills, and which patch fills a cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.errors import DataError

MAX_PIXELS: Final = 2**27
"""Largest mosaic, in slide pixels: 512 MB as RGBA; the largest known slide has 12 million."""


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells of one patient; patches are named by their index in the patient's order.

    Attributes:
        columns: Width of the smallest rectangle of cells that holds all patches.
        rows: Its height.
        column0: Its first column; the slide's left edge is column 0.
        row0: Its first row; the slide's top edge is row 0.
        column_of: int32[n], the slide's column of each patch.
        row_of: int32[n], the slide's row of each patch.
    """

    columns: int
    rows: int
    column0: int
    row0: int
    column_of: NDArray[np.int32]
    row_of: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.column_of)

    @property
    def origin(self) -> tuple[int, int]:
        """Slide pixel at the top left of the rectangle."""
        return self.column0 * PATCH_SIZE, self.row0 * PATCH_SIZE

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the rectangle in slide pixels."""
        return self.columns * PATCH_SIZE, self.rows * PATCH_SIZE

    @cached_property
    def cell_rows(self) -> NDArray[np.int32]:
        """int32[rows, columns]: the patch of each cell of the rectangle, or -1."""
        cells = np.full((self.rows, self.columns), -1, np.int32)
        cells[self.row_of - self.row0, self.column_of - self.column0] = np.arange(len(self))
        cells.flags.writeable = False
        return cells

    def index_at(self, x: float, y: float) -> int:
        """Return the patch at a slide pixel (0-based, may be fractional), or -1."""
        column = int(np.floor(x / PATCH_SIZE)) - self.column0
        row = int(np.floor(y / PATCH_SIZE)) - self.row0
        if 0 <= column < self.columns and 0 <= row < self.rows:
            return int(self.cell_rows[row, column])
        return -1

    def corner(self, index: int) -> tuple[int, int]:
        """Return the slide pixel (0-based) at the top left of a patch."""
        return int(self.column_of[index]) * PATCH_SIZE, int(self.row_of[index]) * PATCH_SIZE

    def step(self, index: int, columns: int, rows: int) -> int:
        """Return the next patch in a direction.

        The next one in the same row or column comes first, however wide the gap between. Where
        there is none, it is the nearest within 45 degrees of the direction.

        Args:
            index: The patch to start from.
            columns: -1 left, 1 right, else 0.
            rows: -1 up, 1 down, else 0.

        Returns:
            The patch's index; `index` itself when nothing lies that way.
        """
        to_right = (self.column_of - self.column_of[index]).astype(np.int64)
        down = (self.row_of - self.row_of[index]).astype(np.int64)
        along = columns * to_right + rows * down
        aside = np.abs(columns * down + rows * to_right)
        ahead = (along > 0) & (aside <= along)
        if not ahead.any():
            return index
        straight = ahead & (aside == 0)
        candidates = np.flatnonzero(straight if straight.any() else ahead)
        return int(candidates[np.argmin(along[candidates] + aside[candidates])])

    def nearest(self, x: float, y: float) -> int:
        """Return the patch whose centre is nearest to a slide pixel (0-based)."""
        half = PATCH_SIZE / 2
        to_right = self.column_of * float(PATCH_SIZE) + half - x
        down = self.row_of * float(PATCH_SIZE) + half - y
        return int(np.argmin(to_right**2 + down**2))

    def neighbourhood(self, index: int, radius: int) -> NDArray[np.int32]:
        """Return int32[2 radius + 1, 2 radius + 1]: the patches around one, -1 where none."""
        side = 2 * radius + 1
        around = np.full((side, side), -1, np.int32)
        top = int(self.row_of[index]) - self.row0 - radius
        left = int(self.column_of[index]) - self.column0 - radius
        rows = slice(max(top, 0), min(top + side, self.rows))
        columns = slice(max(left, 0), min(left + side, self.columns))
        around[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left] = (
            self.cell_rows[rows, columns]
        )
        return around


def grid_of(x: NDArray[np.integer[Any]], y: NDArray[np.integer[Any]]) -> Grid:
    """Build the grid from the patches' places.

    Args:
        x: Left edges, integers[n], 1-based slide pixels, each 1 (mod 50).
        y: Top edges, likewise.

    Raises:
        DataError: No patches, a place off the grid, or places too far apart to be one slide.
    """
    if len(x) == 0 or len(x) != len(y):
        raise DataError("A slide needs at least one patch, with an x and a y each.")
    if bool(np.any((x - 1) % PATCH_SIZE)) or bool(np.any((y - 1) % PATCH_SIZE)):
        raise DataError(
            f"A patch lies off the grid: x and y must be 1, {PATCH_SIZE + 1}, ...",
            hint="Check x and y in the names of this patient's files.",
        )
    column_of = ((x - 1) // PATCH_SIZE).astype(np.int32)
    row_of = ((y - 1) // PATCH_SIZE).astype(np.int32)
    column0, row0 = int(column_of.min()), int(row_of.min())
    columns = int(column_of.max()) - column0 + 1
    rows = int(row_of.max()) - row0 + 1
    if columns * rows * PATCH_SIZE**2 > MAX_PIXELS:
        raise DataError(
            f"The patches span {columns * PATCH_SIZE:,} x {rows * PATCH_SIZE:,} px; "
            f"a slide of at most {MAX_PIXELS // 10**6} million px can be shown.",
            hint="Check x and y in the names of this patient's files.",
        )
    return Grid(columns, rows, column0, row0, column_of, row_of)
