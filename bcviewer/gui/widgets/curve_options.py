"""How curves are drawn: a log axis for the loss, and a line that may be smoothed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.gui.words import tr

STRENGTHS = (0.0, 0.3, 0.6, 0.9)
"""Strengths of smoothing to choose from; 0 for none."""


@dataclass(frozen=True)
class CurveOptions:
    """What the user chose.

    Attributes:
        log_loss: Draw the loss on a logarithmic axis.
        smoothing: Weight of the past in the line, 0 (none) to below 1. Points stay as measured.
    """

    log_loss: bool = False
    smoothing: float = 0.0

    @property
    def line_words(self) -> str:
        """What the line through the points is: "smoothed 0.6"; "" for the plain one."""
        return tr("smoothed {strength:g}", strength=self.smoothing) if self.smoothing else ""

    @property
    def picture_words(self) -> str:
        """How to read a picture of such curves."""
        return ", ".join(
            [
                tr("Training: means over the epoch, with augmentation and dropout"),
                tr("a ring marks the best epoch"),
                *(
                    [tr("points as measured, line {line}", line=self.line_words)]
                    if self.smoothing
                    else []
                ),
            ]
        )


def smoothed(values: NDArray[np.float64], strength: float) -> NDArray[np.float64]:
    """float64[n]: the exponential moving mean of values, without a pull towards 0 at the start.

    Each mean is one of the values up to its place, so it stays between their ends; a value that is
    NaN stays NaN and is passed over.

    Args:
        values: float64[n].
        strength: Weight of the past, from 0 to below 1.
    """
    found = np.full(len(values), np.nan)
    mean = weight = 0.0
    for place in np.flatnonzero(np.isfinite(values)):
        mean = strength * mean + (1 - strength) * values[place]
        weight = strength * weight + (1 - strength)
        found[place] = mean / weight
    return found
