"""Every score is that of scikit-learn, or of the paper where it has none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from bcviewer.model.scores import SCORES, rates, scores
from tests.evaluation.made import Predictions, predictions


@given(predictions(both=True), st.floats(0, 1))
def test_the_scores_are_those_of_scikit_learn(made: Predictions, threshold: float) -> None:
    labels, probabilities = made
    found = scores(labels, probabilities, threshold=threshold)
    predicted = probabilities >= threshold
    expected = {
        "loss": metrics.log_loss(labels, np.clip(probabilities.astype(float), 1e-7, 1 - 1e-7)),
        "accuracy": metrics.accuracy_score(labels, predicted),
        "balanced_accuracy": metrics.balanced_accuracy_score(labels, predicted),
        "f1": metrics.f1_score(labels, predicted),
        "sensitivity": metrics.recall_score(labels, predicted),
        "specificity": metrics.recall_score(labels, predicted, pos_label=0),
        "auc": metrics.roc_auc_score(labels, probabilities),
        "average_precision": metrics.average_precision_score(labels, probabilities),
        "brier": metrics.brier_score_loss(labels, probabilities.astype(float)),
    }
    assert tuple(found) == SCORES
    for name, value in expected.items():
        assert found[name] == pytest.approx(value, abs=1e-9), name


@given(predictions())
def test_the_calibration_error_is_that_of_its_definition(made: Predictions) -> None:
    labels, probabilities = made
    total = 0.0
    for low in np.linspace(0, 0.9, 10):
        high = low + 0.1 if low < 0.85 else 1.1
        # Not on an edge, where the last digit of a tenth decides.
        here = (probabilities >= low - 1e-6) & (probabilities < high - 1e-6)
        if here.any():
            off = probabilities[here].astype(float).mean() - labels[here].mean()
            total += abs(off) * here.sum()
    on_edge = np.abs(probabilities * 10 - np.round(probabilities * 10)) < 1e-3
    if not on_edge.any():
        found = scores(labels, probabilities)["calibration_error"]
        assert found == pytest.approx(total / len(labels), abs=1e-9)


@given(predictions())
def test_a_score_that_is_not_defined_is_nan_and_the_others_are_numbers(made: Predictions) -> None:
    labels, _ = made
    found = scores(*made)
    missing = {name for name, value in found.items() if np.isnan(value)}
    allowed = set()
    if not labels.any():
        allowed |= {"sensitivity", "balanced_accuracy", "auc", "average_precision", "f1"}
    if labels.all():
        allowed |= {"specificity", "balanced_accuracy", "auc"}
    assert missing <= allowed
    assert allowed - {"f1"} <= missing
    assert all(type(value) is float for value in found.values())


def test_no_prediction_has_no_score() -> None:
    found = scores(np.array([0, 1], np.int8), np.full(2, np.nan, np.float32))
    assert tuple(found) == SCORES
    assert np.isnan(list(found.values())).all()


def test_rates_of_arrays_are_those_of_each() -> None:
    table = np.array([[3, 1, 2, 4], [0, 0, 0, 5], [0, 2, 0, 0]])
    together = rates(*table.T)
    for place, row in enumerate(table.tolist()):
        for name, value in rates(*row).items():
            np.testing.assert_equal(together[name][place], value)
    assert float(together["precision"][0]) == 0.75
    assert np.isnan(together["f1"][1])
