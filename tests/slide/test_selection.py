"""Brush, rectangle and lasso: which patches a gesture covers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.slide.grid import Grid, grid_of
from bcviewer.slide.selection import (
    BRUSH_SIZES,
    BrushSelection,
    LassoSelection,
    RectangleSelection,
    cells_along,
    footprint,
)
from tests.slide.patches import cells, placed

Point = tuple[float, float]
points = st.tuples(st.floats(-100, 1100), st.floats(-100, 1100))
paths = st.lists(points, min_size=1, max_size=8)


def grid_with(some: list[tuple[int, int]]) -> Grid:
    patches = placed(some)
    return grid_of(patches.x, patches.y)


def full_grid(columns: int = 20, rows: int = 20) -> Grid:
    return grid_with([(column, row) for column in range(columns) for row in range(rows)])


def brushed(grid: Grid, path: list[Point], size: int) -> set[int]:
    brush = BrushSelection(grid, path[0], size=size)
    for point in path[1:]:
        brush.move_to(*point)
    return set(brush.patches.tolist())


@given(cells(), points)
def test_a_brush_of_size_one_takes_the_patch_under_the_pointer(
    some: list[tuple[int, int]], point: Point
) -> None:
    grid = grid_with(some)
    under = grid.index_at(*point)
    assert brushed(grid, [point], 1) == ({under} if under >= 0 else set())


@given(cells(), points, st.sampled_from(BRUSH_SIZES))
def test_a_brush_takes_the_patches_whose_cells_lie_in_its_disc(
    some: list[tuple[int, int]], point: Point, size: int
) -> None:
    grid = grid_with(some)
    column, row = np.floor(np.array(point) / 50)
    far = np.hypot(grid.column_of - column, grid.row_of - row)
    assert brushed(grid, [point], size) == set(np.flatnonzero(far <= size / 2).tolist())


@given(paths, st.sampled_from(BRUSH_SIZES))
def test_a_fast_stroke_has_no_holes(path: list[Point], size: int) -> None:
    grid = full_grid()
    coarse = brushed(grid, path, size)
    # Every point on the way, a pixel apart at most, is covered.
    for start, end in pairwise(path):
        steps = max(int(np.hypot(end[0] - start[0], end[1] - start[1])), 1)
        for step in range(steps + 1):
            x = start[0] + (end[0] - start[0]) * step / steps
            y = start[1] + (end[1] - start[1]) * step / steps
            # At a border of two cells, rounding may put a point into either.
            if min(x % 50, 50 - x % 50, y % 50, 50 - y % 50) > 1e-6:
                under = grid.index_at(x, y)
                assert under < 0 or under in coarse


@given(points, points, st.floats(0.01, 0.99))
def test_a_line_in_two_parts_passes_through_the_cells_of_the_whole(
    start: Point, end: Point, share: float
) -> None:
    middle = start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
    whole = {tuple(cell) for cell in cells_along(start, end).tolist()}
    parts = {
        tuple(cell)
        for cell in [*cells_along(start, middle).tolist(), *cells_along(middle, end).tolist()]
    }
    # Rounding may move the middle off the line and so over a corner.
    assert len(whole ^ parts) <= 2


@given(points, points)
def test_a_line_goes_from_cell_to_touching_cell(start: Point, end: Point) -> None:
    along = cells_along(start, end)
    assert np.abs(np.diff(along, axis=0)).max(initial=0) <= 1
    assert along[0].tolist() == [np.floor(start[0] / 50), np.floor(start[1] / 50)]
    assert along[-1].tolist() == [np.floor(end[0] / 50), np.floor(end[1] / 50)]


@given(cells(), paths)
def test_a_wider_brush_takes_all_that_a_narrower_one_takes(
    some: list[tuple[int, int]], path: list[Point]
) -> None:
    grid = grid_with(some)
    taken = [brushed(grid, path, size) for size in BRUSH_SIZES]
    assert all(narrow <= wide for narrow, wide in pairwise(taken))


@pytest.mark.parametrize(("size", "cells_covered"), [(1, 1), (3, 9), (5, 21), (7, 37)])
def test_brushes_are_round_about_their_middle(size: int, cells_covered: int) -> None:
    found = footprint(size)
    assert len(found) == cells_covered
    assert {tuple(cell) for cell in found.tolist()} == {
        tuple(cell) for cell in (-found[:, ::-1]).tolist()
    }


@pytest.mark.parametrize("size", [0, -1, 2, 8])
def test_a_brush_without_a_middle_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="odd brush size"):
        BrushSelection(full_grid(2, 2), (0, 0), size=size)


@given(cells(), paths)
def test_a_rectangle_takes_what_lies_between_the_cells_of_its_corners(
    some: list[tuple[int, int]], path: list[Point]
) -> None:
    grid = grid_with(some)
    rectangle = RectangleSelection(grid, path[0])
    for point in path[1:]:
        rectangle.move_to(*point)
    first, last = np.floor(np.array([path[0], path[-1]]) / 50)
    low, high = np.minimum(first, last), np.maximum(first, last)
    at = np.stack([grid.column_of, grid.row_of], axis=1)
    expected = ((at >= low) & (at <= high)).all(axis=1)
    assert np.array_equal(rectangle.covered, expected)
    assert np.array_equal(rectangle.patches, np.flatnonzero(expected))


def winding_parity(polygon: list[Point], x: float, y: float) -> bool:
    """Whether a point is inside, from the angles at which it sees the edges."""
    turned = 0.0
    for (x0, y0), (x1, y1) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        turn = np.arctan2(y1 - y, x1 - x) - np.arctan2(y0 - y, x0 - x)
        turned += (turn + np.pi) % (2 * np.pi) - np.pi
    return bool(round(turned / (2 * np.pi)) % 2)


# Off the centres of the cells, where inside and outside are a matter of rounding.
off_centre = st.tuples(
    st.integers(-2, 22).map(lambda cell: 50.0 * cell + 11),
    st.integers(-2, 22).map(lambda cell: 50.0 * cell + 7),
)


@given(st.lists(off_centre, min_size=3, max_size=9))
def test_a_lasso_takes_the_patches_whose_centres_it_encloses(path: list[Point]) -> None:
    grid = full_grid(8, 8)
    lasso = LassoSelection(grid, path[0])
    for point in path[1:]:
        lasso.move_to(*point)
    for index, covered in enumerate(lasso.covered):
        x, y = grid.corner(index)
        if clear_of_edges(path, x + 25, y + 25):
            assert covered == winding_parity(path, x + 25, y + 25)


def clear_of_edges(polygon: list[Point], x: float, y: float) -> bool:
    for (x0, y0), (x1, y1) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        length = np.hypot(x1 - x0, y1 - y0)
        if length and abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length < 1e-6:
            return False
    return True


def test_a_lasso_that_goes_round_the_slide_takes_all_and_one_beside_it_none() -> None:
    grid = full_grid(4, 4)
    around, beside = LassoSelection(grid, (-9, -9)), LassoSelection(grid, (300, 0))
    for point in ((300.0, -9.0), (300.0, 300.0), (-9.0, 300.0)):
        around.move_to(*point)
        beside.move_to(point[0] + 310, point[1])
    assert around.covered.all()
    assert not beside.covered.any()
    assert around.line[0] == (-9, -9)


def test_a_lasso_that_has_not_moved_takes_nothing() -> None:
    assert not LassoSelection(full_grid(3, 3), (25, 25)).covered.any()
