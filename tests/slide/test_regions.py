"""Regions of cells as polygons with holes."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from bcviewer.slide.regions import inside, regions_of, signed_area

TOUCHING = np.array([[1, 0, 1, 1], [0, 1, 0, 1], [1, 0, 1, 1], [1, 1, 1, 1]], np.bool_)
"""A cell that touches another region in two corners: between them lies a hole."""

MASKS = arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, max_side=7), elements=st.booleans())


def centres(shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    y, x = np.divmod(np.arange(shape[0] * shape[1]), shape[1])
    return x + 0.5, y + 0.5


def test_a_ring_of_cells_is_a_polygon_with_a_hole() -> None:
    mask = np.ones((3, 3), np.bool_)
    mask[1, 1] = False
    (region,) = regions_of(mask)
    assert set(region.outside) == {(0, 0), (3, 0), (3, 3), (0, 3)}
    assert region.outside[0] == region.outside[-1]
    assert signed_area(region.outside) == 9
    (hole,) = region.holes
    assert set(hole) == {(1, 1), (2, 1), (2, 2), (1, 2)}
    assert signed_area(hole) == -1


def test_cells_that_touch_at_a_corner_are_two_regions() -> None:
    assert len(regions_of(np.eye(2, dtype=np.bool_))) == 2
    assert regions_of(np.zeros((2, 3), np.bool_)) == []


def test_a_region_in_the_hole_of_another_is_its_own() -> None:
    mask = np.ones((5, 5), np.bool_)
    mask[1:4, 1:4] = False
    mask[2, 2] = True
    around, within = regions_of(mask)
    assert (len(around.holes), len(within.holes)) == (1, 0)


@given(mask=MASKS)
@example(mask=TOUCHING)
def test_polygons_cover_the_mask_and_no_ring_touches_itself(mask: np.ndarray) -> None:
    covered = np.zeros(mask.size, np.int64)
    for region in regions_of(mask):
        rings = [region.outside, *region.holes]
        within = inside(rings, *centres(mask.shape))
        covered += within
        assert np.array_equal(region.cells, np.flatnonzero(within))
        for ring in rings:
            assert ring[0] == ring[-1]
            assert len(set(ring)) == len(ring) - 1, "no corner twice"
            assert len(ring) >= 5
        area = sum(signed_area(ring) for ring in rings)
        assert area == inside(rings, *centres(mask.shape)).sum()
        assert signed_area(region.outside) > 0
        assert all(signed_area(hole) < 0 for hole in region.holes)
    assert covered.tolist() == mask.ravel().astype(int).tolist()
