"""Scores are those of the textbooks, and their intervals come from patients."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from bcviewer.errors import DataError
from bcviewer.evaluation.evaluation import evaluate
from bcviewer.model.bootstrap import intervals
from bcviewer.model.scores import best_threshold, scores
from tests.evaluation.made import drawn


def test_scores_are_those_of_scikit_learn() -> None:
    labels, probabilities, _ = drawn()
    found = scores(labels, probabilities, threshold=0.4)
    predicted = probabilities >= 0.4
    assert found["balanced_accuracy"] == pytest.approx(
        metrics.balanced_accuracy_score(labels, predicted)
    )
    assert found["f1"] == pytest.approx(metrics.f1_score(labels, predicted))
    assert found["auc"] == pytest.approx(metrics.roc_auc_score(labels, probabilities))
    assert found["sensitivity"] == pytest.approx(metrics.recall_score(labels, predicted))
    assert found["loss"] == pytest.approx(
        metrics.log_loss(labels, probabilities.astype(np.float64)), rel=1e-6
    )


def test_a_patch_that_could_not_be_read_is_left_out() -> None:
    labels, probabilities, owner = drawn()
    spoilt = probabilities.copy()
    spoilt[::7] = np.nan
    rest = np.isfinite(spoilt)
    whole = evaluate(labels, spoilt, owner, threshold=0.5)
    assert whole == evaluate(labels[rest], spoilt[rest], owner[rest], threshold=0.5)
    assert whole.patches == rest.sum()
    with pytest.raises(DataError, match="no prediction"):
        evaluate(labels, np.full(len(labels), np.nan), owner, threshold=0.5)


def test_one_class_only_has_no_area_and_no_crash() -> None:
    labels = np.zeros(10, np.int8)
    result = evaluate(labels, np.linspace(0, 1, 10), np.arange(10) // 5, threshold=0.5)
    assert np.isnan(result.scores["auc"])
    assert result.as_json()["auc"] is None
    assert best_threshold(labels, np.linspace(0, 1, 10)) == 0.5


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_no_threshold_is_better_than_the_best(seed: int) -> None:
    labels, probabilities, _ = drawn(4, 30, seed=seed)
    best = best_threshold(labels, probabilities)
    reached = scores(labels, probabilities, threshold=best)["balanced_accuracy"]
    for threshold in np.linspace(0, 1, 21):
        assert scores(labels, probabilities, threshold=threshold)["balanced_accuracy"] <= (
            reached + 1e-12
        )


def test_intervals_hold_the_score_and_come_from_patients_not_patches() -> None:
    labels, probabilities, owner = drawn()
    found = scores(labels, probabilities, threshold=0.5)
    over_patients = intervals(labels, probabilities, owner, threshold=0.5)
    over_patches = intervals(labels, probabilities, np.arange(len(labels)), threshold=0.5)
    for name, (low, high) in over_patients.items():
        assert low < found[name] < high
    width = {name: high - low for name, (low, high) in over_patients.items()}
    narrow = {name: high - low for name, (low, high) in over_patches.items()}
    assert width["balanced_accuracy"] > 1.5 * narrow["balanced_accuracy"]


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    """Of many small studies, most intervals hold the score of a very large one."""
    labels, probabilities, _ = drawn(3000, 20, seed=1)
    truth = scores(labels, probabilities, threshold=0.5)["balanced_accuracy"]
    held = 0
    for seed in range(60):
        study = drawn(25, 40, seed=100 + seed)
        low, high = intervals(*study, threshold=0.5, resamples=400)["balanced_accuracy"]
        held += low <= truth <= high
    assert held >= 0.8 * 60


def test_one_patient_has_no_interval() -> None:
    labels, probabilities, _ = drawn(1, 50)
    one = evaluate(labels, probabilities, np.zeros(50, np.int16), threshold=0.5)
    assert all(np.isnan(end) for pair in one.intervals.values() for end in pair)
    assert one.as_json()["intervals"]["auc"] == [None, None]


def test_precision_and_calibration_are_scores_with_intervals_too() -> None:
    told = evaluate(*drawn(), threshold=0.5).as_json()
    for name in ("average_precision", "brier", "calibration_error"):
        low, high = told["intervals"][name]
        assert low < told[name] < high
