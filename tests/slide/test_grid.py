"""The grid: every patch in its cell, and the way from patch to patch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.errors import DataError
from bcviewer.slide.grid import Grid, grid_of
from tests.slide.patches import cells, placed


def grid_with(some: list[tuple[int, int]]) -> Grid:
    patches = placed(some)
    return grid_of(patches.x, patches.y)


@given(cells())
def test_each_patch_is_found_at_every_corner_of_itself_and_nowhere_else(
    some: list[tuple[int, int]],
) -> None:
    patches = placed(some)
    grid = grid_of(patches.x, patches.y)
    for index in range(len(grid)):
        left, top = grid.corner(index)
        assert (left, top) == (patches.x[index] - 1, patches.y[index] - 1)
        for x, y in ((left, top), (left + 49.99, top), (left, top + 49.99), (left + 25, top + 25)):
            assert grid.index_at(x, y) == index
        assert grid.index_at(left - 0.01, top) != index
        assert grid.index_at(left, top + 50) != index
    assert np.count_nonzero(grid.cell_rows >= 0) == len(grid)


def test_outside_the_patches_there_is_none() -> None:
    grid = grid_with([(3, 2), (5, 2)])
    assert grid.origin == (150, 100)
    assert grid.size == (150, 50)
    assert grid.index_at(210, 110) == -1
    assert grid.index_at(-1, -1) == -1
    assert grid.index_at(10_000, 110) == -1


def test_a_step_goes_over_a_gap_to_the_next_patch_in_line() -> None:
    #  0 . . 1
    #  . 2 . .
    grid = grid_with([(0, 0), (3, 0), (1, 1)])
    assert grid.step(0, 1, 0) == 1
    assert grid.step(1, -1, 0) == 0
    assert grid.step(0, 0, 1) == 2
    assert grid.step(0, 0, -1) == 0


@given(cells(most=20), st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)]))
def test_a_step_goes_to_the_nearest_patch_in_line_or_else_near_the_line(
    some: list[tuple[int, int]], way: tuple[int, int]
) -> None:
    grid = grid_with(some)
    columns, rows = way
    found = grid.step(0, columns, rows)
    right = grid.column_of - grid.column_of[0]
    down = grid.row_of - grid.row_of[0]
    along, aside = columns * right + rows * down, np.abs(columns * down + rows * right)
    in_line = np.flatnonzero((along > 0) & (aside == 0))
    near = np.flatnonzero((along > 0) & (aside <= along))
    if len(in_line):
        assert along[found] == along[in_line].min()
        assert aside[found] == 0
    elif len(near):
        assert found in near
    else:
        assert found == 0


def test_the_neighbourhood_has_the_patch_in_its_middle_and_gaps_around() -> None:
    grid = grid_with([(4, 4), (5, 4), (4, 6)])
    expected = np.full((5, 5), -1)
    expected[2, 2], expected[2, 3], expected[4, 2] = 0, 1, 2
    assert np.array_equal(grid.neighbourhood(0, 2), expected)


def test_the_nearest_patch_is_found_from_a_gap() -> None:
    grid = grid_with([(0, 0), (9, 0)])
    assert grid.nearest(240, 25) == 0
    assert grid.nearest(260, 25) == 1


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([], [], "at least one"),
        ([2], [1], "off the grid"),
        ([1, 9_000_001], [1, 9_000_001], "span"),
    ],
)
def test_places_that_are_no_slide_are_refused(x: list[int], y: list[int], words: str) -> None:
    with pytest.raises(DataError, match=words):
        grid_of(np.array(x, np.int32), np.array(y, np.int32))
