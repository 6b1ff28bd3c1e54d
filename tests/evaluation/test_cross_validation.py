"""Scores of a cross-validation: those of its folds, their spread, and all patches together."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn import metrics

from bcviewer.errors import DataError
from bcviewer.evaluation.cross_validation import score_out_of_fold
from bcviewer.evaluation.evaluation import evaluate
from bcviewer.model.folds import NO_FOLD
from bcviewer.model.out_of_fold import OutOfFold
from tests.model.made_data import made_dataset
from tests.model.test_out_of_fold import OFFICIAL, predicted

NAMES = [OFFICIAL, *(f"p{number:02}" for number in range(9))]


@pytest.fixture
def found() -> OutOfFold:
    return predicted(made_dataset([40] * 10, names=NAMES))


def test_a_fold_has_the_scores_that_its_patients_alone_have(found: OutOfFold) -> None:
    dataset = found.dataset
    result = score_out_of_fold(found, dataset.labels)
    assert list(result.folds) == [1, 2, 3]
    for fold, threshold in enumerate(found.card.thresholds, start=1):
        rows = np.flatnonzero(found.fold_of_row == fold)
        alone = evaluate(
            dataset.labels[rows],
            found.probabilities[rows],
            dataset.patient_index[rows],
            threshold=threshold,
        )
        assert result.folds[fold] == alone
    values = [each.scores["auc"] for each in result.folds.values()]
    assert result.mean("auc") == pytest.approx(np.mean(values))
    assert result.deviation("auc") == pytest.approx(np.std(values, ddof=1))


def test_pooled_decisions_are_those_of_the_folds(found: OutOfFold) -> None:
    labels = found.dataset.labels
    pooled = score_out_of_fold(found, labels).pooled
    inside = found.in_folds
    thresholds = np.array([np.nan, *found.card.thresholds])[found.fold_of_row]
    decided = (found.probabilities >= thresholds)[inside]
    assert pooled.scores["balanced_accuracy"] == pytest.approx(
        metrics.balanced_accuracy_score(labels[inside], decided)
    )
    assert pooled.scores["brier"] == pytest.approx(
        metrics.brier_score_loss(labels[inside], found.probabilities[inside]), abs=1e-6
    )
    assert pooled.scores["auc"] == pytest.approx(
        metrics.roc_auc_score(labels[inside], found.aligned()[inside]), abs=1e-6
    )
    low, high = pooled.intervals["balanced_accuracy"]
    assert low < pooled.scores["balanced_accuracy"] < high


def test_official_test_cases_and_patches_without_a_label_do_not_count(found: OutOfFold) -> None:
    labels = found.dataset.labels.copy()
    labels[found.dataset.rows("p03")] = -1
    found.probabilities[found.dataset.rows("p04")] = np.nan
    pooled = score_out_of_fold(found, labels).pooled
    assert (pooled.patients, pooled.patches) == (7, 280)
    with pytest.raises(DataError):
        score_out_of_fold(found, np.full_like(labels, -1))


def test_a_fold_without_a_label_is_left_out(found: OutOfFold) -> None:
    labels = found.dataset.labels.copy()
    labels[found.fold_of_row == 2] = -1
    result = score_out_of_fold(found, labels)
    assert list(result.folds) == [1, 3]
    labels[found.fold_of_row == 3] = -1
    assert np.isnan(score_out_of_fold(found, labels).deviation("auc"))


def test_the_report_is_json_and_names_its_split(found: OutOfFold) -> None:
    labels = np.where(found.fold_of_row == 1, 0, found.dataset.labels).astype(np.int8)
    labels[found.fold_of_row == NO_FOLD] = 1
    about = json.loads(json.dumps(score_out_of_fold(found, labels).as_json(), allow_nan=False))
    assert about["split"] == "by patient, out of fold"
    assert about["optimistic"] is False
    assert about["folds"][0]["auc"] is None
    assert about["pooled"]["patients"] == 9
    assert about["pooled"]["threshold"] == list(found.card.thresholds)
    assert about["mean"]["auc"] is not None
