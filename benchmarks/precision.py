"""What lower precisions do to probabilities and scores, on patients that the model has not seen.

    python benchmarks/precision.py FOLDER MODEL [MODEL]

Each MODEL is a model folder, a run folder or a bundled model. The patients of FOLDER that are held
out for it are predicted in 32-bit floats, in bfloat16 and in int8, as far as the processor and the
model have them. Told are the scores of each with intervals over patients, the difference of the
area under the curve with its interval, how far probabilities move, and how many patches change
sides at the model's threshold.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.model.bootstrap import intervals
from bcviewer.model.engine import Predictor, precisions_of
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import find_model
from bcviewer.model.prediction import predict_patients
from bcviewer.model.scores import scores
from bcviewer.model.way import Precision

DRAWS = 1000
TOLD = ("auc", "balanced_accuracy", "f1")

Probabilities = NDArray[np.float32]


def predicted(
    dataset: Dataset, store: PixelStore, model: ModelFolder, precision: Precision
) -> tuple[Probabilities, list[str]]:
    """float32[N], NaN where nothing was predicted; and the patients held out."""
    patients = [name for name in dataset.patients if model.role_of(name) == "HELD OUT"]
    found = np.full(len(dataset), np.nan, np.float32)
    predictor = Predictor(model, precision=precision)
    for said in predict_patients(dataset, store, predictor, patients):
        found[dataset.rows(said.patient)] = said.probabilities
        store.release(said.patient)
    return found, patients


def difference(
    labels: NDArray[np.int8], both: tuple[Probabilities, Probabilities], patients: NDArray[np.int64]
) -> tuple[float, float, float]:
    """Area under the curve of the second less that of the first, with 95 % over patients."""
    generator, ids = np.random.default_rng(0), np.unique(patients)
    rows_of = {number: np.flatnonzero(patients == number) for number in ids}
    drawn = []
    for _ in range(DRAWS):
        rows = np.concatenate([rows_of[n] for n in generator.choice(ids, len(ids))])
        drawn.append(_gain(labels[rows], both[0][rows], both[1][rows]))
    low, high = np.percentile(drawn, (2.5, 97.5))
    return _gain(labels, *both), float(low), float(high)


def _gain(labels: NDArray[np.int8], first: Probabilities, second: Probabilities) -> float:
    return float(scores(labels, second)["auc"] - scores(labels, first)["auc"])


def compare(dataset: Dataset, store: PixelStore, model: ModelFolder) -> None:
    """Predict in all precisions, and print what was found."""
    exact, patients = predicted(dataset, store, model, Precision.FLOAT32)
    rows = np.flatnonzero(np.isfinite(exact))
    labels, numbers = dataset.labels[rows], dataset.patient_index[rows].astype(np.int64)
    name = model.card.architecture
    if not patients:
        print(f"{name}: no patient of this folder is held out for this model")
        return
    print(f"{name}: {len(patients)} held-out patients, {len(rows):,} patches")
    _tell(model, "float32", labels, exact[rows], numbers)
    for precision in precisions_of(model)[1:]:
        lower, _ = predicted(dataset, store, model, precision)
        _tell(model, precision, labels, lower[rows], numbers)
        _tell_difference(model, labels, (exact[rows], lower[rows]), numbers)


def _tell(
    model: ModelFolder,
    title: str,
    labels: NDArray[np.int8],
    found: Probabilities,
    patients: NDArray[np.int64],
) -> None:
    threshold = model.card.threshold
    values = scores(labels, found, threshold=threshold)
    spans = intervals(labels, found, patients, threshold=threshold)
    told = (f"{key} {values[key]:.4f} ({spans[key][0]:.3f} to {spans[key][1]:.3f})" for key in TOLD)
    print(f"  {title:9} {', '.join(told)}")


def _tell_difference(
    model: ModelFolder,
    labels: NDArray[np.int8],
    both: tuple[Probabilities, Probabilities],
    patients: NDArray[np.int64],
) -> None:
    exact, lower = both
    gain, low, high = difference(labels, both, patients)
    moved = np.abs(lower - exact)
    sides = ((lower >= model.card.threshold) != (exact >= model.card.threshold)).mean()
    print(f"  area under the curve {gain:+.5f} ({low:+.5f} to {high:+.5f})")
    print(
        f"  probabilities move by {moved.mean():.4f} on average, 99 % by less than "
        f"{np.percentile(moved, 99):.3f}, at most {moved.max():.3f}; {sides:.2%} change sides",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("model", nargs="+")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as nowhere:
        dataset, place = open_dataset(given.folder, workspace=Path(nowhere))
        store = PixelStore(place.pixels_folder, dataset)
        for name in given.model:
            compare(dataset, store, find_model(name))


if __name__ == "__main__":
    main()
