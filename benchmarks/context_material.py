"""What cross-validated networks are worth, and whom a context is best fitted to.

    python benchmarks/context_material.py FOLDER CROSS_VALIDATION... [--averaged]

CROSS_VALIDATION is the folder of a finished ``bcviewer cross-validate``. Each patient is judged by
the network that knew nothing of it: as single patches; with the context that this network's run
fitted to its own validation patients; and with one fitted to the out-of-fold predictions of the
other folds, so of many more patients. Thresholds come from where the context comes from; the single
patches have the network's own. All patients, and the complete slides among them (at least
1,000 patches); intervals come from a bootstrap over patients. With ``--averaged`` the networks
are asked again, over flips and rotations.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from context import COMPLETE
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.model.bootstrap import intervals
from bcviewer.model.calibration import logit, sigmoid
from bcviewer.model.context import PLAIN, ContextCard, View
from bcviewer.model.context_fit import fit_context, judged_patients
from bcviewer.model.engine import AveragedPredictor, Predictor
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import find_model
from bcviewer.model.prediction import predict_patients
from bcviewer.model.scores import scores

SHOWN = ("auc", "balanced_accuracy", "f1", "accuracy")
WITH_CONTEXT = View(context=True)


@dataclass(frozen=True, eq=False)
class Fold:
    """A network, the rows that it is judged on, and what it says of them.

    Attributes:
        model: The network.
        rows: int64[n] of patients that it neither trained nor validated on.
        said: float32[N], its raw probabilities of those; NaN elsewhere.
    """

    model: ModelFolder
    rows: NDArray[np.int64]
    said: NDArray[np.float32]


def folds_of(path: Path, dataset: Dataset, pixels: PixelStore, *, averaged: bool) -> list[Fold]:
    """Ask each network of a cross-validation for the patients that it knows nothing of."""
    found = []
    for place in sorted(path.glob("fold-*")):
        model = find_model(str(place))
        seen = {*model.card.patients_trained, *model.card.patients_validated}
        patients = [name for name in dataset.patients if name not in seen]
        said = np.full(len(dataset), np.nan, np.float32)
        single = Predictor(model)
        asked = AveragedPredictor(single) if averaged else single
        for done in predict_patients(dataset, pixels, asked, patients):
            said[dataset.rows(done.patient)] = done.probabilities
            pixels.release(done.patient)
        found.append(Fold(model, dataset.rows_of(patients), said))
    return found


def from_others(folds: list[Fold], fold: Fold, dataset: Dataset) -> ContextCard:
    """A context for the network of a fold, fitted to what the others said of their patients."""
    line = logit(np.array([fold.model.card.threshold]))
    moved = np.full(len(dataset), np.nan, np.float32)
    for each in folds:
        if each is not fold:
            shift = line - logit(np.array([each.model.card.threshold]))
            moved[each.rows] = sigmoid(logit(each.said[each.rows]) + shift)
    rows = np.flatnonzero(np.isfinite(moved))
    patients = judged_patients(dataset, rows, moved[rows], dataset.labels[rows])
    return fit_context(patients, graph=fold.model.fingerprint)


def shown(
    fold: Fold, card: ContextCard | None, dataset: Dataset
) -> tuple[NDArray[np.float32], float]:
    """float32[N]: the probabilities of a fold in a view, and the threshold that belongs to it."""
    if card is None:
        return fold.said, fold.model.card.threshold
    found = np.full(len(dataset), np.nan, np.float32)
    for number in np.unique(dataset.patient_index[fold.rows]):
        rows = dataset.rows(dataset.patients[int(number)])
        found[rows] = card.apply(
            fold.said[rows], dataset.x[rows], dataset.y[rows], view=WITH_CONTEXT
        )
    return found, card.threshold_of(WITH_CONTEXT, single=fold.model.card.threshold)


def judged(
    folds: list[Fold], cards: list[ContextCard | None], dataset: Dataset
) -> NDArray[np.float32]:
    """float32[N]: what all folds say, with each threshold moved to one half."""
    found = np.full(len(dataset), np.nan, np.float32)
    for fold, card in zip(folds, cards, strict=True):
        values, threshold = shown(fold, card, dataset)
        line = logit(np.array([threshold]))
        found[fold.rows] = sigmoid(logit(values[fold.rows]) - line)
    return found


def row(found: NDArray[np.float32], dataset: Dataset, mask: NDArray[np.bool_]) -> list[str]:
    """The scores of some patches, with intervals over their patients."""
    usable = np.isfinite(found) & mask
    given = dataset.labels[usable], found[usable], dataset.patient_index[usable]
    values = scores(given[0], given[1], threshold=0.5)
    between = intervals(*given, threshold=0.5)
    words = [
        f"{values[name]:.3f} ({between[name][0]:.3f} to {between[name][1]:.3f})" for name in SHOWN
    ]
    return [f"{len(np.unique(given[2]))}", f"{usable.sum():,}", *words]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("cross_validations", type=Path, nargs="+")
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--averaged", action="store_true")
    given = parser.parse_args()
    dataset, place = open_dataset(given.folder, workspace=given.workspace)
    pixels = PixelStore(place.pixels_folder, dataset)
    everything = np.ones(len(dataset), bool)
    complete = np.isin(dataset.patients, COMPLETE)[dataset.patient_index]
    for path in given.cross_validations:
        folds = folds_of(path, dataset, pixels, averaged=given.averaged)
        others: list[ContextCard | None] = [from_others(folds, each, dataset) for each in folds]
        ways: dict[str, list[ContextCard | None]] = {
            PLAIN.title: [None] * len(folds),
            "context of its validation patients": [each.model.context for each in folds],
            "context of the other folds": others,
        }
        table = Table("way", "patients", "patches", *SHOWN, title=path.name)
        for name, cards in ways.items():
            found = judged(folds, cards, dataset)
            table.add_row(name, *row(found, dataset, everything))
            table.add_row("  complete slides", *row(found, dataset, complete))
        Console(width=180).print(table)


if __name__ == "__main__":
    main()
