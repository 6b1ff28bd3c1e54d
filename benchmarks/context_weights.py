"""Whom to learn from how neighbours speak: all patches alike, or those that have neighbours.

    python benchmarks/context_weights.py FOLDER NAME... --workspace DIR [--draws 6] [--patients 25]

NAME is that of the out-of-fold predictions of a ``bcviewer cross-validate``. In each draw a context
is fitted to some patients drawn by chance, most of them samples of scattered patches, and judged on
all others, complete slides and samples apart. Told are the means over the draws of reach, pull, the
AUC (pooled, and the mean of the patients) and the balanced accuracy at the threshold that
was chosen on the drawn patients; and the lowest of the latter.
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
from scipy.optimize import minimize  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score

from bcviewer.dataset.opening import open_dataset
from bcviewer.model.calibration import logit, patient_weights, sigmoid
from bcviewer.model.context_fit import JudgedPatient, judged_patients, steady_threshold
from bcviewer.model.context_loss import DEFAULT_PULL, DEFAULT_REACH, SWEEPS
from bcviewer.model.context_smoothing import Smoothing, smooth
from bcviewer.model.out_of_fold import find_out_of_fold

WAYS = {
    "all patches alike, defaults next to nothing": (False, 0.04),
    "all patches alike": (False, 4.0),
    "by neighbours, defaults next to nothing": (True, 0.04),
    "by neighbours": (True, 4.0),
}
"""Whether patches weigh by their neighbours, and the strength of the pull to the defaults."""

BEGIN = np.array([0.0, 0.0, np.log(DEFAULT_REACH), np.log(DEFAULT_PULL)])
BOUNDS = [(-2.0, 2.0), (-6.0, 6.0), (np.log(0.4), np.log(2.5)), (np.log(1e-3), np.log(20.0))]


@dataclass(frozen=True)
class Found:
    """A smoothing and the threshold that was chosen with it."""

    smoothing: Smoothing
    threshold: float


def fit(patients: list[JudgedPatient], *, by_neighbours: bool, strength: float) -> Found:
    """Fit reach and pull, and the line after them, to patients."""
    labels = np.concatenate([each.labels for each in patients])
    number = np.repeat(np.arange(len(patients)), [len(each.labels) for each in patients])
    raw = [logit(each.probabilities) for each in patients]
    weights = patient_weights(number)
    if by_neighbours:
        weights = weights * (np.concatenate([each.cells.neighbours() for each in patients]) + 0.25)
        weights /= weights.mean()
    signs = np.where(labels == 1, -1.0, 1.0)
    strengths = np.array([0.04, 0.04, strength, strength])

    def flowed(place: NDArray[np.float64]) -> NDArray[np.float64]:
        how = Smoothing(float(np.exp(place[2])), float(np.exp(place[3])), SWEEPS)
        pairs = zip(raw, patients, strict=True)
        return np.concatenate([smooth(own, each.cells, how) for own, each in pairs])

    def loss(place: NDArray[np.float64]) -> float:
        values = np.exp(place[0]) * flowed(place) + place[1]
        far = (strengths * (place - BEGIN) ** 2).sum() / len(patients)
        return float((weights * np.logaddexp(0.0, signs * values)).mean() + far)

    best = np.asarray(minimize(loss, BEGIN, method="L-BFGS-B", bounds=BOUNDS, tol=1e-6).x)
    how = Smoothing(float(np.exp(best[2])), float(np.exp(best[3])), SWEEPS)
    return Found(how, steady_threshold(labels, sigmoid(flowed(best))))


def judge(patients: list[JudgedPatient], found: Found) -> tuple[float, float, float]:
    """Pooled AUC, mean AUC of the patients, balanced accuracy at the threshold."""
    values = [smooth(logit(each.probabilities), each.cells, found.smoothing) for each in patients]
    areas = [
        roc_auc_score(each.labels, value)
        for each, value in zip(patients, values, strict=True)
        if 0 < each.labels.mean() < 1
    ]
    labels, together = np.concatenate([each.labels for each in patients]), np.concatenate(values)
    said = sigmoid(together) >= found.threshold
    right = (said[labels == 1].mean() + (~said[labels == 0]).mean()) / 2
    return float(roc_auc_score(labels, together)), float(np.mean(areas)), float(right)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--draws", type=int, default=6)
    parser.add_argument("--patients", type=int, default=25)
    given = parser.parse_args()
    dataset, place = open_dataset(given.folder, workspace=given.workspace)
    for name in given.names:
        said = find_out_of_fold(name, place, dataset).aligned()
        patients = judged_patients(dataset, np.arange(len(dataset)), said, dataset.labels)
        whole = np.isin(dataset.patients, COMPLETE)
        chance = np.random.default_rng(0)
        rows: dict[str, list[tuple[float, ...]]] = {way: [] for way in WAYS}
        for _ in range(given.draws):
            drawn = np.zeros(len(patients), bool)
            drawn[chance.choice(len(patients), given.patients, replace=False)] = True
            mine, slides, samples = (
                [patients[number] for number in np.flatnonzero(mask)]
                for mask in (drawn, ~drawn & whole, ~drawn & ~whole)
            )
            for way, (by_neighbours, strength) in WAYS.items():
                found = fit(mine, by_neighbours=by_neighbours, strength=strength)
                how = found.smoothing
                rows[way].append(
                    (how.reach, how.pull, *judge(slides, found), *judge(samples, found))
                )
        heads = ("AUC", "of patients", "BAC")
        table = Table(
            "way", "reach", "pull", *heads, "lowest", *heads, title=f"{name}: complete, samples"
        )
        for way, told in rows.items():
            means, lowest = np.mean(told, axis=0), min(row[4] for row in told)
            words = [f"{value:.3f}" for value in (*means[:5], lowest, *means[5:])]
            table.add_row(way, *words)
        Console(width=160).print(table)


if __name__ == "__main__":
    main()
