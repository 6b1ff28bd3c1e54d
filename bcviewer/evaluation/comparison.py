"""Two models on the same patches: the difference of each score, and where they disagree.

Both are scored on the same resampled patients, so that what makes a patient hard for both falls
out of the difference: its interval is narrower than those of the two scores would tell.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.errors import DataError
from bcviewer.evaluation.evaluation import Evaluation
from bcviewer.evaluation.judged import Judged
from bcviewer.model.bootstrap import (
    RESAMPLES,
    UNKNOWN,
    drawn_patients,
    interval_of,
    resampled_scores,
)
from bcviewer.model.scores import SCORES, scores
from bcviewer.progress import Cancel, Progress, stop_if

LOWER_IS_BETTER = frozenset({"loss", "brier", "calibration_error"})
STEPS = 3


@dataclass(frozen=True)
class Difference:
    """A score of the second model less that of the first.

    Attributes:
        value: The difference; NaN where a score is not defined.
        low: Lower end of its 95 % interval, from a paired bootstrap over patients.
        high: Upper end.
    """

    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0

    def favours(self, name: str) -> int:
        """The model that a clear difference speaks for: 1 or 2; 0 when it is not clear."""
        if not self.clear:
            return 0
        return 2 if (self.value > 0) != (name in LOWER_IS_BETTER) else 1


@dataclass(frozen=True, eq=False)
class Disagreement:
    """Patches that one model predicts IDC and the other does not, each at its threshold.

    Attributes:
        rows: int64[k], rows of the data set, the strongest disagreement first.
        labels: int8[k], effective labels.
        probabilities: float32[2, k], of the first and the second model.
        second_right: bool[k], whether the second model has it right; else the first has.
    """

    rows: NDArray[np.int64]
    labels: NDArray[np.int8]
    probabilities: NDArray[np.float32]
    second_right: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def right(self) -> tuple[int, int]:
        """Of how many of these patches each model is right."""
        second = int(np.count_nonzero(self.second_right))
        return len(self.rows) - second, second


@dataclass(frozen=True, eq=False)
class Compared:
    """Two models on the same patches.

    Attributes:
        evaluations: The scores of both, as ``evaluate`` gives them.
        differences: Second less first, by score.
        disagreement: Where they differ.
    """

    evaluations: tuple[Evaluation, Evaluation]
    differences: dict[str, Difference]
    disagreement: Disagreement

    def as_json(self) -> dict[str, Any]:
        """The differences, and how often they disagree."""
        first, second = self.disagreement.right
        return {
            "differences": {
                name: {
                    "value": _number(found.value),
                    "interval": [_number(found.low), _number(found.high)],
                    "favours": found.favours(name),
                }
                for name, found in self.differences.items()
            },
            "disagreements": len(self.disagreement),
            "first_right": first,
            "second_right": second,
        }


def same_patches(
    dataset: Dataset,
    rows: NDArray[np.int64],
    labels: NDArray[np.int8],
    *,
    probabilities: tuple[NDArray[np.float32], NDArray[np.float32]],
) -> tuple[Judged, Judged]:
    """Gather the patches that have a label and a prediction by both models.

    Args:
        dataset: The data set.
        rows: int64[k], which rows to judge.
        labels: int8[N], -1 for none.
        probabilities: float32[N] of each model, NaN for none.

    Raises:
        DataError: There is no such patch.
    """
    first, second = probabilities
    both = rows[np.isfinite(first[rows]) & np.isfinite(second[rows])]
    one, other = (Judged.of(dataset, both, labels, each) for each in probabilities)
    return one, other


def compare(
    first: Judged,
    second: Judged,
    *,
    thresholds: tuple[float, float],
    resamples: int = RESAMPLES,
    seed: int = 0,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Compared:
    """Compare two models.

    Args:
        first: What the first model says of some patches.
        second: What the second says of the same patches.
        thresholds: Of each model: from this probability on a patch is predicted IDC.
        resamples: Number of bootstrap samples.
        seed: Seed of the resampling.
        progress: Told the steps done and their number.
        cancelled: Asked between steps.

    Raises:
        DataError: The two are not of the same patches.
        Cancelled: The user asked to stop.
    """
    if not np.array_equal(first.rows, second.rows):
        raise DataError(
            "The two models were not judged on the same patches.",
            hint="Predict the same patients with both.",
        )
    numbers, number = np.unique(first.patients, return_inverse=True)
    weights = drawn_patients(len(numbers), resamples=resamples, seed=seed)
    found, drawn = [], []
    for step, (judged, threshold) in enumerate(zip((first, second), thresholds, strict=True)):
        stop_if(cancelled)
        drawn.append(_drawn(judged, number, weights=weights, threshold=threshold))
        found.append(_evaluation(judged, drawn[-1], threshold=threshold, patients=len(numbers)))
        if progress is not None:
            progress(step + 1, STEPS)
    disagreement = _disagreement(first, second, thresholds)
    if progress is not None:
        progress(STEPS, STEPS)
    one, other = found
    return Compared((one, other), _differences(one, other, drawn), disagreement)


def _drawn(
    judged: Judged,
    number: NDArray[np.integer],
    *,
    weights: NDArray[np.float64],
    threshold: float,
) -> dict[str, NDArray[np.float64]]:
    """float64[resamples] by score; empty where there is one patient, of whom nothing varies."""
    if weights.shape[1] < 2:
        return {}
    return resampled_scores(
        judged.labels, judged.probabilities, number, weights=weights, threshold=threshold
    )


def _evaluation(
    judged: Judged, drawn: dict[str, NDArray[np.float64]], *, threshold: float, patients: int
) -> Evaluation:
    """What ``evaluate`` gives, from the samples that are drawn already."""
    return Evaluation(
        scores=scores(judged.labels, judged.probabilities, threshold=threshold),
        intervals={name: interval_of(drawn[name]) if name in drawn else UNKNOWN for name in SCORES},
        threshold=threshold,
        patients=patients,
        patches=len(judged),
        idc_patches=int((judged.labels == 1).sum()),
    )


def _differences(
    first: Evaluation, second: Evaluation, drawn: list[dict[str, NDArray[np.float64]]]
) -> dict[str, Difference]:
    found = {}
    for name in SCORES:
        low, high = UNKNOWN
        if name in drawn[0]:
            low, high = interval_of(drawn[1][name] - drawn[0][name])
        found[name] = Difference(second.scores[name] - first.scores[name], low, high)
    return found


def _disagreement(first: Judged, second: Judged, thresholds: tuple[float, float]) -> Disagreement:
    pairs = list(zip((first, second), thresholds, strict=True))
    predicted = [judged.probabilities >= threshold for judged, threshold in pairs]
    places = np.flatnonzero(predicted[0] != predicted[1])
    margins = [judged.probabilities[places] - threshold for judged, threshold in pairs]
    strength = np.abs(margins[1] - margins[0])
    places = places[np.argsort(-strength, kind="stable")]
    labels = first.labels[places]
    return Disagreement(
        rows=first.rows[places],
        labels=labels,
        probabilities=np.stack([first.probabilities[places], second.probabilities[places]]),
        second_right=predicted[1][places] == (labels == 1),
    )


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
