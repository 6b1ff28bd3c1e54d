"""Whether a second stream, which sees the neighbours' pixels, adds to the context.

    python benchmarks/context_stream.py FOLDER --runs DIR [--epochs 8] [--folds 0 1]

The stream sees 7x7 cells around a patch at a fifth of the scale, the patch among them, and a mask
of the cells that are there. It learns the patch's label from scratch on the training patients of a
fold of ``context.py``, and never hears what the patch network says of them. So both can be joined
by few numbers on validation patients, which neither has learned from. Runs of patch networks and
what streams say are kept in DIR and used again; a stream takes some ten minutes.
"""

from __future__ import annotations

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import context
import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.model.calibration import logit, sigmoid
from bcviewer.model.context_fit import JudgedPatient, fit_context, steady_threshold
from bcviewer.model.context_smoothing import Cells, smooth
from bcviewer.model.engine import Predictor
from bcviewer.model.keras_backend.fused import AdamW, BatchNormalization
from bcviewer.model.library import find_model
from bcviewer.model.scores import scores

CELLS = 7
"""Cells in a row of what is seen."""

POINTS = 10
"""Pixels of a cell, each way: a fifth of the scale."""

SIDE = CELLS * POINTS
BATCH = 128
PEAK = 2e-3
DROPPED = 0.5
"""Up to this share of the neighbours is hidden in training, as patients are that have few."""

Pictures = NDArray[np.float32]


@dataclass(frozen=True)
class Views:
    """What is seen around patches, cut out when it is asked for.

    Attributes:
        canvas: float32[cells + border, ..., 4] of each patient: colours from -1 to 1, and the mask.
        place: int64[N, 3]: of each row of the data set its patient, and where its view begins.
    """

    canvas: dict[int, Pictures]
    place: NDArray[np.int64]

    @classmethod
    def of(cls, dataset: Dataset, pixels: PixelStore) -> Views:
        border = CELLS // 2
        canvas: dict[int, Pictures] = {}
        place = np.zeros((len(dataset), 3), np.int64)
        for number, patient in enumerate(dataset.patients):
            rows = dataset.rows(patient)
            column = dataset.x[rows].astype(np.int64) // PATCH_SIZE
            row = dataset.y[rows].astype(np.int64) // PATCH_SIZE
            row, column = row - row.min(), column - column.min()
            small = _smaller(pixels.patient(patient).pixels)
            pixels.release(patient)
            high, wide = int(row.max()) + 1 + 2 * border, int(column.max()) + 1 + 2 * border
            whole = np.zeros((high, POINTS, wide, POINTS, 4), np.float32)
            whole[row + border, :, column + border] = small
            canvas[number] = whole.reshape(high * POINTS, wide * POINTS, 4)
            place[rows] = np.stack([np.full(len(row), number), row, column], axis=1)
        return cls(canvas, place)

    def cut(self, rows: NDArray[np.int64]) -> Pictures:
        """float32[n, 70, 70, 4]."""
        found = np.empty((len(rows), SIDE, SIDE, 4), np.float32)
        for line, (number, row, column) in zip(found, self.place[rows], strict=True):
            top, left = row * POINTS, column * POINTS
            line[:] = self.canvas[number][top : top + SIDE, left : left + SIDE]
        return found


def _smaller(pixels: NDArray[np.uint8]) -> Pictures:
    """float32[n, 10, 10, 4]: means of 5x5 pixels, from -1 to 1, and the mask."""
    step = PATCH_SIZE // POINTS
    means = pixels.reshape(-1, POINTS, step, POINTS, step, 3).mean(axis=(2, 4))
    scaled = (means / 127.5 - 1).astype(np.float32)
    return np.concatenate([scaled, np.ones((*scaled.shape[:3], 1), np.float32)], axis=-1)


def build() -> keras.Model:
    """Three halvings with a residual block each; the whole view and its middle go to the head."""
    view = keras.Input((SIDE, SIDE, 4))
    flow = _convolved(view, 32, strides=2)
    flow = _residual(flow, 32)
    flow = _residual(_convolved(flow, 64, strides=2), 64)
    flow = _residual(_convolved(flow, 128, strides=2), 128)
    middle = keras.layers.Cropping2D(4)(flow)
    seen = keras.layers.Concatenate()(
        [keras.layers.GlobalAveragePooling2D()(flow), keras.layers.Flatten()(middle)]
    )
    return keras.Model(view, keras.layers.Dense(1)(keras.layers.Dropout(0.4)(seen)))


def _convolved(flow: Any, width: int, *, strides: int = 1) -> Any:
    flow = keras.layers.Conv2D(width, 3, strides=strides, padding="same", use_bias=False)(flow)
    return keras.layers.ReLU()(BatchNormalization(momentum=0.9)(flow))


def _residual(flow: Any, width: int) -> Any:
    more = keras.layers.Conv2D(width, 3, padding="same", use_bias=False)(_convolved(flow, width))
    more = BatchNormalization(momentum=0.9)(more)
    return keras.layers.ReLU()(keras.layers.Add()([flow, more]))


def train(
    views: Views, rows: NDArray[np.int64], labels: NDArray[np.integer], epochs: int
) -> keras.Model:
    """Learn the labels of rows; ``labels`` are int[n]."""
    steps = epochs * (len(rows) // BATCH)
    network = build()
    rate = keras.optimizers.schedules.CosineDecay(
        PEAK / 20, steps - 100, alpha=0.01, warmup_target=PEAK, warmup_steps=100
    )
    network.compile(
        AdamW(rate, weight_decay=0.02),
        keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.05),
        jit_compile=False,
    )
    kind = (
        tf.TensorSpec((BATCH, SIDE, SIDE, 4), tf.float32),
        tf.TensorSpec((BATCH, 1), tf.float32),
    )
    batches = tf.data.Dataset.from_generator(
        lambda: _batches(views, rows, labels), output_signature=kind
    ).prefetch(4)
    network.fit(batches, epochs=epochs, steps_per_epoch=len(rows) // BATCH, verbose=2)
    return network


def _batches(
    views: Views, rows: NDArray[np.int64], labels: NDArray[np.integer]
) -> Iterator[tuple[Pictures, Pictures]]:
    generator = np.random.default_rng(0)
    share = float(np.mean(labels == 1))
    chance = np.where(labels == 1, 0.5 / share, 0.5 / (1 - share))
    chance = 0.5 + 0.5 * chance  # half way to both classes alike
    while True:
        chosen = generator.choice(len(rows), BATCH, p=chance / chance.sum())
        seen = views.cut(rows[chosen])
        _hide(seen, generator)
        colour = generator.normal(1, 0.05, (BATCH, 1, 1, 3)).astype(np.float32)
        light = generator.normal(0, 0.05, (BATCH, 1, 1, 3)).astype(np.float32)
        seen[..., :3] = (seen[..., :3] * colour + light) * seen[..., 3:]
        for each in range(BATCH):
            turned = np.rot90(seen[each], int(generator.integers(4)))
            seen[each] = turned[:, ::-1] if generator.random() < 0.5 else turned
        yield seen, labels[chosen].astype(np.float32)[:, None]


def _hide(seen: Pictures, generator: np.random.Generator) -> None:
    """Hide some neighbours, of each patch another share; never the patch itself."""
    most = generator.uniform(0, DROPPED, (len(seen), 1, 1))
    shown = generator.random((len(seen), CELLS, CELLS)) >= most
    shown[:, CELLS // 2, CELLS // 2] = True
    mask = shown.repeat(POINTS, axis=1).repeat(POINTS, axis=2)
    seen *= mask[..., None]


def logits_of(network: keras.Model, views: Views, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """float64[n]: averaged over the eight flips and rotations."""
    total = np.zeros(len(rows))
    for start in range(0, len(rows), 512):
        seen = views.cut(rows[start : start + 512])
        for flipped in (seen, seen[:, :, ::-1]):
            for turns in range(4):
                turned = np.ascontiguousarray(np.rot90(flipped, turns, axes=(1, 2)))
                total[start : start + 512] += network.predict_on_batch(turned)[:, 0]
    return total / 8


@dataclass(eq=False)
class Seen:
    """A patient that nothing has learned from: labels, cells, and logits by what says them."""

    labels: NDArray[np.int8]
    cells: Cells
    said: dict[str, NDArray[np.float64]] = field(default_factory=dict)


PATCH, STREAM, OURS = "single patch", "stream alone", "ours"
JOINED = {
    "single patch and stream": (PATCH, STREAM),
    "ours and stream": (OURS, STREAM),
}


def refine(fitted: Sequence[Seen], kept: Sequence[Seen]) -> None:
    """Add what ours makes of single patches, and what few numbers make of both."""
    patients = [JudgedPatient(s.labels, sigmoid(s.said[PATCH]), s.cells) for s in fitted]
    card = fit_context(patients, graph="")
    for seen in (*fitted, *kept):
        seen.said[OURS] = smooth(seen.said[PATCH], seen.cells, card.smoothing)
    for name, parts in JOINED.items():
        _join(name, parts, fitted, kept)


def _join(name: str, parts: Sequence[str], fitted: Sequence[Seen], kept: Sequence[Seen]) -> None:
    labels = np.concatenate([seen.labels for seen in fitted])
    weights = np.concatenate([np.full(len(s.labels), len(s.labels) ** -0.5) for s in fitted])
    told = np.concatenate([np.stack([seen.said[part] for part in parts], 1) for seen in fitted])
    line = LogisticRegression().fit(told, labels, sample_weight=weights / weights.mean())
    for seen in (*fitted, *kept):
        values = np.stack([seen.said[part] for part in parts], 1)
        seen.said[name] = values @ line.coef_[0] + line.intercept_[0]


def tell(folds: Sequence[tuple[list[Seen], list[Seen]]]) -> None:
    """Print the scores of the slides kept apart, thresholds and lines from validation."""
    print("| way | AUC | balanced accuracy | F1 |\n|---|---|---|---|")
    for name in (PATCH, STREAM, OURS, *JOINED):
        values, over, labels = [], [], []
        for fitted, kept in folds:
            _join(f"{name}, calibrated", (name,), fitted, kept)
            truth = np.concatenate([seen.labels for seen in fitted])
            known = np.concatenate([seen.said[name] for seen in fitted])
            threshold = float(logit(np.array([steady_threshold(truth, sigmoid(known))]))[0])
            for seen in kept:
                values.append(seen.said[f"{name}, calibrated"])
                over.append(seen.said[name] - threshold)
                labels.append(seen.labels)
        truth = np.concatenate(labels)
        decided = scores(truth, sigmoid(np.concatenate(over)), threshold=0.5)
        auc = scores(truth, sigmoid(np.concatenate(values)))["auc"]
        print(f"| {name} | {auc:.3f} | {decided['balanced_accuracy']:.3f} | {decided['f1']:.3f} |")


def look(
    dataset: Dataset,
    pixels: PixelStore,
    predictor: Predictor,
    patient: str,
    stream: NDArray[np.float64],
) -> Seen:
    """What both say of a patient."""
    decoded = pixels.patient(patient)
    rows = np.arange(dataset.rows(patient).start, dataset.rows(patient).stop)[decoded.readable]
    single = logit(predictor.probabilities(decoded.pixels[decoded.readable]).astype(np.float64))
    pixels.release(patient)
    cells = Cells.of(dataset.x[rows], dataset.y[rows])
    return Seen(
        dataset.labels[rows], cells, {PATCH: np.asarray(single, np.float64), STREAM: stream[rows]}
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=Path, required=True, help="where runs are kept")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--folds", type=int, nargs="+", default=[0, 1, 2])
    given = parser.parse_args()
    given.model, given.options = "simple_cnn", "--epochs 6"
    dataset, place = open_dataset(given.folder, workspace=given.runs / "workspace")
    pixels = PixelStore(place.pixels_folder, dataset)
    views: Views | None = None
    folds = []
    for fold in given.folds:
        apart, complete = context.FOLDS[fold]
        judged = [*context._sparse(dataset, fold), *complete]
        split = context._split(dataset, given.runs / f"split{fold}.json", apart, judged)
        model = context._train(given, split, given.runs / f"{given.model}{fold}")
        kept = given.runs / f"stream{fold}.npy"
        if not kept.exists():
            views = views or Views.of(dataset, pixels)
            left_out = {*apart, *judged}
            rows = dataset.rows_of([p for p in dataset.patients if p not in left_out])
            network = train(views, rows, dataset.labels[rows], given.epochs)
            said = np.full(len(dataset), np.nan)
            rows = dataset.rows_of(sorted(left_out))
            said[rows] = logits_of(network, views, rows)
            np.save(kept, said)
        predictor, stream = Predictor(find_model(str(model))), np.load(kept)
        fitted, others = (
            [look(dataset, pixels, predictor, patient, stream) for patient in patients]
            for patients in (judged, apart)
        )
        refine(fitted, others)
        folds.append((fitted, others))
    tell(folds)


if __name__ == "__main__":
    main()
