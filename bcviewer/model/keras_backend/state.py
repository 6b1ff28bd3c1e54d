"""Taking the state of a compiled network, and giving it back: weights, optimizer, chance."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from bcviewer.errors import TrainingError
from bcviewer.model.keras_backend.averaging import Averaging
from bcviewer.model.keras_backend.checkpoint import Arrays, Checkpoint

CHANCE_STATE = "seed_generator_state"


def weights_of(network: keras.Model) -> list[NDArray[Any]]:
    """Copies of the weights of a network."""
    return [np.array(weight) for weight in network.get_weights()]


def optimizer_state(network: keras.Model) -> list[NDArray[Any]]:
    """All variables of a network's optimizer: the iteration, and what it remembers of each weight.

    The learning rate is a function of the iteration.
    """
    return [np.array(variable) for variable in network.optimizer.variables]


def chance_state(network: keras.Model) -> list[NDArray[Any]]:
    """The states of the random generators inside a network: those of dropout."""
    return [np.array(variable) for variable in _chance_variables(network)]


def restore(
    network: keras.Model, checkpoint: Checkpoint, *, averaging: Averaging | None = None
) -> None:
    """Put a compiled network, and the average of its weights, where a training stood.

    Raises:
        TrainingError: The checkpoint is of another network or of another version of Keras.
    """
    network.optimizer.build(network.trainable_variables)
    try:
        network.set_weights(list(checkpoint.network))
        _assign(network.optimizer.variables, checkpoint.optimizer)
        _assign(_chance_variables(network), checkpoint.chance)
        if averaging is not None:
            # A run of an earlier version kept none.
            averaging.go_on_from(checkpoint.average) if checkpoint.average else averaging.begin()
    except ValueError as error:
        raise TrainingError(
            f"The checkpoint does not fit the network: {error}.",
            hint="It may be of another version of bcviewer or Keras: train again.",
        ) from error


def _chance_variables(network: keras.Model) -> list[Any]:
    return [variable for variable in network.variables if variable.name == CHANCE_STATE]


def _assign(variables: list[Any], values: Arrays) -> None:
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value)
