"""Where in a patch a model sees IDC: the class activation map of the logit.

For a network that ends in global average pooling and one dense layer, the logit is the mean over
the fields of the last feature map of ``weights . features`` plus the bias: each field has a share
in it, and the shares are the class activation map (Zhou et al. 2016, "Learning deep features for
discriminative localization"). The gradients of the logit are the same weights in every field, so
this is also its Grad-CAM (Selvaraju et al. 2017, "Grad-CAM: visual explanations from deep
networks via gradient-based localization"), but for the ReLU at Grad-CAM's end: what speaks against
IDC is kept.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.errors import ModelError
from bcviewer.model.engine import BATCH_SIZE, compile_graph, read_graph
from bcviewer.model.folder import ModelFolder
from bcviewer.model.graph_head import Head, find_head, read_head

COARSE_PX, VERY_COARSE_PX = 4, 12
"""From these sides of a field on, in pixels of the patch, a map is called (very) coarse."""

_ROWS_AND_COLUMNS = {(2, 3): 1, (1, 2): 3}
"""The axes that are pooled, and the axis of the channels that this leaves."""


@dataclass(frozen=True, eq=False)
class ActivationMap:
    """The share of each field of a patch in the logit of IDC.

    Attributes:
        fields: float32[rows, columns]; their mean and the bias make the logit. Above 0 a field
            speaks for IDC, below 0 against it.
        bias: What the head adds.
    """

    fields: NDArray[np.float32]
    bias: float

    @property
    def logit(self) -> float:
        """What the model says of the whole patch, before the sigmoid."""
        return float(self.fields.mean(dtype=np.float64)) + self.bias

    @property
    def probability(self) -> float:
        """What the model says of the whole patch: raw, and without its neighbours."""
        return 0.5 + 0.5 * math.tanh(0.5 * self.logit)

    @property
    def limit(self) -> float:
        """The largest share, whether for or against."""
        return float(np.abs(self.fields).max())

    @property
    def field_size(self) -> float:
        """The longer side of a field, in pixels of the patch."""
        return PATCH_SIZE / float(min(self.fields.shape))

    @property
    def resolution_words(self) -> str:
        """How coarse the map is, as in "6 x 6 fields over 50 px, 8 px each: coarse"."""
        rows, columns = self.fields.shape
        coarse = ": very coarse" if self.field_size >= VERY_COARSE_PX else ": coarse"
        if self.field_size < COARSE_PX:
            coarse = ""
        return (
            f"{columns} x {rows} fields over {PATCH_SIZE} px, {self.field_size:.0f} px each{coarse}"
        )


class ActivationMapper:
    """Makes the maps of one model; one thread at a time.

    Args:
        folder: The model.

    Raises:
        ModelError: The graph cannot be read, or its form gives no such map.
    """

    def __init__(self, folder: ModelFolder) -> None:
        graph = read_graph(folder)
        self._head, before_pooling, self._channels = _pooling(graph, folder)
        graph.add_outputs([before_pooling])
        # On one thread: it is one patch, and the window is at work beside it.
        self._request = compile_graph(graph, folder, threads=1).create_infer_request()
        self._batch = np.zeros((BATCH_SIZE, PATCH_SIZE, PATCH_SIZE, 3), np.uint8)

    def run(self, pixels: NDArray[np.uint8]) -> ActivationMap:
        """The map of one patch, uint8[50, 50, 3], RGB."""
        self._batch[0] = pixels
        outputs = self._request.infer([self._batch], share_inputs=True)
        features = np.moveaxis(outputs[1][0], self._channels - 1, -1)
        fields = np.asarray(features @ self._head.kernel, np.float32)
        return ActivationMap(fields, self._head.bias)


def _pooling(graph: Any, folder: ModelFolder) -> tuple[Head, Any, int]:
    """The head, the output that is pooled before it, and that output's axis of channels."""
    try:
        ports = find_head(graph, folder)
    except ModelError as error:
        raise _no_map(folder, "it does not end in one dense layer and a sigmoid") from error
    node = ports.features.get_node()
    while _only_shapes(node):
        node = node.input_value(0).get_node()
    if node.get_type_name() != "ReduceMean":
        raise _no_map(folder, _instead_of_pooling(node))
    before, axes = node.input_value(0), node.input_value(1).get_node()
    shape = before.get_partial_shape()
    if axes.get_type_name() != "Constant" or len(shape) != 4:
        raise _no_map(folder, f"its pooling takes values of shape {shape}")
    pooled = tuple(sorted(int(axis) % len(shape) for axis in axes.data.reshape(-1)))
    if pooled not in _ROWS_AND_COLUMNS or any(shape[axis].is_dynamic for axis in pooled):
        raise _no_map(folder, f"its pooling takes the axes {pooled} of {shape}")
    head, channels = read_head(ports), _ROWS_AND_COLUMNS[pooled]
    if str(shape[channels]) != str(len(head.kernel)):
        raise _no_map(folder, f"its head has {len(head.kernel)} weights for {shape}")
    return head, before, channels


def _only_shapes(node: Any) -> bool:
    """Whether a node leaves the values and their order alone, as after a pooling."""
    kind = node.get_type_name()
    if kind == "Transpose":
        order = node.input_value(1).get_node()
        return order.get_type_name() == "Constant" and bool((np.diff(order.data) > 0).all())
    return kind in ("Reshape", "Squeeze")


def _instead_of_pooling(node: Any) -> str:
    """What stands where the pooling should be, in words."""
    if node.get_type_name() == "ReduceMax":
        return "it keeps the largest value of each feature rather than the mean"
    lengths = [str(length) for length in list(node.get_output_partial_shape(0))[1:]]
    if len([length for length in lengths if length != "1"]) > 1:
        return "its head judges every field of the last feature map by weights of its own"
    return f"{node.get_type_name()} stands between its pooling and its head"


def _no_map(folder: ModelFolder, found: str) -> ModelError:
    return ModelError(
        f"There is no map for the model {folder.card.name}: {found}. A map needs a network that "
        "averages its last feature map and judges it by one dense layer.",
        hint="Use a MobileNetV2 or a simple CNN trained with bcviewer.",
    )
