"""How two predictions of the same patches differ, and where that lies on a diverging palette."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

CLEAR_BELOW: Final = 0.02
"""A change of probability that is smaller is left clear on the slide."""

FULL_CHANGE: Final = 0.5
"""A change of probability that has the full colour; larger ones have it too."""

CHANGE_PALETTE: Final = "blue_orange"
"""Its middle is no change."""


class ChangeCounts(NamedTuple):
    """How many patches went up, down, and how many have a change at all."""

    up: int
    down: int
    known: int

    def words(self, count: int) -> str:
        """Some of them, such as "716 of 2,212 patches (32 %)"."""
        if not self.known:
            return "no patch is predicted by both"
        return f"{count:,} of {self.known:,} patches ({100 * count / self.known:.0f} %)"


def change_values(change: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32[n]: changes of probability on the scale of a palette; NaN where nothing changed."""
    on_scale = (0.5 + change / (2 * FULL_CHANGE)).clip(0, 1)
    return np.where(np.abs(change) < CLEAR_BELOW, np.float32(np.nan), on_scale).astype(np.float32)


def count_changes(change: NDArray[np.float32]) -> ChangeCounts:
    """Count the patches whose colour shows that they changed; NaN where there is no change."""
    return ChangeCounts(
        int(np.count_nonzero(change >= CLEAR_BELOW)),
        int(np.count_nonzero(change <= -CLEAR_BELOW)),
        int(np.count_nonzero(~np.isnan(change))),
    )
