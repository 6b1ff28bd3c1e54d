"""Patches at made-up places, for hypothesis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from bcviewer.dataset.names import PATCH_SIZE


@dataclass(frozen=True, eq=False)
class PlacedPatches:
    """Patches with their places, 1-based, in the order of a data set: by y, then x."""

    pixels: NDArray[np.uint8]
    x: NDArray[np.int32]
    y: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.x)


def placed(cells: list[tuple[int, int]], *, seed: int = 0) -> PlacedPatches:
    """Patches of noise in cells (column, row)."""
    ordered = sorted(cells, key=lambda cell: (cell[1], cell[0]))
    places = np.array(ordered, np.int32).reshape(-1, 2) * PATCH_SIZE + 1
    shape = (len(ordered), PATCH_SIZE, PATCH_SIZE, 3)
    pixels = np.random.default_rng(seed).integers(0, 256, shape, np.uint8)
    return PlacedPatches(pixels, places[:, 0], places[:, 1])


def cells(
    *, most: int = 12, span: int = 9, offset: int = 30
) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Some different cells, somewhere on a slide."""
    cell = st.tuples(st.integers(0, span - 1), st.integers(0, span - 1))
    chosen = st.lists(cell, min_size=1, max_size=most, unique=True)
    corner = st.tuples(st.integers(0, offset), st.integers(0, offset))
    return st.builds(
        lambda at, some: [(at[0] + column, at[1] + row) for column, row in some], corner, chosen
    )
