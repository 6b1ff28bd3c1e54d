"""The model that was in use before the one in use, to see what a retraining changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from bcviewer.gui.kept_ways import KeptWays
from bcviewer.gui.workers.model_workers import OpenedModel
from bcviewer.model.way import Way


@dataclass(frozen=True, eq=False)
class EarlierModel:
    """A model that gave place to another.

    Attributes:
        model: The model.
        predictions: float32[N], NaN where it has none.
        threshold: Of the one of the two models that is not on screen.
        others: Its predictions in the ways that are not in use.
    """

    model: OpenedModel
    predictions: NDArray[np.float32]
    threshold: float
    others: KeptWays = field(default_factory=KeptWays)

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.folder.card.name

    def knows(self, rows: slice) -> bool:
        """Whether it has said something of some rows."""
        return bool(np.isfinite(self.predictions[rows]).any())

    def asked(self, way: Way) -> EarlierModel:
        """This, asked in another way, with what is known of it in that way."""
        before, model = self.model.way, self.model.asked(way)
        if model.way == before:
            return self
        found = self.others.swap(self.predictions, leave=before, take=model.way)
        return replace(self, model=model, predictions=found)

    def recalling(self, recalled: NDArray[np.float32]) -> EarlierModel:
        """This, with predictions made before where it has none."""
        missing = np.isnan(self.predictions)
        return replace(self, predictions=np.where(missing, recalled, self.predictions))

    def without(self, rows: slice) -> EarlierModel:
        """This, knowing nothing of some rows."""
        self.others.forget(rows)
        left = self.predictions.copy()
        left[rows] = np.nan
        return replace(self, predictions=left)

    def differs(self, model: OpenedModel) -> bool:
        """Whether the other model predicts otherwise."""
        return model.folder.fingerprint != self.model.folder.fingerprint
