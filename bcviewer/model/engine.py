"""The one engine of prediction, for the window and the command line: OpenVINO.

In 32-bit floats; in bfloat16 or 8-bit whole numbers where that is asked for and can be had.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.errors import ModelError
from bcviewer.model.calibration import logit, sigmoid
from bcviewer.model.folder import ModelFolder
from bcviewer.model.graph_file import check_graph_file, check_sizes
from bcviewer.model.way import PLAIN_WAY, Precision, Way

BATCH_SIZE = 16
"""Patches the graph takes at once. With more, the simple CNN's planes leave the processor's cache
and it gets slower; with fewer, MobileNetV2 does."""

PATCHES = (BATCH_SIZE, PATCH_SIZE, PATCH_SIZE, 3)
"""The shape of a batch."""

WAITING = 3
"""Batches that wait for each one that is computed, so that no thread of the engine has to."""

_HINTS = {Precision.FLOAT32: "f32", Precision.BFLOAT16: "bf16", Precision.INT8: "f32"}
"""What is not said in the graph itself: in int8, what lies between the whole numbers."""

_ABILITIES = {Precision.BFLOAT16: "BF16", Precision.INT8: "INT8"}
"""What OpenVINO calls a processor's instructions for each precision but the first."""

SYMMETRIES = 8
"""Flips and rotations by quarter turns, the patch as it is among them."""

_TELEMETRY = "openvino_telemetry"

FRONTEND_FAULTS = (
    *("GeneralFailure", "InitializationFailure", "NotImplementedFailure"),
    *("OpConversionFailure", "OpValidationFailure"),
)
"""What OpenVINO's readers raise beside RuntimeErrors."""


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

    The work is done outside of Python's lock: a worker thread leaves the window free. The engine
    computes several batches side by side, so its threads need not wait for each other.
    """

    def __init__(
        self,
        folder: ModelFolder,
        *,
        threads: int | None = None,
        precision: Precision = Precision.FLOAT32,
    ) -> None:
        """Compile the graph.

        Args:
            folder: The model.
            threads: Processor threads to use; None for one each core.
            precision: What the graph computes in.

        Raises:
            ModelError: The graph cannot be read, does not take patches, or the processor does not
                compute in this precision.
        """
        self.folder = folder
        self.way = Way(precision=precision)
        check_precision(folder, precision)
        graph = read_graph(folder, precision)
        compiled = compile_graph(graph, folder, threads=threads, many=True, precision=precision)
        count = compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS") * (1 + WAITING)
        self._slots = [_Slot(compiled.create_infer_request()) for _ in range(count)]

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The probability of IDC of each patch.

        Args:
            pixels: uint8[n, 50, 50, 3], RGB; n may be 0.

        Returns:
            float32[n], 0 to 1.
        """
        result = np.empty(len(pixels), np.float32)
        for number, start in enumerate(range(0, len(pixels), BATCH_SIZE)):
            part = slice(start, start + BATCH_SIZE)
            self._slots[number % len(self._slots)].start(pixels[part], result[part])
        for slot in self._slots:
            slot.finish()
        return result


class _Slot:
    """A batch on its way through the graph, with memory of its own."""

    def __init__(self, request: Any) -> None:
        # Every batch has the same size, the last one filled up: the graph is compiled once.
        self._batch = np.zeros((BATCH_SIZE, PATCH_SIZE, PATCH_SIZE, 3), np.uint8)
        self._request = request
        request.set_input_tensor(load_openvino().Tensor(self._batch, shared_memory=True))
        self._wanted: NDArray[np.float32] | None = None

    def start(self, pixels: NDArray[np.uint8], wanted: NDArray[np.float32]) -> None:
        """Compute a batch, after the one before it, and write its result to ``wanted`` later."""
        self.finish()
        self._batch[: len(pixels)] = pixels
        self._wanted = wanted
        self._request.start_async()

    def finish(self) -> None:
        """Wait for the batch that was begun, if there is one."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._request.wait()
            wanted[:] = self._request.get_output_tensor().data[: len(wanted), 0]


class Single(Protocol):
    """What predicts each patch as it is, and says in which numbers."""

    way: Way

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """float32[n] for uint8[n, 50, 50, 3]."""


class AveragedPredictor:
    """Predicts the eight flips and rotations of each patch and averages their logits.

    It takes eight times as long. Only exact symmetries: pixels are moved, never mixed.
    """

    def __init__(self, predictor: Single) -> None:
        self._predictor = predictor
        self.way = replace(predictor.way, averaged=True)

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """float32[n], 0 to 1, for uint8[n, 50, 50, 3]."""
        total = np.zeros(len(pixels))
        for flipped in (pixels, pixels[:, :, ::-1]):
            for turns in range(4):
                turned = np.rot90(flipped, turns, axes=(1, 2))
                total += logit(self._predictor.probabilities(turned))
        return sigmoid(total / SYMMETRIES)


def predictor_of(
    folder: ModelFolder, way: Way = PLAIN_WAY, *, threads: int | None = None
) -> Predictor | AveragedPredictor:
    """What predicts with a model in a way.

    Raises:
        ModelError: As ``Predictor``.
    """
    single = Predictor(folder, threads=threads, precision=way.precision)
    return AveragedPredictor(single) if way.averaged else single


def check_precision(folder: ModelFolder, precision: Precision) -> None:
    """Look whether a model can be asked in a precision on this processor.

    Raises:
        ModelError: It cannot: it would be slower, or silently something else.
    """
    if precision not in precisions():
        raise ModelError(
            f"This processor does not compute in {precision} itself.",
            hint=f"Predict in {Precision.FLOAT32}, the default.",
        )
    if precision not in precisions_of(folder):
        raise ModelError(
            f"{folder.card.name} has no {precision} graph.",
            hint="Make it with: bcviewer quantise FOLDER --model MODEL; or predict in "
            f"{Precision.FLOAT32}, the default.",
        )


def precisions() -> tuple[Precision, ...]:
    """What the processor computes in, the default first."""
    has = load_openvino().Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    lower = (precision for precision, ability in _ABILITIES.items() if ability in has)
    return (Precision.FLOAT32, *lower)


def precisions_of(folder: ModelFolder) -> tuple[Precision, ...]:
    """What a model can be asked in on this processor, the default first."""
    lacking = {Precision.INT8} if folder.int8 is None else set()
    return tuple(precision for precision in precisions() if precision not in lacking)


def read_graph(folder: ModelFolder, precision: Precision = Precision.FLOAT32) -> Any:
    """The graph of a model, not compiled yet; an ``openvino.Model``.

    Args:
        folder: The model.
        precision: What it is to compute in; int8 has a graph of its own.

    Raises:
        ModelError: The graph cannot be read, or does not take patches.
    """
    other = folder.int8 if precision is Precision.INT8 else None
    path = folder.graph_path if other is None else other.graph_path
    check_graph_file(path, path.with_suffix(".bin"))
    with _faults_of(path):
        graph = _read(path)
        _check_shapes(graph, path)
    return graph


def compile_graph(
    graph: Any,
    folder: ModelFolder,
    *,
    threads: int | None = None,
    many: bool = False,
    precision: Precision = Precision.FLOAT32,
    shape: Sequence[int] = PATCHES,
) -> Any:
    """Compile a graph for batches of ``BATCH_SIZE`` patches.

    Args:
        graph: What ``read_graph`` gave, perhaps with more outputs.
        folder: The model that it belongs to.
        threads: Processor threads to use; None for one each core.
        many: Whether many batches are to be computed side by side, as fits the machine; else one
            at a time, by all threads together.
        precision: What it computes in.
        shape: What it takes, where that is another batch than one of patches.

    Raises:
        ModelError: It cannot be compiled.
    """
    options: dict[str, Any] = {
        "INFERENCE_PRECISION_HINT": _HINTS[precision],
        "PERFORMANCE_HINT": "THROUGHPUT" if many else "LATENCY",
        # A thread that is bound to a core waits there for whatever else runs on it.
        "ENABLE_CPU_PINNING": False,
    }
    if threads is not None:
        options["INFERENCE_NUM_THREADS"] = threads
    with _faults_of(folder.graph_path):
        graph.reshape(list(shape))
        check_sizes(graph, folder.graph_path)
        return load_openvino().Core().compile_model(graph, "CPU", options)


def _read(path: Path) -> Any:
    """Read a graph as OpenVINO's own format, whatever else it may look like."""
    load_openvino()
    from openvino import frontend

    faults = [getattr(frontend, name) for name in FRONTEND_FAULTS]
    # ``Core.read_model`` would try all formats that it knows, TensorFlow's among them.
    reader = frontend.FrontEndManager().load_by_framework("ir")
    try:
        return reader.convert(reader.load(str(path)))
    except tuple(faults) as error:  # they are no RuntimeErrors
        raise RuntimeError(str(error)) from error


@contextmanager
def _faults_of(path: Path) -> Iterator[None]:
    """Tell an error of OpenVINO in words."""
    try:
        yield
    except RuntimeError as error:
        raise ModelError(
            f"The graph {path} cannot be read by OpenVINO: {_first_line(error)}.",
            hint="Train the model again with this bcviewer.",
        ) from error


def _check_shapes(graph: Any, path: Path) -> None:
    wanted = (f"u8[?,{PATCH_SIZE},{PATCH_SIZE},3]", "f32[?,1]")
    given = (_shapes(graph.inputs), _shapes(graph.outputs))
    if given != wanted:
        raise ModelError(
            f"The graph {path} takes {given[0]} and gives {given[1]}; "
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
