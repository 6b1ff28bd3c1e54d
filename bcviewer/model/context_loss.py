"""How well a context fits patients, as the four numbers that are learned move.

They are the logarithm of the slope and the offset of the line that calibrates, then the logarithms
of reach and pull. A pull towards the defaults decides where there are few patients or neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bcviewer.model.calibration import logit, patient_weights
from bcviewer.model.context_smoothing import Cells, Smoothing, smooth
from bcviewer.progress import Cancel, stop_if

SWEEPS = 8
"""On six complete slides 6, 8 and 12 sweeps were alike, and better than 1 or 3."""

DEFAULT_REACH, DEFAULT_PULL = 1.6, 0.8

START = np.array([0.0, 0.0, np.log(DEFAULT_REACH), np.log(DEFAULT_PULL)])
BOUNDS = np.array([(-2.0, 2.0), (-6.0, 6.0), np.log((0.4, 2.5)), np.log((1e-3, 20.0))])
_STRENGTHS = np.array([0.04, 0.04, 4.0, 4.0])
"""Of the pull towards the defaults, shared by the patients: 20 of them leave it next to nothing for
the line; reach and pull follow only what many patients say."""

_ALONE = 0.25
"""Weight of a patch without neighbours, where one with eight has 8.25: how neighbours speak is
learned from those who have some. Where all weighed alike, patients of few scattered patches, who
need a stronger pull, had complete slides smoothed too much (decision 8)."""

_NUDGE = 1e-5
"""By which reach and pull are moved to see how the logits follow."""

Place = NDArray[np.float64]


class Heard:
    """A patient whose logits flow; what became of them is kept, since the folds ask for it again.

    Args:
        labels: int[n], 1 for IDC, 0 for not IDC.
        probabilities: float[n], what the network says; none NaN.
        cells: Where the patches lie.
    """

    def __init__(
        self, labels: NDArray[np.integer], probabilities: NDArray[np.floating], cells: Cells
    ) -> None:
        self.labels = labels
        self.logits = logit(probabilities)
        self.cells = cells
        self._flowed: dict[Smoothing, NDArray[np.float64]] = {}

    def flowed(self, how: Smoothing) -> NDArray[np.float64]:
        """float64[n]: the logits with context."""
        if how not in self._flowed:
            self._flowed[how] = smooth(self.logits, self.cells, how)
        return self._flowed[how]


class ContextLoss:
    """The loss of some patients, and how it bends.

    Args:
        patients: Of both classes.
        cancelled: Asked each time that logits flow.
    """

    def __init__(self, patients: Sequence[Heard], *, cancelled: Cancel | None = None) -> None:
        self._patients = patients
        self._cancelled = cancelled
        self.labels = np.concatenate([patient.labels for patient in patients])
        sizes = [len(patient.labels) for patient in patients]
        self.number = np.repeat(np.arange(len(patients)), sizes)
        heard = np.concatenate([patient.cells.neighbours() for patient in patients]) + _ALONE
        weights = patient_weights(self.number) * heard
        self._weights = weights / weights.sum()
        self._signs = np.where(self.labels == 1, -1.0, 1.0)

    def at(self, place: Place) -> float:
        """The loss."""
        losses = np.logaddexp(0.0, self._signs * self._values(place))
        far = (_STRENGTHS * (place - START) ** 2).sum() / len(self._patients)
        return float(self._weights @ losses + far)

    def bend(self, place: Place) -> tuple[Place, NDArray[np.float64]]:
        """Slope and, after Gauss and Newton, second derivatives: float64[4] and float64[4, 4]."""
        moves = self._moves(place)
        wrong = 0.5 + 0.5 * np.tanh(self._signs * self._values(place) / 2)
        far = 2 * _STRENGTHS / len(self._patients)
        slope = moves @ (self._weights * self._signs * wrong) + far * (place - START)
        second = (moves * (self._weights * wrong * (1 - wrong))) @ moves.T + np.diag(far)
        return slope, second

    def flowed(self, place: Place) -> NDArray[np.float64]:
        """float64[n]: the logits with context of all patients."""
        stop_if(self._cancelled)
        how = smoothing_at(place)
        return np.concatenate([patient.flowed(how) for patient in self._patients])

    def _values(self, place: Place) -> NDArray[np.float64]:
        return np.asarray(np.exp(place[0]) * self.flowed(place) + place[1])

    def _moves(self, place: Place) -> NDArray[np.float64]:
        """float64[4, n]: how the values follow each of the four numbers."""
        flowed = self.flowed(place)
        nudges = np.array([[0, 0, _NUDGE, 0], [0, 0, 0, _NUDGE]])
        follow = [(self.flowed(place + nudge) - flowed) / _NUDGE for nudge in nudges]
        moves: NDArray[np.float64] = np.exp(place[0]) * np.stack([flowed, flowed, *follow])
        moves[1] = 1.0
        return moves


def smoothing_at(place: Place) -> Smoothing:
    """How neighbours speak at a place of the search."""
    return Smoothing(float(np.exp(place[2])), float(np.exp(place[3])), SWEEPS)
