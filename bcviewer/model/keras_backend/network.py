"""The two networks: patches as uint8 in, the probability of IDC out, scaling inside."""

from __future__ import annotations

from typing import Any

import keras

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.model.catalog import architecture
from bcviewer.model.keras_backend.fused import BatchNormalization
from bcviewer.model.keras_backend.precision import Computed

INPUT = "patch"
OUTPUT = "idc"
BACKBONE = "backbone"
PREPROCESSING = "RGB, uint8, 50x50; scaled to -1 to 1 inside the network"
DROPOUT = 0.3

FIRST_WIDTH = 32
PAIR_WIDTHS = (48, 96, 192, 256)
"""Of the simple CNN: few channels where pictures are large, many where they are small."""

BATCH_NORM_MOMENTUM = 0.9
"""Keras' own 0.99 and 0.999 need more steps than a short training has before the running means
fit the weights; until then validation jumps from epoch to epoch."""


def build_network(name: str, *, alpha: float = 1.0) -> keras.Model:
    """Build a network with random weights.

    Args:
        name: Name of an architecture.
        alpha: Its width multiplier.

    Returns:
        A model from uint8[b, 50, 50, 3] (input "patch") to float32[b, 1].

    Raises:
        ModelError: There is no such architecture.
    """
    wanted = architecture(name)
    patch = keras.Input((PATCH_SIZE, PATCH_SIZE, 3), dtype="uint8", name=INPUT)
    scaled = keras.layers.Rescaling(1 / 127.5, offset=-1, name="scaling")(patch)
    features = _mobilenetv2(alpha) if wanted.name == "mobilenetv2" else _simple_cnn()
    pooled = keras.layers.GlobalAveragePooling2D(name="pool")(features(scaled))
    kept = keras.layers.Dropout(DROPOUT, name="dropout")(pooled)
    # float32 whatever the policy: a sigmoid in half precision saturates.
    idc = keras.layers.Dense(1, activation="sigmoid", dtype="float32", name=OUTPUT)(kept)
    return keras.Model(patch, idc, name=wanted.name)


def for_training(network: keras.Model, computed: Computed = "float32") -> keras.Model:
    """The same network with the same weights, of layers that learn faster.

    No global policy of Keras is touched: each layer is told what it computes in. Weights stay
    float32, and so does what comes before and after the backbone.

    Args:
        network: A network of ``build_network``.
        computed: What the layers of the backbone compute in.
    """
    inside = f"mixed_{computed}" if computed == "bfloat16" else computed

    def faster(layer: Any) -> Any:
        if layer.name == BACKBONE:
            return keras.models.clone_model(layer, clone_function=faster_inside)
        return _rebuilt(layer)

    def faster_inside(layer: Any) -> Any:
        return _rebuilt(layer, computed="float32" if _slow_in_bfloat16(layer) else inside)

    made = keras.models.clone_model(network, clone_function=faster)
    made.set_weights(network.get_weights())
    return made


def _slow_in_bfloat16(layer: Any) -> bool:
    """Whether it is a depthwise convolution that oneDNN has no good bfloat16 way back through.

    Measured: stride 2 takes 12 to 90 times as long as in float32, pictures smaller than the 3x3
    kernel four times.
    """
    if not isinstance(layer, keras.layers.DepthwiseConv2D):
        return False
    return tuple(layer.strides) != (1, 1) or layer.input.shape[1] < layer.kernel_size[0]


def _rebuilt(layer: Any, *, computed: str | None = None) -> Any:
    normalises = type(layer) is keras.layers.BatchNormalization
    settings = layer.get_config() | ({"dtype": computed} if computed else {})
    return (BatchNormalization if normalises else type(layer)).from_config(settings)


def freeze_backbone(network: keras.Model) -> None:
    """Leave only the head to train; batch normalisation in the backbone then only infers.

    To be called before the network is compiled.
    """
    network.get_layer(BACKBONE).trainable = False


def _mobilenetv2(alpha: float) -> keras.Model:
    backbone = keras.applications.MobileNetV2(
        input_shape=(PATCH_SIZE, PATCH_SIZE, 3),
        include_top=False,
        weights=None,
        alpha=alpha,
        name=BACKBONE,
    )
    for layer in backbone.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = BATCH_NORM_MOMENTUM
    return backbone


def _simple_cnn() -> keras.Model:
    """One separable block, then four pairs of them, with pooling between all but the last two."""
    picture = keras.Input((PATCH_SIZE, PATCH_SIZE, 3), name="picture")
    flow = _block(picture, FIRST_WIDTH, name="first")
    for number, width in enumerate(PAIR_WIDTHS, start=1):
        if number < len(PAIR_WIDTHS):
            flow = keras.layers.MaxPooling2D(name=f"pool{number}")(flow)
        flow = _block(flow, width, name=f"pair{number}a")
        flow = _block(flow, width, name=f"pair{number}b")
    return keras.Model(picture, flow, name=BACKBONE)


def _block(flow: Any, filters: int, *, name: str) -> Any:
    """Separable convolution, batch normalisation (without it the network does not learn), ReLU."""
    flow = keras.layers.SeparableConv2D(
        filters, 3, padding="same", use_bias=False, name=f"{name}_conv"
    )(flow)
    flow = keras.layers.BatchNormalization(momentum=BATCH_NORM_MOMENTUM, name=f"{name}_norm")(flow)
    return keras.layers.ReLU(name=f"{name}_relu")(flow)
