"""The areas under the curves of thousands of bootstrap samples at once, from bins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_BINS = 2048
"""Probabilities are sorted into at most so many bins; within a bin those that differ count as if
chance had ordered them, which moves an area by 2e-4 at most."""

AT_ONCE = 100
"""Samples whose bins are added up together: what they need stays in the processor's cache."""


@dataclass(frozen=True, eq=False)
class _Bins:
    """Patches by patient and by bin of probability, highest first.

    Attributes:
        idc: float32[patients, bins], patches labelled IDC.
        other: float32[patients, bins], patches labelled not IDC.
        within: float32[bins], how much of a bin counts as above a patch of it, on average: half
            where probabilities differ, all where they are the same (a threshold takes all).
    """

    idc: NDArray[np.float32]
    other: NDArray[np.float32]
    within: NDArray[np.float32]

    @classmethod
    def of(
        cls,
        truth: NDArray[np.bool_],
        probabilities: NDArray[np.floating],
        number: NDArray[np.integer],
        count: int,
    ) -> _Bins:
        # Even in both classes: where IDC is rare, all of it would lie in a few of the bins.
        edges = np.unique(np.concatenate([_edges(probabilities[mask]) for mask in (truth, ~truth)]))
        bins = len(edges)
        # From an edge, which belongs to it, up to the next one.
        place = bins - np.searchsorted(edges, probabilities, side="right")
        cell = number.astype(np.int64) * bins + place
        low = np.full(bins, np.inf)
        np.minimum.at(low, place, probabilities)
        high = np.full(bins, -np.inf)
        np.maximum.at(high, place, probabilities)
        return cls(
            np.bincount(cell[truth], minlength=count * bins).reshape(count, bins).astype("f4"),
            np.bincount(cell[~truth], minlength=count * bins).reshape(count, bins).astype("f4"),
            np.where(low == high, 1.0, 0.5).astype("f4"),
        )


def _edges(values: NDArray[np.floating]) -> NDArray[np.floating]:
    """At most half of ``MAX_BINS``: values of a class, each in a bin of its own.

    A class of few patches is so not binned at all; of others the highest are chosen more densely,
    where precision changes with every patch.
    """
    most = MAX_BINS // 4
    chosen = np.sort(values)[::-1]
    if len(chosen) > most:
        steps = (len(chosen) - 1) * np.linspace(0, 1, most) ** 2
        chosen = chosen[steps.astype(np.int64)]
    return np.concatenate([chosen, np.nextafter(chosen, chosen.dtype.type(2))])


def resampled_areas(
    truth: NDArray[np.bool_],
    probabilities: NDArray[np.floating],
    number: NDArray[np.integer],
    weights: NDArray[np.float64],
) -> dict[str, NDArray[np.float64]]:
    """The areas of each bootstrap sample.

    Args:
        truth: bool[n], whether a patch is labelled IDC.
        probabilities: float[n], none NaN.
        number: int[n], the patient of each patch, a column of ``weights``.
        weights: float64[samples, patients], how often each patient is in each sample.

    Returns:
        float64[samples] each of auc and average_precision; NaN where one is not defined.
    """
    bins = _Bins.of(truth, probabilities, number, weights.shape[1])
    parts = [
        _areas_of(bins, weights[start : start + AT_ONCE].astype(np.float32))
        for start in range(0, len(weights), AT_ONCE)
    ]
    auc, precision = np.concatenate(parts, axis=1)
    return {"auc": auc, "average_precision": precision}


def _areas_of(bins: _Bins, weights: NDArray[np.float32]) -> NDArray[np.float64]:
    """float64[2, resamples]: both areas."""
    # Counts of patches, in float32 exact up to 16 million in a bin.
    idc, other = weights @ bins.idc, weights @ bins.other
    hits = np.cumsum(idc, axis=1, dtype=np.float64)
    alarms = np.cumsum(other, axis=1, dtype=np.float64)
    positives, negatives = hits[:, -1].copy(), alarms[:, -1]
    with np.errstate(invalid="ignore", divide="ignore"):
        auc = (other * (hits - idc / 2)).sum(axis=1) / (positives * negatives)
        # In place: passes over these arrays are what the bootstrap spends its time on. Of a bin
        # of k patches those at or above one of them are (k + 1) / 2 on average, as it counts too.
        hits -= (1 - bins.within) * (idc - 1)
        alarms -= (1 - bins.within) * other
        precision = np.where(idc > 0, hits / (hits + alarms), 0.0)
        return np.stack([auc, (idc * precision).sum(axis=1) / positives])
