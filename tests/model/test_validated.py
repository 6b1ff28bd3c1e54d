"""Threshold, calibration and context learn from patients that the network does not know."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pytest

from bcviewer.model.scores import best_threshold, scores
from bcviewer.model.validated import Validated
from tests.model.made_data import made_dataset


def validated(trained: Collection[str]) -> Validated:
    """Five validation patients; the network is sure of those that it was trained on."""
    dataset = made_dataset([20] * 6)
    rows = dataset.rows_of(dataset.patients[:5])
    labels = dataset.labels[rows]
    names = np.array(dataset.patients)[dataset.patient_index[rows]]
    said = 0.3 + 0.1 * labels + np.random.default_rng(0).normal(0, 0.05, len(rows))
    said = np.where(np.isin(names, list(trained)), np.where(labels == 1, 0.9, 0.8), said)
    return Validated.of(dataset, rows, labels=labels, probabilities=said, trained=trained)


def test_patients_that_the_network_knows_are_left_out() -> None:
    some = validated(trained=("p000", "p003"))
    assert (some.patients, some.known, some.left_out) == (3, 0, 2)
    new = some.dataset.rows_of(["p001", "p002", "p004"])
    assert np.array_equal(some.rows, new)
    assert some.threshold == best_threshold(some.labels, some.probabilities) < 0.6
    assert some.thresholds["balanced_accuracy"] == some.threshold
    context = some.context(graph="g")
    assert context is not None
    assert context.validation.patches == some.card(threshold=0.5).patches == len(new)
    assert "2 of 5 validation patients" in some.note
    card = some.card(threshold=some.threshold)
    assert card.at_half == scores(some.labels, some.probabilities)
    assert card.at_threshold == scores(some.labels, some.probabilities, threshold=some.threshold)
    assert card.at_threshold["balanced_accuracy"] > card.at_half["balanced_accuracy"]


def test_where_too_few_others_are_left_all_are_taken_and_nothing_is_calibrated() -> None:
    some = validated(trained=("p000", "p001", "p002"))
    assert (some.patients, some.known, some.left_out) == (5, 3, 0)
    assert len(some.rows) == 100
    assert some.context(graph="g") is None
    assert some.card(threshold=0.5).known == 3
    assert "trained on 3 of 5" in some.note
    assert "neither context nor calibration" in some.note


@pytest.mark.parametrize("trained", [(), ("p005", "elsewhere")])
def test_without_such_patients_nothing_is_said(trained: tuple[str, ...]) -> None:
    some = validated(trained=trained)
    assert (some.patients, some.known, some.left_out, some.note) == (5, 0, 0, "")
    assert some.context(graph="g") is not None
