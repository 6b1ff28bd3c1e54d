"""A threshold is looked up, not counted, and gives the digits of the scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from bcviewer.evaluation.operating import OperatingPoints
from bcviewer.model.scores import scores
from tests.evaluation.made import Predictions, drawn, judged_of, predictions


@given(predictions(), st.floats(0, 1))
def test_the_confusion_matrix_is_that_of_scikit_learn(made: Predictions, threshold: float) -> None:
    labels, probabilities = made
    matrix = metrics.confusion_matrix(labels, probabilities >= threshold, labels=[0, 1])
    found = OperatingPoints(judged_of(*made)).confusion(threshold)
    assert [[found.tn, found.fp], [found.fn, found.tp]] == matrix.tolist()


@given(predictions(), st.floats(0, 1))
def test_a_point_has_the_very_digits_of_the_scores(made: Predictions, threshold: float) -> None:
    operating = OperatingPoints(judged_of(*made))
    point, found = operating.point(threshold), scores(*made, threshold=threshold)
    for name in ("sensitivity", "specificity", "balanced_accuracy", "f1", "accuracy"):
        np.testing.assert_equal(getattr(point, name), found[name])
    np.testing.assert_equal(operating.auc, found["auc"])
    np.testing.assert_equal(operating.average_precision, found["average_precision"])


@given(predictions(both=True))
def test_a_curve_with_all_its_points_is_that_of_scikit_learn(made: Predictions) -> None:
    operating = OperatingPoints(judged_of(*made))
    curve = operating.roc(points=100_000)
    false_rate, true_rate, thresholds = metrics.roc_curve(*made, drop_intermediate=False)
    np.testing.assert_allclose(curve.x, false_rate)
    np.testing.assert_allclose(curve.y, true_rate)
    np.testing.assert_allclose(curve.thresholds, thresholds)
    precision, recall, limits = metrics.precision_recall_curve(*made)
    curve = operating.precision_recall(points=100_000)
    np.testing.assert_allclose(curve.x, recall[-2::-1])
    np.testing.assert_allclose(curve.y, precision[-2::-1])
    np.testing.assert_allclose(curve.thresholds, limits[::-1])


@given(predictions(both=True), st.integers(2, 20))
def test_each_point_of_a_curve_is_that_of_its_threshold(made: Predictions, points: int) -> None:
    operating = OperatingPoints(judged_of(*made))
    roc, precision = operating.roc(points), operating.precision_recall(points)
    for place, threshold in enumerate(precision.thresholds.tolist()):
        point = operating.point(threshold)
        assert precision.x[place] == roc.y[place + 1] == pytest.approx(point.sensitivity)
        assert precision.y[place] == pytest.approx(point.precision)
        assert roc.x[place + 1] == pytest.approx(1 - point.specificity)
    assert (roc.x[0], roc.y[0]) == (0, 0)
    assert (roc.x[-1], roc.y[-1]) == (1, 1)


def test_a_thinned_curve_lies_on_the_whole_one() -> None:
    labels, probabilities, _ = drawn(20, 2000)
    operating = OperatingPoints(judged_of(labels, probabilities))
    curve = operating.roc()
    assert 200 < len(curve.x) <= 513
    assert metrics.auc(curve.x, curve.y) == pytest.approx(operating.auc, abs=1e-4)
    assert np.hypot(np.diff(curve.x), np.diff(curve.y)).max() < 2 * 2 / 512
    assert (np.diff(curve.thresholds) < 0).all()


def test_a_class_that_is_missing_leaves_its_curve_empty() -> None:
    probabilities = np.linspace(0, 1, 5, dtype=np.float32)
    healthy = OperatingPoints(judged_of(np.zeros(5, np.int8), probabilities))
    assert len(healthy.roc().x) == len(healthy.precision_recall().x) == 0
    point = healthy.point(0.5)
    assert np.isnan([point.sensitivity, point.balanced_accuracy, healthy.auc]).all()
    assert (point.specificity, point.precision, point.f1) == (0.4, 0.0, 0.0)
    assert np.isnan(healthy.point(1.1).precision)
    sick = OperatingPoints(judged_of(np.ones(5, np.int8), probabilities))
    assert len(sick.roc().x) == 0
    assert sick.precision_recall().y.tolist() == [1.0] * 5
