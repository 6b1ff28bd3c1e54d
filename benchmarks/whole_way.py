"""From PNG files to probabilities: bcviewer's way against Keras' and the seed project's, in turns.

    python benchmarks/whole_way.py FOLDER MODEL [--patches 1024] [--rounds 6]

MODEL is a model folder, a run folder or a bundled model; MobileNetV2 was what the aims are about.
Ways, of one process and the same patches each: (keras) ``model.predict`` over a plain tf.data
pipeline that reads, decodes and batches the files; (seed) Keras' ``ImageDataGenerator``, scaled up
to 96x96, batch 16, with the seed's network of the same architecture; ours from the files, with a
store that has no pixels yet and gets them; ours from stored pixels; each in 32-bit floats and in
the lower precisions that the processor and the model have.

The ways take turns, so that other work on the machine slows all of them; told are medians of those
turns in which other work took less than a tenth of the machine (``--quiet``). Where there are none,
the clock tells less than the processor's time a patch, which leaves out what a way lets idle.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import psutil
import tensorflow as tf

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.model.engine import Predictor, precisions_of
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import find_model
from bcviewer.model.prediction import predict_patients
from bcviewer.model.way import Precision

KERAS_BATCH = 64
SEED_BATCH, SEED_SIDE = 16, 96
AIMS = {
    ("files, float32", "keras"): 3,
    ("stored, float32", "keras"): 4,
    ("stored, float32", "seed"): 8,
    ("stored, bfloat16", "seed"): 15,
    ("stored, int8", "seed"): 15,
}


@dataclass(frozen=True)
class Turn:
    """Seconds a patch by the clock, and of all threads; what share of the machine others took."""

    clock: float
    processor: float
    others: float


@dataclass
class Way:
    """A way from files to probabilities, and its turns."""

    name: str
    run: Callable[[], int]
    turns: list[Turn] = field(default_factory=list)

    def take_turn(self) -> None:
        began, used, busy = time.perf_counter(), time.process_time(), _busy()
        patches = self.run()
        clock, processor = time.perf_counter() - began, time.process_time() - used
        others = (_busy() - busy - processor) / (clock * (os.cpu_count() or 1))
        self.turns.append(Turn(clock / patches, processor / patches, others))

    def quiet(self, most: float) -> list[Turn]:
        """The turns in which others took less; the three quietest where there are fewer."""
        quiet = [turn for turn in self.turns if turn.others < most]
        return quiet if len(quiet) >= 3 else sorted(self.turns, key=attrgetter("others"))[:3]


def _busy() -> float:
    """Seconds that all cores of the machine have worked."""
    times = psutil.cpu_times()
    idle: float = times.idle + getattr(times, "iowait", 0.0)
    return float(sum(times)) - idle - getattr(times, "guest", 0.0)


@dataclass(frozen=True)
class Bench:
    """What all ways are about."""

    dataset: Dataset
    patients: list[str]
    model: ModelFolder

    @property
    def paths(self) -> list[Path]:
        rows = self.dataset.rows_of(self.patients)
        return [self.dataset.path(int(row)) for row in rows]


def keras_way(bench: Bench) -> Way:
    """``model.predict`` over a plain pipeline of the files."""
    network = keras.models.load_model(bench.model.network_path)

    def read(path: Any) -> Any:
        picture = tf.image.decode_png(tf.io.read_file(path), channels=3)
        return tf.image.resize_with_crop_or_pad(picture, 50, 50)

    paths = [str(path) for path in bench.paths]
    pictures = (
        tf.data.Dataset.from_tensor_slices(paths)
        .map(read, num_parallel_calls=tf.data.AUTOTUNE)
        .batch(KERAS_BATCH)
        .prefetch(tf.data.AUTOTUNE)
    )
    return Way("keras", lambda: len(network.predict(pictures, verbose=0)))


def seed_way(bench: Bench, folder: Path) -> Way:
    """As the seed project predicted; the weights are random, which changes no speed."""
    (folder / "all").mkdir()
    for path in bench.paths:
        (folder / "all" / path.name).symlink_to(path)
    generator = tf.keras.preprocessing.image.ImageDataGenerator(rescale=1 / 255)
    pictures = generator.flow_from_directory(
        folder,
        target_size=(SEED_SIDE, SEED_SIDE),
        batch_size=SEED_BATCH,
        class_mode=None,
        shuffle=False,
    )
    network = _seed_network(bench.model.card.architecture)
    return Way("seed", lambda: len(network.predict(pictures, verbose=0)))


def _seed_network(architecture: str) -> keras.Model:
    inputs = keras.Input((SEED_SIDE, SEED_SIDE, 3))
    if architecture == "mobilenetv2":
        flow = keras.applications.MobileNetV2(
            include_top=False, weights=None, input_tensor=inputs
        ).output
    else:
        flow = keras.layers.SeparableConv2D(64, 3, padding="same", activation="relu")(inputs)
        for number in range(8):
            flow = keras.layers.SeparableConv2D(32, 3, padding="same", activation="relu")(flow)
            if number in (1, 3, 5):
                flow = keras.layers.MaxPooling2D()(flow)
    pooled = keras.layers.GlobalAveragePooling2D()(flow)
    return keras.Model(inputs, keras.layers.Dense(2, activation="softmax")(pooled))


def our_way(bench: Bench, precision: Precision, workspace: Path | None) -> Way:
    """As ``bcviewer predict``, without its tables.

    Args:
        bench: What is predicted.
        precision: What the graph computes in.
        workspace: Where pixels are kept; None for nowhere yet, so that they come from the files.
    """
    predictor = Predictor(bench.model, precision=precision)

    def run() -> int:
        with _workspace(workspace) as folder:
            store = PixelStore(folder, bench.dataset)
            found = predict_patients(bench.dataset, store, predictor, bench.patients)
            return sum(len(said.probabilities) for said in found)

    return Way(f"{'stored' if workspace else 'files'}, {precision}", run)


@contextmanager
def _workspace(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory() as nowhere:
        yield Path(nowhere)


def decoding_way(bench: Bench) -> Way:
    """Only the decoding: what ours from the files cannot be faster than, on its one thread."""

    def run() -> int:
        with tempfile.TemporaryDirectory() as nowhere:
            store = PixelStore(Path(nowhere), bench.dataset)
            return sum(len(store.patient(name).pixels) for name in bench.patients)

    return Way("decoding alone", run)


def chosen_patients(dataset: Dataset, patches: int) -> list[str]:
    """Whole patients, drawn at random, with at least so many patches."""
    chosen: list[str] = []
    for number in np.random.default_rng(0).permutation(len(dataset.patients)):
        if len(dataset.rows_of(chosen)) >= patches:
            break
        chosen.append(dataset.patients[number])
    return chosen


def tell(ways: list[Way], most: float) -> None:
    """Tell medians of the turns in which other work took less than a share of the machine."""
    turns = {way.name: way.quiet(most) for way in ways}
    speed = {name: 1 / _median(found, "clock") for name, found in turns.items()}
    cost = {name: 1000 * _median(found, "processor") for name, found in turns.items()}
    for name, found in turns.items():
        print(
            f"{name:18} {speed[name]:7,.0f} patches/s, {cost[name]:5.2f} ms of processor a patch; "
            f"{len(found)} turns, in which others took {_median(found, 'others'):.0%}"
        )
    for (ours, other), aim in AIMS.items():
        if ours in speed:
            print(
                f"{ours} against {other}: {speed[ours] / speed[other]:.1f} times by the clock, "
                f"{cost[other] / cost[ours]:.1f} times by the processor's time; aim {aim}"
            )


def _median(turns: list[Turn], name: str) -> float:
    return float(np.median([getattr(turn, name) for turn in turns]))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("model")
    parser.add_argument("--patches", type=int, default=1024)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--quiet", type=float, default=0.1, help="most that others may take")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as nowhere:
        dataset, place = open_dataset(given.folder, workspace=Path(nowhere) / "workspace")
        patients = chosen_patients(dataset, given.patches)
        bench = Bench(dataset, patients, find_model(given.model))
        seed = Path(nowhere) / "seed"
        seed.mkdir()
        ways = [keras_way(bench), seed_way(bench, seed), decoding_way(bench)]
        for precision in precisions_of(bench.model):
            ways += [
                our_way(bench, precision, None),
                our_way(bench, precision, place.pixels_folder),
            ]
        for number in range(1 + given.rounds):
            for way in ways:
                way.take_turn()
                if number == 0:  # the first turn traces, and fills the store
                    way.turns.clear()
        print(f"{len(patients)} patients, {len(dataset.rows_of(patients)):,} patches")
        tell(ways, given.quiet)


if __name__ == "__main__":
    main()
