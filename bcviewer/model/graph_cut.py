"""Where a graph can be cut in two: its last feature map, before that is pooled or flattened."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from bcviewer.errors import ModelError
from bcviewer.model.folder import ModelFolder

_PLANES: Final = ("Convolution", "GroupConvolution", "MaxPool", "AvgPool")
"""What gives channels before rows and columns, always; a feature map comes from one of them."""

_RESHAPING: Final = ("Reshape", "Squeeze", "Unsqueeze", "MatMul")
"""After these nothing tells any more which axis is which."""


@dataclass(frozen=True)
class Cut:
    """What lies on both sides of the last feature map.

    Attributes:
        features: The output that is the feature map: all that the head knows of the patches.
        channels: Its axis of channels, 1 to 3; the other two are rows and columns.
        logit: The output that the sigmoid takes.
    """

    features: Any
    channels: int
    logit: Any


def find_cut(graph: Any, folder: ModelFolder) -> Cut:
    """The last feature map of a graph, of more than one row and column, and the logit.

    Raises:
        ModelError: The graph has no such place.
    """
    last = graph.get_results()[0].input_value(0).get_node()
    while only_shapes(last):
        last = last.input_value(0).get_node()
    if last.get_type_name() != "Sigmoid":
        raise _no_map(folder, f"it ends in {last.get_type_name()} rather than in a sigmoid")
    logit = last.input_value(0)
    ordered = graph.get_ordered_ops()
    flow = _of_patches(ordered)
    waiting = {logit.get_node().get_name()}
    for node in reversed(ordered):
        if node.get_name() not in waiting:
            continue
        waiting.remove(node.get_name())
        # Where nothing else is waited for, all that the logit knows came through this node.
        channels = None if waiting else _channels_of_map(node)
        if channels is not None:
            return Cut(node.output(0), channels, logit)
        waiting |= {name for name in _sources(node) if name in flow}
    raise _no_map(folder, "what its head takes comes from no feature map with rows and columns")


def only_shapes(node: Any) -> bool:
    """Whether a node leaves the values and their order alone, as after a pooling."""
    kind = node.get_type_name()
    if kind == "Transpose":
        order = node.input_value(1).get_node()
        return order.get_type_name() == "Constant" and bool((np.diff(order.data) > 0).all())
    return kind in ("Reshape", "Squeeze")


def _of_patches(ordered: list[Any]) -> set[str]:
    """The nodes that depend on the patches; the others are weights, and shapes of them."""
    flow: set[str] = set()
    for node in ordered:
        if node.get_type_name() == "Parameter" or not flow.isdisjoint(_sources(node)):
            flow.add(node.get_name())
    return flow


def _sources(node: Any) -> list[str]:
    return [port.get_source_output().get_node().get_name() for port in node.inputs()]


def _channels_of_map(node: Any) -> int | None:
    """The axis of channels, where a node gives a feature map of several rows and columns."""
    features, *others = node.outputs()
    # A pooling may tell the places of the largest values, too: with those, the head knows more.
    if features.get_element_type().get_type_name() != "f32" or any(
        port.get_target_inputs() for port in others
    ):
        return None
    channels = _channels_axis(node) if _sides(features) else None
    sides = [side for axis, side in enumerate(_sides(features), 1) if axis != channels]
    return channels if channels is not None and min(sides) > 1 else None


def _channels_axis(node: Any) -> int | None:
    """The axis of channels of what a node gives; None where that cannot be told."""
    orders = []
    while (kind := node.get_type_name()) not in _PLANES:
        if kind == "Transpose":
            order = node.input_value(1).get_node()
            if order.get_type_name() != "Constant":
                return None
            orders.append(order.data.reshape(-1).tolist())
        ports = [port.get_source_output() for port in node.inputs()]
        ports = [port for port in ports if _sides(port)]
        if kind in _RESHAPING or not ports:
            return None
        # The flow, rather than what scales it by channel or field.
        node = max(ports, key=lambda port: math.prod(_sides(port))).get_node()
    axis = 1
    for order in reversed(orders):
        axis = order.index(axis)
    return axis


def _sides(port: Any) -> tuple[int, ...]:
    """The sides of what an output gives for a patch, where it has three of known lengths."""
    shape = port.get_partial_shape()
    if shape.rank.is_dynamic or len(shape) != 4:
        return ()
    sides = list(shape)[1:]
    return (
        () if any(side.is_dynamic for side in sides) else tuple(side.get_length() for side in sides)
    )


def _no_map(folder: ModelFolder, found: str) -> ModelError:
    return ModelError(
        f"There is no map for the model {folder.card.name}: {found}. A map needs a network that "
        "has a feature map before its head, and a sigmoid at its end.",
        hint="Use a MobileNetV2 or a simple CNN trained with bcviewer.",
    )
