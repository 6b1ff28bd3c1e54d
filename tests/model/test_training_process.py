"""A training in a process of its own: heard, steered, and its end told whatever it is."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bcviewer.errors import JobError, TrainingError
from bcviewer.model.events import (
    Cancelled_,
    EpochDone,
    Event,
    Failed,
    Finished,
    Note,
    Paused,
    Prepared,
    Resumed,
    StepDone,
)
from bcviewer.model.folder import ModelFolder
from bcviewer.model.job import write_job
from bcviewer.model.run_commands import is_live
from bcviewer.model.run_folder import RunFolder, claim_run_folder
from bcviewer.model.training_process import TrainingProcess
from tests.model.conftest import tiny_job

NOTE = '{"event": "note", "text": "hello"}'
ECHO = f"""
import sys, time
print("loading things")
print('{NOTE}', flush=True)
print("a warning", file=sys.stderr)
for word in sys.stdin:
    print('{{"event": "note", "text": "' + word.strip() + '"}}', flush=True)
    if word.strip() == "cancel":
        print('{{"event": "cancelled"}}', flush=True)
        break
"""


def job_path(folder: Path, **settings: object) -> Path:
    path = folder / "one.job.json"
    write_job(path, tiny_job(folder, **settings))
    return path


def fake(folder: Path, script: str) -> TrainingProcess:
    """A process that is no training; what is under test is this side."""
    return TrainingProcess(job_path(folder), command=[sys.executable, "-c", script])


@pytest.fixture
def real(data_folder: Path, tmp_path: Path) -> Iterator[TrainingProcess]:
    """A training that would go on for long."""
    process = TrainingProcess(job_path(tmp_path, epochs=1000, steps_per_epoch=3))
    process.start()
    yield process
    process.close()


def test_events_are_heard_and_other_words_go_to_the_log(tmp_path: Path) -> None:
    process = fake(tmp_path, ECHO)
    process.start()
    assert is_live(tmp_path / "run"), "at once, so that nobody deletes it"
    heard: list[Event] = []
    for event in process.events():
        heard.append(event)
        if event == Note("hello"):
            process.send("pause")
            process.send("cancel")
    assert heard == [Note("hello"), Note("pause"), Note("cancel"), Cancelled_()]
    assert process.returncode == 0
    assert not is_live(tmp_path / "run")
    log = RunFolder(tmp_path / "run").log_path.read_text()
    assert "loading things" in log
    assert "a warning" in log
    assert "hello" not in log


def test_a_word_after_the_end_is_no_trouble(tmp_path: Path) -> None:
    process = fake(tmp_path, "pass")
    process.start()
    list(process.events())
    process.send("cancel")
    process.kill()


def test_a_process_that_ends_without_a_word_is_a_failure_with_its_last_words(
    tmp_path: Path,
) -> None:
    process = fake(tmp_path, "raise SystemExit('no module named tensorflow')")
    process.start()
    (event,) = process.events()
    assert isinstance(event, Failed)
    assert "exit code 1" in event.message
    assert "no module named tensorflow" in event.message
    assert "log.txt" in event.hint


def test_the_last_words_are_those_of_this_session(tmp_path: Path) -> None:
    run = claim_run_folder(tiny_job(tmp_path))
    run.log_path.write_text("words of the session before\n")
    run.last_path.parent.mkdir()
    run.last_path.touch()
    process = TrainingProcess(run.job_path, resume=True, command=[sys.executable, "-c", "pass"])
    process.start()
    (event,) = process.events()
    assert isinstance(event, Failed)
    assert "words" not in event.message


def test_a_killed_process_is_a_failure_that_says_what_may_have_been(tmp_path: Path) -> None:
    process = fake(tmp_path, ECHO)
    process.start()
    events = process.events()
    assert next(events) == Note("hello")
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    (event,) = events
    assert isinstance(event, Failed)
    assert "signal 9 (SIGKILL)" in event.message
    assert "memory" in event.message
    assert str(tmp_path / "run") in event.hint


def test_killing_it_ourselves_is_a_cancel(tmp_path: Path) -> None:
    process = fake(tmp_path, ECHO)
    process.start()
    events = process.events()
    next(events)
    process.kill()
    assert list(events) == [Cancelled_()]


def test_a_run_in_the_data_folder_starts_nothing(data_folder: Path, tmp_path: Path) -> None:
    process = TrainingProcess(job_path(tmp_path, run=data_folder / "run"))
    with pytest.raises(JobError, match="never written to"):
        process.start()
    assert not (data_folder / "run").exists()


def test_a_command_that_is_not_there_is_told(tmp_path: Path) -> None:
    process = TrainingProcess(job_path(tmp_path), command=[str(tmp_path / "none")])
    with pytest.raises(TrainingError, match="cannot be started"):
        process.start()


def test_a_real_training_pauses_goes_on_and_finishes_when_told(real: TrainingProcess) -> None:
    heard = []
    for event in real.events():
        heard.append(type(event))
        if isinstance(event, StepDone) and Paused not in heard:
            real.send("pause")
        if isinstance(event, Paused):
            real.send("resume")
        if isinstance(event, Resumed):
            real.send("finish")
        if isinstance(event, Finished):
            assert event.stopped_early
            assert ModelFolder.open(event.model_folder).card.architecture == "simple_cnn"
    assert heard[0] is Prepared
    assert heard[-1] is Finished
    assert real.returncode == 0


def test_a_real_training_that_is_killed_keeps_its_epochs(
    real: TrainingProcess, tmp_path: Path
) -> None:
    for event in real.events():
        if isinstance(event, EpochDone) and real.pid is not None:
            os.kill(real.pid, signal.SIGKILL)
    assert isinstance(event, Failed)
    assert "signal 9" in event.message
    run = RunFolder(tmp_path / "run")
    assert '"epoch": 1' in run.history_path.read_text()
    assert run.last_path.is_file()


def test_a_real_training_that_is_cancelled_leaves_no_model(
    real: TrainingProcess, tmp_path: Path
) -> None:
    for event in real.events():
        if isinstance(event, Prepared):
            real.send("cancel")
    assert event == Cancelled_()
    assert not RunFolder(tmp_path / "run").model_path.exists()
