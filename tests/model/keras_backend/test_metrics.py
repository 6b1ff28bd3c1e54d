"""The scores of the training part agree with those of scikit-learn, batch by batch."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn import metrics

from bcviewer.model.keras_backend.metrics import BINS, TrainingScores

Labels = NDArray[np.int8]
Probabilities = NDArray[np.float32]


@pytest.fixture(scope="module")
def scored() -> TrainingScores:
    """One metric for all stories; each sets it back first."""
    return TrainingScores()


def told(scored: TrainingScores, labels: Labels, given_: Probabilities) -> dict[str, float]:
    """What the metric says after three batches."""
    scored.reset_state()
    for part in np.array_split(np.arange(len(labels)), 3):
        scored.update_state(labels[part, None], given_[part, None])
    return {name: float(value) for name, value in scored.result().items()}


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), patches=st.integers(20, 400), spread=st.floats(0.01, 0.5))
def test_they_agree_with_the_exact_scores(
    scored: TrainingScores, seed: int, patches: int, spread: float
) -> None:
    random = np.random.default_rng(seed)
    labels = (random.random(patches) < 0.3).astype(np.int8)
    labels[:2] = 0, 1
    probabilities = random.normal(0.4 + 0.2 * labels, spread).clip(0, 1).astype(np.float32)
    found = told(scored, labels, probabilities)
    predicted = probabilities >= 0.5
    assert found["balanced_accuracy"] == pytest.approx(
        metrics.balanced_accuracy_score(labels, predicted), abs=1e-6
    )
    # Exact for probabilities that are rounded down to their bins: ties are all that differs.
    rounded = np.minimum(np.floor(probabilities * BINS), BINS - 1)
    assert found["auc"] == pytest.approx(metrics.roc_auc_score(labels, rounded), abs=1e-5)
    assert found["auc"] == pytest.approx(metrics.roc_auc_score(labels, probabilities), abs=0.02)


def test_the_edges_of_the_probability_are_counted(scored: TrainingScores) -> None:
    labels = np.array([0, 0, 1, 1], np.int8)
    found = told(scored, labels, np.array([0, 0.49999, 0.5, 1], np.float32))
    assert found == {"balanced_accuracy": 1.0, "auc": 1.0}
    assert np.array(scored.counts).sum() == len(labels)


def test_a_network_that_says_always_the_same_has_an_area_of_a_half(scored: TrainingScores) -> None:
    found = told(scored, np.array([0, 1] * 10, np.int8), np.full(20, 0.7, np.float32))
    assert found == {"balanced_accuracy": 0.5, "auc": 0.5}


@pytest.mark.parametrize("label", [0, 1])
def test_one_class_has_no_score(scored: TrainingScores, label: int) -> None:
    found = told(scored, np.full(9, label, np.int8), np.full(9, 0.7, np.float32))
    assert all(math.isnan(value) for value in found.values())


def test_probabilities_that_are_no_numbers_break_nothing(scored: TrainingScores) -> None:
    given_ = np.array([np.nan, np.inf, -np.inf, 0.2, 0.9, 0.8], np.float32)
    found = told(scored, np.array([0, 1, 0, 0, 1, 1], np.int8), given_)
    assert found.keys() == {"balanced_accuracy", "auc"}
    assert np.array(scored.counts).sum() == 6


def test_class_weights_do_not_count(scored: TrainingScores) -> None:
    labels, given_ = np.array([[0], [1], [1]]), np.array([[0.6], [0.4], [0.9]], np.float32)
    scored.reset_state()
    scored.update_state(labels, given_, sample_weight=np.array([5.0, 1.0, 1.0]))
    assert np.array(scored.counts).sum() == 3
