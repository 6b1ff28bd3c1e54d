"""Outlines: closed, as long as can be, and around exactly the region's cells."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from bcviewer.slide.outline import Segments, lattice, region_outline

Mask = NDArray[np.bool_]
MASKS = st.tuples(st.integers(1, 9), st.integers(1, 9)).flatmap(lambda at: arrays(np.bool_, at))


def signed_area(segments: Segments) -> float:
    column0, row0, column1, row1 = segments.T.astype(int)
    return float((column0 * row1 - column1 * row0).sum() / 2)


def unit_sides(segments: Segments) -> Counter[tuple[int, int, str]]:
    """Each side of a cell that a segment runs along, by its upper or left end."""
    sides: Counter[tuple[int, int, str]] = Counter()
    for column0, row0, column1, row1 in segments.tolist():
        for column in range(min(column0, column1), max(column0, column1)):
            sides[column, row0, "across"] += 1
        for row in range(min(row0, row1), max(row0, row1)):
            sides[column0, row, "down"] += 1
    return sides


@given(MASKS)
def test_the_outline_encloses_as_much_as_the_region_has_cells(mask: Mask) -> None:
    assert signed_area(region_outline(mask)) == np.count_nonzero(mask)


@given(MASKS)
def test_each_side_between_in_and_out_is_drawn_once_and_no_other(mask: Mask) -> None:
    padded = np.pad(mask, 1)
    rows, columns = mask.shape
    expected = {
        (column, row, "across")
        for row in range(rows + 1)
        for column in range(columns)
        if padded[row, column + 1] != padded[row + 1, column + 1]
    } | {
        (column, row, "down")
        for row in range(rows)
        for column in range(columns + 1)
        if padded[row + 1, column] != padded[row + 1, column + 1]
    }
    assert unit_sides(region_outline(mask)) == Counter(expected)


@given(MASKS)
def test_the_outline_is_closed_and_turns_at_every_end(mask: Mask) -> None:
    segments = region_outline(mask)
    leaving = Counter((column, row) for column, row, _, _ in segments.tolist())
    arriving = Counter((column, row) for _, _, column, row in segments.tolist())
    assert leaving == arriving
    across = segments[segments[:, 1] == segments[:, 3]]
    down = segments[segments[:, 0] == segments[:, 2]]
    assert Counter(map(tuple, across[:, :2].tolist())) == Counter(map(tuple, down[:, 2:].tolist()))


def test_a_rectangle_has_four_segments_however_large() -> None:
    mask = np.zeros((30, 40), np.bool_)
    mask[4:20, 7:33] = True
    assert {tuple(segment) for segment in region_outline(mask).tolist()} == {
        (7, 4, 33, 4),
        (33, 4, 33, 20),
        (33, 20, 7, 20),
        (7, 20, 7, 4),
    }


@given(MASKS)
def test_the_lattice_draws_the_four_sides_of_each_cell_once(mask: Mask) -> None:
    expected = set()
    for row, column in np.argwhere(mask).tolist():
        expected |= {(column, row, "across"), (column, row + 1, "across")}
        expected |= {(column, row, "down"), (column + 1, row, "down")}
    assert unit_sides(lattice(mask)) == Counter(expected)
