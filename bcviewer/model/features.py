"""Features of patches: what a model's backbone sees in them, before the head judges it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.model.engine import BATCH_SIZE, compile_graph, read_graph
from bcviewer.model.folder import ModelFolder
from bcviewer.model.graph_head import Head, backbone_fingerprint, find_head, read_head


class Backbone:
    """The backbone of a model, read but not compiled: enough to use features that are kept.

    Attributes:
        folder: The model.
        head: The model's own head.
        fingerprint: Digest of all that makes the features.
        features: How many a patch has: 32 of the simple CNN, 1,280 of MobileNetV2.
    """

    def __init__(self, folder: ModelFolder) -> None:
        """Read the graph.

        Raises:
            ModelError: It cannot be read, or does not end in a head.
        """
        graph = read_graph(folder)
        ports = find_head(graph, folder)
        self.folder = folder
        self.head: Head = read_head(ports)
        self.fingerprint = backbone_fingerprint(graph, ports)
        self.features = len(self.head.kernel)


class FeatureExtractor:
    """Gives features and probability of patches in one pass; one thread at a time."""

    def __init__(self, folder: ModelFolder, *, threads: int | None = None) -> None:
        """Compile the graph.

        Args:
            folder: The model.
            threads: Processor threads to use; None for one each core.

        Raises:
            ModelError: The graph cannot be read, or does not end in a head.
        """
        graph = read_graph(folder)
        ports = find_head(graph, folder)
        self._width = len(read_head(ports).kernel)
        graph.add_outputs([ports.features])
        self._request = compile_graph(graph, folder, threads=threads).create_infer_request()
        self._batch = np.zeros((BATCH_SIZE, PATCH_SIZE, PATCH_SIZE, 3), np.uint8)

    def run(self, pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Features and probability of each patch.

        Args:
            pixels: uint8[n, 50, 50, 3], RGB; n may be 0.

        Returns:
            float32[n, k] and float32[n], 0 to 1.
        """
        features = np.empty((len(pixels), self._width), np.float32)
        probabilities = np.empty(len(pixels), np.float32)
        for start in range(0, len(pixels), BATCH_SIZE):
            part = pixels[start : start + BATCH_SIZE]
            stop = start + len(part)
            self._batch[: len(part)] = part
            outputs = self._request.infer([self._batch], share_inputs=True)
            probabilities[start:stop] = outputs[0][: len(part), 0]
            features[start:stop] = outputs[1][: len(part)]
        return features, probabilities
