"""The leak check: what the parts of a split share, so that a score of one tells of another.

Neighbouring patches show the same tissue across their edge, and patches of one patient the same
stain and tumour: a model that trained on them has seen part of what it is judged on.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.dataset.official import official_test_among
from bcviewer.dataset.split import PARTS, Split
from bcviewer.evaluation.pixel_digests import PixelDigests

HALF_RING = ((1, 0), (0, 1), (1, 1), (-1, 1))
"""Steps in columns and rows to four of the eight neighbours; the others are these backwards."""


@dataclass(frozen=True)
class PairLeaks:
    """What two parts of a split share.

    Attributes:
        first: The part that is used before, as "train".
        second: The part that is used after, as "test".
        patients: In both, sorted.
        first_patches: Patches of the first part.
        second_patches: Patches of the second part.
        first_touching: Patches of the first that touch one of the second, by edge or corner.
        second_touching: Patches of the second that touch one of the first.
        identical: Rows of patches of the second whose pixels are those of one of the first.
        blank: Likewise, near-white patches: they are equal without being a leak.
    """

    first: str
    second: str
    patients: tuple[str, ...]
    first_patches: int
    second_patches: int
    first_touching: int
    second_touching: int
    identical: tuple[int, ...] = ()
    blank: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.patients or self.second_touching or self.identical)

    @property
    def touching_share(self) -> float:
        """Share of the second part's patches that touch one of the first, 0 to 1."""
        return self.second_touching / self.second_patches if self.second_patches else 0.0


@dataclass(frozen=True)
class LeakReport:
    """What was found in a split.

    Attributes:
        title: How the split was made, in words.
        pairs: Train and validation, train and test, validation and test.
        patients: Patients of the split.
        official_train: Official test cases in the train part.
        official_validation: Official test cases in the validation part.
        compared: Patches of the split whose pixels were compared; 0 where none were.
        patches: Patches of the split.
    """

    title: str
    pairs: tuple[PairLeaks, ...]
    patients: int
    official_train: tuple[str, ...]
    official_validation: tuple[str, ...]
    compared: int
    patches: int

    @property
    def clean(self) -> bool:
        """Whether no part tells of another; the official test cases are another matter."""
        return all(pair.clean for pair in self.pairs)

    def pair(self, first: str, second: str) -> PairLeaks:
        """The findings between two parts."""
        return next(p for p in self.pairs if (p.first, p.second) == (first, second))


def check_leaks(split: Split, pixels: PixelDigests | None = None) -> LeakReport:
    """Look for what the parts of a split share.

    Args:
        split: The split.
        pixels: Digests of the pixels; None to leave pixels out.
    """
    dataset = split.dataset
    touching = touching_parts(split)
    alike, blank = _alike(split, pixels)
    patients = [set(split.patients(part)) for part in PARTS]
    pairs = [
        PairLeaks(
            first=PARTS[one],
            second=PARTS[other],
            patients=tuple(sorted(patients[one] & patients[other])),
            first_patches=int(np.count_nonzero(split.part_of == one)),
            second_patches=int(np.count_nonzero(split.part_of == other)),
            first_touching=int(np.count_nonzero((split.part_of == one) & touching[other])),
            second_touching=int(np.count_nonzero((split.part_of == other) & touching[one])),
            identical=_rows(split, alike, one, other, left_out=blank),
            blank=len(_rows(split, alike, one, other, left_out=~blank)),
        )
        for one, other in combinations(range(len(PARTS)), 2)
    ]
    used = split.part_of >= 0
    return LeakReport(
        title=split.title,
        pairs=tuple(pairs),
        patients=len(np.unique(dataset.patient_index[used])),
        official_train=official_test_among(patients[0]),
        official_validation=official_test_among(patients[1]),
        compared=0 if pixels is None else int(np.count_nonzero(pixels.known & used)),
        patches=int(np.count_nonzero(used)),
    )


def touching_parts(split: Split) -> NDArray[np.bool_]:
    """bool[3, N]: whether a patch touches one of each part, by edge or corner."""
    part_of = split.part_of
    touching = np.zeros((len(PARTS), len(part_of)), np.bool_)
    for one, other in _neighbours(split.dataset):
        for here, there in ((one, other), (other, one)):
            known = part_of[there] >= 0
            touching[part_of[there[known]], here[known]] = True
    return touching


def _neighbours(
    dataset: Dataset,
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Rows of patches and of their neighbours, for each step of the half ring."""
    columns = (dataset.x.astype(np.int64) - 1) // PATCH_SIZE
    lines = (dataset.y.astype(np.int64) - 1) // PATCH_SIZE
    # An empty column on either side: a step over the edge lands on no patch.
    width, height = int(columns.max(initial=0)) + 3, int(lines.max(initial=0)) + 2
    keys = (dataset.patient_index.astype(np.int64) * height + lines) * width + columns + 1
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    pairs = []
    for right, down in HALF_RING:
        sought = ordered + down * width + right
        places = np.minimum(np.searchsorted(ordered, sought), len(ordered) - 1)
        found = ordered[places] == sought
        pairs.append((order[found], order[places[found]]))
    return pairs


def _alike(
    split: Split, pixels: PixelDigests | None
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """bool[3, N]: whether a patch has the pixels of one of each part; and bool[N]: is blank."""
    count = len(split.part_of)
    alike = np.zeros((len(PARTS), count), np.bool_)
    if pixels is None:
        return alike, np.zeros(count, np.bool_)
    rows = np.flatnonzero(pixels.known & (split.part_of >= 0))
    _, group = np.unique(pixels.digests[rows], return_inverse=True)
    groups = int(group.max(initial=-1)) + 1
    for part in range(len(PARTS)):
        within = np.zeros(groups, np.bool_)
        within[group[split.part_of[rows] == part]] = True
        alike[part, rows] = within[group]
    return alike, pixels.blank


def _rows(
    split: Split,
    alike: NDArray[np.bool_],
    one: int,
    other: int,
    *,
    left_out: NDArray[np.bool_],
) -> tuple[int, ...]:
    found = np.flatnonzero((split.part_of == other) & alike[one] & ~left_out)
    return tuple(int(row) for row in found)
