"""One sort of the patches gives the areas of scikit-learn and every confusion matrix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from bcviewer.model.ranking import Ranking
from tests.evaluation.made import Predictions, predictions


def ranked(made: Predictions) -> Ranking:
    labels, probabilities = made
    return Ranking.of(labels == 1, probabilities)


@given(predictions(both=True))
def test_the_areas_are_those_of_scikit_learn(made: Predictions) -> None:
    ranking = ranked(made)
    assert ranking.auc == pytest.approx(metrics.roc_auc_score(*made), abs=1e-12)
    assert ranking.average_precision == pytest.approx(
        metrics.average_precision_score(*made), abs=1e-12
    )


@given(predictions(), st.floats(-0.5, 1.5))
def test_a_threshold_finds_what_comparing_each_patch_finds(
    made: Predictions, threshold: float
) -> None:
    labels, probabilities = made
    above = probabilities >= threshold
    counts = (int((above & (labels == 1)).sum()), int((above & (labels == 0)).sum()))
    assert ranked(made).above(threshold) == counts


@given(predictions())
def test_a_patch_at_the_threshold_is_predicted_idc(made: Predictions) -> None:
    probabilities = made[1]
    for value in probabilities.tolist():
        assert sum(ranked(made).above(value)) == (probabilities >= value).sum()


def test_a_threshold_is_compared_as_the_heatmap_compares_it() -> None:
    """0.7 is no float32; the patch that was given it must be at the threshold everywhere."""
    probabilities = np.array([0.7, 0.6], np.float32)
    assert (probabilities >= 0.7).tolist() == [True, False]
    assert Ranking.of(np.array([True, False]), probabilities).above(0.7) == (1, 0)


@given(predictions())
def test_values_are_distinct_and_fall(made: Predictions) -> None:
    ranking = ranked(made)
    assert (np.diff(ranking.values) < 0).all()
    assert ranking.idc + ranking.other == len(made[0])
    assert set(ranking.values.tolist()) == set(made[1].tolist())


def test_without_patches_or_with_one_class_nothing_is_made_up() -> None:
    none = Ranking.of(np.empty(0, np.bool_), np.empty(0, np.float32))
    assert (none.idc, none.other, none.above(0.5)) == (0, 0, (0, 0))
    assert np.isnan([none.auc, none.average_precision]).all()
    healthy = Ranking.of(np.zeros(3, np.bool_), np.array([0.1, 0.2, 0.2], np.float32))
    assert np.isnan([healthy.auc, healthy.average_precision]).all()
    sick = Ranking.of(np.ones(3, np.bool_), np.array([0.1, 0.2, 0.2], np.float32))
    assert np.isnan(sick.auc)
    assert sick.average_precision == 1.0


def test_the_sums_of_a_whole_data_set_do_not_overflow() -> None:
    generator = np.random.default_rng(0)
    truth = generator.random(300_000) < 0.5
    probabilities = (0.3 * truth + 0.7 * generator.random(300_000)).astype(np.float32)
    assert Ranking.of(truth, probabilities).auc == pytest.approx(
        metrics.roc_auc_score(truth, probabilities), abs=1e-12
    )
