"""What predictions are worth: scores with their intervals, and what they were measured on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.errors import DataError
from bcviewer.model.bootstrap import Interval, intervals
from bcviewer.model.scores import scores


@dataclass(frozen=True)
class Evaluation:
    """Scores of predictions on a set of patients.

    Attributes:
        scores: As ``bcviewer.model.scores.scores`` gives them.
        intervals: 95 % intervals from a bootstrap over patients; NaN where there is one patient.
        threshold: The threshold the scores were taken at.
        patients: Number of patients.
        patches: Number of patches that were predicted.
        idc_patches: Number of those labelled IDC.
    """

    scores: dict[str, float]
    intervals: dict[str, Interval]
    threshold: float
    patients: int
    patches: int
    idc_patches: int

    @property
    def calibration_error(self) -> float:
        """How far the probabilities are from the share that is IDC, on average."""
        return self.scores["calibration_error"]

    def as_json(self) -> dict[str, Any]:
        """The numbers under the field's names; None where one is not defined."""
        return {
            "patients": self.patients,
            "patches": self.patches,
            "idc_patches": self.idc_patches,
            "threshold": self.threshold,
            **{name: _number(value) for name, value in self.scores.items()},
            "intervals": {
                name: [_number(low), _number(high)] for name, (low, high) in self.intervals.items()
            },
        }


def evaluate(
    labels: NDArray[np.integer],
    probabilities: NDArray[np.floating],
    patients: NDArray[np.integer],
    *,
    threshold: float,
) -> Evaluation:
    """Score predictions.

    Args:
        labels: int[n], 1 for IDC.
        probabilities: float[n]; NaN where a patch could not be read, which is left out.
        patients: int[n], the patient of each patch.
        threshold: From this probability on a patch is predicted IDC.

    Raises:
        DataError: No patch has a prediction.
    """
    known = np.isfinite(probabilities)
    if not known.any():
        raise DataError("There is no prediction to evaluate.", hint="Choose a part with patches.")
    labels, probabilities, patients = labels[known], probabilities[known], patients[known]
    return Evaluation(
        scores=scores(labels, probabilities, threshold=threshold),
        intervals=intervals(labels, probabilities, patients, threshold=threshold),
        threshold=threshold,
        patients=len(np.unique(patients)),
        patches=len(labels),
        idc_patches=int((labels == 1).sum()),
    )


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
