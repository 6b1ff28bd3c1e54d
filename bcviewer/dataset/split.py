"""Which patches train a model, which validate it, and which test it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.official import official_test_among
from bcviewer.errors import SplitError

PARTS = ("train", "validation", "test")
FRACTIONS = (0.7, 0.1, 0.2)
DRAWS = 500
"""Random assignments of the patients of which the best balanced one is taken."""

TITLES = {
    "patient": "by patient",
    "patch": "patch-wise (optimistic)",
    "lists": "from lists of patients",
    "patches": "from lists of patches",
}

By = Literal["patient", "patch", "lists", "patches"]


@dataclass(frozen=True, eq=False)
class Split:
    """A division of a data set's patches into parts.

    Attributes:
        dataset: The data set that is split.
        by: How it was made; "patches" are lists of patches in which each patient is whole.
        seed: Seed of the random choice; 0 for lists.
        fractions: The shares of train, validation and test that were asked for.
        part_of: int8[N], index into ``PARTS``, -1 for a patch in no part.
    """

    dataset: Dataset
    by: By
    seed: int
    fractions: tuple[float, float, float]
    part_of: NDArray[np.int8]

    @property
    def title(self) -> str:
        """How the split was made, in words; a number from a patch-wise split is optimistic."""
        return TITLES[self.by]

    @property
    def optimistic(self) -> bool:
        """Whether some patient stands in more than one part."""
        return any(
            set(self.patients(first)) & set(self.patients(second))
            for first, second in (("train", "validation"), ("train", "test"), PARTS[1:])
        )

    def rows(self, part: str) -> NDArray[np.int64]:
        """int64[k]: the rows of a part, ascending."""
        return np.flatnonzero(self.part_of == PARTS.index(part))

    def patients(self, part: str) -> tuple[str, ...]:
        """The patients with a patch in a part, sorted."""
        numbers = np.unique(self.dataset.patient_index[self.rows(part)])
        return tuple(self.dataset.patients[number] for number in numbers)

    def part_of_patient(self, patient: str) -> str:
        """The part a patient stands in; "mixed" when its patches stand in several, "" for none."""
        parts = np.unique(self.part_of[self.dataset.rows(patient)])
        if len(parts) > 1:
            return "mixed"
        return PARTS[parts[0]] if len(parts) and parts[0] >= 0 else ""

    def idc_share(self, part: str) -> float:
        """Share of a part's patches that are labelled IDC; 0 for an empty part."""
        rows = self.rows(part)
        return float(self.dataset.labels[rows].mean()) if len(rows) else 0.0

    @cached_property
    def fingerprint(self) -> str:
        """A digest of the data set and the membership of each of its patches."""
        digest = hashlib.sha256(self.dataset.fingerprint.encode("ascii"))
        digest.update(self.part_of.tobytes())
        return digest.hexdigest()


def split_by_patient(
    dataset: Dataset, *, fractions: Sequence[float] = FRACTIONS, seed: int = 0
) -> Split:
    """Split so that a patient is in one part only, parts alike in size and in share of IDC.

    Official test cases always come into the test part: nothing may be trained or tuned on them.

    Raises:
        SplitError: The fractions are no shares, or there are too few patients for them.
    """
    shares = _shares(fractions)
    fixed = set(official_test_among(dataset.patients))
    free = np.array(
        [n for n, patient in enumerate(dataset.patients) if patient not in fixed], np.int64
    )
    total = len(dataset.patients)
    counts = _counts(total, shares)
    counts[2] = max(0, counts[2] - len(fixed))
    counts = _counts(len(free), counts / counts.sum()) if counts.sum() else counts
    if len(free) < np.count_nonzero(np.array(shares)[:2]):
        raise SplitError(
            f"{len(free)} patient(s) that may be trained on are too few for a split by patient.",
            hint="Open a folder with more patients, or split by patch (optimistic).",
        )
    part_of_patient = np.full(total, 2, np.int8)
    part_of_patient[free] = _most_balanced(dataset, free, counts, seed)
    return Split(dataset, "patient", seed, shares, part_of_patient[dataset.patient_index])


def split_by_patch(
    dataset: Dataset, *, fractions: Sequence[float] = FRACTIONS, seed: int = 0
) -> Split:
    """Split the patches at random, as the seed project did; what it measures is optimistic.

    Raises:
        SplitError: The fractions are no shares, or there are too few patches for them.
    """
    shares = _shares(fractions)
    counts = _counts(len(dataset), shares)
    part_of = np.repeat(np.arange(3, dtype=np.int8), counts)
    np.random.default_rng(seed).shuffle(part_of)
    return Split(dataset, "patch", seed, shares, part_of)


def split_from_lists(
    dataset: Dataset, *, train: Sequence[str], validation: Sequence[str], test: Sequence[str]
) -> Split:
    """Split by three lists of patients; ids the data set lacks are passed over.

    Raises:
        SplitError: A patient is in two lists, or no list names a patient of the data set.
    """
    lists = [set(train), set(validation), set(test)]
    twice = sorted(lists[0] & lists[1] | lists[0] & lists[2] | lists[1] & lists[2])
    if twice:
        raise SplitError(
            f"{len(twice)} patient(s) are in more than one list: {', '.join(twice[:5])}.",
            hint="Keep each patient in one list only.",
        )
    part_of_patient = np.full(len(dataset.patients), -1, np.int8)
    for number, patient in enumerate(dataset.patients):
        for part, ids in enumerate(lists):
            if patient in ids:
                part_of_patient[number] = part
    if (part_of_patient < 0).all():
        raise SplitError(
            "None of the listed patients is in the data set.",
            hint="A list has one patient id a line; check that it belongs to this data.",
        )
    part_of = part_of_patient[dataset.patient_index]
    share = np.bincount(part_of[part_of >= 0], minlength=3) / max(1, (part_of >= 0).sum())
    fractions = (float(share[0]), float(share[1]), float(share[2]))
    return Split(dataset, "lists", 0, fractions, part_of)


def _shares(fractions: Sequence[float]) -> tuple[float, float, float]:
    if len(fractions) != 3 or not all(0 <= f <= 1 for f in fractions) or fractions[0] == 0:
        raise SplitError(
            f"Fractions {list(fractions)} are not three shares from 0 to 1.",
            hint="Give train, validation and test, such as .7 .1 .2.",
        )
    if abs(sum(fractions) - 1) > 1e-6:
        raise SplitError(
            f"The fractions {list(fractions)} add up to {sum(fractions):.3g}, not 1.",
            hint="Give train, validation and test, such as .7 .1 .2.",
        )
    return (float(fractions[0]), float(fractions[1]), float(fractions[2]))


def _counts(total: int, shares: Sequence[float] | NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole numbers near ``total * shares`` that add up; one at least for a share, if possible."""
    wanted = np.asarray(shares, np.float64) * total
    counts = np.floor(wanted).astype(np.int64)
    for part in np.argsort(counts - wanted, kind="stable")[: total - counts.sum()]:
        counts[part] += 1
    for part in np.flatnonzero((wanted > 0) & (counts == 0)):
        largest = int(counts.argmax())
        if counts[largest] > 1:
            counts[largest] -= 1
            counts[part] += 1
    return counts


def _most_balanced(
    dataset: Dataset, free: NDArray[np.int64], counts: NDArray[np.int64], seed: int
) -> NDArray[np.int8]:
    """int8[len(free)]: of many random assignments, the best in patches and in share of IDC."""
    patches = np.diff(dataset.starts)[free].astype(np.float64)
    idc = dataset.idc_counts[free].astype(np.float64)
    parts = np.repeat(np.arange(3, dtype=np.int8), counts)
    share = counts / max(1, counts.sum())
    overall = idc.sum() / max(1.0, patches.sum())
    generator = np.random.default_rng(seed)
    best, best_score = parts, np.inf
    for _ in range(DRAWS):
        drawn = generator.permutation(parts)
        size = np.bincount(drawn, patches, 3)
        positive = np.bincount(drawn, idc, 3)
        filled = size > 0
        off_size = np.abs(size / max(1.0, patches.sum()) - share)[filled].sum()
        off_idc = np.abs(positive[filled] / size[filled] - overall).sum()
        score = off_size + off_idc
        if score < best_score:
            best, best_score = drawn, score
    return best
