"""The change map: what a new prediction changed against an old one, patch by patch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset


@dataclass(frozen=True)
class ChangeCounts:
    """What became of the patches of some patients.

    Attributes:
        patients: Patients that are counted.
        fixed: Wrong before, right now.
        broken: Right before, wrong now.
        right: Right both times.
        wrong: Wrong both times.
    """

    patients: int
    fixed: int
    broken: int
    right: int
    wrong: int

    @property
    def patches(self) -> int:
        """Patches that are counted."""
        return self.fixed + self.broken + self.right + self.wrong


@dataclass(frozen=True, eq=False)
class ChangeMap:
    """Two predictions of a data set compared.

    Attributes:
        difference: float32[N], probability now less that before; NaN where one is missing.
        fixed: bool[N], wrong before, right now.
        broken: bool[N], right before, wrong now.
        counts: By role of the patients.
        left_out: Patches predicted twice whose label is unsure or excluded: in no count.
    """

    difference: NDArray[np.float32]
    fixed: NDArray[np.bool_]
    broken: NDArray[np.bool_]
    counts: dict[str, ChangeCounts]
    left_out: int


def change_map(
    before: NDArray[np.float32],
    after: NDArray[np.float32],
    labels: NDArray[np.int8],
    *,
    dataset: Dataset,
    roles: Sequence[str],
    thresholds: tuple[float, float] = (0.5, 0.5),
) -> ChangeMap:
    """Compare two predictions against the labels.

    Args:
        before: float32[N], the old probabilities, NaN where there is none.
        after: float32[N], the new ones.
        labels: int8[N], effective labels; -1 is in no count.
        dataset: The data set.
        roles: What each patient was, in the order of ``dataset.patients``. A patient that either
            model trained on is not held out: give the role that is the less honest of the two.
        thresholds: Of the old and of the new model.
    """
    known = np.isfinite(before) & np.isfinite(after)
    judged = known & (labels >= 0)
    was_right = (before >= thresholds[0]) == (labels == 1)
    is_right = (after >= thresholds[1]) == (labels == 1)
    role_of = np.array(roles, object)[dataset.patient_index]
    difference = (after - before).astype(np.float32)
    return ChangeMap(
        difference=difference,
        fixed=judged & ~was_right & is_right,
        broken=judged & was_right & ~is_right,
        counts={
            role: _counts(judged & (role_of == role), was_right, is_right, dataset)
            for role in dict.fromkeys(roles)
        },
        left_out=int((known & ~judged).sum()),
    )


def _counts(
    chosen: NDArray[np.bool_],
    was_right: NDArray[np.bool_],
    is_right: NDArray[np.bool_],
    dataset: Dataset,
) -> ChangeCounts:
    was, now = was_right[chosen], is_right[chosen]
    return ChangeCounts(
        patients=len(np.unique(dataset.patient_index[chosen])),
        fixed=int((~was & now).sum()),
        broken=int((was & ~now).sum()),
        right=int((was & now).sum()),
        wrong=int((~was & ~now).sum()),
    )
