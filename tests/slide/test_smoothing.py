"""A smoothed view: between the values that are there, and nowhere else."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from bcviewer.slide.heatmap import paint_smoothed
from bcviewer.slide.palette import PALETTES, Palette
from bcviewer.slide.smoothing import FINE, enlarged, smoothed

Laid = NDArray[np.float32]
VALUES = st.one_of(st.floats(0, 1, width=32), st.just(float("nan")))
LAID = st.tuples(st.integers(1, 7), st.integers(1, 7)).flatmap(
    lambda shape: arrays(np.float32, shape, elements=VALUES)
)


@given(LAID)
def test_gaps_stay_gaps_and_no_value_is_invented(laid: Laid) -> None:
    smooth = smoothed(laid)
    assert smooth.shape == tuple(FINE * side for side in laid.shape)
    assert smooth.dtype == np.float32
    assert np.array_equal(np.isnan(smooth), enlarged(np.isnan(laid)))
    known = ~np.isnan(smooth)
    if known.any():
        assert smooth[known].min() >= np.nanmin(laid)
        assert smooth[known].max() <= np.nanmax(laid)


@given(LAID, st.floats(0, 1, width=32))
def test_what_is_the_same_everywhere_stays_the_same(laid: Laid, value: float) -> None:
    same = np.where(np.isnan(laid), np.float32(np.nan), np.float32(value))
    assert np.array_equal(smoothed(same), enlarged(same), equal_nan=True)


def test_a_step_becomes_a_slope_but_a_gap_between_keeps_its_width() -> None:
    smooth = smoothed(np.array([[0, 0, 0, 1, 1, 1]], np.float32))[0]
    assert np.all(np.diff(smooth) >= -1e-6)
    assert len(np.unique(np.round(smooth, 3))) > 6
    apart = smoothed(np.array([[0, 0, np.nan, np.nan, np.nan, 1, 1]], np.float32))
    # Further than the Gaussian reaches nothing comes across.
    assert set(apart[0, : 2 * FINE].tolist()) == {0}
    assert set(apart[0, -2 * FINE :].tolist()) == {1}


@given(LAID, st.sampled_from(PALETTES), st.floats(0, 1), st.booleans())
def test_painted_dots_are_those_of_values_and_hidden_ones_those_of_patches_below(
    laid: Laid, ramp: Palette, threshold: float, hide: bool
) -> None:
    assume(not np.isnan(laid).all())
    painted = paint_smoothed(
        laid, smoothed(laid), palette=ramp, threshold=threshold, opacity=0.6, hide_below=hide
    )
    shown = enlarged(laid >= threshold) if hide else enlarged(~np.isnan(laid))
    assert np.array_equal(painted[..., 3], np.where(shown, 153, 0))
    assert np.all(painted[~shown] == 0)
    assert np.all(painted[..., :3] <= painted[..., 3:])
