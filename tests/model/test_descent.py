"""The search for the lowest loss: few steps, and never out of bounds."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from bcviewer.model.context_loss import BOUNDS, START, ContextLoss, Heard
from bcviewer.model.descent import lowest
from tests.model.test_context import noisy_patients


def heard(how: str) -> list[Heard]:
    """Patients whose labels the network finds, all turned round, or that it is sure of."""
    found = []
    for each in noisy_patients(4):
        labels = 1 - each.labels if how == "turned" else each.labels
        said = each.labels.astype(np.float64) if how == "sure" else each.probabilities
        found.append(Heard(labels, said, each.cells))
    return found


@pytest.mark.parametrize("how", ["found", "turned", "sure"])
def test_it_ends_where_a_slower_search_ends_and_within_bounds(how: str) -> None:
    loss = ContextLoss(heard(how))
    asked = 0

    def at(place: NDArray[np.float64]) -> float:
        nonlocal asked
        asked += 1
        return loss.at(place)

    found = lowest(at, loss.bend, START, bounds=BOUNDS)
    slower = minimize(
        loss.at, START, method="L-BFGS-B", bounds=[tuple(each) for each in BOUNDS], tol=1e-9
    )
    assert loss.at(found) < slower.fun + 1e-6
    assert ((found >= BOUNDS[:, 0]) & (found <= BOUNDS[:, 1])).all()
    assert asked < 30


def test_a_step_too_long_is_halved_until_it_helps() -> None:
    def loss(place: NDArray[np.float64]) -> float:
        return float(np.log(np.cosh(place[0])))

    def bend(place: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return np.tanh(place), np.diag(1 / np.cosh(place) ** 2)

    assert lowest(loss, bend, np.array([1.5])) == pytest.approx([0.0], abs=1e-3)
