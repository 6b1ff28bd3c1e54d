"""Which engine predicts: OpenVINO as bcviewer uses it, ONNX Runtime, LiteRT and TensorFlow.

    python benchmarks/engines.py FOLDER MODEL [MODEL] [--patches 1024] [--rounds 6]

Each MODEL is a model folder, a run folder or the name of a bundled model. Its network, as Keras
keeps it, is written for each engine and asked for the same real patches of FOLDER, from one array
in memory. The engines take turns, so that other work on the machine slows all of them. Told are the
median of patches a second, the processor's time for a patch (all threads; where other work takes
the cores, this says more than the clock), and the largest difference from Keras.

ONNX Runtime and LiteRT are for this comparison only: ``pip install .[bench]``. One that is not
installed is left out.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.model.engine import Predictor, precisions_of
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import find_model
from bcviewer.model.way import Precision

Pixels = NDArray[np.uint8]
Answers = NDArray[np.float32]

BATCH = 64
THREADS = 2
MISSING = "{} is not installed: pip install .[bench] brings it; it is left out."


@dataclass
class Engine:
    """An engine with a model, and what its turns took.

    Attributes:
        name: What it is called.
        packages: What has to be installed for it.
        ask: Probabilities of patches.
        clock: Seconds a turn.
        processor: Seconds of all threads a turn.
    """

    name: str
    packages: tuple[str, ...]
    ask: Callable[[Pixels], Answers]
    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def take_turn(self, pixels: Pixels) -> Answers:
        began, used = time.perf_counter(), time.process_time()
        found = self.ask(pixels)
        self.clock.append(time.perf_counter() - began)
        self.processor.append(time.process_time() - used)
        return found


def in_batches(ask: Callable[[Pixels], Any]) -> Callable[[Pixels], Answers]:
    """Ask for batches of one size, the last one filled up."""

    def asked(pixels: Pixels) -> Answers:
        found = np.empty(len(pixels), np.float32)
        batch = np.zeros((BATCH, *pixels.shape[1:]), np.uint8)
        for start in range(0, len(pixels), BATCH):
            part = pixels[start : start + BATCH]
            batch[: len(part)] = part
            found[start : start + BATCH] = np.asarray(ask(batch))[: len(part), 0]
        return found

    return asked


def openvino(model: ModelFolder, precision: Precision) -> Engine:
    name = "OpenVINO" if precision is Precision.FLOAT32 else f"OpenVINO, {precision}"
    return Engine(name, ("openvino",), Predictor(model, precision=precision).probabilities)


def tensorflow_function(network: keras.Model) -> Engine:
    function = tf.function(lambda batch: network(batch, training=False), jit_compile=False)
    return Engine("TensorFlow function", ("tensorflow", "keras"), in_batches(function))


def onnx_runtime(network: keras.Model, folder: Path) -> Engine | None:
    try:
        import onnxruntime
        import tf2onnx  # noqa: F401  (what Keras writes the file with)
    except ImportError as error:
        _say_left_out("ONNX Runtime", error)
        return None
    path = str(folder / "network.onnx")
    network.export(path, format="onnx", verbose=False)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    ask = in_batches(lambda batch: session.run(None, {name: batch})[0])
    return Engine("ONNX Runtime", ("onnxruntime",), ask)


def litert(network: keras.Model, folder: Path) -> Engine | None:
    try:
        from ai_edge_litert.interpreter import Interpreter
    except ImportError as error:
        _say_left_out("LiteRT", error)
        return None
    path = str(folder / "network.tflite")
    network.export(path, format="litert", verbose=False)
    interpreter = Interpreter(path, num_threads=THREADS)
    place = interpreter.get_input_details()[0]["index"]
    result = interpreter.get_output_details()[0]["index"]
    interpreter.resize_tensor_input(place, [BATCH, *network.input_shape[1:]])
    interpreter.allocate_tensors()

    def ask(batch: Pixels) -> Answers:
        interpreter.set_tensor(place, batch)
        interpreter.invoke()
        found: Answers = interpreter.get_tensor(result)
        return found

    return Engine("LiteRT", ("ai-edge-litert",), in_batches(ask))


def _say_left_out(name: str, error: ImportError) -> None:
    print(f"{MISSING.format(name)} ({error.name})")


def installed_megabytes(package: str) -> float:
    """How much room an installed package takes, without those that it needs."""
    files = importlib.metadata.files(package) or []
    paths = (Path(str(file.locate())) for file in files)
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def compare(model: ModelFolder, pixels: Pixels, *, rounds: int) -> None:
    """Let the engines take turns with one model, and print what was found."""
    network = keras.models.load_model(model.network_path)
    truth = network.predict(pixels, batch_size=BATCH, verbose=0)[:, 0]
    with tempfile.TemporaryDirectory() as folder:
        found = [*(openvino(model, precision) for precision in precisions_of(model))]
        others = (onnx_runtime(network, Path(folder)), litert(network, Path(folder)))
        found += [engine for engine in others if engine is not None]
        found.append(tensorflow_function(network))
        for number in range(1 + rounds):
            for engine in found:
                answers = engine.take_turn(pixels if number else pixels[: 2 * BATCH])
                if number == 0:  # the first turn traces and compiles
                    engine.clock.clear()
                    engine.processor.clear()
                elif number == rounds:
                    _say(model, engine, len(pixels), float(np.abs(answers - truth).max()))


def _say(model: ModelFolder, engine: Engine, patches: int, difference: float) -> None:
    speed = patches / float(np.median(engine.clock))
    each = 1000 * float(np.median(engine.processor)) / patches
    size = sum(installed_megabytes(package) for package in engine.packages)
    print(
        f"{model.card.architecture:12} {engine.name:20} {speed:7,.0f} patches/s, "
        f"{each:5.2f} ms of processor a patch, {difference:.1e} from Keras, "
        f"{size:,.0f} MB installed",
        flush=True,
    )


def real_patches(folder: Path, count: int) -> Pixels:
    """Patches of all patients in turn, so that they are of many kinds."""
    with tempfile.TemporaryDirectory() as nowhere:
        dataset, place = open_dataset(folder, workspace=Path(nowhere))
        chosen = np.random.default_rng(0).permutation(len(dataset.patients))
        rows: list[int] = []
        for number in chosen:
            here = dataset.rows(dataset.patients[number])
            rows += range(here.start, min(here.stop, here.start + 100))
            if len(rows) >= count:
                break
        return PixelStore(place.pixels_folder, dataset).gather(np.array(rows[:count]))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("model", nargs="+")
    parser.add_argument("--patches", type=int, default=1024)
    parser.add_argument("--rounds", type=int, default=6)
    given = parser.parse_args()
    warnings.filterwarnings("ignore", category=FutureWarning)  # tf2onnx says this of itself
    pixels = real_patches(given.folder, given.patches)
    for name in given.model:
        compare(find_model(name), pixels, rounds=given.rounds)


if __name__ == "__main__":
    main()
