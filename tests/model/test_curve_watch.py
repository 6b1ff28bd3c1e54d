"""What a curve gives to say is said in words, at the right epoch, and once."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bcviewer.model.curve_watch import CurveWatch
from bcviewer.model.events import EpochDone


def said(
    train: Sequence[float], validation: Sequence[float], *, best: int | None = None
) -> dict[int, list[str]]:
    """What is said after which epoch; ``best`` is the best epoch of all, None for the latest."""
    watch = CurveWatch()
    found = {}
    for epoch, (learned, judged) in enumerate(zip(train, validation, strict=True), start=1):
        best_epoch = min(best or epoch, epoch)
        words = watch.look(
            EpochDone(
                epoch=epoch,
                epochs=99,
                seconds=1.0,
                train={"loss": learned},
                validation={"loss": judged},
                best_epoch=best_epoch,
                epochs_without_progress=epoch - best_epoch,
            )
        )
        if words:
            found[epoch] = words
    return found


def test_a_curve_that_falls_gives_nothing_to_say() -> None:
    assert said([0.9, 0.8, 0.7, 0.6, 0.5], [0.9, 0.8, 0.8, 0.7, 0.7]) == {}


def test_three_epochs_of_overfitting_are_told_once() -> None:
    found = said([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], [0.5, 0.4, 0.5, 0.6, 0.7, 0.8])
    assert list(found) == [5]
    assert found[5][0].startswith("Overfitting: for 3 epochs")


def test_a_loss_that_rises_on_both_parts_is_no_overfitting() -> None:
    assert said([0.5, 0.6, 0.7, 0.8, 0.9], [0.5, 0.6, 0.7, 0.8, 0.9]) == {}


def falling(epochs: int) -> list[float]:
    """A loss on the training part that falls all the time."""
    return [0.9 - 0.04 * epoch for epoch in range(epochs)]


def test_a_rise_with_small_dips_is_overfitting() -> None:
    rise = [0.5, 0.4, 0.43, 0.42, 0.47, 0.46, 0.52, 0.5, 0.58, 0.57, 0.66, 0.64, 0.75, 0.8]
    found = said(falling(len(rise)), rise, best=2)
    (epoch,) = [number for number, words in found.items() if "Overfitting" in "".join(words)]
    assert epoch == 7, "the third epoch more than a tenth above the lowest"


def test_a_return_to_the_lowest_begins_the_count_anew() -> None:
    assert said(falling(7), [0.4, 0.5, 0.6, 0.42, 0.7, 0.8, 0.41]) == {}


def test_a_loss_that_comes_down_again_is_no_overfitting_yet() -> None:
    """As in the first epochs of a network whose averages lag behind."""
    assert said(falling(6), [0.6, 1.3, 1.1, 0.9, 0.7, 0.5]) == {}


def test_a_sound_training_that_once_looked_worse_is_not_warned_of() -> None:
    """The bundled simple CNN's own curve, whose scores rose all the time."""
    curve = [0.4588, 0.5108, 0.4958, 0.4795, 0.4849, 0.491, 0.488, 0.4878, 0.4876, 0.4934, 0.4962]
    assert said(falling(len(curve)), curve) == {}


def test_a_loss_of_next_to_nothing_may_double() -> None:
    assert said(falling(5), [0.002, 0.004, 0.005, 0.006, 0.007]) == {}


def test_five_epochs_without_progress_are_told_once() -> None:
    found = said([0.5] * 12, [0.5] * 12, best=2)
    assert list(found) == [7]
    assert "Stalled: 5 epochs without progress. The best epoch so far, 2," in found[7][0]


def test_a_validation_loss_that_is_no_number_is_told_once() -> None:
    found = said([0.5, 0.4, 0.3], [0.5, math.nan, math.inf])
    assert list(found) == [2]
    assert found[2][0].startswith("Not a number: the loss on the validation part")
