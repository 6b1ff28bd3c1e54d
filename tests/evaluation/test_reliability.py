"""The reliability plot and the histogram tell of every patch once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve

from bcviewer.evaluation.reliability import histogram, reliability
from bcviewer.evaluation.selection import chosen_of_bin
from bcviewer.model.calibration import calibration_error
from tests.evaluation.made import Predictions, drawn, judged_of, predictions


def test_the_reliability_is_that_of_scikit_learn() -> None:
    labels, probabilities, _ = drawn()
    found = reliability(labels, probabilities)
    share, said = calibration_curve(labels, probabilities, n_bins=10)
    filled = found.counts > 0
    np.testing.assert_allclose(found.idc_share[filled], share)
    np.testing.assert_allclose(found.mean_probability[filled], said, rtol=1e-6)


@given(predictions(), st.integers(1, 25))
def test_the_calibration_error_is_the_mean_distance_in_the_plot(
    made: Predictions, bins: int
) -> None:
    found = reliability(*made, bins=bins)
    distance = np.abs(found.idc_share - found.mean_probability)
    error = np.nansum(distance * found.counts) / found.counts.sum()
    assert error == pytest.approx(calibration_error(*made, bins=bins), abs=1e-12)
    assert found.counts.sum() == len(made[0])
    assert (np.isnan(found.idc_share) == (found.counts == 0)).all()


@given(predictions(), st.integers(1, 25))
def test_a_bin_of_the_histogram_opens_the_patches_it_counts(made: Predictions, bins: int) -> None:
    judged = judged_of(*made)
    found = histogram(judged, bins)
    assert found.idc.sum() + found.other.sum() == len(judged)
    for place in range(bins):
        low, high = found.edges[place], found.edges[place + 1]
        assert len(chosen_of_bin(judged, low, high, truth=1).rows) == found.idc[place]
        assert len(chosen_of_bin(judged, low, high, truth=0).rows) == found.other[place]


def test_what_is_surely_idc_and_surely_not_has_its_bin() -> None:
    judged = judged_of(np.array([1, 0], np.int8), np.array([1.0, 0.0], np.float32))
    found = histogram(judged, 4)
    assert found.idc.tolist() == [0, 0, 0, 1]
    assert found.other.tolist() == [1, 0, 0, 0]


def test_nothing_has_an_empty_plot() -> None:
    found = reliability(np.empty(0, np.int8), np.empty(0, np.float32))
    assert found.counts.tolist() == [0] * 10
    assert np.isnan(found.idc_share).all()
