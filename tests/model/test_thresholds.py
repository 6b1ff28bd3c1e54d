"""A proposed threshold is the best there is, and the highest of those that are as good."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.model.scores import best_threshold, scores
from bcviewer.model.thresholds import proposed_thresholds
from tests.evaluation.made import Predictions, predictions

EVERY = 1.5
"""Above all probabilities: nothing is predicted IDC."""


def scored(made: Predictions, name: str, threshold: float) -> float:
    return scores(*made, threshold=threshold)[name]


@pytest.mark.parametrize("name", ["balanced_accuracy", "f1"])
@given(made=predictions(both=True))
def test_no_threshold_is_better_than_the_proposed_one(name: str, made: Predictions) -> None:
    proposed = proposed_thresholds(*made)[name]
    reached = scored(made, name, proposed)
    for other in [*made[1].tolist(), EVERY]:
        assert scored(made, name, other) <= reached + 1e-12
        if other > proposed and name == "f1":
            assert scored(made, name, other) < reached


@given(predictions(both=True), st.floats(0.01, 1))
def test_the_given_sensitivity_is_reached_and_only_just(
    made: Predictions, sensitivity: float
) -> None:
    found = proposed_thresholds(*made, sensitivity=sensitivity)["sensitivity"]
    assert scored(made, "sensitivity", found) >= sensitivity
    higher = made[1][made[1] > found]
    if len(higher):
        assert scored(made, "sensitivity", float(higher.min())) < sensitivity


@given(predictions())
def test_the_models_threshold_is_the_balanced_one(made: Predictions) -> None:
    assert best_threshold(*made) == proposed_thresholds(*made).get("balanced_accuracy", 0.5)


def test_what_needs_a_class_that_is_missing_is_not_proposed() -> None:
    probabilities = np.linspace(0, 1, 5, dtype=np.float32)
    assert proposed_thresholds(np.zeros(5, np.int8), probabilities) == {}
    assert set(proposed_thresholds(np.ones(5, np.int8), probabilities)) == {"f1", "sensitivity"}
    assert proposed_thresholds(np.empty(0, np.int8), np.empty(0, np.float32)) == {}


def test_a_patch_without_a_prediction_has_no_say() -> None:
    labels = np.array([0, 0, 1, 1, 1], np.int8)
    probabilities = np.array([0.1, 0.4, 0.6, 0.9, np.nan], np.float32)
    assert proposed_thresholds(labels, probabilities) == proposed_thresholds(
        labels[:4], probabilities[:4]
    )


def test_a_model_that_is_worse_than_chance_predicts_nothing_idc() -> None:
    labels, probabilities = np.array([1, 0], np.int8), np.array([0.2, 0.8], np.float32)
    assert best_threshold(labels, probabilities) == 1.0
