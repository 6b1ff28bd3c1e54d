"""Intervals of scores from a bootstrap over patients.

Patches of one patient are alike, so resampling patches would give intervals that are far too
narrow. Percentile intervals after Efron & Tibshirani, An Introduction to the Bootstrap (1993).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bcviewer.model.binned_areas import resampled_areas
from bcviewer.model.calibration import BINS, bins_of
from bcviewer.model.scores import SCORES, losses, rates, squared_errors

RESAMPLES = 2000
LEVEL = 0.95
Interval = tuple[float, float]
UNKNOWN = (float("nan"), float("nan"))

AREAS = ("auc", "average_precision")
ERRORS = ("loss", "brier", "calibration_error")
DECISIONS = tuple(name for name in SCORES if name not in AREAS + ERRORS)


def intervals(
    labels: NDArray[np.integer],
    probabilities: NDArray[np.floating],
    patients: NDArray[np.integer],
    *,
    threshold: float,
    names: Sequence[str] = SCORES,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> dict[str, Interval]:
    """95 % intervals of the scores, over patients.

    Args:
        labels: int[n], 1 for IDC.
        probabilities: float[n], none NaN.
        patients: int[n], the patient of each patch.
        threshold: From this probability on a patch is predicted IDC.
        names: Which of the scores.
        resamples: Number of bootstrap samples.
        seed: Seed of the resampling.

    Returns:
        Lower and upper end by score. Both NaN with fewer than two patients.
    """
    numbers, number = np.unique(patients, return_inverse=True)
    if len(numbers) < 2:
        return dict.fromkeys(names, UNKNOWN)
    weights = drawn_patients(len(numbers), resamples=resamples, seed=seed)
    drawn = resampled_scores(
        labels, probabilities, number, weights=weights, threshold=threshold, names=names
    )
    return {name: interval_of(values) for name, values in drawn.items()}


def drawn_patients(count: int, *, resamples: int = RESAMPLES, seed: int = 0) -> NDArray[np.float64]:
    """float64[resamples, count]: how often each patient is in each bootstrap sample."""
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(count, np.full(count, 1 / count), size=resamples)
    return drawn.astype(np.float64)


def interval_of(values: NDArray[np.float64]) -> Interval:
    """The 95 % interval of float64[resamples]; NaN are left out, both ends NaN without a value."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return UNKNOWN
    low, high = np.quantile(finite, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def resampled_scores(
    labels: NDArray[np.integer],
    probabilities: NDArray[np.floating],
    number: NDArray[np.integer],
    *,
    weights: NDArray[np.float64],
    threshold: float,
    names: Sequence[str] = SCORES,
) -> dict[str, NDArray[np.float64]]:
    """The scores of each bootstrap sample; two models with the same weights are paired.

    Args:
        labels: int[n], 1 for IDC.
        probabilities: float[n], none NaN.
        number: int[n], the patient of each patch, a column of ``weights``.
        weights: float64[resamples, patients], as `drawn_patients` makes them.
        threshold: From this probability on a patch is predicted IDC.
        names: Which of the scores; the areas take by far the most time.

    Returns:
        float64[resamples] by score; NaN where a score is not defined. The
        calibration error is mirrored, see `_calibration_errors`.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    truth = np.asarray(labels) == 1
    # Threads of the linear algebra wait for each other in loops where the cores are busy.
    with threadpool_limits(1, user_api="blas"):
        found = _decisions(truth, np.asarray(probabilities) >= float(threshold), number, weights)
        if set(names) & set(ERRORS):
            found |= _errors(truth, probabilities, number, weights)
        if set(names) & set(AREAS):
            found |= resampled_areas(truth, probabilities, number, weights)
    return {name: found[name] for name in names}


def _decisions(
    truth: NDArray[np.bool_],
    predicted: NDArray[np.bool_],
    number: NDArray[np.integer],
    weights: NDArray[np.float64],
) -> dict[str, NDArray[np.float64]]:
    """The scores that follow from the confusion matrix of each sample."""
    count = weights.shape[1]
    cell = 4 * number.astype(np.int64) + 2 * truth + predicted
    tables = np.bincount(cell, minlength=4 * count).reshape(count, 4)
    passed, alarm, missed, hit = (weights @ tables).T
    return rates(hit, alarm, missed, passed)


def _errors(
    truth: NDArray[np.bool_],
    probabilities: NDArray[np.floating],
    number: NDArray[np.integer],
    weights: NDArray[np.float64],
) -> dict[str, NDArray[np.float64]]:
    """The means over patches, and the calibration error, of each sample."""
    count = weights.shape[1]
    patches = weights @ np.bincount(number, minlength=count)

    def mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
        means: NDArray[np.float64] = weights @ np.bincount(number, values, count) / patches
        return means

    return {
        "loss": mean(losses(truth, probabilities)),
        "brier": mean(squared_errors(truth, probabilities)),
        "calibration_error": _calibration_errors(truth, probabilities, number, weights),
    }


def _calibration_errors(
    truth: NDArray[np.bool_],
    probabilities: NDArray[np.floating],
    number: NDArray[np.integer],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """float64[resamples], mirrored about the error of all patches; 0 where that is less.

    Chance only adds to this error, and each resampling adds chance: intervals from the samples as
    they are lie too high, and hold the truth of well calibrated predictions hardly ever. Mirrored,
    they give the pivotal interval, which does.
    """
    count = weights.shape[1]
    cell = BINS * number.astype(np.int64) + bins_of(probabilities, BINS)
    off = np.bincount(cell, truth - np.asarray(probabilities, np.float64), BINS * count)
    by_patient = off.reshape(count, BINS)
    patches = weights @ np.bincount(number, minlength=count)
    errors = np.abs(weights @ by_patient).sum(axis=1) / patches
    error = np.abs(by_patient.sum(axis=0)).sum() / len(truth)
    mirrored: NDArray[np.float64] = np.maximum(2 * error - errors, 0.0)
    return mirrored
