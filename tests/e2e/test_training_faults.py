"""Trainings in processes of their own that are killed, starved and cut off, and taken up again."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bcviewer.errors import BcviewerError
from bcviewer.gui.workers.training_worker import TrainingWorker
from bcviewer.model.event_log import read_events
from bcviewer.model.events import (
    EpochDone,
    Event,
    Exporting,
    Failed,
    Finished,
    Prepared,
    StepDone,
    Validating,
)
from bcviewer.model.job import write_job
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.runs import read_history, read_run
from bcviewer.model.training_process import TrainingProcess
from tests.factories import small_dataset
from tests.model.conftest import tiny_job

if sys.platform == "win32":
    pytest.skip("signals and limits of POSIX", allow_module_level=True)

import resource

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

EPOCHS = 12
KILLS, EPOCHS_OF_THE_KILLED = 50, 80
WAIT_MS = 120_000
Act = Callable[[TrainingProcess, Event], None]


@pytest.fixture(autouse=True)
def one_core() -> Iterator[None]:
    """Child processes get one thread: with more, TensorFlow adds in any order."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    yield
    os.sched_setaffinity(0, cores)


def begun(place: Path, *, epochs: int = EPOCHS, name: str = "run") -> Path:
    """The job file of a training that has not started; its data are shared by all of a test."""
    if not (place / "data").exists():
        small_dataset(place / "data")
    path = place / f"{name}.job.json"
    write_job(path, tiny_job(place, run=place / name, epochs=epochs))
    return path


def told(path: Path, *, resume: bool = False, act: Act | None = None) -> list[Event]:
    """Train in a process, and do something at each event; returns all events."""
    process = TrainingProcess(path, resume=resume)
    process.start()
    try:
        events = []
        for event in process.events():
            events.append(event)
            if act is not None:
                act(process, event)
        return events
    finally:
        process.close()


def killer(chance: random.Random, *, kinds: tuple[type, ...] = (StepDone, Validating)) -> Act:
    """Kills without a warning, some moments after an event: in a step, or while it is kept."""
    left = chance.randrange(1, 7) if len(kinds) > 1 else 1

    def act(process: TrainingProcess, event: Event) -> None:
        nonlocal left
        left -= isinstance(event, kinds)
        if left == 0 and process.pid is not None:
            left = -1
            time.sleep(chance.uniform(0, 0.2))
            with suppress(ProcessLookupError):  # it was quicker
                os.kill(process.pid, signal.SIGKILL)

    return act


def tear(path: Path, chance: random.Random) -> None:
    """Cut a file off somewhere in its last line, as a power cut may."""
    content = path.read_bytes()
    begin = content.rstrip(b"\n").rfind(b"\n") + 1
    path.write_bytes(content[: chance.randrange(begin, len(content) + 1)])


def test_a_training_killed_again_and_again_ends_as_one_that_was_never_killed(
    tmp_path: Path,
) -> None:
    epochs = EPOCHS_OF_THE_KILLED
    assert isinstance(told(begun(tmp_path, name="unbroken", epochs=epochs))[-1], Finished)
    chance = random.Random(11)
    run = RunFolder(tmp_path / "run")
    ending = told(begun(tmp_path, epochs=epochs), act=killer(chance, kinds=(EpochDone,)))[-1]
    kills, done = 0, 0
    while not isinstance(ending, Finished):
        assert isinstance(ending, Failed)
        assert "SIGKILL" in ending.message
        assert "memory" in ending.message
        kills += 1
        for path in (run.history_path, run.events_path):
            tear(path, chance)
        events = told(run.job_path, resume=True, act=killer(chance) if kills < KILLS else None)
        ending = events[-1]
        curve = [event.epoch for event in events if isinstance(event, EpochDone)]
        assert curve == list(range(1, len(curve) + 1)), "no gap, no doubles"
        assert len(curve) >= done, "no finished epoch is lost"
        done = len(curve)
    assert kills == KILLS
    scores = [
        [(epoch.epoch, epoch.train, epoch.validation) for epoch in read_history(each.path)]
        for each in (run, RunFolder(tmp_path / "unbroken"))
    ]
    assert scores[0] == scores[1]
    assert not list(run.path.rglob(".*.part"))
    assert isinstance(read_events(run.events_path)[-1], Finished)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="no prlimit here")
@pytest.mark.parametrize("moment", [EpochDone, Exporting])
def test_a_process_that_may_write_no_more_tells_it_and_is_resumed(
    tmp_path: Path, moment: type
) -> None:
    def starve(process: TrainingProcess, event: Event) -> None:
        if isinstance(event, moment) and process.pid is not None:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    ending = told(begun(tmp_path, epochs=3), act=starve)[-1]
    assert isinstance(ending, Failed)
    assert "File too large" in ending.message
    assert "can be resumed" in ending.hint
    run = RunFolder(tmp_path / "run")
    assert read_run(run.path).resumable
    assert isinstance(told(run.job_path, resume=True)[-1], Finished)
    assert [epoch.epoch for epoch in read_history(run.path)] == [1, 2, 3]


@pytest.mark.parametrize("data", ["there", "gone"])
def test_pixels_that_vanish_under_a_training_are_made_anew_or_end_it_with_the_right_advice(
    tmp_path: Path, data: str
) -> None:
    """A drive that is unplugged: mapped files end; to read them in that very moment is SIGBUS."""

    def unplug(_process: TrainingProcess, event: Event) -> None:
        if isinstance(event, Prepared):
            if data == "gone":
                shutil.rmtree(tmp_path / "data")
            for path in (tmp_path / "workspace").rglob("*"):
                if path.is_file():
                    os.truncate(path, 0)

    epochs = 200 if data == "gone" else 3
    ending = told(begun(tmp_path, epochs=epochs), act=unplug)[-1]
    if isinstance(ending, Failed) and "SIGBUS" in ending.message:
        assert "went away" in ending.message
        assert "resume" in ending.hint
    elif data == "gone":
        assert isinstance(ending, Failed)
        assert "are gone" in ending.message
        assert "Plug its drive in" in ending.hint
    else:
        assert isinstance(ending, Finished)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="no prlimit here")
def test_the_windows_worker_outlives_it_all(tmp_path: Path, qtbot: QtBot) -> None:
    """Full disk, then a kill, then a good end; each with words and exactly one ending."""
    path = begun(tmp_path, epochs=3)
    run = RunFolder(tmp_path / "run")

    def pid() -> int:
        process = worker._process
        assert process is not None
        assert process.pid is not None
        return process.pid

    def starve(event: object) -> None:
        if isinstance(event, EpochDone):
            resource.prlimit(pid(), resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    def kill(event: object) -> None:
        if isinstance(event, EpochDone):
            os.kill(pid(), signal.SIGKILL)

    for number, (act, words) in enumerate(((starve, "File too large"), (kill, "memory"))):
        worker = TrainingWorker(run.job_path if number else path, resume=bool(number))
        worker.event_received.connect(act)
        with qtbot.waitSignal(worker.failed, timeout=WAIT_MS) as failed:
            worker.start()
        error = failed.args[0]
        assert isinstance(error, BcviewerError)
        assert words in error.message
        assert "kept" in error.hint
        assert worker.wait(WAIT_MS)
        assert read_run(run.path).resumable
    worker = TrainingWorker(run.job_path, resume=True)
    with qtbot.waitSignal(worker.succeeded, timeout=WAIT_MS):
        worker.start()
    assert worker.wait(WAIT_MS)
    assert read_run(run.path).state == "finished"
