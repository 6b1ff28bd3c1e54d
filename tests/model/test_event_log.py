"""What a training told stays in its folder, torn lines or not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bcviewer.errors import BcviewerError
from bcviewer.model import event_log
from bcviewer.model.commands import QueuedCommands
from bcviewer.model.event_log import EventLog, read_events
from bcviewer.model.events import (
    Cancelled_,
    EpochDone,
    Event,
    Failed,
    Note,
    Paused,
    StepDone,
    Validating,
)
from bcviewer.model.run_folder import RunFolder
from tests.model.conftest import TinyTraining, tiny_job


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A log with one word in it."""
    path = tmp_path / "events.jsonl"
    EventLog(path, fresh=True).add(Note("one"))
    return path


def test_events_stand_in_the_file_as_soon_as_they_are_told(path: Path) -> None:
    log = EventLog(path, fresh=False)
    log.add(Paused())
    log.add(StepDone(1, 1, 2, 0.5, 0.5, seconds_left=1.0, patches_per_second=1.0))
    log.add(Validating(1, 1, 2))
    log.add(Cancelled_())
    assert read_events(path) == [Note("one"), Paused(), Cancelled_()]


def test_a_fresh_log_forgets_what_was(path: Path) -> None:
    EventLog(path, fresh=True).add(Note("two"))
    assert read_events(path) == [Note("two")]


def test_after_a_torn_line_the_next_one_stands_by_itself(path: Path) -> None:
    with path.open("ab") as file:
        file.write('{"event": "note", "text": "zwö'.encode()[:-1])
    EventLog(path, fresh=False).add(Note("three"))
    assert read_events(path) == [Note("one"), Note("three")]


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    EventLog(tmp_path / "folder", fresh=False).add(Note("x"))
    EventLog(tmp_path / "none" / "log", fresh=True).add(Note("x"))
    assert read_events(tmp_path / "none" / "log") == []


def test_a_training_logs_what_it_tells_but_steps(tiny_training: TinyTraining) -> None:
    told = [one for one in tiny_training.events if not isinstance(one, StepDone | Validating)]
    assert read_events(tiny_training.run.events_path) == told


def test_a_failure_is_in_the_log_too_and_the_folder_can_be_used_again(tmp_path: Path) -> None:
    from bcviewer.model.keras_backend.training import run_job

    job = tiny_job(tmp_path)
    for _ in range(2):
        with pytest.raises(BcviewerError) as error:
            run_job(job, emit=list[Event]().append, commands=QueuedCommands())
    (event,) = read_events(RunFolder(job.run).events_path)
    assert event == Failed(error.value.message, error.value.hint)


@pytest.mark.parametrize(
    "harm",
    [
        {"validation": {}},
        {"train": {"accuracy": 0.5}},
        {"epoch": 0},
        {"epoch": 10**30},
        {"best_epoch": -1},
    ],
)
def test_an_epoch_that_no_curve_can_be_drawn_of_is_passed_over(
    path: Path, harm: dict[str, object]
) -> None:
    scores = {"loss": 0.4, "accuracy": 0.8}
    whole = json.loads(EpochDone(1, 2, 3.0, scores, scores, 1).to_line())
    path.write_text("\n".join(json.dumps({**whole, **each}) for each in ({}, harm)))
    (event,) = read_events(path)
    assert isinstance(event, EpochDone)


def test_a_log_that_is_larger_than_any_counts_as_none(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_log, "MOST_BYTES", 10)
    assert read_events(path) == []
