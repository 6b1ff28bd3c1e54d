"""Patches behind a number: those of a cell of the confusion matrix, or of a bin of a histogram."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.evaluation.judged import Judged


@dataclass(frozen=True, eq=False)
class Chosen:
    """Patches that somebody wants to see.

    Attributes:
        title: What they are, for people.
        rows: int64[k], rows of the data set, those that the model is surest of first.
    """

    title: str
    rows: NDArray[np.int64]


def chosen_of_cell(judged: Judged, threshold: float, truth: int, predicted: int) -> Chosen:
    """The patches of a cell of the confusion matrix.

    Args:
        judged: What is judged.
        threshold: From this probability on a patch is predicted IDC.
        truth: 1 for the patches labelled IDC, 0 for the others.
        predicted: 1 for the patches predicted IDC, 0 for the others.
    """
    above = judged.probabilities >= float(threshold)
    mask = (judged.labels == truth) & (above == bool(predicted))
    title = f"{_CELLS[truth, predicted]}: {_CLASSES[truth]}, predicted {_CLASSES[predicted]}"
    return Chosen(title, _sorted(judged, mask, highest_first=bool(predicted)))


def chosen_of_bin(judged: Judged, low: float, high: float, truth: int | None = None) -> Chosen:
    """The patches of a bin of the histogram or of the reliability plot.

    Args:
        judged: What is judged.
        low: The bin's lower edge, which belongs to it.
        high: Its upper edge, which belongs to it only where it is 1.
        truth: 1 for the patches labelled IDC, 0 for the others, None for both.
    """
    given = judged.probabilities.astype(np.float64)
    mask = (given >= low) & ((given < high) | (high >= 1))
    words = f"Probability {low:.2f} to {high:.2f}"
    if truth is not None:
        mask &= judged.labels == truth
        words += f", {_CLASSES[truth]}"
    return Chosen(words, _sorted(judged, mask, highest_first=low + high >= 1))


_CLASSES = {0: "not IDC", 1: "IDC"}
_CELLS = {
    (1, 1): "True positives",
    (0, 1): "False positives",
    (1, 0): "False negatives",
    (0, 0): "True negatives",
}


def _sorted(judged: Judged, mask: NDArray[np.bool_], *, highest_first: bool) -> NDArray[np.int64]:
    given = judged.probabilities[mask]
    order = np.argsort(-given if highest_first else given, kind="stable")
    return judged.rows[mask][order]
