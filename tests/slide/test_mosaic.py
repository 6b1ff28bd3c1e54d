"""The mosaic: every pixel where it belongs, gaps clear, smaller sizes without fringes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from bcviewer.errors import DataError
from bcviewer.slide.mosaic import LEVELS, Mosaic, assemble, pyramid
from tests.slide.patches import cells, placed


@settings(max_examples=30, deadline=None)
@given(cells())
def test_every_patch_is_exactly_where_its_place_says_and_gaps_are_clear(
    some: list[tuple[int, int]],
) -> None:
    patches = placed(some)
    mosaic = assemble(patches.pixels, patches.x, patches.y)
    left, top = mosaic.origin
    seen = np.zeros(mosaic.image.shape[:2], np.bool_)
    for pixels, x, y in zip(patches.pixels, patches.x, patches.y, strict=True):
        place = np.s_[y - 1 - top : y + 49 - top, x - 1 - left : x + 49 - left]
        assert np.array_equal(mosaic.image[place][..., :3], pixels)
        assert np.all(mosaic.image[place][..., 3] == 255)
        seen[place] = True
    assert np.all(mosaic.image[~seen] == 0)


def test_bgra_is_rgba_with_red_and_blue_changed_over() -> None:
    patches = placed([(0, 0), (2, 1)])
    rgba = assemble(patches.pixels, patches.x, patches.y, order="rgba")
    bgra = assemble(patches.pixels, patches.x, patches.y, order="bgra")
    assert np.array_equal(bgra.image, rgba.image[..., [2, 1, 0, 3]])


def test_unreadable_patches_are_left_clear() -> None:
    patches = placed([(0, 0), (1, 0), (2, 0)])
    readable = np.array([True, False, True])
    mosaic = assemble(patches.pixels, patches.x, patches.y, readable=readable)
    assert np.all(mosaic.image[:, 50:100] == 0)
    assert np.all(mosaic.image[:, :50, 3] == 255)
    assert np.all(mosaic.image[:, 100:, 3] == 255)


def test_more_patches_than_a_batch_all_arrive() -> None:
    patches = placed([(column, row) for column in range(15) for row in range(11)])
    mosaic = assemble(patches.pixels, patches.x, patches.y)
    assert np.array_equal(mosaic.image[-50:, -50:, :3], patches.pixels[-1])
    assert np.all(mosaic.image[..., 3] == 255)


def test_pixels_of_another_shape_are_refused() -> None:
    patches = placed([(0, 0)])
    with pytest.raises(DataError, match="1 patches of 50 x 50"):
        assemble(patches.pixels[:, :49], patches.x, patches.y)


@settings(max_examples=20, deadline=None)
@given(cells(most=6, span=5))
def test_each_level_is_the_mean_of_the_one_below_and_never_brighter_than_its_alpha(
    some: list[tuple[int, int]],
) -> None:
    patches = placed(some)
    mosaic = assemble(patches.pixels, patches.x, patches.y)
    levels = pyramid(mosaic).levels
    assert len(levels) == LEVELS
    for below, above in pairwise(levels):
        height, width = (below.shape[0] // 2) * 2, (below.shape[1] // 2) * 2
        whole = below[:height, :width].astype(float)
        mean = whole.reshape(height // 2, 2, width // 2, 2, 4).mean(axis=(1, 3))
        assert np.all(np.abs(above[: height // 2, : width // 2] - mean) <= 0.5)
        assert above.shape[:2] == (-(-below.shape[0] // 2), -(-below.shape[1] // 2))
        assert np.all(above[..., :3] <= above[..., 3:])


def test_the_colour_at_the_border_of_a_gap_stays_the_tissue_s() -> None:
    # At a quarter a cell is 12.5 pixels wide: one column is half tissue, half gap.
    image = np.zeros((50, 100, 4), np.uint8)
    image[:, :50] = (200, 100, 160, 255)
    quarter = pyramid(Mosaic(image, (0, 0), "rgba")).levels[2]
    border = quarter[5, 12].astype(float)
    assert border[3] == pytest.approx(127.5, abs=1.5)
    tissue = border[:3] * 255 / border[3]
    assert tissue == pytest.approx([200, 100, 160], abs=2)


def test_a_tall_slide_is_halved_without_seams() -> None:
    rng = np.random.default_rng(3)
    image = rng.integers(0, 256, (1350, 50, 4), np.uint8)
    half = pyramid(Mosaic(image, (0, 0), "rgba"), levels=2).levels[1]
    mean = image.astype(float).reshape(675, 2, 25, 2, 4).mean(axis=(1, 3))
    assert np.all(np.abs(half - mean) <= 0.5)
