"""Watching the curve of a training for what its user should know, in words."""

from __future__ import annotations

import math

from bcviewer.model.events import EpochDone

OVERFIT_EPOCHS = 3
OVERFIT_SHARE, OVERFIT_LEAST = 0.1, 0.01
"""How far the loss on the validation part must stand above its lowest: a tenth of that, and not
less than a hundredth. Curves of sound trainings may stand a little above it for a dozen epochs."""

STALLED_EPOCHS = 5


class CurveWatch:
    """Looks at each epoch; says each thing once in a training."""

    def __init__(self) -> None:
        self._lowest: EpochDone | None = None
        self._latest: list[EpochDone] = []
        self._said: set[str] = set()

    def look(self, epoch: EpochDone) -> list[str]:
        """What there is to say after an epoch; mostly nothing."""
        self._latest = [*self._latest, epoch][-OVERFIT_EPOCHS:]
        if math.isfinite(_loss(epoch)) and (
            self._lowest is None or _loss(epoch) < _loss(self._lowest)
        ):
            self._lowest = epoch
        found = {
            "no number": not math.isfinite(_loss(epoch)),
            "overfitting": _overfits(self._latest, self._lowest),
            "stalled": epoch.epochs_without_progress >= STALLED_EPOCHS,
        }
        new = [name for name, here in found.items() if here and name not in self._said]
        self._said.update(new)
        return [_words(name, epoch.best_epoch) for name in new]


def _loss(epoch: EpochDone) -> float:
    return epoch.validation["loss"]


def _overfits(latest: list[EpochDone], lowest: EpochDone | None) -> bool:
    """Whether the loss stays clear of its lowest, and is not on its way back there."""
    if lowest is None:
        return False
    clear = _loss(lowest) + max(OVERFIT_SHARE * _loss(lowest), OVERFIT_LEAST)
    return (
        len(latest) == OVERFIT_EPOCHS
        and all(_loss(each) >= clear for each in latest)
        and all(each.train["loss"] < lowest.train["loss"] for each in latest)
        and _loss(latest[-1]) >= _loss(latest[0])
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
            f"Overfitting: for {OVERFIT_EPOCHS} epochs the loss on the validation part has stood "
            "well above its lowest, while it fell on the training part. "
            f"{kept} More patients, augmentation or fewer epochs help."
        )
    return (
        f"Stalled: {STALLED_EPOCHS} epochs without progress. {kept} You may finish now, or train "
        "again with another learning rate."
    )
