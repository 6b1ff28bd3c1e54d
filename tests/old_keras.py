"""Networks that Keras 2 has saved, and what they say: run as a program, with a folder.

In a process of its own, since Keras 2 and 3 do not live well together. The networks of the seed are
written as Keras 2.2.4 wrote them, which no machine of today can run.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray
from PIL import Image

SMALL, SEED_SIZE = 32, 96
LATER = ("module", "registered_name", "build_config", "groups", "ragged", "optional")
"""What later versions write, too."""


def seed(keras: Any) -> Any:
    """The seed's simple CNN: nine separable blocks, and a softmax over two."""
    layers, shape = keras.layers, {"input_shape": (SEED_SIZE, SEED_SIZE, 3)}
    network = keras.Sequential(name="sequential_1")
    for number, filters in enumerate((64, *[32] * 8)):
        network.add(layers.SeparableConv2D(filters, 3, padding="same", activation="relu", **shape))
        shape = {}
        if number in (2, 4, 6):
            network.add(layers.MaxPooling2D())
    network.add(layers.GlobalAveragePooling2D())
    network.add(layers.Dense(2, activation="softmax"))
    return network


def mobilenet(keras: Any) -> Any:
    """The seed's other network, as narrow and small as it comes."""
    backbone = keras.applications.MobileNetV2(
        input_shape=(SMALL, SMALL, 3), include_top=False, weights=None, alpha=0.35
    )
    flow = keras.layers.GlobalAveragePooling2D()(backbone.output)
    return keras.Model(backbone.input, keras.layers.Dense(2, activation="softmax")(flow))


def sequential(keras: Any) -> Any:
    """Layers of other kinds in a row."""
    layers = keras.layers
    return keras.Sequential(
        [
            layers.SeparableConv2D(
                8, 3, padding="same", activation="relu", input_shape=(SMALL, SMALL, 3)
            ),
            layers.BatchNormalization(),
            layers.MaxPooling2D(),
            layers.Conv2D(6, 3, strides=2),
            layers.LeakyReLU(),
            layers.Dropout(0.5),
            layers.GlobalAveragePooling2D(),
            layers.Dense(2, activation="softmax"),
        ]
    )


def nested(keras: Any) -> Any:
    """A network within a network, that scales its pictures itself and gives one logit."""
    layers = keras.layers
    inside = keras.Input((SMALL, SMALL, 3))
    flow = layers.BatchNormalization()(layers.Conv2D(6, 3, padding="same")(inside))
    flow = layers.Add()([flow, layers.DepthwiseConv2D(3, padding="same")(flow)])
    inner = keras.Model(inside, layers.ReLU(6.0)(flow), name="inner")
    inner.trainable = False
    picture = keras.Input((SMALL, SMALL, 3))
    flow = inner(keras.applications.mobilenet_v2.preprocess_input(picture), training=False)
    flow = layers.Dropout(0.2)(layers.GlobalAveragePooling2D()(flow))
    return keras.Model(picture, layers.Dense(1)(flow))


def flat(keras: Any) -> Any:
    """A convolution that is flattened, and judged by two dense layers."""
    layers = keras.layers
    return keras.Sequential(
        [
            layers.Conv2D(6, 3, activation="relu", input_shape=(SMALL, SMALL, 3)),
            layers.MaxPooling2D(3),
            layers.Flatten(),
            layers.Dense(12, activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.5),
            layers.Dense(2, activation="softmax"),
        ]
    )


NETWORKS = {
    "seed": seed,
    "mobilenet": mobilenet,
    "sequential": sequential,
    "flat": flat,
    "nested": nested,
}
SCALED = ("mobilenet", "sequential", "flat")
"""Those that take -1 to 1."""


def main(folder: Path) -> None:
    """Save the networks, and what they say of the patches that are there."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import tf_keras as keras

    patches = np.load(folder / "patches.npy")
    for name, make in NETWORKS.items():
        keras.backend.clear_session()
        network = make(keras)
        pictures = enlarged(patches, network.input_shape[1]).astype(np.float32)
        pictures = pictures / 127.5 - 1 if name in SCALED else pictures
        network.set_weights(_weights(network))
        _spread(network, keras.Model(network.input, network.layers[-2].output), pictures)
        np.save(folder / f"{name}.npy", network(pictures, training=False))
        network.save(folder / f"{name}.h5")
        if name == "flat":
            np.save(folder / "flat_map.npy", _grad_cam(network, pictures))
        if name in ("seed", "mobilenet"):
            _as_2_2_4(folder / f"{name}.h5")
    network.save(folder / f"{name}.keras")


def enlarged(patches: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """Patches as Keras' flow_from_directory enlarges them: by Pillow, the nearest pixel."""
    pictures = [
        Image.fromarray(patch).resize((size, size), Image.Resampling.NEAREST) for patch in patches
    ]
    return np.stack([np.asarray(picture) for picture in pictures])


def _weights(network: Any) -> list[NDArray[np.float64]]:
    generator = np.random.default_rng(1)
    values = []
    for weight in network.weights:
        shape = weight.shape
        if "kernel" in weight.name:
            fan = np.prod(shape[:2]) if "depthwise" in weight.name else np.prod(shape[:-1])
            values.append(generator.normal(0, 1.2 / np.sqrt(fan), shape))
        elif "variance" in weight.name or "gamma" in weight.name:
            values.append(generator.uniform(0.6, 1.2, shape))
        else:
            values.append(generator.normal(0, 0.1, shape))
    return values


def _spread(network: Any, before: Any, pictures: NDArray[np.float32]) -> None:
    """Change the last layer so that what the network says goes from unlikely to likely."""
    kernel, bias = network.layers[-1].get_weights()
    difference = kernel[:, 1] - kernel[:, 0] if len(bias) == 2 else kernel[:, 0]
    logits = np.asarray(before(pictures, training=False)) @ difference
    scale = 1.5 / logits.std()
    bias[-1] = -scale * logits.mean()
    bias[:-1] = 0
    network.layers[-1].set_weights([scale * kernel, bias])


def _grad_cam(network: Any, pictures: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32[n, rows, columns]: Grad-CAM of the logit, without its ReLU, by true gradients."""
    import tensorflow as tf

    flow, layers = pictures, list(network.layers)
    while not type(layers[0]).__name__.startswith("Flatten"):
        flow = layers.pop(0)(flow)
    kernel = layers[-1].get_weights()[0]
    with tf.GradientTape() as tape:
        tape.watch(flow)
        given = flow
        for layer in layers[:-1]:
            given = layer(given, training=False)
        logits = given @ (kernel[:, 1:] - kernel[:, :1])
    weights = np.mean(tape.gradient(logits, flow), axis=(1, 2))
    return np.asarray(np.einsum("nrck,nk->nrc", flow, weights))


def _as_2_2_4(path: Path) -> None:
    """Put a file into the layout of Keras 2.2.4."""
    with h5py.File(path, "r+") as file:
        config = _older(json.loads(file.attrs["model_config"]))
        if config["class_name"] == "Sequential":
            config["config"]["layers"] = config["config"]["layers"][1:]  # without an input
        file.attrs["model_config"] = json.dumps(config).encode()
        for group in (file, file["model_weights"]):
            group.attrs["keras_version"] = b"2.2.4"
        del file["model_weights/top_level_model_weights"]


def _older(value: Any) -> Any:
    """A part of a configuration, without what came later."""
    if isinstance(value, list):
        return [_older(each) for each in value]
    if not isinstance(value, dict):
        return value
    older = {key: _older(each) for key, each in value.items() if key not in LATER}
    if older.get("class_name") == "Functional":
        older["class_name"] = "Model"
    if older.get("class_name") == "BatchNormalization":
        older["config"]["axis"] = -1
    return older


if __name__ == "__main__":
    main(Path(sys.argv[1]))
