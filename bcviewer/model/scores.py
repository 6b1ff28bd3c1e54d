"""The scores of predictions against labels, one way for training, window and reports."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.model.calibration import calibration_error
from bcviewer.model.ranking import Ranking
from bcviewer.model.thresholds import best_balanced

EPSILON = 1e-7
"""Probabilities are kept this far from 0 and 1 in the loss, as Keras does."""

SCORES = (
    "loss",
    "accuracy",
    "balanced_accuracy",
    "f1",
    "sensitivity",
    "specificity",
    "auc",
    "average_precision",
    "brier",
    "calibration_error",
)


def scores(
    labels: NDArray[np.integer], probabilities: NDArray[np.floating], *, threshold: float = 0.5
) -> dict[str, float]:
    """Score probabilities of IDC against labels.

    Args:
        labels: int[n], 1 for IDC.
        probabilities: float[n] in 0 to 1; patches without one (NaN) are left out.
        threshold: From this probability on a patch is predicted IDC.

    Returns:
        loss (binary cross-entropy), accuracy, balanced_accuracy, f1 (of the IDC class),
        sensitivity, specificity, auc, average_precision, brier (mean squared error),
        calibration_error (expected, over bins of equal width). NaN where a score is not defined,
        as the area under the curve of one class only.
    """
    known = np.isfinite(probabilities)
    truth = np.asarray(labels)[known] == 1
    given = np.asarray(probabilities)[known]
    if not len(truth):
        return dict.fromkeys(SCORES, float("nan"))
    ranking = Ranking.of(truth, given)
    hits, alarms = ranking.above(threshold)
    found = rates(hits, alarms, ranking.idc - hits, ranking.other - alarms)
    return {
        "loss": float(losses(truth, given).mean()),
        "accuracy": float(found["accuracy"]),
        "balanced_accuracy": float(found["balanced_accuracy"]),
        "f1": float(found["f1"]),
        "sensitivity": float(found["sensitivity"]),
        "specificity": float(found["specificity"]),
        "auc": ranking.auc,
        "average_precision": ranking.average_precision,
        "brier": float(squared_errors(truth, given).mean()),
        "calibration_error": calibration_error(truth, given),
    }


def rates(tp: Any, fp: Any, fn: Any, tn: Any) -> dict[str, Any]:
    """The scores that follow from the counts of a confusion matrix.

    Args:
        tp: Patches of IDC that were predicted IDC; a number or an array, as the others.
        fp: Patches of not IDC that were predicted IDC.
        fn: Patches of IDC that were predicted not IDC.
        tn: Patches of not IDC that were predicted not IDC.

    Returns:
        accuracy, balanced_accuracy, f1, sensitivity, specificity, precision; NaN where one is
        not defined.
    """
    tp, fp, fn, tn = (np.asarray(count, np.float64) for count in (tp, fp, fn, tn))
    with np.errstate(invalid="ignore", divide="ignore"):
        sensitivity, specificity = tp / (tp + fn), tn / (tn + fp)
        return {
            "accuracy": (tp + tn) / (tp + fp + fn + tn),
            "balanced_accuracy": (sensitivity + specificity) / 2,
            "f1": 2 * tp / (2 * tp + fp + fn),
            "sensitivity": sensitivity,
            "specificity": specificity,
            "precision": tp / (tp + fp),
        }


def losses(truth: NDArray[np.bool_], probabilities: NDArray[np.floating]) -> NDArray[np.float64]:
    """float64[n]: binary cross-entropy of each patch.

    Args:
        truth: bool[n], whether the patch is labelled IDC.
        probabilities: float[n], none NaN.
    """
    clipped = np.clip(np.asarray(probabilities, np.float64), EPSILON, 1 - EPSILON)
    return -np.log(np.where(truth, clipped, 1 - clipped))


def squared_errors(
    truth: NDArray[np.bool_], probabilities: NDArray[np.floating]
) -> NDArray[np.float64]:
    """float64[n]: what each patch adds to the Brier score.

    Args:
        truth: bool[n], whether the patch is labelled IDC.
        probabilities: float[n], none NaN.
    """
    off = np.asarray(probabilities, np.float64) - truth
    return off * off


def best_threshold(labels: NDArray[np.integer], probabilities: NDArray[np.floating]) -> float:
    """The threshold of the best balanced accuracy; 0.5 when only one class is there.

    Args:
        labels: int[n], 1 for IDC.
        probabilities: float[n]; NaN for patches without one.
    """
    known = np.isfinite(probabilities)
    ranking = Ranking.of(np.asarray(labels)[known] == 1, np.asarray(probabilities)[known])
    found = best_balanced(ranking)
    return 0.5 if found is None else found
