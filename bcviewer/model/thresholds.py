"""Thresholds worth proposing, chosen on validation patches."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bcviewer.model.ranking import Ranking

SENSITIVITY = 0.95
"""A sensitivity that a search for IDC may ask for."""

BALANCED, F1, GIVEN_SENSITIVITY = "balanced_accuracy", "f1", "sensitivity"


def proposed_thresholds(
    labels: NDArray[np.integer],
    probabilities: NDArray[np.floating],
    *,
    sensitivity: float = SENSITIVITY,
) -> dict[str, float]:
    """The thresholds that are proposed for predictions.

    Args:
        labels: int[n], 1 for IDC.
        probabilities: float[n]; NaN for patches without one.
        sensitivity: What the last one is to reach, over 0 to 1.

    Returns:
        By name: balanced_accuracy and f1 (where these are best), sensitivity (the highest one
        that reaches it). A name is missing where the classes that it needs are.
    """
    known = np.isfinite(probabilities)
    truth, given = np.asarray(labels)[known] == 1, np.asarray(probabilities)[known]
    return proposed_for(Ranking.of(truth, given), sensitivity=sensitivity)


def proposed_for(ranking: Ranking, *, sensitivity: float = SENSITIVITY) -> dict[str, float]:
    """As `proposed_thresholds`, of patches that are sorted already."""
    found = {
        BALANCED: best_balanced(ranking),
        F1: best_f1(ranking),
        GIVEN_SENSITIVITY: reaching(ranking, sensitivity),
    }
    return {name: value for name, value in found.items() if value is not None}


def best_balanced(ranking: Ranking) -> float | None:
    """The highest threshold of the best balanced accuracy; None unless both classes are there."""
    if not ranking.idc or not ranking.other:
        return None
    # Times both class sizes: integers, so that ties are ties.
    gain = ranking.hits * ranking.other - ranking.alarms * ranking.idc
    best = int(np.argmax(gain))
    if gain[best] <= 0 and ranking.values[0] < 1:
        return 1.0  # No better than chance: then it predicts nothing.
    return _inside(ranking.values[best])


def best_f1(ranking: Ranking) -> float | None:
    """The highest threshold of the best F1; None without IDC."""
    if not ranking.idc:
        return None
    f1 = 2 * ranking.hits / (ranking.hits + ranking.alarms + ranking.idc)
    return _inside(ranking.values[int(np.argmax(f1))])


def reaching(ranking: Ranking, sensitivity: float) -> float | None:
    """The highest threshold with at least this sensitivity; None without IDC."""
    if not ranking.idc:
        return None
    place = int(np.argmax(ranking.hits / ranking.idc >= sensitivity))
    return _inside(ranking.values[place])


def _inside(threshold: np.floating) -> float:
    return float(np.clip(threshold, 0.0, 1.0))
