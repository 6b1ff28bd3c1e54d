"""Where in a patch a model sees IDC: the class activation map of the logit.

For a network that ends in global average pooling and one dense layer, the logit is the mean over
the fields of the last feature map of ``weights . features`` plus the bias: each field has a share
in it, and the shares are the class activation map (Zhou et al. 2016, "Learning deep features for
discriminative localization"). The gradients of the logit are the same weights in every field, so
this is also its Grad-CAM (Selvaraju et al. 2017, "Grad-CAM: visual explanations from deep
networks via gradient-based localization"), but for the ReLU at Grad-CAM's end: what speaks against
IDC is kept. Networks with another head get that Grad-CAM, whose fields do not add up to the logit.
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
from bcviewer.model.grad_cam import GradCam
from bcviewer.model.graph_cut import only_shapes
from bcviewer.model.graph_head import Head, find_head, read_head

COARSE_PX, VERY_COARSE_PX = 4, 12
"""From these sides of a field on, in pixels of the patch, a map is called (very) coarse."""

_ROWS_AND_COLUMNS = {(2, 3): 1, (1, 2): 3}
"""The axes that are pooled, and the axis of the channels that this leaves."""


@dataclass(frozen=True, eq=False)
class ActivationMap:
    """What each field of a patch says of IDC.

    Attributes:
        fields: float32[rows, columns]; above 0 a field speaks for IDC, below 0 against it.
        logit: What the model says of the whole patch, before the sigmoid.
        is_grad_cam: Whether the fields were weighed by gradients; else they are shares in the
            logit, which their mean and the head's bias make.
    """

    fields: NDArray[np.float32]
    logit: float
    is_grad_cam: bool = False

    @property
    def probability(self) -> float:
        """What the model says of the whole patch: raw, and without its neighbours."""
        return 0.5 + 0.5 * math.tanh(0.5 * self.logit)

    @property
    def limit(self) -> float:
        """The largest field, whether for or against."""
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
        ModelError: The graph cannot be read, or its form gives no map.
    """

    def __init__(self, folder: ModelFolder) -> None:
        graph = read_graph(folder)
        pooling = _find_pooling(graph, folder)
        self._is_grad_cam = pooling is None
        self._maker: _Shares | GradCam = (
            GradCam(graph, folder) if pooling is None else _Shares(graph, folder, pooling)
        )

    def run(self, pixels: NDArray[np.uint8]) -> ActivationMap:
        """The map of one patch, uint8[50, 50, 3], RGB."""
        fields, logit = self._maker.run(pixels)
        return ActivationMap(fields, logit, is_grad_cam=self._is_grad_cam)


@dataclass(frozen=True, eq=False)
class _Pooling:
    """The head, the output that is pooled before it, and that output's axis of channels."""

    head: Head
    before: Any
    channels: int


class _Shares:
    """Makes maps whose mean and the bias are the logit."""

    def __init__(self, graph: Any, folder: ModelFolder, pooling: _Pooling) -> None:
        self._pooling = pooling
        graph.add_outputs([pooling.before])
        # On one thread: it is one patch, and the window is at work beside it.
        self._request = compile_graph(graph, folder, threads=1).create_infer_request()
        self._batch = np.zeros((BATCH_SIZE, PATCH_SIZE, PATCH_SIZE, 3), np.uint8)

    def run(self, pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], float]:
        """The share of each field, float32[rows, columns], and the logit of a patch."""
        self._batch[0] = pixels
        outputs = self._request.infer([self._batch], share_inputs=True)
        features = np.moveaxis(outputs[1][0], self._pooling.channels - 1, -1)
        fields = np.asarray(features @ self._pooling.head.kernel, np.float32)
        return fields, float(fields.mean(dtype=np.float64)) + self._pooling.head.bias


def _find_pooling(graph: Any, folder: ModelFolder) -> _Pooling | None:
    """The mean pooling before the head; None where another head stands at the end."""
    try:
        ports = find_head(graph, folder)
    except ModelError:
        return None
    node = ports.features.get_node()
    while only_shapes(node):
        node = node.input_value(0).get_node()
    if node.get_type_name() != "ReduceMean":
        return None
    before, axes = node.input_value(0), node.input_value(1).get_node()
    shape = before.get_partial_shape()
    if axes.get_type_name() != "Constant" or len(shape) != 4:
        return None
    pooled = tuple(sorted(int(axis) % len(shape) for axis in axes.data.reshape(-1)))
    if pooled not in _ROWS_AND_COLUMNS or any(shape[axis].is_dynamic for axis in pooled):
        return None
    head, channels = read_head(ports), _ROWS_AND_COLUMNS[pooled]
    fits = str(shape[channels]) == str(len(head.kernel))
    return _Pooling(head, before, channels) if fits else None
