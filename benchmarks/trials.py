"""The table of trials: what each training's model is worth on patients that it has not seen.

    python benchmarks/trials.py FOLDER RUN... [--workspace DIR]

Each RUN is a run or model folder. It is judged on the patients of FOLDER that it neither trained
nor validated on: single patches, their average over flips and rotations, and with context; on all
of these patients, and on the complete slides among them. Thresholds are the model's own, chosen on
its validation patients; intervals come from a bootstrap over patients.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.evaluation.evaluation import Evaluation, evaluate
from bcviewer.model.context import PLAIN, View
from bcviewer.model.context_view import probabilities_in, threshold_in
from bcviewer.model.engine import AveragedPredictor, Predictor
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import find_model
from bcviewer.model.prediction import predict_patients

COMPLETE = ("8975", "8863", "8917", "9023", "8955", "9124", "9035", "16895", "8957")
SHOWN = ("auc", "balanced_accuracy", "f1")
CONTEXT = View(context=True, calibrated=True)


def main() -> None:
    """Judge each run and print a row for each way."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("runs", nargs="+")
    parser.add_argument("--workspace", type=Path)
    given = parser.parse_args()
    dataset, place = open_dataset(given.folder, workspace=given.workspace)
    pixels = PixelStore(place.pixels_folder, dataset)
    lines = ["| model, way | patients | patches | AUC | balanced accuracy | F1 |"]
    lines.append("|---|---|---|---|---|---|")
    for run in given.runs:
        lines += _rows(dataset, pixels, find_model(run))
    Console(soft_wrap=True).print("\n".join(lines), markup=False)


def _rows(dataset: Dataset, pixels: PixelStore, model: ModelFolder) -> list[str]:
    held_out = [p for p in dataset.patients if model.role_of(p) == "HELD OUT"]
    complete = [patient for patient in held_out if patient in COMPLETE]
    rows = []
    for averaged in (False, True):
        single = Predictor(model)
        predictor = AveragedPredictor(single) if averaged else single
        raw = np.full(len(dataset), np.nan, np.float32)
        for done in predict_patients(dataset, pixels, predictor, held_out):
            raw[dataset.rows(done.patient)] = done.probabilities
        for view in (PLAIN, CONTEXT) if model.context is not None else (PLAIN,):
            way = "with context" if view.context else "single patch"
            title = f"{model.card.name}, {way}{', averaged' if averaged else ''}"
            for patients, whose in ((held_out, ""), (complete, ", complete slides")):
                if patients:
                    found = _judge(dataset, model, patients, raw=raw, view=view)
                    rows.append(_row(title + whose, found))
    return rows


def _judge(
    dataset: Dataset,
    model: ModelFolder,
    patients: list[str],
    *,
    raw: NDArray[np.float32],
    view: View,
) -> Evaluation:
    shown = raw.copy()
    for patient in patients:
        rows = dataset.rows(patient)
        shown[rows] = probabilities_in(model, dataset, patient, probabilities=raw[rows], view=view)
    rows_of = dataset.rows_of(patients)
    return evaluate(
        dataset.labels[rows_of],
        shown[rows_of],
        dataset.patient_index[rows_of],
        threshold=threshold_in(model, view),
    )


def _row(title: str, found: Evaluation) -> str:
    cells = [_cell(found, name) for name in SHOWN]
    return f"| {title} | {found.patients} | {found.patches:,} | {' | '.join(cells)} |"


def _cell(found: Evaluation, name: str) -> str:
    low, high = found.intervals[name]
    return f"{found.scores[name]:.3f} ({low:.3f} to {high:.3f})"


if __name__ == "__main__":
    main()
