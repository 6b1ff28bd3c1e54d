"""Calibration keeps the order of patches and makes probabilities mean what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sklearn.linear_model import LogisticRegression

from bcviewer.model.calibration import (
    PULL,
    Calibration,
    calibration_error,
    fit_calibration,
    logit,
    patient_weights,
    sigmoid,
    uncertainty,
)


def overconfident(count: int = 4000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Labels, logits that are thrice too large, and patients of unlike sizes."""
    generator = np.random.default_rng(0)
    true = generator.normal(-0.5, 1.5, count)
    labels = (generator.random(count) < 1 / (1 + np.exp(-true))).astype(np.int8)
    return labels, 3 * true + 1, np.sort(generator.integers(0, 20, count) ** 2 // 20)


def test_probabilities_that_promise_too_much_are_mended() -> None:
    labels, logits, patients = overconfident()
    line = fit_calibration(labels, logits, patients)
    assert line.slope == pytest.approx(1 / 3, abs=0.05)
    before = calibration_error(labels, sigmoid(logits))
    after = calibration_error(labels, line.of_logits(logits))
    assert after < 0.03 < 0.1 < before


@given(st.floats(0.1, 8), st.floats(-5, 5), st.lists(st.floats(-8, 8), min_size=2, max_size=20))
def test_calibration_keeps_the_order(slope: float, offset: float, logits: list[float]) -> None:
    ordered = np.sort(np.array(logits))
    calibrated = Calibration(slope=slope, offset=offset).of_logits(ordered)
    assert (np.diff(calibrated) >= 0).all()


@given(st.floats(0.05, 4), st.floats(-3, 3), st.floats(0.05, 0.95))
def test_a_threshold_goes_over_and_comes_back(slope: float, offset: float, value: float) -> None:
    line = Calibration(slope=slope, offset=offset)
    there = line.of_one(value)
    if 1e-4 < there < 1 - 1e-4:
        assert line.back(there) == pytest.approx(value, abs=1e-2)


def test_no_line_is_fitted_to_one_class_or_against_the_order() -> None:
    labels, logits, patients = overconfident(200)
    assert fit_calibration(np.zeros(200, np.int8), logits, patients) == Calibration()
    assert fit_calibration(1 - labels, logits, patients) == Calibration()


def test_the_line_is_that_of_a_logistic_regression() -> None:
    labels, logits, patients = overconfident()
    line = fit_calibration(labels, logits, patients)
    usual = LogisticRegression(C=1 / PULL, tol=1e-8)
    usual.fit(logits[:, np.newaxis], labels, sample_weight=patient_weights(patients))
    assert line.slope == pytest.approx(usual.coef_[0, 0], abs=1e-3)
    assert line.offset == pytest.approx(usual.intercept_[0], abs=1e-3)


def test_a_missing_prediction_stays_missing() -> None:
    given_ = np.array([0.0, 0.2, np.nan, 1.0], np.float32)
    line = Calibration(slope=2, offset=0.3)
    for found in (line.of(given_), uncertainty(given_), logit(given_)):
        assert np.isnan(found).tolist() == [False, False, True, False]


def test_one_is_most_unsure_at_a_half() -> None:
    bits = uncertainty(np.array([0, 0.1, 0.5, 0.9, 1]))
    assert bits[2] == pytest.approx(1)
    assert bits[1] == pytest.approx(bits[3])
    assert bits[0] < 1e-4 > bits[4]


def test_a_large_patient_weighs_as_its_square_root() -> None:
    patients = np.repeat([7, 9], [100, 4])
    weights = patient_weights(patients)
    assert weights.mean() == pytest.approx(1)
    assert weights[:100].sum() / weights[100:].sum() == pytest.approx(5)


@pytest.mark.parametrize("slope", [0, -1, float("nan"), float("inf")])
def test_a_line_that_turns_the_order_is_no_calibration(slope: float) -> None:
    with pytest.raises(ValidationError):
        Calibration(slope=slope)


def test_the_error_of_no_patches_is_not_defined() -> None:
    assert np.isnan(calibration_error(np.empty(0, np.int8), np.empty(0)))
