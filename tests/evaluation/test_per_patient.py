"""The table of patients says of each what its own patches say."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats  # type: ignore[import-untyped]

from bcviewer.evaluation.operating import OperatingPoints
from bcviewer.evaluation.per_patient import PatientTables, share_agreement, table_per_patient
from tests.evaluation.made import Predictions, drawn, judged_of, predictions


@given(predictions(), st.floats(0, 1), st.randoms(use_true_random=False))
def test_a_row_is_the_evaluation_of_that_patient_alone(
    made: Predictions, threshold: float, random: Random
) -> None:
    owner = np.array([random.choice([0, 2, 3]) for _ in made[0]])
    judged = judged_of(*made, owner)
    table = table_per_patient(judged, threshold)
    assert table.names == tuple(judged.names[number] for number in np.unique(owner))
    for place, number in enumerate(np.unique(owner).tolist()):
        own = judged.only(judged.patients == number)
        operating = OperatingPoints(own)
        point = operating.point(threshold)
        counts = (table.tp[place], table.fp[place], table.fn[place], table.tn[place])
        assert counts == point.confusion
        assert table.patches[place] == len(own)
        np.testing.assert_equal(table.balanced_accuracy[place], point.balanced_accuracy)
        np.testing.assert_equal(table.accuracy[place], point.accuracy)
        np.testing.assert_equal(table.f1[place], point.f1)
        assert table.auc[place] == pytest.approx(operating.auc, abs=1e-12, nan_ok=True)
        assert table.idc_share_true[place] == own.labels.mean()
        assert table.idc_share_predicted[place] == (own.probabilities >= threshold).mean()


def test_patients_with_the_same_probabilities_are_not_mixed() -> None:
    labels = np.array([1, 0, 0, 1, 0], np.int8)
    probabilities = np.array([0.5, 0.5, 0.5, 0.5, 0.2], np.float32)
    table = table_per_patient(judged_of(labels, probabilities, np.array([0, 0, 1, 1, 1])), 0.5)
    assert table.auc.tolist() == [0.5, 0.75]
    alike = np.full(5, 0.5, np.float32)
    same = table_per_patient(judged_of(labels, alike, np.array([0, 0, 1, 1, 1])), 0.5)
    assert same.auc.tolist() == [0.5, 0.5]


def test_the_counts_of_all_patients_are_those_of_the_whole() -> None:
    labels, probabilities, owner = drawn(5, 200)
    judged = judged_of(labels, probabilities, owner)
    tables, operating = PatientTables(judged), OperatingPoints(judged)
    for threshold in (0.0, 0.3, 0.7, 1.0):
        table = tables.at(threshold)
        sums = (table.tp.sum(), table.fp.sum(), table.fn.sum(), table.tn.sum())
        assert sums == operating.confusion(threshold)


def test_the_worst_patient_comes_first_whether_it_has_idc_or_not() -> None:
    labels = np.array([1, 0, 1, 0, 0, 0, 0, 0], np.int8)
    probabilities = np.array([0.9, 0.1, 0.1, 0.9, 0.1, 0.1, 0.9, 0.1], np.float32)
    table = table_per_patient(
        judged_of(labels, probabilities, np.array([0, 0, 1, 1, 2, 2, 3, 3])), 0.5
    )
    assert np.isnan(table.balanced_accuracy).tolist() == [False, False, True, True]
    assert [table.names[place] for place in table.worst_first] == ["p01", "p03", "p00", "p02"]


def test_the_share_of_idc_agrees_as_scipy_says() -> None:
    labels, probabilities, owner = drawn(5, 300)
    labels = (np.random.default_rng(1).random(len(labels)) < 0.1 + 0.15 * owner).astype(np.int8)
    table = table_per_patient(judged_of(labels, probabilities, owner), 0.5)
    found = share_agreement(table)
    true, said = table.idc_share_true, table.idc_share_predicted
    assert found.correlation == pytest.approx(stats.pearsonr(true, said).statistic)
    assert found.mean_absolute_error == pytest.approx(np.abs(true - said).mean())
    assert 0 < found.mean_absolute_error < 1


def test_shares_that_do_not_differ_have_no_correlation() -> None:
    labels, probabilities = np.tile([0, 1], 5).astype(np.int8), np.full(10, 0.9, np.float32)
    same = table_per_patient(judged_of(labels, probabilities, np.repeat(np.arange(5), 2)), 0.5)
    assert np.isnan(share_agreement(same).correlation)
    assert share_agreement(same).mean_absolute_error == 0.5
    one = table_per_patient(judged_of(labels, probabilities, np.zeros(10, np.int64)), 0.5)
    assert np.isnan(share_agreement(one).correlation)
    none = table_per_patient(judged_of(labels[:0], probabilities[:0]), 0.5)
    assert len(none) == 0
    assert np.isnan(share_agreement(none).mean_absolute_error)
