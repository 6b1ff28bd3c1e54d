"""Watching the curve of a training for what its user should know, in words."""

from __future__ import annotations

import math
from itertools import pairwise

from bcviewer.model.events import EpochDone

OVERFIT_EPOCHS = 3
STALLED_EPOCHS = 5


class CurveWatch:
    """Looks at each epoch; says each thing once in a training."""

    def __init__(self) -> None:
        self._latest: list[EpochDone] = []
        self._said: set[str] = set()

    def look(self, epoch: EpochDone) -> list[str]:
        """What there is to say after an epoch; mostly nothing."""
        self._latest = [*self._latest, epoch][-(OVERFIT_EPOCHS + 1) :]
        found = {
            "no number": not math.isfinite(epoch.validation["loss"]),
            "overfitting": _overfits(self._latest),
            "stalled": epoch.epochs_without_progress >= STALLED_EPOCHS,
        }
        new = [name for name, here in found.items() if here and name not in self._said]
        self._said.update(new)
        return [_words(name, epoch.best_epoch) for name in new]


def _overfits(latest: list[EpochDone]) -> bool:
    steps = list(pairwise(latest))
    return len(steps) == OVERFIT_EPOCHS and all(
        after.validation["loss"] > before.validation["loss"]
        and after.train["loss"] < before.train["loss"]
        for before, after in steps
    )


def _words(name: str, best_epoch: int) -> str:
    kept = f"The best epoch so far, {best_epoch}, is kept."
    if name == "no number":
        return (
            f"Not a number: the loss on the validation part cannot be told. {kept} The learning "
            "rate was probably too high: train again with a lower one."
        )
    if name == "overfitting":
        return (
            f"Overfitting: for {OVERFIT_EPOCHS} epochs the loss has risen on the validation part "
            f"while it fell on the training part. {kept} More patients, augmentation or fewer "
            "epochs help."
        )
    return (
        f"Stalled: {STALLED_EPOCHS} epochs without progress. {kept} You may finish now, or train "
        "again with another learning rate."
    )
