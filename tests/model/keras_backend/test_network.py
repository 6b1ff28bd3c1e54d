"""Both networks take patches as they are and give one probability."""

from __future__ import annotations

import numpy as np
import pytest

from bcviewer.errors import ModelError
from bcviewer.model.keras_backend.network import build_network

# Other numbers would be other networks than those of earlier models.
SIZES = [
    ("mobilenetv2", 1.0, 2_259_265),
    ("mobilenetv2", 0.35, 411_489),
    ("simple_cnn", 1, 201_532),
]


@pytest.mark.parametrize(("name", "alpha", "parameters"), SIZES)
def test_a_network_takes_patches_and_gives_probabilities(
    name: str, alpha: float, parameters: int
) -> None:
    network = build_network(name, alpha=alpha)
    assert [(one.name, one.dtype) for one in network.inputs] == [("patch", "uint8")]
    patches = np.random.default_rng(0).integers(0, 256, (3, 50, 50, 3), dtype=np.uint8)
    found = np.asarray(network(patches))
    assert found.shape == (3, 1)
    assert found.dtype == np.float32
    assert ((found > 0) & (found < 1)).all()
    assert network.count_params() == parameters


def test_the_simple_cnn_is_the_seeds() -> None:
    backbone = build_network("simple_cnn").get_layer("backbone")
    kinds = [type(layer).__name__ for layer in backbone.layers]
    assert kinds.count("SeparableConv2D") == 9
    assert kinds.count("BatchNormalization") == 9
    assert kinds.count("MaxPooling2D") == 3
    assert backbone.output_shape == (None, 6, 6, 256)


def test_an_unknown_network_is_refused() -> None:
    with pytest.raises(ModelError):
        build_network("resnet")
