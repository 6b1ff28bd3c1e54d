"""Training in patches a second, against the seed project's way and a plain pipeline, in one run.

    python benchmarks/training_speed.py FOLDER [--rounds 6] [--model simple_cnn mobilenetv2]

Ways: (seed) files decoded at each step, scaled up to 96x96, batch 16, by Keras' generator of
augmented pictures, with the seed's networks; (plain) a tf.data pipeline that reads, decodes and
batches the same files, with our network as Keras computes it; (float32), (bcviewer) the feed and
the network of a training, the latter with the precision that "auto" means here; (no feed) the same
with one batch over and over, which tells what the feed costs.

The ways take turns, some steps each, so that other work on the machine slows all of them; each
figure is the median step. A first run decodes the data set, which takes some ten seconds.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import Split, split_by_patient
from bcviewer.model.keras_backend.feed import Feed
from bcviewer.model.keras_backend.network import build_network, for_training
from bcviewer.model.keras_backend.optimizer import compile_network
from bcviewer.model.keras_backend.precision import GAINS, Computed, fast_in_bfloat16

STEPS, UNTIMED = 12, 5
"""Steps of a turn, and how many of them may live on batches that were made beforehand."""

SEED_BATCH, SEED_SIDE = 16, 96


@dataclass
class Way:
    """A network and its batches, and the seconds of its steps, the wait for a batch included."""

    network: keras.Model
    batches: tf.data.Dataset
    batch_size: int
    taken: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._iterator = iter(self.batches)
        self.network.make_train_function()

    def take_turn(self) -> None:
        for number in range(STEPS):
            began = time.perf_counter()
            float(self.network.train_function(self._iterator)["loss"])
            if number >= UNTIMED:
                self.taken.append(time.perf_counter() - began)

    @property
    def patches_per_second(self) -> float:
        return self.batch_size / float(np.median(self.taken))


def seed_way(name: str, split: Split, folder: str) -> Way:
    """As the seed trained: 96x96, batch 16, files decoded at each step."""
    generator = tf.keras.preprocessing.image.ImageDataGenerator(
        rescale=1 / 255, horizontal_flip=True, vertical_flip=True, rotation_range=90
    )
    inputs = keras.Input((SEED_SIDE, SEED_SIDE, 3))
    backbone = (
        keras.applications.MobileNetV2(include_top=False, weights=None, input_tensor=inputs)
        if name == "mobilenetv2"
        else None
    )
    flow = backbone.output if backbone is not None else _seed_cnn(inputs)
    pooled = keras.layers.GlobalAveragePooling2D()(flow)
    network = keras.Model(inputs, keras.layers.Dense(2, activation="softmax")(pooled))
    network.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    for label in ("0", "1"):
        (Path(folder) / label).mkdir(exist_ok=True)
    dataset, rows = split.dataset, split.rows("train")
    for row in np.random.default_rng(0).choice(rows, min(2000, len(rows)), replace=False):
        path = dataset.path(int(row))
        link = Path(folder) / str(int(dataset.labels[row])) / path.name
        if not link.exists():
            link.symlink_to(path)
    pictures = generator.flow_from_directory(
        folder,
        target_size=(SEED_SIDE, SEED_SIDE),
        batch_size=SEED_BATCH,
        class_mode="categorical",
    )

    def endless() -> Iterator[Any]:
        while True:
            found = next(pictures)
            if len(found[0]) == SEED_BATCH:  # the last of a pass may be smaller
                yield found

    signature = (
        tf.TensorSpec((SEED_BATCH, SEED_SIDE, SEED_SIDE, 3), tf.float32),
        tf.TensorSpec((SEED_BATCH, 2), tf.float32),
    )
    batches = tf.data.Dataset.from_generator(endless, output_signature=signature)
    return Way(network, batches.prefetch(tf.data.AUTOTUNE), SEED_BATCH)


def _seed_cnn(flow: Any) -> Any:
    """The seed's simple CNN: separable blocks, no normalisation, pooling after each pair."""
    flow = keras.layers.SeparableConv2D(64, 3, padding="same", activation="relu")(flow)
    for number in range(4):
        for _ in range(2):
            flow = keras.layers.SeparableConv2D(32, 3, padding="same", activation="relu")(flow)
        if number < 3:
            flow = keras.layers.MaxPooling2D()(flow)
    return flow


def plain_way(name: str, split: Split, batch_size: int) -> Way:
    """A tf.data pipeline over the same files, decoded at each step."""
    dataset = split.dataset
    rows = [int(row) for row in split.rows("train")]
    paths = [str(dataset.path(row)) for row in rows]

    def read(path: Any, label: Any) -> tuple[Any, Any]:
        picture = tf.image.decode_png(tf.io.read_file(path), channels=3)
        return tf.image.resize_with_crop_or_pad(picture, 50, 50), label

    labels = dataset.labels[rows].astype(np.float32)[:, None]
    batches = (
        tf.data.Dataset.from_tensor_slices((paths, labels))
        .shuffle(len(paths), seed=0)
        .repeat()
        .map(read, num_parallel_calls=tf.data.AUTOTUNE)
        .batch(batch_size, drop_remainder=True)
        .prefetch(tf.data.AUTOTUNE)
    )
    return Way(_compiled(build_network(name)), batches, batch_size)


def our_way(name: str, feed: Feed, batch_size: int, computed: Computed, *, fed: bool = True) -> Way:
    """The feed and the network of a training; not ``fed``: one batch over and over."""
    network = _compiled(for_training(build_network(name), computed))
    same = tf.data.Dataset.from_tensors(tuple(map(tf.constant, feed.batch(0)))).repeat()
    return Way(network, feed.batches() if fed else same, batch_size)


def _compiled(network: keras.Model) -> keras.Model:
    compile_network(network, peak=1e-3, steps=1000)
    return network


def _feed(split: Split, store: PixelStore, batch_size: int) -> Feed:
    rows = split.rows("train")
    return Feed(
        store,
        rows,
        labels=split.dataset.labels[rows],
        batch_size=batch_size,
        seed=0,
        augmentation=True,
        class_weights=True,
    )


def milliseconds(work: Callable[[int], object], count: int) -> float:
    took = []
    for number in range(count):
        began = time.thread_time()
        work(number)
        took.append(1000 * (time.thread_time() - began))
    return float(np.median(took))


def compare(name: str, split: Split, feed: Feed, size: int, *, rounds: int) -> None:
    """Time the ways of one architecture in turns, and print what was found."""
    computed: Computed = "bfloat16" if name in GAINS and fast_in_bfloat16() else "float32"
    with tempfile.TemporaryDirectory() as folder:
        ways = {
            "seed": seed_way(name, split, folder),
            "plain": plain_way(name, split, size),
            "float32": our_way(name, feed, size, "float32"),
            "bcviewer": our_way(name, feed, size, computed),
            "no feed": our_way(name, feed, size, computed, fed=False),
        }
        for number in range(1 + rounds):
            for way in ways.values():
                way.take_turn()
                if number == 0:  # the first turn traces the network
                    way.taken.clear()
    rates = {called: way.patches_per_second for called, way in ways.items()}
    for called, rate in rates.items():
        times = rate / rates["seed"]
        print(f"{name:12} {called:9} {rate:7,.0f} patches/s, {times:5.2f} times the seed's way")
    made = milliseconds(feed.batch, 60)
    step = 1000 * size / rates["bcviewer"]
    fed = rates["no feed"] / rates["bcviewer"] - 1
    print(
        f"{name:12} computes in {computed}; a batch takes {made:.1f} ms of one core, "
        f"{made / step:.1%} of a step; a step takes {fed:+.1%} for being fed",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--model", nargs="+", default=["simple_cnn", "mobilenetv2"])
    parser.add_argument("--workspace", type=Path, help="keep the decoded pixels here")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as nowhere:
        workspace = chosen.workspace or Path(nowhere)
        dataset, place = open_dataset(chosen.folder, workspace=workspace)
        split = split_by_patient(dataset)
        store = PixelStore(place.pixels_folder, dataset)
        store.gather(split.rows("train"))  # decoded beforehand, as a training does
        feed = _feed(split, store, chosen.batch_size)
        for name in chosen.model:
            compare(name, split, feed, chosen.batch_size, rounds=chosen.rounds)


if __name__ == "__main__":
    main()
