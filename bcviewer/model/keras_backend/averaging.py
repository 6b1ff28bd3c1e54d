"""The average of a network's weights over its last steps, which predicts better than the last.

Polyak & Juditsky, Acceleration of stochastic approximation by averaging (1992); in the exponential
form that is usual for networks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

BEGIN = 10.0
"""After t steps the average reaches back t / 10 of them, so that it soon forgets the start."""


class Averaging(keras.callbacks.Callback):  # type: ignore[misc]
    """Keeps the average beside the network that is trained, running means included.

    Args:
        network: The network, built.
        steps: How many steps the average reaches back, once there were enough.
    """

    def __init__(self, network: keras.Model, *, steps: int) -> None:
        super().__init__()
        self._network = network
        self._longest = 1.0 - 1.0 / max(1, steps)
        self._steps_done = tf.Variable(0.0, trainable=False)
        self._average = [tf.Variable(weight.value, trainable=False) for weight in network.weights]
        self._follow = tf.function(self._move)

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Move the average a little towards the weights."""
        self._follow()

    @contextmanager
    def shown(self) -> Iterator[None]:
        """The network has the average for weights as long as the block lasts."""
        trained = self._network.get_weights()
        self._network.set_weights([weight.numpy() for weight in self._average])
        try:
            yield
        finally:
            self._network.set_weights(trained)

    def state(self) -> list[NDArray[Any]]:
        """The number of steps and the average, for a checkpoint."""
        return [np.array(variable.numpy()) for variable in (self._steps_done, *self._average)]

    def begin(self) -> None:
        """Start over at the weights that the network has now."""
        self._steps_done.assign(0.0)
        for kept, weight in zip(self._average, self._network.weights, strict=True):
            kept.assign(weight.value)

    def go_on_from(self, state: Sequence[NDArray[Any]]) -> None:
        """Stand where a checkpoint's average stood.

        Raises:
            ValueError: It is that of another network.
        """
        for kept, value in zip((self._steps_done, *self._average), state, strict=True):
            kept.assign(value)

    def _move(self) -> None:
        done = self._steps_done
        done.assign_add(1.0)
        step = 1.0 - tf.minimum(self._longest, done / (done + BEGIN - 1.0))
        for kept, weight in zip(self._average, self._network.weights, strict=True):
            now = tf.convert_to_tensor(weight.value, kept.dtype)
            kept.assign_add((now - kept) * tf.cast(step, kept.dtype))
