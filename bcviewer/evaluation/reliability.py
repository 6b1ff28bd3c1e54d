"""Whether probabilities mean what they say, and how they are spread over both classes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.evaluation.judged import Judged
from bcviewer.model.calibration import BINS, bin_edges, bins_of

HISTOGRAM_BINS = 20


@dataclass(frozen=True, eq=False)
class Reliability:
    """What was said and what was true, in bins of equal width.

    Attributes:
        edges: float64[bins + 1].
        mean_probability: float64[bins], NaN where a bin is empty.
        idc_share: float64[bins], the share that is IDC; NaN where a bin is empty.
        counts: int64[bins], patches.
    """

    edges: NDArray[np.float64]
    mean_probability: NDArray[np.float64]
    idc_share: NDArray[np.float64]
    counts: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Histogram:
    """How many patches of each class have which probability.

    Attributes:
        edges: float64[bins + 1]; a bin holds its lower edge, the last one its upper edge too.
        idc: int64[bins], patches labelled IDC.
        other: int64[bins], patches labelled not IDC.
    """

    edges: NDArray[np.float64]
    idc: NDArray[np.int64]
    other: NDArray[np.int64]


def reliability(
    labels: NDArray[np.integer], probabilities: NDArray[np.floating], bins: int = BINS
) -> Reliability:
    """Compare probabilities with the share that is IDC.

    Args:
        labels: int[n], 1 for IDC.
        probabilities: float[n], none NaN.
        bins: Number of bins of equal width.
    """
    places = bins_of(probabilities, bins)
    counts = np.bincount(places, minlength=bins)
    said = np.bincount(places, probabilities, bins)
    true = np.bincount(places, np.asarray(labels) == 1, bins)
    with np.errstate(invalid="ignore"):
        return Reliability(bin_edges(bins), said / counts, true / counts, counts)


def histogram(judged: Judged, bins: int = HISTOGRAM_BINS) -> Histogram:
    """Count the patches of each class by their probability.

    Args:
        judged: What is judged.
        bins: Number of bins of equal width.
    """
    places, truth = bins_of(judged.probabilities, bins), judged.labels == 1
    return Histogram(
        edges=bin_edges(bins),
        idc=np.bincount(places[truth], minlength=bins),
        other=np.bincount(places[~truth], minlength=bins),
    )
