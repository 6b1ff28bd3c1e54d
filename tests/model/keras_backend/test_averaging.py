"""The average of the weights: what it is, that it is lent and given back, that a resume has it."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcviewer.model.keras_backend.averaging import Averaging
from bcviewer.model.keras_backend.network import build_network, for_training


@pytest.fixture(scope="module")
def network() -> keras.Model:
    """One number to learn."""
    return keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])


def value(network: keras.Model) -> float:
    return float(network.get_weights()[0][0, 0])


def go(network: keras.Model, averaging: Averaging, values: list[float]) -> None:
    for step, number in enumerate(values):
        network.set_weights([np.full((1, 1), number, np.float32)])
        averaging.on_train_batch_end(step)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(-10, 10, width=32), min_size=1, max_size=30))
def test_the_average_lies_among_the_weights_and_the_network_gets_its_own_back(
    values: list[float],
) -> None:
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    network.set_weights([np.full((1, 1), values[0], np.float32)])
    averaging = Averaging(network, steps=5)
    go(network, averaging, values)
    with averaging.shown():
        assert min(values) - 1e-4 <= value(network) <= max(values) + 1e-4
    assert value(network) == np.float32(values[-1])


def test_it_soon_forgets_the_start(network: keras.Model) -> None:
    network.set_weights([np.full((1, 1), 1000.0, np.float32)])
    averaging = Averaging(network, steps=20)
    go(network, averaging, [1.0] * 200)
    with averaging.shown():
        assert value(network) == pytest.approx(1.0, abs=0.1)


def test_it_smooths_what_jumps(network: keras.Model) -> None:
    network.set_weights([np.zeros((1, 1), np.float32)])
    averaging = Averaging(network, steps=50)
    go(network, averaging, [1.0, -1.0] * 200)
    with averaging.shown():
        assert abs(value(network)) < 0.05


def test_the_network_gets_its_own_weights_back_after_an_error(network: keras.Model) -> None:
    averaging = Averaging(network, steps=5)
    go(network, averaging, [1.0, 5.0])
    with pytest.raises(KeyError), averaging.shown():
        raise KeyError
    assert value(network) == 5.0


def test_a_checkpoint_has_all_of_it(network: keras.Model) -> None:
    numbers = [float(number) for number in range(12)]
    network.set_weights([np.zeros((1, 1), np.float32)])
    unbroken, first = Averaging(network, steps=4), Averaging(network, steps=4)
    go(network, unbroken, numbers)
    go(network, first, numbers[:5])
    resumed = Averaging(network, steps=4)
    resumed.go_on_from(first.state())
    go(network, resumed, numbers[5:])
    for one, other in zip(unbroken.state(), resumed.state(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_state_of_another_network_is_refused(network: keras.Model) -> None:
    other = Averaging(for_training(build_network("simple_cnn")), steps=4)
    with pytest.raises(ValueError, match="Shape mismatch|argument 2"):
        Averaging(network, steps=4).go_on_from(other.state())


def test_running_means_of_a_network_are_averaged_too() -> None:
    network = for_training(build_network("simple_cnn"))
    assert len(Averaging(network, steps=3).state()) == 1 + len(network.get_weights())
