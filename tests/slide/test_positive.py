"""What is at or above the threshold: the contour is its outline, the area its share."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bcviewer.slide.outline import region_outline
from bcviewer.slide.positive import contour, positive_area, threshold_for
from tests.slide.test_smoothing import LAID


@given(LAID, st.floats(0, 1))
def test_the_contour_is_the_outline_of_the_cells_at_or_above_the_threshold(
    laid: NDArray[np.float32], threshold: float
) -> None:
    mask = np.nan_to_num(laid, nan=-1) >= threshold
    assert np.array_equal(contour(laid, threshold), region_outline(mask))


@given(LAID, st.floats(0, 1))
def test_the_area_counts_patches_and_no_gaps(laid: NDArray[np.float32], threshold: float) -> None:
    area = positive_area(laid, threshold)
    known = laid[~np.isnan(laid)]
    assert area == (int((known >= threshold).sum()), len(known))


def test_a_patch_at_the_threshold_counts() -> None:
    values = np.array([0.25, 0.5, np.nan], np.float32)
    assert positive_area(values, 0.5) == (1, 2)


def test_the_area_is_told_in_patches_and_percent() -> None:
    values = np.linspace(0, 1, 2212, dtype=np.float32)
    words = positive_area(values, float(np.sort(values)[-716])).words
    assert words == "716 of 2,212 patches (32 %)"
    assert positive_area(np.full(3, np.nan, np.float32), 0.5).words == "no patch is predicted"


@given(LAID, st.floats(0, 1))
def test_no_threshold_comes_nearer_to_a_share_than_the_one_for_it(
    laid: NDArray[np.float32], share: float
) -> None:
    threshold = threshold_for(laid, share)
    known = laid[~np.isnan(laid)]
    if threshold is None:
        assert not len(known)
        return
    assert 0 <= threshold <= 1
    wanted = share * len(known)
    found = abs(positive_area(laid, threshold).above - wanted)
    for other in (*known.tolist(), 0.0, 1.0):
        assert found <= abs(positive_area(laid, other).above - wanted) + 1e-9


def test_the_threshold_for_a_share_is_a_short_number_where_there_is_one() -> None:
    values = np.array([0.1, 0.30004, 0.41, 0.4102, 0.9, np.nan], np.float32)
    assert threshold_for(values, 0.2) == 0.66
    assert threshold_for(values, 0.4) == 0.4101
    assert threshold_for(values, 0.8) == 0.2
    assert threshold_for(values, 1) == 0.05
    assert threshold_for(values, 0) == 0.95
