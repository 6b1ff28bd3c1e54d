"""The model that was in use before the one in use, to see what a retraining changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bcviewer.gui.workers.model_workers import OpenedModel

CLEAR_BELOW = 0.02
"""A change of probability that is smaller is left clear on the slide."""

FULL_CHANGE = 0.5
"""A change of probability that has the full colour; larger ones have it too."""


@dataclass(frozen=True, eq=False)
class EarlierModel:
    """A model that gave place to another.

    Attributes:
        model: The model.
        predictions: float32[N], NaN where it has none.
        threshold: Of the one of the two models that is not on screen.
    """

    model: OpenedModel
    predictions: NDArray[np.float32]
    threshold: float

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.folder.card.name

    def recalling(self, recalled: NDArray[np.float32]) -> EarlierModel:
        """This, with predictions made before where it has none."""
        if len(recalled) != len(self.predictions):
            return self
        missing = np.isnan(self.predictions)
        return replace(self, predictions=np.where(missing, recalled, self.predictions))

    def differs(self, model: OpenedModel) -> bool:
        """Whether the other model predicts otherwise."""
        return model.folder.fingerprint != self.model.folder.fingerprint


def change_values(change: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32[n]: changes of probability on the scale of a palette; NaN where nothing changed."""
    on_scale = (0.5 + change / (2 * FULL_CHANGE)).clip(0, 1)
    return np.where(np.abs(change) < CLEAR_BELOW, np.float32(np.nan), on_scale).astype(np.float32)
