"""The layers that a training computes with do what Keras' own do, in fewer passes."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from bcviewer.model.keras_backend.fused import AdamW, BatchNormalization
from bcviewer.model.keras_backend.network import build_network, for_training, freeze_backbone

NETWORKS = [("simple_cnn", 1.0), ("mobilenetv2", 0.35)]


def layers() -> tuple[Any, Any]:
    random = np.random.default_rng(0)
    values = [random.uniform(0.5, 2, 5) for _ in range(4)]
    made = (keras.layers.BatchNormalization(momentum=0.9), BatchNormalization(momentum=0.9))
    for layer in made:
        layer.build((None, 4, 4, 5))
        layer.set_weights(values)
    return made


def way_back(layer: Any, inputs: tf.Tensor, *, training: bool) -> tuple[Any, list[Any]]:
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        found = layer(inputs, training=training)
        loss = tf.reduce_sum(tf.square(found) * tf.range(5, dtype=tf.float32))
    return found, tape.gradient(loss, [inputs, layer.gamma.value, layer.beta.value])


@pytest.mark.parametrize("training", [True, False])
def test_fused_normalisation_is_keras_normalisation(training: bool) -> None:
    inputs = tf.constant(np.random.default_rng(1).normal(1, 3, (3, 4, 4, 5)), tf.float32)
    plain, fused = layers()
    (expected, expected_back), (found, back) = (
        way_back(layer, inputs, training=training) for layer in (plain, fused)
    )
    assert np.allclose(found, expected, atol=1e-4)
    for one, other in zip(back, expected_back, strict=True):
        assert np.allclose(one, other, rtol=1e-3, atol=1e-2)
    for one, other in zip(fused.get_weights(), plain.get_weights(), strict=True):
        assert np.allclose(one, other, rtol=1e-5)  # the running means too


def test_a_frozen_layer_keeps_its_running_means() -> None:
    _, fused = layers()
    fused.trainable = False
    before = fused.get_weights()
    fused(np.ones((2, 4, 4, 5), np.float32), training=True)
    assert all(map(np.array_equal, before, fused.get_weights()))


def test_fused_adamw_goes_where_keras_adamw_goes() -> None:
    random = np.random.default_rng(2)
    start, steps = random.normal(size=(3, 4)), random.normal(size=(20, 3, 4))
    ends = []
    for kind in (keras.optimizers.AdamW, AdamW):
        weight = keras.Variable(start, name="kernel")
        rate = keras.optimizers.schedules.CosineDecay(0.1, 20)
        optimizer = kind(rate, weight_decay=0.01)
        for gradient in steps:
            optimizer.apply([tf.constant(gradient, tf.float32)], [weight])
        ends.append(weight.numpy())
    assert np.abs(ends[0] - start).max() > 0.5
    assert np.allclose(ends[1], ends[0], atol=1e-5)


@pytest.mark.parametrize(("name", "alpha"), NETWORKS)
def test_a_network_for_training_is_the_same_network(name: str, alpha: float) -> None:
    plain = build_network(name, alpha=alpha)
    fast = for_training(plain)
    assert [one.path for one in fast.weights] == [one.path for one in plain.weights]
    patches = np.random.default_rng(3).integers(0, 256, (4, 50, 50, 3), dtype=np.uint8)
    assert np.allclose(fast(patches), plain(patches), atol=1e-5)
    assert fast.get_layer("backbone").losses == plain.get_layer("backbone").losses
    kinds = {type(one) for one in fast.get_layer("backbone").layers}
    assert keras.layers.BatchNormalization not in kinds
    freeze_backbone(fast)
    assert len(fast.trainable_weights) == 2


@pytest.mark.parametrize(("name", "alpha"), NETWORKS)
def test_bfloat16_stays_inside_the_backbone(name: str, alpha: float) -> None:
    plain = build_network(name, alpha=alpha)
    fast = for_training(plain, "bfloat16")
    assert {one.dtype for one in fast.weights} == {"float32"}
    assert fast.get_layer("backbone").output.dtype == "bfloat16"
    patches = np.random.default_rng(4).integers(0, 256, (4, 50, 50, 3), dtype=np.uint8)
    found = fast(patches)
    assert found.dtype == tf.float32
    assert np.allclose(found, plain(patches), atol=0.02)
    assert keras.config.dtype_policy().name == "float32"
    assert build_network(name, alpha=alpha).get_layer("backbone").output.dtype == "float32"
