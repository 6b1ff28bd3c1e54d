"""The lowest place of a smooth loss of a few numbers, in a few steps.

Newton's way: where the loss bends as a bowl the step goes straight to its ground. L-BFGS, which
has to find the bend out for itself, asks five times as often.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

STEPS = 50
ENOUGH = 1e-8
"""What the next step would gain at most when the search ends."""

SLIGHT = 1e-4
"""Share of the gain that a step promises which it has to bring, or it is halved (Armijo)."""

Place = NDArray[np.float64]


def lowest(
    loss: Callable[[Place], float],
    bend: Callable[[Place], tuple[Place, NDArray[np.float64]]],
    begin: Place,
    *,
    bounds: NDArray[np.float64] | None = None,
) -> Place:
    """float64[k]: where a loss is lowest.

    Args:
        loss: The loss at float64[k].
        bend: Its slope, float64[k], and its second derivatives or what bends alike,
            float64[k, k], positive definite.
        begin: float64[k], where the search begins.
        bounds: float64[k, 2], lowest and highest value of each number; None for none.
    """
    low, high = (-np.inf, np.inf) if bounds is None else bounds.T
    place = np.clip(begin, low, high)
    now = loss(place)
    for _ in range(STEPS):
        slope, second = bend(place)
        free = ~((place <= low) & (slope > 0) | (place >= high) & (slope < 0))
        step = np.zeros(len(place))
        step[free] = -np.linalg.solve(second[np.ix_(free, free)], slope[free])
        share = 1.0
        while True:
            there = np.clip(place + share * step, low, high)
            promised = float(slope @ (place - there))
            if promised < ENOUGH:
                return place
            found = loss(there)
            if found <= now - SLIGHT * promised:
                break
            share /= 2
        place, now = there, found
    return place
