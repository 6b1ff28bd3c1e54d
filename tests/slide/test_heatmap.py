"""The heatmap: each value in its cell, nothing where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcviewer.slide.grid import grid_of
from bcviewer.slide.heatmap import paint, value_grid
from bcviewer.slide.palette import PALETTES, Palette, colours, palette
from tests.slide.patches import cells, placed


@given(cells())
def test_values_are_laid_where_their_patches_are(some: list[tuple[int, int]]) -> None:
    patches = placed(some)
    grid = grid_of(patches.x, patches.y)
    values = np.linspace(0, 1, len(grid), dtype=np.float32)
    laid = value_grid(grid, values)
    known = ~np.isnan(laid)
    assert np.array_equal(known, grid.cell_rows >= 0)
    assert np.array_equal(laid[known], values[grid.cell_rows[known]])


@settings(max_examples=50)
@given(
    st.lists(st.floats(0, 1, width=32), min_size=1, max_size=9),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from(PALETTES),
)
def test_no_channel_exceeds_alpha_and_opacity_is_what_was_asked(
    values: list[float], threshold: float, opacity: float, ramp: Palette
) -> None:
    laid = np.array([[*values, np.nan]], np.float32)
    painted = paint(
        laid,
        palette=ramp,
        threshold=threshold,
        opacity=opacity,
    )
    assert np.all(painted[..., :3] <= painted[..., 3:])
    assert np.all(painted[0, :-1, 3] == round(255 * opacity))
    assert np.all(painted[0, -1] == 0)


def test_full_opacity_gives_the_palette_s_own_colours() -> None:
    laid = np.linspace(0, 1, 12, dtype=np.float32).reshape(3, 4)
    ramp = palette("cividis")
    rgba = paint(laid, palette=ramp, threshold=0.5, opacity=1, order="rgba")
    assert np.array_equal(rgba[..., :3], colours(laid, palette=ramp, threshold=0.5))
    bgra = paint(laid, palette=ramp, threshold=0.5, opacity=1)
    assert np.array_equal(bgra, rgba[..., [2, 1, 0, 3]])


@pytest.mark.parametrize("hide", [True, False])
def test_values_below_the_threshold_are_clear_when_asked(hide: bool) -> None:
    laid = np.array([[0.49, 0.5, 0.51, np.nan]], np.float32)
    painted = paint(laid, palette=palette("red_green"), threshold=0.5, opacity=0.6, hide_below=hide)
    assert list(painted[0, :, 3]) == [0 if hide else 153, 153, 153, 0]
