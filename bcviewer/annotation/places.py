"""From a patch's patient and coordinates to its row in the data set: labels are bound to these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset

BITS = 24
LIMIT = 1 << BITS
"""Coordinates are below; ``MAX_COORDINATE`` of a patch's name is."""


class Places:
    """Finds rows by place, many at once."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._numbers = {patient: number for number, patient in enumerate(dataset.patients)}
        keys = _keys(dataset.patient_index, dataset.x, dataset.y)
        # The rows of a data set are in this order anyway; sorting what is sorted is quick.
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def numbers(self, names: Mapping[int, str]) -> dict[int, int]:
        """The data set's numbers of patients, -1 for patients it has not."""
        return {key: self._numbers.get(name, -1) for key, name in names.items()}

    def number(self, patient: str) -> int:
        """The data set's number of a patient, -1 when it has no such patient."""
        return self._numbers.get(patient, -1)

    def rows(
        self,
        numbers: NDArray[np.integer[Any]],
        x: NDArray[np.integer[Any]],
        y: NDArray[np.integer[Any]],
    ) -> NDArray[np.int64]:
        """int64[k]: the row of each place, -1 where the data set has no patch.

        Args:
            numbers: Numbers of the patients, -1 for unknown ones.
            x: Left edges, 1-based slide pixels.
            y: Top edges, likewise.
        """
        if not len(self._keys):
            return np.full(len(x), -1, np.int64)
        known = (numbers >= 0) & (x >= 0) & (x < LIMIT) & (y >= 0) & (y < LIMIT)
        keys = np.where(known, _keys(numbers, x, y), -1)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[at] == keys, self._order[at], -1)


def _keys(
    numbers: NDArray[np.integer[Any]], x: NDArray[np.integer[Any]], y: NDArray[np.integer[Any]]
) -> NDArray[np.int64]:
    return (
        ((numbers.astype(np.int64) << BITS) + y.astype(np.int64)) << BITS  # by patient, y, x
    ) + x.astype(np.int64)
