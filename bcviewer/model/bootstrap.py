"""Intervals of scores from a bootstrap over patients.

Patches of one patient are alike, so resampling patches would give intervals that are far too
narrow. Percentile intervals after Efron & Tibshirani, An Introduction to the Bootstrap (1993).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bcviewer.model.scores import losses

RESAMPLES = 2000
LEVEL = 0.95
MAX_BINS = 2048
"""Probabilities are sorted into at most so many bins for the area under the curve; within a bin
they count as equal, which moves the area by less than 1e-4."""

Interval = tuple[float, float]


def intervals(
    labels: NDArray[np.integer],
    probabilities: NDArray[np.floating],
    patients: NDArray[np.integer],
    *,
    threshold: float,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> dict[str, Interval]:
    """95 % intervals of the scores, over patients.

    Args:
        labels: int[n], 1 for IDC.
        probabilities: float[n], none NaN.
        patients: int[n], the patient of each patch.
        threshold: From this probability on a patch is predicted IDC.
        resamples: Number of bootstrap samples.
        seed: Seed of the resampling.

    Returns:
        Lower and upper end by score: loss, accuracy, balanced_accuracy, f1, sensitivity,
        specificity, auc. Both NaN with fewer than two patients.
    """
    _, number = np.unique(patients, return_inverse=True)
    count = int(number.max()) + 1 if len(number) else 0
    if count < 2:
        return dict.fromkeys(SCORES, (float("nan"), float("nan")))
    generator = np.random.default_rng(seed)
    weights = generator.multinomial(count, np.full(count, 1 / count), size=resamples)
    drawn = _resampled(labels == 1, probabilities, number, weights.astype(np.float64), threshold)
    drawn["loss"] = _losses(labels == 1, probabilities, number, weights.astype(np.float64))
    ends = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    result = {}
    for name, values in drawn.items():
        finite = values[np.isfinite(values)]
        low, high = np.quantile(finite, ends) if len(finite) else (np.nan, np.nan)
        result[name] = (float(low), float(high))
    return result


SCORES = ("loss", "accuracy", "balanced_accuracy", "f1", "sensitivity", "specificity", "auc")


def _resampled(
    truth: NDArray[np.bool_],
    probabilities: NDArray[np.floating],
    number: NDArray[np.integer],
    weights: NDArray[np.float64],
    threshold: float,
) -> dict[str, NDArray[np.float64]]:
    """float64[resamples] of each score, from each patient's counts and weight in the samples."""
    predicted = probabilities >= threshold
    count = weights.shape[1]

    def total(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
        sums: NDArray[np.float64] = weights @ np.bincount(number, mask, count)
        return sums

    hit, missed = total(truth & predicted), total(truth & ~predicted)
    alarm, passed = total(~truth & predicted), total(~truth & ~predicted)
    with np.errstate(invalid="ignore", divide="ignore"):
        sensitivity, specificity = hit / (hit + missed), passed / (passed + alarm)
        return {
            "accuracy": (hit + passed) / (hit + missed + alarm + passed),
            "balanced_accuracy": (sensitivity + specificity) / 2,
            "f1": 2 * hit / (2 * hit + missed + alarm),
            "sensitivity": sensitivity,
            "specificity": specificity,
            "auc": _areas(truth, probabilities, number, weights),
        }


def _losses(
    truth: NDArray[np.bool_],
    probabilities: NDArray[np.floating],
    number: NDArray[np.integer],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """float64[resamples]: mean cross-entropy over the patches of the patients drawn."""
    count = weights.shape[1]
    total = weights @ np.bincount(number, losses(truth, probabilities), count)
    means: NDArray[np.float64] = total / (weights @ np.bincount(number, minlength=count))
    return means


def _areas(
    truth: NDArray[np.bool_],
    probabilities: NDArray[np.floating],
    number: NDArray[np.integer],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """float64[resamples]: areas under the ROC curve, from histograms of each patient."""
    edges = np.unique(np.quantile(probabilities, np.linspace(0, 1, MAX_BINS)))
    place = np.searchsorted(edges, probabilities)
    bins, count = len(edges) + 1, weights.shape[1]
    cell = number.astype(np.int64) * bins + place
    positive = weights @ np.bincount(cell, truth, count * bins).reshape(count, bins)
    negative = weights @ np.bincount(cell, ~truth, count * bins).reshape(count, bins)
    below = np.cumsum(negative, axis=1) - negative / 2
    pairs = positive.sum(axis=1) * negative.sum(axis=1)
    areas: NDArray[np.float64] = (positive * below).sum(axis=1) / pairs
    return areas
