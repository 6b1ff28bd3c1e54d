"""Folds of patients: each patient is judged by a network that knew nothing of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.official import official_test_among
from bcviewer.dataset.split import DRAWS, Split
from bcviewer.errors import SplitError

NO_FOLD = 0
"""The fold of official test cases: no network trains on them, or is chosen by them."""

VALIDATION_SHARE = 8
"""One in so many of the patients outside a fold chooses the best epoch and the threshold."""

HINT = "Ask for fewer folds, or open a folder with more patients."


@dataclass(frozen=True, eq=False)
class Folds:
    """A deal of the patients of a data set.

    Attributes:
        dataset: The data set.
        count: How many folds.
        seed: Of the deal.
        fold_of: int16[P], the fold of each patient from 1; ``NO_FOLD`` for official test cases.
    """

    dataset: Dataset
    count: int
    seed: int
    fold_of: NDArray[np.int16]

    def patients(self, fold: int) -> tuple[str, ...]:
        """The patients of a fold, sorted."""
        return tuple(self.dataset.patients[number] for number in np.flatnonzero(self._in(fold)))

    def split(self, fold: int) -> Split:
        """The split of a fold's training.

        The fold is the test part, with the official test cases; of the others, one in eight
        validates and the rest trains.
        """
        others = np.flatnonzero((self.fold_of != NO_FOLD) & ~self._in(fold))
        part_of_patient = np.full(len(self.dataset.patients), 2, np.int8)
        part_of_patient[others] = 0
        part_of_patient[self._validating(others, fold)] = 1
        part_of = part_of_patient[self.dataset.patient_index]
        share = np.bincount(part_of, minlength=3) / max(1, len(part_of))
        fractions = (float(share[0]), float(share[1]), float(share[2]))
        return Split(self.dataset, "patient", self.seed, fractions, part_of)

    def _in(self, fold: int) -> NDArray[np.bool_]:
        if not 1 <= fold <= self.count:
            raise ValueError(f"there is no fold {fold} of {self.count}")
        inside: NDArray[np.bool_] = self.fold_of == fold
        return inside

    def _validating(self, others: NDArray[np.int64], fold: int) -> NDArray[np.int64]:
        """Of the patients outside a fold, those that validate: the group most like all of them."""
        groups = max(2, min(VALIDATION_SHARE, len(others)))
        group_of = _deal(self.dataset, others, groups, seed=(self.seed, fold))
        off = _off(self.dataset, others, group_of[None], groups)[0]
        chosen: NDArray[np.int64] = others[group_of == off.argmin()]
        return chosen


def deal_folds(dataset: Dataset, *, count: int = 5, seed: int = 0) -> Folds:
    """Deal the patients to folds that are alike in size and in share of IDC.

    Official test cases come into no fold. The deal depends on data set, count and seed alone.

    Args:
        dataset: The data set.
        count: How many folds.
        seed: Of the deal.

    Raises:
        SplitError: There are too few patients for so many folds.
    """
    if count < 2:
        raise SplitError(
            f"A cross-validation needs 2 folds at least, not {count}.", hint="Ask for 5."
        )
    fixed = set(official_test_among(dataset.patients))
    free = np.array([n for n, name in enumerate(dataset.patients) if name not in fixed], np.int64)
    largest = math.ceil(len(free) / count)
    if len(free) < count or len(free) - largest < 2:
        raise SplitError(
            f"{len(free)} patient(s) that may be trained on are too few for {count} folds: each "
            "needs one, and two others to train and to validate.",
            hint=HINT,
        )
    fold_of = np.full(len(dataset.patients), NO_FOLD, np.int16)
    fold_of[free] = _deal(dataset, free, count, seed=(seed,)) + 1
    return Folds(dataset, count, seed, fold_of)


def _deal(
    dataset: Dataset, patients: NDArray[np.int64], count: int, *, seed: tuple[int, ...]
) -> NDArray[np.int64]:
    """int64[n]: a group from 0 for each patient; group sizes differ by one patient at most.

    The patients are sorted by size and dealt layer by layer, each layer in an order by chance (the
    last may be shorter); of many such deals the one is taken whose groups are most alike.
    """
    order = np.argsort(-np.diff(dataset.starts)[patients], kind="stable")
    layers = math.ceil(len(patients) / count)
    generator = np.random.default_rng(seed)
    ready = np.broadcast_to(np.arange(count), (DRAWS, layers, count))
    dealt = generator.permuted(ready, axis=2).reshape(DRAWS, -1)[:, : len(patients)]
    group_of = np.empty_like(dealt)
    group_of[:, order] = dealt
    best: NDArray[np.int64] = group_of[_off(dataset, patients, group_of, count).sum(1).argmin()]
    return best


def _off(
    dataset: Dataset, patients: NDArray[np.int64], group_of: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    """float64[deals, count]: how far each group is from the whole, in patches and share of IDC.

    Args:
        dataset: The data set.
        patients: int64[n], numbers of patients.
        group_of: int64[deals, n], the group of each in several deals.
        count: Number of groups.
    """
    patches = np.diff(dataset.starts)[patients].astype(np.float64)
    idc = dataset.idc_counts[patients].astype(np.float64)
    inside = group_of[:, None, :] == np.arange(count)[None, :, None]
    size, positive = inside @ patches, inside @ idc
    share = positive / np.maximum(size, 1.0)
    overall = idc.sum() / max(1.0, patches.sum())
    off_size = np.abs(size / max(1.0, patches.sum()) - 1 / count)
    off: NDArray[np.float64] = off_size + np.abs(share - overall) / count
    return off
