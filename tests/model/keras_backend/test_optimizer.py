"""The learning rate goes as the job says."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from bcviewer.model.keras_backend.optimizer import Schedule, compile_network

STEPS = 100


def rates(schedule: Schedule) -> list[float]:
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    compile_network(network, peak=0.5, steps=STEPS, schedule=schedule)
    optimizer = network.optimizer
    found = []
    for step in range(STEPS):
        optimizer.iterations.assign(step)
        found.append(float(np.array(optimizer.learning_rate)))
    return found


def test_a_constant_rate_stays_at_its_peak() -> None:
    assert rates("constant") == [0.5] * STEPS


def test_a_cosine_goes_up_and_then_down_to_nearly_nothing() -> None:
    found = rates("cosine")
    assert found[0] < 0.05
    assert found[10] == pytest.approx(0.5)
    assert found[10:] == sorted(found[10:], reverse=True)
    assert found[-1] < 0.01
