"""The scores of predictions against labels, one way for training, window and reports."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

EPSILON = 1e-7
"""Probabilities are kept this far from 0 and 1 in the loss, as Keras does."""


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
        sensitivity, specificity, auc. NaN where a score is not defined, as the area under the curve
        of one class only.
    """
    from sklearn import metrics

    known = np.isfinite(probabilities)
    truth = np.asarray(labels)[known] == 1
    given = np.asarray(probabilities, np.float64)[known]
    if not len(truth):
        return dict.fromkeys(SCORES, float("nan"))
    predicted = given >= threshold
    sensitivity = _share(predicted[truth])
    specificity = _share(~predicted[~truth])
    both = truth.any() and not truth.all()
    return {
        "loss": float(losses(truth, given).mean()),
        "accuracy": float(metrics.accuracy_score(truth, predicted)),
        "balanced_accuracy": (sensitivity + specificity) / 2,
        "f1": float(metrics.f1_score(truth, predicted, zero_division=0.0)),
        "sensitivity": sensitivity,
        "specificity": specificity,
        "auc": float(metrics.roc_auc_score(truth, given)) if both else float("nan"),
    }


SCORES = ("loss", "accuracy", "balanced_accuracy", "f1", "sensitivity", "specificity", "auc")


def losses(truth: NDArray[np.bool_], probabilities: NDArray[np.floating]) -> NDArray[np.float64]:
    """float64[n]: binary cross-entropy of each patch.

    Args:
        truth: bool[n], whether the patch is labelled IDC.
        probabilities: float[n], none NaN.
    """
    clipped = np.clip(np.asarray(probabilities, np.float64), EPSILON, 1 - EPSILON)
    return -np.log(np.where(truth, clipped, 1 - clipped))


def best_threshold(labels: NDArray[np.integer], probabilities: NDArray[np.floating]) -> float:
    """The threshold of the best balanced accuracy; 0.5 when only one class is there.

    Args:
        labels: int[n], 1 for IDC.
        probabilities: float[n]; NaN for patches without one.
    """
    from sklearn import metrics

    known = np.isfinite(probabilities)
    truth = np.asarray(labels)[known] == 1
    if not truth.any() or truth.all():
        return 0.5
    false_rate, true_rate, thresholds = metrics.roc_curve(truth, np.asarray(probabilities)[known])
    best = int(np.argmax(true_rate - false_rate))
    return float(np.clip(thresholds[best], 0.0, 1.0))


def _share(mask: NDArray[np.bool_]) -> float:
    return float(mask.mean()) if len(mask) else float("nan")
