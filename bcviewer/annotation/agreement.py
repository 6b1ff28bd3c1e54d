"""How far two readers agree, beyond what chance would do."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.state import LabelState


@dataclass(frozen=True, eq=False)
class Agreement:
    """What two readers said of the patches that both called IDC or not IDC.

    Attributes:
        readers: The two.
        patches: Patches that both labelled.
        kappa: Cohen's kappa; NaN where it is not defined, as when both gave one and the same label
            to all.
        disagreed: int64[k], rows with another label from each.
        left_out: Patches that both looked at and at least one called unsure or excluded.
    """

    readers: tuple[str, str]
    patches: int
    kappa: float
    disagreed: NDArray[np.int64]
    left_out: int

    @property
    def share(self) -> float:
        """Share of the patches with the same label from both; NaN when there are none."""
        return 1 - len(self.disagreed) / self.patches if self.patches else float("nan")


def agreement(state: LabelState, first: str, second: str, *, blind: bool = False) -> Agreement:
    """Compare two readers.

    Unsure and excluded patches are left out.

    Args:
        state: The labels.
        first: A reader.
        second: Another one.
        blind: Compare the first answers they gave while predictions were hidden, instead of what
            they say now.
    """
    answers = state.blind_of_reader if blind else state.of_reader
    one, two = answers(first), answers(second)
    seen = (one >= 0) & (two >= 0)
    clear = seen & (one <= 1) & (two <= 1)
    return Agreement(
        readers=(first, second),
        patches=int(clear.sum()),
        kappa=cohens_kappa(one[clear], two[clear]),
        disagreed=np.flatnonzero(clear & (one != two)),
        left_out=int(seen.sum() - clear.sum()),
    )


def agreements(state: LabelState, *, blind: bool = False) -> tuple[Agreement, ...]:
    """Compare all pairs of readers who looked at some patches both; see ``agreement``."""
    pairs = combinations(sorted(state.readers), 2)
    compared = [agreement(state, *pair, blind=blind) for pair in pairs]
    return tuple(pair for pair in compared if pair.patches or pair.left_out)


def cohens_kappa(one: NDArray[np.int8], two: NDArray[np.int8]) -> float:
    """Cohen's kappa of two raters (Educational and Psychological Measurement 20:37, 1960).

    Args:
        one: int8[k], 0 or 1.
        two: int8[k], likewise.

    Returns:
        -1 to 1; NaN when there is one label only, or no patch.
    """
    if len(np.unique(np.concatenate([one, two]))) < 2:
        return float("nan")
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score(one, two))
