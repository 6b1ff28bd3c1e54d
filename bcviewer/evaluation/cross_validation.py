"""What a cross-validation says of a recipe: each fold, mean and spread over folds, and pooled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bcviewer.evaluation.evaluation import Evaluation, evaluate
from bcviewer.model.out_of_fold import OutOfFold, OutOfFoldCard

OF_PROBABILITIES: Final = ("loss", "brier", "calibration_error")
"""Scores that take a probability at its word. All others decide or rank: networks of different
folds are comparable in that once their thresholds are made one."""

MIDDLE = 0.5
SPLIT_TITLE = "by patient, out of fold"


@dataclass(frozen=True)
class CrossValidated:
    """Scores of out-of-fold predictions; official test cases are not among the patients.

    Attributes:
        card: What made the predictions.
        folds: Scores of each fold at its own threshold, by its number; a fold without a label is
            left out.
        pooled: Scores of all folds' patches together. Its threshold stands for those of the folds:
            0.5 of ``OutOfFold.aligned``.
    """

    card: OutOfFoldCard
    folds: Mapping[int, Evaluation]
    pooled: Evaluation

    def mean(self, name: str) -> float:
        """Mean of a score over the folds that have it; NaN where none has."""
        values = self._values(name)
        return float(values.mean()) if len(values) else float("nan")

    def deviation(self, name: str) -> float:
        """Standard deviation of a score over folds (n - 1); NaN with fewer than two."""
        values = self._values(name)
        return float(values.std(ddof=1)) if len(values) > 1 else float("nan")

    def _values(self, name: str) -> NDArray[np.float64]:
        values = np.array([found.scores[name] for found in self.folds.values()], np.float64)
        return values[np.isfinite(values)]

    def as_json(self) -> dict[str, Any]:
        """The numbers, and what they were measured on."""
        names = list(self.pooled.scores)
        return {
            "name": self.card.name,
            "split": SPLIT_TITLE,
            "optimistic": False,
            "recipe": self.card.recipe,
            "data": self.card.data,
            "labels_of_folds": list(self.card.labels),
            "pooled": {**self.pooled.as_json(), "threshold": list(self.card.thresholds)},
            "mean": {name: _number(self.mean(name)) for name in names},
            "standard_deviation": {name: _number(self.deviation(name)) for name in names},
            "folds": [{"fold": fold, **found.as_json()} for fold, found in self.folds.items()],
        }


def score_out_of_fold(predicted: OutOfFold, labels: NDArray[np.int8]) -> CrossValidated:
    """Score out-of-fold predictions.

    Args:
        predicted: The predictions.
        labels: int8[N], effective labels; -1 for a patch that is left out.

    Raises:
        DataError: No patch has both a label and a prediction.
    """
    card, dataset = predicted.card, predicted.dataset
    usable = predicted.in_folds & (labels >= 0) & np.isfinite(predicted.probabilities)
    fold_of = predicted.fold_of_row
    folds = {}
    for fold, threshold in enumerate(card.thresholds, start=1):
        rows = np.flatnonzero(usable & (fold_of == fold))
        if len(rows):
            folds[fold] = evaluate(
                labels[rows],
                predicted.probabilities[rows],
                dataset.patient_index[rows],
                threshold=threshold,
            )
    rows = np.flatnonzero(usable)
    patients = dataset.patient_index[rows]
    raw = evaluate(labels[rows], predicted.probabilities[rows], patients, threshold=MIDDLE)
    decided = evaluate(labels[rows], predicted.aligned()[rows], patients, threshold=MIDDLE)
    return CrossValidated(card, folds, _together(raw, decided))


def _together(raw: Evaluation, decided: Evaluation) -> Evaluation:
    """Probabilities as the networks said them; decisions and ranking by each fold's threshold."""
    scores, intervals = dict(decided.scores), dict(decided.intervals)
    for name in OF_PROBABILITIES:
        scores[name], intervals[name] = raw.scores[name], raw.intervals[name]
    return replace(decided, scores=scores, intervals=intervals)


def _number(value: float) -> float | None:
    return value if np.isfinite(value) else None
