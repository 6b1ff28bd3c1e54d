"""The weights that a layer must have, known before it is built: a wrong file builds nothing."""

from __future__ import annotations

from typing import Any

from bcviewer.model.imported_plan import LayerPlan, refused

Shape = tuple[int, ...]

WEIGHTED = ("Conv2D", "DepthwiseConv2D", "SeparableConv2D", "Dense", "BatchNormalization")
MOST_VALUES = 2**26
"""So many values of one patch a layer may give; MobileNetV2 at 224 px gives 1.2 million."""


def weights_of(layer: LayerPlan, given: Shape) -> dict[str, Shape]:
    """The names and shapes of a layer's weights, in the order in which Keras has them.

    Args:
        layer: The layer.
        given: Shape of what it is called on, without the batch.

    Raises:
        ModelError: It cannot be called on that.
    """
    if layer.kind not in WEIGHTED:
        return {}
    settings = layer.settings
    wanted = 1 if layer.kind in ("Dense", "BatchNormalization") else 3
    if len(given) < wanted or (wanted == 3 and len(given) != 3):
        raise refused(f"The layer {layer.name[:60]!r} cannot be called on the shape {given}.")
    channels = given[-1]
    if layer.kind == "BatchNormalization":
        return _of_normalization(layer, settings, given)
    kernels = _kernels(layer.kind, settings, channels)
    last = next(reversed(kernels.values()))
    outputs = last[-1] * last[-2] if layer.kind == "DepthwiseConv2D" else last[-1]
    return {**kernels, **({"bias": (outputs,)} if settings.get("use_bias", True) else {})}


def check_size(layer: LayerPlan, shape: tuple[int | None, ...]) -> Shape:
    """The shape that a layer gives, without the batch.

    Raises:
        ModelError: It is not known, or would need too much memory.
    """
    values = 1
    for length in shape[1:]:
        if length is None or length < 1:
            raise refused(f"The layer {layer.name[:60]!r} gives no shape that is known: {shape}.")
        values *= length
    if values > MOST_VALUES:
        raise refused(f"The layer {layer.name[:60]!r} would need too much memory: {shape}.")
    return tuple(length for length in shape[1:] if length is not None)


def _kernels(kind: str, settings: dict[str, Any], channels: int) -> dict[str, Shape]:
    if kind == "Dense":
        return {"kernel": (channels, settings["units"])}
    window = tuple(settings["kernel_size"])
    depth = settings.get("depth_multiplier", 1)
    if kind == "DepthwiseConv2D":
        return {"kernel": (*window, channels, depth)}
    if kind == "SeparableConv2D":
        return {
            "depthwise_kernel": (*window, channels, depth),
            "pointwise_kernel": (1, 1, channels * depth, settings["filters"]),
        }
    return {"kernel": (*window, channels // settings.get("groups", 1), settings["filters"])}


def _of_normalization(layer: LayerPlan, settings: dict[str, Any], given: Shape) -> dict[str, Shape]:
    if settings.get("axis", -1) not in (-1, len(given)):
        raise refused(f"The layer {layer.name[:60]!r} normalises another axis than the last.")
    names = [
        *(["gamma"] if settings.get("scale", True) else []),
        *(["beta"] if settings.get("center", True) else []),
        *("moving_mean", "moving_variance"),
    ]
    return dict.fromkeys(names, (given[-1],))
