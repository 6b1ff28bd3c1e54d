"""Losses of single steps stay in the run folder: of epochs that are done, and not too many."""

from __future__ import annotations

from pathlib import Path

import pytest

from bcviewer.model.events import EpochSteps, Event, StepDone
from bcviewer.model.step_log import MOST_OF_AN_EPOCH, StepLog, read_steps
from tests.background_run import epoch_done


def step(epoch: int, number: int, losses: tuple[float, ...], *, steps: int = 4) -> StepDone:
    return StepDone(epoch, number, steps, 0.5, 0.8, 60.0, 400.0, losses)


def train(log: StepLog, epoch: int, *, loss: float) -> None:
    for event in (step(epoch, 3, (loss,) * 3), step(epoch, 4, (0.1,)), epoch_done(epoch)):
        log.add(event)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of a run with two epochs done and one broken off."""
    path = tmp_path / "steps.jsonl"
    log = StepLog(path)
    for epoch in (1, 2):
        train(log, epoch, loss=0.9)
    log.add(step(3, 2, (0.7, 0.7)))
    return path


def kept(epoch: int, loss: float) -> EpochSteps:
    return EpochSteps(epoch, 4, (1, 2, 3, 4), (loss, loss, loss, 0.1))


def test_the_steps_of_finished_epochs_are_kept_and_those_of_a_broken_one_are_not(
    path: Path,
) -> None:
    assert read_steps(path) == [kept(1, 0.9), kept(2, 0.9)]
    assert read_steps(path.with_name("of an old run.jsonl")) == []


def test_what_is_trained_anew_is_forgotten(path: Path) -> None:
    log = StepLog(path)
    assert log.cut(1) == read_steps(path) == [kept(1, 0.9)]
    train(log, 2, loss=0.8)
    assert read_steps(path) == [kept(1, 0.9), kept(2, 0.8)]


def test_a_run_of_an_older_version_goes_on_without_them(tmp_path: Path) -> None:
    path = tmp_path / "steps.jsonl"
    assert StepLog(path).cut(5) == []
    assert not path.exists()


def test_a_long_epoch_is_thinned_and_its_leap_is_kept(tmp_path: Path) -> None:
    path, steps = tmp_path / "steps.jsonl", 4300
    log = StepLog(path)
    losses = [0.4 + number % 7 / 1000 for number in range(steps)]
    losses[2345] = 3.5
    for first in range(0, steps, 10):
        log.add(step(1, first + 10, tuple(losses[first : first + 10]), steps=steps))
    log.add(epoch_done(1))
    (found,) = read_steps(path)
    assert MOST_OF_AN_EPOCH / 2 < len(found.numbers) <= MOST_OF_AN_EPOCH
    assert (2346, 3.5) in zip(found.numbers, found.losses, strict=True)
    assert path.stat().st_size < 8000


@pytest.mark.parametrize(
    "wrong",
    [
        EpochSteps(1, 4, (1, 2), (0.5,)),
        EpochSteps(1, 4, (2, 1), (0.5, 0.5)),
        EpochSteps(1, 4, (5,), (0.5,)),
        EpochSteps(0, 4, (1,), (0.5,)),
        EpochSteps(1, 10**30, (1,), (0.5,)),
    ],
)
def test_what_cannot_be_is_passed_over(path: Path, wrong: Event) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{wrong.to_line()}\n")
    assert [each.epoch for each in read_steps(path)] == [1, 2]


def test_a_disk_that_is_full_does_not_end_the_training(tmp_path: Path) -> None:
    log = StepLog(tmp_path / "nowhere" / "steps.jsonl")
    train(log, 1, loss=0.9)
    assert log.cut(1) == []
