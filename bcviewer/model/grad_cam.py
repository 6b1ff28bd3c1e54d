"""Grad-CAM: where in a patch a model sees IDC, whatever its head is like.

Each channel of the last feature map is weighed by the gradient of the logit, averaged over the
fields; a field shows the sum of its weighed features (Selvaraju et al. 2017, "Grad-CAM: visual
explanations from deep networks via gradient-based localization"). The ReLU at Grad-CAM's end is
left out: what speaks against IDC is kept.

OpenVINO has no gradients. But the mean of the gradient over the fields is the slope of the logit
when the channel grows in all fields alike, divided by their number. So the graph is cut at the
feature map, and the slopes are measured on the head alone by central differences: exact but for
rounding where the head is linear within a step, as one of ReLUs nearly always is.

The slopes are not divided by the number of fields here: that leaves the picture as it is, and a
head of mean pooling and one dense layer has the very map that ``activation_map`` counts exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.model.engine import compile_graph, load_openvino
from bcviewer.model.folder import ModelFolder
from bcviewer.model.graph_cut import Cut, find_cut

STEP = 1 / 256
"""How far a channel is shifted, of its root mean square: with smaller steps, the rounding of 32-bit
floats shows; with larger ones, more ReLUs switch on the way. Against true gradients of nine heads,
a field was off by at most 1.4 % of the largest field; with 1/16, by 14 %."""

SHIFTED = 64
"""Shifted feature maps that the head takes at once: 3 MB of MobileNetV2's."""


class GradCam:
    """Makes the maps of one model; one thread at a time.

    Args:
        graph: What ``read_graph`` gave; it is taken apart.
        folder: The model that it belongs to.

    Raises:
        ModelError: The graph cannot be cut at a feature map.
    """

    def __init__(self, graph: Any, folder: ModelFolder) -> None:
        cut = find_cut(graph, folder)
        head = _head(cut)
        backbone = load_openvino().Model([cut.features], graph.get_parameters())
        sides = list(cut.features.get_partial_shape())[1:]
        shape = [SHIFTED, *(side.get_length() for side in sides)]
        self._channels = cut.channels
        self._shifted = np.zeros(shape, np.float32)
        # On one thread: it is one patch, and the window is at work beside it.
        self._backbone, self._head = (
            compile_graph(part, folder, threads=1, shape=taken).create_infer_request()
            for part, taken in ((backbone, (1, PATCH_SIZE, PATCH_SIZE, 3)), (head, shape))
        )

    def run(self, pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], float]:
        """What each field says, float32[rows, columns], and the logit of a patch."""
        features = self._backbone.infer([pixels[None]])[0][0]
        planes = np.moveaxis(features, self._channels - 1, 0)
        steps = STEP * np.sqrt(np.square(planes, dtype=np.float64).mean(axis=(1, 2)))
        # A channel of zeros adds nothing to the map, whatever its weight.
        live = np.flatnonzero(steps)
        channels = np.concatenate([[0], live, live])
        logit, *found = self._logits(
            features, channels, np.concatenate([[0], steps[live], -steps[live]])
        )
        up, down = np.split(np.array(found), 2)
        slopes = (up - down) / (2 * steps[live])
        return np.tensordot(slopes, planes[live], 1).astype(np.float32), float(logit)

    def _logits(
        self, features: NDArray[np.float32], channels: NDArray[np.int64], shifts: NDArray[Any]
    ) -> NDArray[np.float64]:
        """The logit with one channel shifted, for each of ``channels`` and ``shifts``."""
        self._shifted[:] = features
        planes = np.moveaxis(self._shifted, self._channels, 1)
        logits = np.empty(len(channels))
        for start in range(0, len(channels), SHIFTED):
            chosen = channels[start : start + SHIFTED]
            at = np.arange(len(chosen))
            before = planes[at, chosen]
            planes[at, chosen] += shifts[start : start + SHIFTED, None, None].astype(np.float32)
            given = self._head.infer([self._shifted], share_inputs=True)[0]
            logits[start : start + len(chosen)] = given.reshape(SHIFTED)[at]
            planes[at, chosen] = before
        return logits


def _head(cut: Cut) -> Any:
    """What follows the feature map, as a graph of its own, cut off from what comes before."""
    openvino = load_openvino()
    features = cut.features
    entry = openvino.op.Parameter(features.get_element_type(), features.get_partial_shape())
    for port in features.get_target_inputs():
        port.replace_source_output(entry.output(0))
    return openvino.Model([cut.logit], [entry])
