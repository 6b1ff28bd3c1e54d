"""Predictions of a model in the ways that are not in use: switching back to one is instant."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bcviewer.model.way import Way


class KeptWays:
    """Keeps the predictions of each way apart; they are never mixed."""

    def __init__(self) -> None:
        self._kept: dict[Way, NDArray[np.float32]] = {}

    def swap(
        self, predictions: NDArray[np.float32], *, leave: Way, take: Way
    ) -> NDArray[np.float32]:
        """Keep predictions of one way and give those of another.

        Args:
            predictions: float32[N], those in use.
            leave: The way they were made in.
            take: The way that is wanted.

        Returns:
            float32[N], NaN where nothing was predicted in that way.
        """
        self._kept[leave] = predictions
        return self._kept.pop(take, np.full_like(predictions, np.nan))

    def add(self, way: Way, rows: slice, probabilities: NDArray[np.float32], *, of: int) -> None:
        """Keep what came of a way that is no longer in use.

        Args:
            way: The way.
            rows: The rows of the data set that it is of.
            probabilities: float32[n]; NaN where there is none.
            of: Number of the data set's rows.
        """
        kept = self._kept.setdefault(way, np.full(of, np.nan, np.float32))
        known = np.isfinite(probabilities)
        kept[rows][known] = probabilities[known]

    def forget(self, rows: slice) -> None:
        """Forget what is known of some rows, in every way."""
        for kept in self._kept.values():
            kept[rows] = np.nan

    def clear(self) -> None:
        """Let go of all."""
        self._kept.clear()
