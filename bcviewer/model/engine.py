"""The one engine of prediction, for the window and the command line: OpenVINO in 32-bit floats."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.errors import ModelError
from bcviewer.model.calibration import logit, sigmoid
from bcviewer.model.folder import ModelFolder

BATCH_SIZE = 16
"""Patches the graph takes at once. With more, the simple CNN's planes leave the processor's cache
and it gets slower; with fewer, MobileNetV2 does."""

SYMMETRIES = 8
"""Flips and rotations by quarter turns, the patch as it is among them."""

_TELEMETRY = "openvino_telemetry"


def load_openvino() -> ModuleType:
    """Import OpenVINO without its telemetry; the only way to OpenVINO in this program.

    The package ``openvino_telemetry`` sends usage to its maker without asking. OpenVINO has a
    stub of its own for when that package is absent, so it is made to look absent.
    """
    if _TELEMETRY not in sys.modules:
        sys.modules[_TELEMETRY] = None  # type: ignore[assignment]
    import openvino

    module: ModuleType = openvino
    return module


class Predictor:
    """Predicts patches with the graph of a model; one thread at a time.

    The work is done outside of Python's lock: a worker thread leaves the window free.
    """

    def __init__(self, folder: ModelFolder, *, threads: int | None = None) -> None:
        """Compile the graph.

        Args:
            folder: The model.
            threads: Processor threads to use; None for one each core.

        Raises:
            ModelError: The graph cannot be read, or does not take patches.
        """
        self.folder = folder
        graph = read_graph(folder)
        self._request = compile_graph(graph, folder, threads=threads).create_infer_request()
        # Every batch has the same size, the last one filled up: the graph is compiled once.
        self._batch = np.zeros((BATCH_SIZE, PATCH_SIZE, PATCH_SIZE, 3), np.uint8)

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The probability of IDC of each patch.

        Args:
            pixels: uint8[n, 50, 50, 3], RGB; n may be 0.

        Returns:
            float32[n], 0 to 1.
        """
        result = np.empty(len(pixels), np.float32)
        for start in range(0, len(pixels), BATCH_SIZE):
            part = pixels[start : start + BATCH_SIZE]
            self._batch[: len(part)] = part
            outputs = self._request.infer([self._batch], share_inputs=True)
            result[start : start + len(part)] = outputs[0][: len(part), 0]
        return result


class AveragedPredictor:
    """Predicts the eight flips and rotations of each patch and averages their logits.

    It takes eight times as long. Only exact symmetries: pixels are moved, never mixed.
    """

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = predictor

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """float32[n], 0 to 1, for uint8[n, 50, 50, 3]."""
        total = np.zeros(len(pixels))
        for flipped in (pixels, pixels[:, :, ::-1]):
            for turns in range(4):
                turned = np.rot90(flipped, turns, axes=(1, 2))
                total += logit(self._predictor.probabilities(turned))
        return sigmoid(total / SYMMETRIES)


def read_graph(folder: ModelFolder) -> Any:
    """The graph of a model, not compiled yet; an ``openvino.Model``.

    Raises:
        ModelError: The graph cannot be read, or does not take patches.
    """
    with _faults_of(folder):
        graph = load_openvino().Core().read_model(folder.graph_path)
        _check_shapes(graph, folder)
    return graph


def compile_graph(graph: Any, folder: ModelFolder, *, threads: int | None = None) -> Any:
    """Compile a graph for batches of ``BATCH_SIZE`` patches, in 32-bit floats.

    Args:
        graph: What ``read_graph`` gave, perhaps with more outputs.
        folder: The model that it belongs to.
        threads: Processor threads to use; None for one each core.

    Raises:
        ModelError: It cannot be compiled.
    """
    options: dict[str, Any] = {"INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY"}
    if threads is not None:
        options["INFERENCE_NUM_THREADS"] = threads
    with _faults_of(folder):
        graph.reshape([BATCH_SIZE, PATCH_SIZE, PATCH_SIZE, 3])
        return load_openvino().Core().compile_model(graph, "CPU", options)


@contextmanager
def _faults_of(folder: ModelFolder) -> Iterator[None]:
    """Tell an error of OpenVINO in words."""
    try:
        yield
    except RuntimeError as error:
        raise ModelError(
            f"The graph {folder.graph_path} cannot be read by OpenVINO: {_first_line(error)}.",
            hint="Train the model again with this bcviewer.",
        ) from error


def _check_shapes(graph: Any, folder: ModelFolder) -> None:
    wanted = (f"u8[?,{PATCH_SIZE},{PATCH_SIZE},3]", "f32[?,1]")
    given = (_shapes(graph.inputs), _shapes(graph.outputs))
    if given != wanted:
        raise ModelError(
            f"The graph {folder.graph_path} takes {given[0]} and gives {given[1]}; "
            f"{wanted[0]} and {wanted[1]} are needed.",
            hint="Choose a model that was trained with bcviewer.",
        )


def _shapes(ports: Any) -> str:
    return " ".join(f"{_type(port)}{port.get_partial_shape()}" for port in ports)


def _type(port: Any) -> str:
    name: str = port.get_element_type().get_type_name()
    return name


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[-1] if lines else type(error).__name__).rstrip(".")
