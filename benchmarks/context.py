"""How much the context helps on complete slides that no part of a model has seen.

``python benchmarks/context.py FOLDER --runs DIR [--model simple_cnn] [--epochs 4]``

Nine patients of FOLDER are complete slides. In each of three folds three of them are kept apart, a
model is trained on other patients by ``bcviewer train``, and every way is fitted to its validation
patients, two other complete slides among them. Runs that are in DIR already are used again.
Thresholds are chosen on the validation patients, in the same way for each row; intervals come from
a bootstrap over the nine slides.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from context_ways import WAYS, Slide
from numpy.typing import NDArray
from rich.console import Console
from sklearn import metrics

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import split_from_lists
from bcviewer.dataset.split_file import save_split
from bcviewer.model.bootstrap import intervals
from bcviewer.model.calibration import fit_calibration, logit, sigmoid
from bcviewer.model.context_fit import steady_threshold
from bcviewer.model.context_smoothing import Cells
from bcviewer.model.engine import AveragedPredictor, Predictor
from bcviewer.model.features import FeatureExtractor
from bcviewer.model.library import find_model
from bcviewer.model.scores import scores

COMPLETE = ("8975", "8863", "8917", "9023", "8955", "9124", "9035", "16895", "8957")
FOLDS = (
    (("8975", "9124", "9035"), ("8863", "8957")),
    (("8863", "9023", "8957"), ("8917", "16895")),
    (("8917", "8955", "16895"), ("9023", "9035")),
)
SPARSE = 18
"""Patients that are no complete slides among the validation patients of a fold."""

COMPONENTS = 6
RESAMPLES = 1000
OURS = "ours"
SHOWN = ("auc", "balanced_accuracy", "f1")
Decided = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Logits, and logits over the threshold."""


def main() -> None:
    given = _arguments()
    dataset, place = open_dataset(given.folder, workspace=given.runs / "workspace")
    pixels = PixelStore(place.pixels_folder, dataset)
    labels: list[NDArray[np.int8]] = []
    names: list[NDArray[np.int64]] = []
    found: dict[str, list[Decided]] = {}
    for fold, (apart, complete) in enumerate(FOLDS):
        sparse = _sparse(dataset, fold)
        split = _split(dataset, given.runs / f"split{fold}.json", apart, [*sparse, *complete])
        model = _train(given, split, given.runs / f"{given.model}{fold}")
        judged = [*sparse, *complete]
        for averaged in (False, True):
            slides = _slides(dataset, pixels, model, [*judged, *apart], averaged=averaged)
            fitted, kept = slides[: len(judged)], slides[len(judged) :]
            for name in ("single patch", "ours") if averaged else WAYS:
                title = f"{name}, averaged over flips and rotations" if averaged else name
                began = time.perf_counter()
                found.setdefault(title, []).extend(_decide(name, fitted, kept))
                print(f"fold {fold}, {title}: {time.perf_counter() - began:.1f} s", flush=True)
        labels += [slide.labels for slide in kept]
        for slide, patient in zip(kept, apart, strict=True):
            names.append(np.full(len(slide.labels), COMPLETE.index(patient)))
    _tell(np.concatenate(labels), np.concatenate(names), found)


def _decide(way: str, fitted: list[Slide], kept: list[Slide]) -> list[Decided]:
    """Fit a way and choose its threshold on some slides; use both on others."""
    refine = WAYS[way](fitted)
    truth = np.concatenate([slide.labels for slide in fitted])
    values = np.concatenate([refine(slide) for slide in fitted])
    # Three models are pooled: a line through each one's values makes them comparable.
    patients = np.repeat(np.arange(len(fitted)), [len(slide.labels) for slide in fitted])
    line = fit_calibration(truth, values, patients)
    threshold = logit(np.array([steady_threshold(truth, sigmoid(values))]))
    return [(line.slope * refine(slide) + line.offset, refine(slide) - threshold) for slide in kept]


def _tell(
    labels: NDArray[np.int8], names: NDArray[np.int64], found: dict[str, list[Decided]]
) -> None:
    joined = {
        way: tuple(sigmoid(np.concatenate(part)) for part in zip(*parts, strict=True))
        for way, parts in found.items()
    }
    text = ["| way | AUC | balanced accuracy | F1 |", "|---|---|---|---|"]
    for way, (values, decided) in joined.items():
        cells = [_cell(labels, names, values if s == "auc" else decided, s) for s in SHOWN]
        text.append(f"| {way} | {' | '.join(cells)} |")
    text.append("")
    for other in ("single patch", "best Gaussian"):
        text.append(f"ours less {other}: " + _difference(labels, names, joined, other))
    Console(soft_wrap=True).print("\n".join(text), markup=False)


def _cell(
    labels: NDArray[np.int8], names: NDArray[np.int64], values: NDArray[np.float32], score: str
) -> str:
    low, high = intervals(labels, values, names, threshold=0.5)[score]
    return f"{scores(labels, values)[score]:.3f} ({low:.3f} to {high:.3f})"


def _difference(
    labels: NDArray[np.int8],
    names: NDArray[np.int64],
    joined: dict[str, tuple[NDArray[np.float32], ...]],
    other: str,
) -> str:
    """The difference of two ways in a bootstrap over slides, both on the same slides."""
    generator = np.random.default_rng(0)
    slides = [np.flatnonzero(names == number) for number in np.unique(names)]
    drawn: dict[str, list[float]] = {score: [] for score in SHOWN}
    for chosen in (None, *generator.integers(0, len(slides), (RESAMPLES, len(slides)))):
        order = range(len(slides)) if chosen is None else chosen
        rows = np.concatenate([slides[number] for number in order])
        for score in SHOWN:
            part = 0 if score == "auc" else 1
            ours, theirs = (
                _score(labels[rows], joined[w][part][rows], score) for w in (OURS, other)
            )
            drawn[score].append(ours - theirs)
    spans = {score: np.quantile(values[1:], [0.025, 0.975]) for score, values in drawn.items()}
    return "; ".join(
        f"{score.replace('_', ' ')} {drawn[score][0]:+.3f} ({low:+.3f} to {high:+.3f})"
        for score, (low, high) in spans.items()
    )


def _score(labels: NDArray[np.int8], values: NDArray[np.float32], score: str) -> float:
    """One of the scores, without the others, which take longer."""
    if score == "auc":
        return float(metrics.roc_auc_score(labels, values))
    predicted, truth = values >= 0.5, labels == 1
    hit = int((predicted & truth).sum())
    if score == "f1":
        return 2 * hit / int(predicted.sum() + truth.sum())
    return float(predicted[truth].mean() + (~predicted[~truth]).mean()) / 2


def _slides(
    dataset: Dataset, pixels: PixelStore, model: Path, patients: list[str], *, averaged: bool
) -> list[Slide]:
    opened = find_model(str(model))
    extractor = FeatureExtractor(opened)
    average = AveragedPredictor(Predictor(opened)) if averaged else None
    seen = []
    for patient in patients:
        decoded = pixels.patient(patient)
        readable = decoded.pixels[decoded.readable]
        features, probabilities = extractor.run(readable)
        if average is not None:
            probabilities = average.probabilities(readable)
        seen.append((patient, decoded.readable, features, logit(probabilities)))
        pixels.release(patient)
    every = np.concatenate([features for _, _, features, _ in seen]).astype(np.float64)
    middle, spread = every.mean(axis=0), every.std(axis=0) + 1e-6
    axes = np.linalg.svd((every - middle) / spread, full_matrices=False)[2][:COMPONENTS]
    scale = (((every - middle) / spread) @ axes.T).std(axis=0)
    slides = []
    for patient, known, features, logits in seen:
        rows = np.arange(dataset.rows(patient).start, dataset.rows(patient).stop)[known]
        cells = Cells.of(dataset.x[rows], dataset.y[rows])
        components = ((features - middle) / spread) @ axes.T / scale
        slides.append(Slide.of(dataset.labels[rows], logits, cells, components))
    return slides


def _sparse(dataset: Dataset, fold: int) -> list[str]:
    others = [patient for patient in dataset.patients if patient not in COMPLETE]
    order = np.random.default_rng(0).permutation(len(others))
    return [others[number] for number in order[SPARSE * fold : SPARSE * (fold + 1)]]


def _split(dataset: Dataset, path: Path, apart: tuple[str, ...], validation: list[str]) -> Path:
    if not path.exists():
        train = [p for p in dataset.patients if p not in apart and p not in validation]
        split = split_from_lists(dataset, train=train, validation=validation, test=list(apart))
        save_split(split, path)
    return path


def _train(given: argparse.Namespace, split: Path, run: Path) -> Path:
    """Train with bcviewer's own command, unless the run is there."""
    if not (run / "model" / "card.json").exists():
        command = [sys.executable, "-m", "bcviewer", "train", str(given.folder)]
        command += ["--model", given.model, "--epochs", str(given.epochs), "--split", str(split)]
        command += ["--run", str(run), "--workspace", str(given.runs / "workspace")]
        subprocess.run([*command, *given.options.split()], check=True)
    return run / "model"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=Path, required=True, help="where runs are kept")
    parser.add_argument("--model", default="simple_cnn")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--options", default="", help="more options of bcviewer train")
    return parser.parse_args()


if __name__ == "__main__":
    main()
