"""Intervals come from patients, hold the truth as often as they say, and are exact enough."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn import metrics

from bcviewer.model.binned_areas import resampled_areas
from bcviewer.model.bootstrap import drawn_patients, intervals, resampled_scores
from bcviewer.model.calibration import calibration_error
from bcviewer.model.scores import SCORES, scores
from tests.evaluation.made import Drawn, Predictions, drawn, predictions


@settings(max_examples=50)
@given(predictions(both=True, smallest=6), st.floats(0, 1))
def test_drawing_every_patient_once_gives_the_scores(made: Predictions, threshold: float) -> None:
    labels, probabilities = made
    number = np.arange(len(labels)) % 3
    weights = np.ones((1, 3))
    found = resampled_scores(labels, probabilities, number, weights=weights, threshold=threshold)
    for name, value in scores(labels, probabilities, threshold=threshold).items():
        assert found[name][0] == pytest.approx(value, abs=1e-9, nan_ok=True), name


@settings(max_examples=50)
@given(predictions(both=True, smallest=6), st.integers(0, 100))
def test_a_sample_scores_as_if_its_patients_were_there_so_often(
    made: Predictions, seed: int
) -> None:
    labels, probabilities = made
    number = np.arange(len(labels)) % 4
    weights = drawn_patients(4, resamples=1, seed=seed)
    found = resampled_scores(labels, probabilities, number, weights=weights, threshold=0.5)
    often = np.repeat(np.arange(len(labels)), weights[0].astype(int)[number])
    expected = scores(labels[often], probabilities[often])
    for name in set(SCORES) - {"calibration_error"}:
        assert found[name][0] == pytest.approx(expected[name], abs=1e-9, nan_ok=True), name


@pytest.mark.parametrize("share", [0.3, 0.02])
@pytest.mark.parametrize("digits", [2, 3, 9])
def test_areas_from_bins_are_the_areas_to_four_digits(share: float, digits: int) -> None:
    labels, probabilities, owner = drawn(40, 1000, share=share)
    probabilities = np.round(probabilities, digits)
    weights = drawn_patients(40, resamples=2)
    found = resampled_areas(labels == 1, probabilities, owner, weights)
    for place in (0, 1):
        often = weights[place][owner]
        auc = metrics.roc_auc_score(labels, probabilities, sample_weight=often)
        precision = metrics.average_precision_score(labels, probabilities, sample_weight=often)
        assert found["auc"][place] == pytest.approx(auc, abs=1e-4)
        assert found["average_precision"][place] == pytest.approx(precision, abs=2e-4)


def test_all_scores_have_an_interval_that_holds_them() -> None:
    labels, probabilities, owner = drawn()
    found = scores(labels, probabilities)
    spans = intervals(labels, probabilities, owner, threshold=0.5)
    assert tuple(spans) == SCORES
    for name, (low, high) in spans.items():
        assert low < found[name] < high
    some = ("brier", "auc")
    assert intervals(labels, probabilities, owner, threshold=0.5, names=some) == {
        name: spans[name] for name in some
    }


def test_the_same_seed_gives_the_same_digits() -> None:
    first, second = (intervals(*drawn(), threshold=0.5, resamples=50, seed=3) for _ in range(2))
    assert first == second
    assert first != intervals(*drawn(), threshold=0.5, resamples=50, seed=4)


def test_the_numbers_of_the_patients_do_not_matter() -> None:
    labels, probabilities, owner = drawn(8, 40)
    spread = owner.astype(np.int64) * 1000 + 7
    assert intervals(labels, probabilities, owner, threshold=0.5) == intervals(
        labels, probabilities, spread, threshold=0.5
    )


def test_samples_without_a_class_leave_the_others_their_interval() -> None:
    """IDC in one patient of three only: a third of the samples have none."""
    labels = np.repeat([1, 0, 0], 10).astype(np.int8)
    labels[:3] = 0
    probabilities = np.linspace(0.9, 0.1, 30, dtype=np.float32)
    spans = intervals(labels, probabilities, np.repeat([0, 1, 2], 10), threshold=0.5)
    assert np.isfinite(list(spans.values())).all()


def test_one_class_has_no_area_but_errors() -> None:
    labels, probabilities, owner = drawn(5, 20)
    spans = intervals(np.zeros_like(labels), probabilities, owner, threshold=0.5)
    assert np.isnan([*spans["auc"], *spans["average_precision"], *spans["sensitivity"]]).all()
    assert np.isfinite([*spans["brier"], *spans["specificity"], *spans["calibration_error"]]).all()


def honest(patients: int, patches: int, *, seed: int) -> Drawn:
    """Probabilities that mean nearly what they say; patients differ a little."""
    generator = np.random.default_rng(seed)
    owner = np.repeat(np.arange(patients, dtype=np.int16), patches)
    shift = generator.normal(0, 0.5, patients)[owner]
    logits = generator.normal(-1, 1.5, len(owner)) + shift
    truth = 1 / (1 + np.exp(-logits - generator.normal(0, 0.5, patients)[owner]))
    labels = (generator.random(len(owner)) < truth).astype(np.int8)
    return labels, (1 / (1 + np.exp(-logits))).astype(np.float32), owner


def test_the_interval_of_the_calibration_error_holds_the_truth_of_honest_predictions() -> None:
    truth = calibration_error(*honest(20_000, 20, seed=1)[:2])
    held = 0
    for seed in range(50):
        low, high = intervals(*honest(30, 60, seed=seed), threshold=0.5, resamples=200)[
            "calibration_error"
        ]
        held += low <= truth <= high
        assert 0 <= low <= high
    assert held >= 0.8 * 50


def test_patients_are_drawn_with_replacement_as_many_as_there_are() -> None:
    weights: NDArray[np.float64] = drawn_patients(30, resamples=500)
    assert (weights.sum(axis=1) == 30).all()
    assert (weights == 0).mean() == pytest.approx((1 - 1 / 30) ** 30, abs=0.02)
