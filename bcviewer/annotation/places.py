"""From a patch's patient and coordinates to its row in the data set: labels are bound to these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset

BITS = 24
LIMIT = 1 << BITS
"""Coordinates are below; ``MAX_COORDINATE`` of a patch's name is."""

MOST_PATIENTS = 1 << 16
"""With two coordinates a number of a patient fits into 64 bits."""


class Place(NamedTuple):
    """A patch by what labels are bound to."""

    patient: str
    x: int
    y: int


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


class Elsewhere:
    """Places that a data set has not, in the order in which they were told of; never changes.

    Args:
        patients: Their patients.
        keys: uint64[k], patient, y and x of each.
    """

    def __init__(
        self, patients: tuple[str, ...] = (), keys: NDArray[np.uint64] | None = None
    ) -> None:
        self.patients = patients
        self._places = np.empty(0, np.uint64) if keys is None else keys

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, number: int) -> Place:
        key = int(self._places[number])
        return Place(self.patients[key >> 2 * BITS], key & LIMIT - 1, key >> BITS & LIMIT - 1)

    def plus(
        self,
        patients: Sequence[str],
        x: NDArray[np.integer[Any]],
        y: NDArray[np.integer[Any]],
    ) -> tuple[Elsewhere, NDArray[np.int64]]:
        """These places and more, of which some may be known.

        Args:
            patients: k names.
            x: Left edges, below ``LIMIT``.
            y: Top edges, likewise.

        Returns:
            All of them, and int64[k]: the number of each of those that were given.
        """
        names = dict.fromkeys((*self.patients, *patients))
        number_of = {name: number for number, name in enumerate(names)}
        numbers = np.fromiter(map(number_of.__getitem__, patients), np.int64, len(patients))
        keys = np.concatenate([self._places, _keys(numbers, x, y).astype(np.uint64)])
        found, first, place = np.unique(keys, return_index=True, return_inverse=True)
        order = np.argsort(first)  # what is known stays where it was, and the new ones follow
        at = np.empty(len(found), np.int64)
        at[order] = np.arange(len(found))
        return Elsewhere(tuple(names), found[order]), at[place[len(self) :]]


def _keys(
    numbers: NDArray[np.integer[Any]], x: NDArray[np.integer[Any]], y: NDArray[np.integer[Any]]
) -> NDArray[np.int64]:
    return (
        ((numbers.astype(np.int64) << BITS) + y.astype(np.int64)) << BITS  # by patient, y, x
    ) + x.astype(np.int64)
