"""Where a training stands: right through pauses, and through a break of days."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from bcviewer.model.events import EpochDone, Paused, Prepared, Resumed, StepDone, Validating
from bcviewer.model.training_status import TrainingStatus, loss_words, time_words, waiting_words

PREPARED = Prepared("simple_cnn", {}, {}, 10, 8, "by patient", "CPU")
STEP = StepDone(2, 9, 10, 0.5, 0.8, 60.0, 400.0)


class Clock:
    """A clock that is set by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def epoch(number: int, *, loss: float = 0.5, best: int = 1, seconds: float = 30) -> EpochDone:
    return EpochDone(
        epoch=number,
        epochs=8,
        seconds=seconds,
        train={"loss": loss},
        validation={"loss": loss},
        best_epoch=best,
        epochs_without_progress=number - best,
    )


@pytest.fixture
def clock() -> Clock:
    """A clock of this test's own."""
    return Clock()


@pytest.fixture
def status(clock: Clock) -> TrainingStatus:
    """A training that was just prepared."""
    fresh = TrainingStatus(clock)
    fresh.hear(PREPARED)
    return fresh


def test_before_anything_was_told_nothing_is_known() -> None:
    silent = TrainingStatus()
    assert silent.latest is None
    assert silent.best is None
    assert silent.run_seconds == 0
    assert math.isnan(silent.epoch_seconds)
    assert math.isnan(silent.seconds_left)
    assert loss_words(silent) == ""


def test_the_run_time_goes_on_within_an_epoch(status: TrainingStatus, clock: Clock) -> None:
    clock.now += 12
    assert status.run_seconds == 12
    status.hear(epoch(1, seconds=31))
    assert status.run_seconds == 31
    clock.now += 5
    assert status.run_seconds == 36
    status.hear(epoch(2, seconds=29))
    assert status.epoch_seconds == 30
    assert status.seconds_left == 6 * 30


def test_a_pause_is_no_time_of_the_training(status: TrainingStatus, clock: Clock) -> None:
    clock.now += 10
    status.hear(Paused())
    clock.now += 3600
    assert status.run_seconds == 10
    status.hear(Paused())
    status.hear(Resumed())
    status.hear(Resumed())
    clock.now += 4
    assert status.run_seconds == 14


def test_a_resumed_training_counts_its_earlier_epochs(status: TrainingStatus, clock: Clock) -> None:
    """The earlier epochs are told again, all at once, right after it is prepared."""
    status.hear(epoch(1))
    status.hear(epoch(2))
    clock.now += 86_400
    status.hear(PREPARED)
    assert status.latest is None, "another training may have gone before"
    assert status.run_seconds == 0
    status.hear(epoch(1))
    status.hear(epoch(2))
    assert status.run_seconds == 60
    clock.now += 7
    assert status.run_seconds == 67
    status.hear(epoch(2))
    assert status.run_seconds == 60, "an epoch told again replaces itself"


def test_who_comes_late_sees_how_long_it_has_trained(status: TrainingStatus, clock: Clock) -> None:
    """In minute 29 of the second epoch: the window's own clock knows nothing of those."""
    minutes = 60.0
    status.hear(replace(epoch(1), run_seconds=30 * minutes))
    status.hear(replace(STEP, run_seconds=59 * minutes))
    assert status.run_seconds == 59 * minutes
    clock.now += 5
    assert status.run_seconds == 59 * minutes + 5
    status.hear(Validating(2, 10, 20, run_seconds=60 * minutes))
    assert status.run_seconds == 60 * minutes


def test_who_comes_late_to_a_pause_sees_the_time_stand_still(
    status: TrainingStatus, clock: Clock
) -> None:
    status.hear(replace(epoch(1), run_seconds=40.0))
    status.hear(Paused())
    clock.now += 3
    status.hear(replace(STEP, run_seconds=70.0))
    clock.now += 3600
    assert status.run_seconds == 70
    status.hear(Resumed())
    clock.now += 2
    assert status.run_seconds == 72


def test_a_step_that_is_told_late_turns_no_time_back(status: TrainingStatus) -> None:
    status.hear(replace(epoch(1), run_seconds=40.0))
    status.hear(replace(STEP, run_seconds=31.0))
    assert status.run_seconds == 40


def test_the_lowest_loss_need_not_be_of_the_best_epoch(status: TrainingStatus) -> None:
    for number, loss in enumerate((0.5, 0.3, math.nan, 0.4), start=1):
        status.hear(epoch(number, loss=loss))
    assert status.lowest is not None
    assert status.lowest.epoch == 2
    assert status.best is not None
    assert status.best.epoch == 1
    assert loss_words(status) == "validation loss 0.400, lowest 0.300 in epoch 2"
    status.hear(epoch(5, loss=0.2))
    assert loss_words(status) == "validation loss 0.200, the lowest so far"
    status.hear(epoch(6, loss=math.inf))
    assert loss_words(status) == "validation loss no number, lowest 0.200 in epoch 5"


@pytest.mark.parametrize(
    ("number", "patience", "text"),
    [
        (1, None, "progress in the last epoch"),
        (2, None, "1 epoch without progress"),
        (4, None, "3 epochs without progress"),
        (1, 5, "0 of 5 epochs without progress"),
        (4, 5, "3 of 5 epochs without progress"),
    ],
)
def test_waiting_is_told_against_patience(number: int, patience: int | None, text: str) -> None:
    assert waiting_words(replace(epoch(number), patience=patience)) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (102.4, "1:42"),
        (59.6, "1:00"),
        (3599.7, "1:00:00"),
        (7509, "2:05:09"),
        (math.nan, "–"),
        (math.inf, "–"),
        (-1, "–"),
    ],
)
def test_times_read_as_people_write_them(seconds: float, text: str) -> None:
    assert time_words(seconds) == text
