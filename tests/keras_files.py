"""Model files as Keras has saved them over the years: small, and they tell patches apart."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray

from tests.old_keras import enlarged

NOISE = np.random.default_rng(7).integers(0, 256, (12, 50, 50, 3), np.uint8)
PATCHES = (NOISE * np.linspace(0.2, 1, 12)[:, None, None, None]).astype(np.uint8)
"""Patches to compare networks on: noise, from dark to bright, so that they say different things."""

SIZE = 32


def write_old_keras(folder: Path) -> None:
    """Have Keras 2 save networks, with what they say of the patches beside them."""
    np.save(folder / "patches.npy", PATCHES)
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.old_keras", str(folder)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )


SEPARABLE: dict[str, Any] = {
    "name": "separable_conv2d_1",
    "trainable": True,
    "batch_input_shape": [None, SIZE, SIZE, 3],
    "dtype": "float32",
    "filters": 4,
    "kernel_size": [3, 3],
    "strides": [1, 1],
    "padding": "same",
    "data_format": "channels_last",
    "dilation_rate": [1, 1],
    "activation": "relu",
    "use_bias": True,
    "bias_initializer": {"class_name": "Zeros", "config": {}},
    "bias_regularizer": None,
    "activity_regularizer": None,
    "bias_constraint": None,
    "depth_multiplier": 1,
    "depthwise_initializer": {
        "class_name": "VarianceScaling",
        "config": {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": None},
    },
    "pointwise_initializer": {"class_name": "GlorotUniform", "config": {}},
    "depthwise_regularizer": None,
    "pointwise_regularizer": None,
    "depthwise_constraint": None,
    "pointwise_constraint": None,
}
POOL: dict[str, Any] = {
    "name": "global_average_pooling2d_1",
    "trainable": True,
    "data_format": "channels_last",
}
DENSE: dict[str, Any] = {
    "name": "dense_1",
    "trainable": True,
    "units": 2,
    "activation": "softmax",
    "use_bias": True,
    "kernel_initializer": {"class_name": "VarianceScaling", "config": {}},
    "bias_initializer": {"class_name": "Zeros", "config": {}},
    "kernel_regularizer": None,
    "bias_regularizer": None,
    "activity_regularizer": None,
    "kernel_constraint": None,
    "bias_constraint": None,
}


def seed_config() -> dict[str, Any]:
    """The configuration of a small network as Keras 2.2.4 wrote it."""
    kinds = (("SeparableConv2D", SEPARABLE), ("GlobalAveragePooling2D", POOL), ("Dense", DENSE))
    layers = [{"class_name": kind, "config": dict(config)} for kind, config in kinds]
    return {"class_name": "Sequential", "config": {"name": "sequential_1", "layers": layers}}


def seed_weights() -> dict[str, dict[str, NDArray[np.float32]]]:
    """Its weights: by layer and name."""
    generator = np.random.default_rng(3)

    def some(*shape: int) -> NDArray[np.float32]:
        return generator.normal(0, 0.3, shape).astype(np.float32)

    return {
        "separable_conv2d_1": {
            "depthwise_kernel:0": some(3, 3, 3, 1),
            "pointwise_kernel:0": some(1, 1, 3, 4),
            "bias:0": some(4),
        },
        "global_average_pooling2d_1": {},
        "dense_1": {"kernel:0": (some(4, 2) / 100).astype(np.float32), "bias:0": some(2)},
    }


def write_seed_file(
    path: Path,
    *,
    config: object = None,
    change: Callable[[h5py.File], None] | None = None,
) -> Path:
    """Write a file in the layout of Keras 2.2.4, perhaps with another configuration or a harm."""
    text = config if isinstance(config, str) else json.dumps(config or seed_config())
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = b"2.2.4"
        file.attrs["backend"] = b"tensorflow"
        file.attrs["model_config"] = text.encode("utf-8")
        weights = file.create_group("model_weights")
        weights.attrs["layer_names"] = [name.encode() for name in seed_weights()]
        weights.attrs["backend"] = b"tensorflow"
        weights.attrs["keras_version"] = b"2.2.4"
        for layer, arrays in seed_weights().items():
            group = weights.create_group(layer)
            group.attrs["weight_names"] = [f"{layer}/{name}".encode() for name in arrays]
            for name, array in arrays.items():
                group[f"{layer}/{name}"] = array
        if change is not None:
            change(file)
    return path


def seed_probabilities() -> NDArray[np.float64]:
    """float64[n]: what the network of the seed's kind says of ``PATCHES``, by numpy alone."""
    weights = seed_weights()
    kernels = weights["separable_conv2d_1"]
    pictures = np.pad(enlarged(PATCHES, SIZE).astype(np.float64), ((0, 0), (1, 1), (1, 1), (0, 0)))
    depthwise = kernels["depthwise_kernel:0"][..., 0]
    seen = sum(
        pictures[:, row : row + SIZE, column : column + SIZE] * depthwise[row, column]
        for row in range(3)
        for column in range(3)
    )
    flow = np.maximum(seen @ kernels["pointwise_kernel:0"][0, 0] + kernels["bias:0"], 0)
    dense = weights["dense_1"]
    logits = flow.mean(axis=(1, 2)) @ dense["kernel:0"] + dense["bias:0"]
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(odds[:, 1] / odds.sum(axis=1))
