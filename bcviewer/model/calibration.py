"""Calibration: probabilities that mean what they say, and how unsure a probability is.

A network's 0.9 need not be right nine times of ten. A straight line through the logits, fitted on
patients that the network did not learn from, mends most of that and keeps the order of patches
(Platt, Probabilistic outputs for support vector machines, 1999).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from bcviewer.model.descent import lowest

EPSILON = 1e-6
"""Probabilities are kept this far from 0 and 1, so that their logits are finite."""

BINS = 10
FLAT = 1e-9
"""Added to second derivatives, which may be 0 where all patches are sure."""

STEEPEST, FLATTEST = 10.0, 0.05
PULL = 0.01
"""Of the slope to 0, against the summed loss of the patches: next to nothing, but enough where
labels and logits would part without a fault."""


class Calibration(BaseModel):
    """A line through the logits; ``slope`` 1 and ``offset`` 0 change nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    slope: float = Field(default=1.0, gt=0)
    offset: float = 0.0

    def of_logits(self, logits: NDArray[np.floating]) -> NDArray[np.float32]:
        """float32[n]: calibrated probabilities of float[n] logits; NaN stays NaN."""
        return sigmoid(self.slope * np.asarray(logits, np.float64) + self.offset)

    def of(self, probabilities: NDArray[np.floating]) -> NDArray[np.float32]:
        """float32[n]: calibrated probabilities of float[n] raw ones; NaN stays NaN."""
        return self.of_logits(logit(probabilities))

    def of_one(self, probability: float) -> float:
        """A probability, as a threshold, on the calibrated scale."""
        return float(self.of(np.array([probability]))[0])

    def back(self, probability: float) -> float:
        """The raw probability that is calibrated to this one."""
        raw = (logit(np.array([probability])) - self.offset) / self.slope
        return float(sigmoid(raw)[0])


def logit(probabilities: NDArray[np.floating]) -> NDArray[np.float64]:
    """float64[n]: the logarithm of the odds of float[n] in 0 to 1; NaN stays NaN."""
    inside = np.clip(np.asarray(probabilities, np.float64), EPSILON, 1 - EPSILON)
    return np.log(inside) - np.log1p(-inside)


def sigmoid(logits: NDArray[np.floating]) -> NDArray[np.float32]:
    """float32[n]: the probabilities of float[n] logits; NaN stays NaN."""
    half = np.tanh(np.asarray(logits, np.float64) / 2)
    return (0.5 + 0.5 * half).astype(np.float32)


def patient_weights(patients: NDArray[np.integer]) -> NDArray[np.float64]:
    """float64[n], of mean 1: a patient weighs as the square root of its patches.

    Patches of one patient are alike: were all patches equal, the largest slide would decide; were
    all patients equal, the one with the fewest patches would.
    """
    _, number, counts = np.unique(patients, return_inverse=True, return_counts=True)
    weights = 1 / np.sqrt(counts[number])
    return np.asarray(weights * (len(weights) / weights.sum()), np.float64)


def fit_calibration(
    labels: NDArray[np.integer],
    logits: NDArray[np.floating],
    patients: NDArray[np.integer],
    *,
    otherwise: Calibration | None = None,
) -> Calibration:
    """Fit the line by maximum likelihood.

    Args:
        labels: int[n], 1 for IDC.
        logits: float[n], none NaN, of patients that the network was not fitted to.
        patients: int[n], the patient of each patch.
        otherwise: The line where one class is missing, or the best line would turn the order of
            the patches around or make all of them sure; None for one that changes nothing.
    """
    unfitted = otherwise or Calibration()
    truth = np.asarray(labels) == 1
    if not truth.any() or truth.all():
        return unfitted
    slope, offset = _line(np.where(truth, -1.0, 1.0), logits, patient_weights(patients)).tolist()
    if not FLATTEST <= slope <= STEEPEST:
        return unfitted
    return Calibration(slope=slope, offset=offset)


def _line(
    signs: NDArray[np.float64], logits: NDArray[np.floating], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """float64[2]: slope and offset of the least loss; signs are -1 for IDC and 1 for others."""
    inputs = np.stack([np.asarray(logits, np.float64), np.ones(len(logits))], axis=1)
    pull = np.array([PULL, 0.0])

    def loss(line: NDArray[np.float64]) -> float:
        losses = np.logaddexp(0.0, signs * (inputs @ line))
        return float((weights @ losses + pull @ line**2 / 2) / len(signs))

    def bend(line: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        wrong = 0.5 + 0.5 * np.tanh(signs * (inputs @ line) / 2)
        slope = (weights * signs * wrong) @ inputs + pull * line
        second = (inputs.T * (weights * wrong * (1 - wrong))) @ inputs + np.diag(pull + FLAT)
        return slope / len(signs), second / len(signs)

    return lowest(loss, bend, np.array([1.0, 0.0]))


def calibration_error(
    labels: NDArray[np.integer], probabilities: NDArray[np.floating], *, bins: int = BINS
) -> float:
    """How far probabilities are from the share that is IDC, on average over the patches.

    The expected calibration error over bins of equal width (Naeini et al., AAAI 2015). NaN
    without patches.

    Args:
        labels: int[n], 1 for IDC.
        probabilities: float[n], none NaN.
        bins: Number of bins.
    """
    if not len(probabilities):
        return float("nan")
    places = bins_of(probabilities, bins)
    truth = np.bincount(places, np.asarray(labels) == 1, bins)
    said = np.bincount(places, probabilities, bins)
    return float(np.abs(truth - said).sum() / len(probabilities))


def bin_edges(bins: int) -> NDArray[np.float64]:
    """float64[bins + 1]: the edges of bins of equal width from 0 to 1."""
    return np.linspace(0.0, 1.0, bins + 1)


def bins_of(probabilities: NDArray[np.floating], bins: int) -> NDArray[np.int64]:
    """int64[n]: the bin of each probability; a bin holds its lower edge, the last one also 1.

    Args:
        probabilities: float[n], none NaN.
        bins: Number of bins of equal width.
    """
    return np.searchsorted(bin_edges(bins)[1:-1], probabilities, side="right")


def uncertainty(probabilities: NDArray[np.floating]) -> NDArray[np.float32]:
    """float32[n]: entropy in bits, 0 where the probability is 0 or 1, 1 where it is 0.5.

    Args:
        probabilities: float[n], calibrated; NaN stays NaN.
    """
    given = np.asarray(probabilities, np.float64)
    inside = np.clip(given, EPSILON, 1 - EPSILON)
    bits = -(inside * np.log2(inside) + (1 - inside) * np.log2(1 - inside))
    return np.where(np.isnan(given), np.nan, bits).astype(np.float32)
