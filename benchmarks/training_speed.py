"""Training in patches a second, against the seed project's way and a plain pipeline, in one run.

    python benchmarks/training_speed.py FOLDER [--steps 40] [--model simple_cnn mobilenetv2]

Ways: (seed) files decoded at each step, scaled up to 96x96, batch 16, by Keras' generator of
augmented pictures; (plain) a tf.data pipeline that reads, decodes and batches the same files;
(bcviewer) the feed of a training from stored pixels. Each is the median step of a short training,
after its warm-up, with the network that bcviewer trains (the seed's way: with the seed's). The last
lines are the share of a step that the making of a batch takes, on a thread beside it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
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
from bcviewer.model.keras_backend.network import build_network
from bcviewer.model.keras_backend.optimizer import compile_network

WARM_UP = 8
SEED_BATCH, SEED_SIDE = 16, 96


class Clock(keras.callbacks.Callback):  # type: ignore[misc]
    """The seconds of each step, the wait for its batch included."""

    def __init__(self) -> None:
        super().__init__()
        self.ends: list[float] = []

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        self.ends.append(time.perf_counter())


def speed(network: keras.Model, batches: Any, *, steps: int, batch_size: int) -> float:
    """Patches a second of the median step."""
    clock = Clock()
    network.fit(batches, steps_per_epoch=WARM_UP + steps, epochs=1, callbacks=[clock], verbose=0)
    return batch_size / float(np.median(np.diff(clock.ends[WARM_UP:])))


def seed_way(name: str, split: Split, steps: int) -> float:
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
    with tempfile.TemporaryDirectory() as folder:
        for label in ("0", "1"):
            (Path(folder) / label).mkdir()
        dataset = split.dataset
        chosen = np.random.default_rng(0).choice(split.rows("train"), 2000, replace=False)
        for row in chosen:
            path = dataset.path(int(row))
            (Path(folder) / str(int(dataset.labels[row])) / path.name).symlink_to(path)
        batches = generator.flow_from_directory(
            folder,
            target_size=(SEED_SIDE, SEED_SIDE),
            batch_size=SEED_BATCH,
            class_mode="categorical",
        )

        def endless() -> Iterator[Any]:
            while True:
                yield next(batches)

        return speed(network, endless(), steps=2 * steps, batch_size=SEED_BATCH)


def _seed_cnn(flow: Any) -> Any:
    """The seed's simple CNN: separable blocks, no normalisation, pooling after each pair."""
    flow = keras.layers.SeparableConv2D(64, 3, padding="same", activation="relu")(flow)
    for number in range(4):
        for _ in range(2):
            flow = keras.layers.SeparableConv2D(32, 3, padding="same", activation="relu")(flow)
        if number < 3:
            flow = keras.layers.MaxPooling2D()(flow)
    return flow


def plain_way(name: str, split: Split, steps: int, batch_size: int) -> float:
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
        .batch(batch_size)
        .prefetch(tf.data.AUTOTUNE)
    )
    return speed(_compiled(name), batches, steps=steps, batch_size=batch_size)


def our_way(name: str, split: Split, store: PixelStore, steps: int, batch_size: int) -> float:
    """The feed and the network of a training."""
    batches = _feed(split, store, batch_size).batches()
    return speed(_compiled(name), batches, steps=steps, batch_size=batch_size)


def _compiled(name: str) -> keras.Model:
    network = build_network(name)
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
        began = time.perf_counter()
        work(number)
        took.append(1000 * (time.perf_counter() - began))
    return float(np.median(took))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--model", nargs="+", default=["simple_cnn", "mobilenetv2"])
    chosen = parser.parse_args()
    size = chosen.batch_size
    with tempfile.TemporaryDirectory() as workspace:
        dataset, place = open_dataset(chosen.folder, workspace=Path(workspace))
        split = split_by_patient(dataset)
        store = PixelStore(place.pixels_folder, dataset)
        feed = _feed(split, store, size)
        feed.batch(0)
        for name in chosen.model:
            rates = {
                "seed": seed_way(name, split, chosen.steps),
                "plain": plain_way(name, split, chosen.steps, size),
                "bcviewer": our_way(name, split, store, chosen.steps, size),
            }
            for way, rate in rates.items():
                print(f"{name:12} {way:9} {rate:7,.0f} patches/s", flush=True)
            ours = rates["bcviewer"]
            print(
                f"{name:12} bcviewer is {ours / rates['seed']:.1f} times the seed's way, "
                f"{ours / rates['plain']:.2f} times the plain pipeline"
            )
            made = milliseconds(feed.batch, 60)
            step = 1000 * size / ours
            print(f"{name:12} a batch is made in {made:.1f} ms: {made / step:.1%} of a step")


if __name__ == "__main__":
    main()
