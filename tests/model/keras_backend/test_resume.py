"""A training that was killed goes on after its last finished epoch, as if nothing had been."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bcviewer.errors import JobError, TrainingError
from bcviewer.model.card import read_card
from bcviewer.model.commands import Command, QueuedCommands
from bcviewer.model.event_log import read_events
from bcviewer.model.event_tail import FollowedLog
from bcviewer.model.events import (
    Cancelled_,
    EpochDone,
    EpochSteps,
    Event,
    Failed,
    Finished,
    Note,
    Prepared,
    StepDone,
)
from bcviewer.model.folder import CARD, ModelFolder
from bcviewer.model.job import TrainingJob, read_job, write_job
from bcviewer.model.keras_backend.checkpoint import load_checkpoint
from bcviewer.model.keras_backend.training import resume_run, run_job
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_lock import held
from bcviewer.model.runs import read_run
from bcviewer.model.step_log import read_steps
from bcviewer.model.training_process import TrainingProcess
from tests.factories import small_dataset
from tests.model.conftest import TinyTraining, tiny_job

EPOCHS = 4


@pytest.fixture(scope="module", autouse=True)
def one_core() -> Iterator[None]:
    """Child processes get one core, and so one thread: with more, TensorFlow adds in any order.

    Two unbroken trainings of MobileNetV2 on two threads differ from their first steps on.
    """
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    yield
    os.sched_setaffinity(0, cores)


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """A run of a child process that was killed in its third epoch of four."""
    folder = tmp_path_factory.mktemp("killed")
    small_dataset(folder / "data")
    job = tiny_job(folder, epochs=EPOCHS)
    write_job(folder / "job.json", job)
    process = TrainingProcess(folder / "job.json")
    process.start()
    for event in process.events():
        if isinstance(event, StepDone) and event.epoch == 3 and process.pid is not None:
            os.kill(process.pid, signal.SIGKILL)
    assert isinstance(event, Failed)
    return RunFolder(job.run)


@pytest.fixture
def run(killed: RunFolder, tmp_path: Path) -> RunFolder:
    """A copy of that run, in another place."""
    return RunFolder(Path(shutil.copytree(killed.path, tmp_path / "moved")))


@pytest.fixture(scope="module")
def unbroken(killed: RunFolder, tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """The same training, in a process of its own too, without a break."""
    folder = tmp_path_factory.mktemp("unbroken")
    write_job(folder / "job.json", job_beside(killed, folder))
    process = TrainingProcess(folder / "job.json")
    process.start()
    assert isinstance(list(process.events())[-1], Finished)
    return RunFolder(folder / "run")


def job_beside(killed: RunFolder, folder: Path) -> TrainingJob:
    data = killed.path.parent
    return tiny_job(data, run=folder / "run", workspace=folder / "workspace", epochs=EPOCHS)


def resumed(run: RunFolder) -> list[Event]:
    events: list[Event] = []
    resume_run(run.path, emit=events.append, commands=QueuedCommands())
    return events


def epochs(events: list[Event]) -> list[EpochDone]:
    return [event for event in events if isinstance(event, EpochDone)]


def scored(events: list[Event]) -> list[tuple[object, ...]]:
    return [(one.epoch, one.train, one.validation, one.best_epoch) for one in epochs(events)]


def test_a_resumed_training_ends_as_the_unbroken_one(
    run: RunFolder, unbroken: RunFolder, killed: RunFolder, tmp_path: Path
) -> None:
    """To the last bit, on one thread: the same batches, the same state, the same sums.

    Its data have moved meanwhile.
    """
    folder = Path(shutil.copytree(killed.path.parent / "data", tmp_path / "elsewhere"))
    workspace = tmp_path / "workspace"
    process = TrainingProcess(run.job_path, resume=True, folder=folder, workspace=workspace)
    process.start()
    told = list(process.events())
    assert isinstance(told[-1], Finished), told[-1]
    now = read_job(run.job_path)
    assert (now.folder, now.workspace) == (folder, workspace)
    assert scored(told) == scored(read_events(unbroken.history_path))
    cards = [read_card(one.model_path / CARD) for one in (run, unbroken)]
    assert cards[0].validation.at_half == cards[1].validation.at_half
    assert cards[0].threshold == cards[1].threshold
    mine, other = (load_checkpoint(one, emit=told.append).best.weights for one in (run, unbroken))
    assert all(np.array_equal(*pair) for pair in zip(mine, other, strict=True))


def test_the_curve_goes_on_without_a_gap_and_without_doubles(run: RunFolder) -> None:
    before = epochs(read_events(run.history_path))
    told = resumed(run)
    curve = epochs(read_events(run.history_path))
    assert [epoch.epoch for epoch in curve] == [1, 2, 3, 4]
    assert curve[:2] == before
    # The listener is told of all epochs again; the log of the run has each of them once.
    assert epochs(told) == curve
    assert [type(event) for event in told[:5]] == [Prepared, *[EpochSteps] * 2, *[EpochDone] * 2]
    kept = read_steps(run.steps_path)
    assert told[1:3] == kept[:2]
    assert [steps.epoch for steps in kept] == [1, 2, 3, 4]
    assert all(len(steps.numbers) == steps.steps for steps in kept)
    assert Note("Going on after epoch 2.") in told
    log = read_events(run.events_path)
    assert epochs(log) == curve
    assert isinstance(log[-1], Finished)


@pytest.mark.parametrize("damage", ["cut", "flipped", "missing"])
def test_a_damaged_checkpoint_falls_back_to_the_one_before(run: RunFolder, damage: str) -> None:
    content = bytearray(run.last_path.read_bytes())
    content[len(content) // 2] ^= 1
    match damage:
        case "cut":
            run.last_path.write_bytes(content[: len(content) // 2])
        case "flipped":
            run.last_path.write_bytes(content)
        case _:
            run.last_path.unlink()
    told: list[Event] = []
    checkpoint = load_checkpoint(run, emit=told.append)
    (note,) = told
    assert isinstance(note, Note)
    assert "going on from the one before, after epoch 1" in note.text
    assert len(checkpoint.curve) == 1


def test_going_on_from_the_checkpoint_before_ends_just_as_well(
    run: RunFolder, unbroken: RunFolder
) -> None:
    run.last_path.write_bytes(b"")
    told = resumed(run)
    assert [epoch.epoch for epoch in epochs(told)] == [1, 2, 3, 4]
    again = [event.epoch for event in told if isinstance(event, EpochSteps)]
    assert again == [1], "the steps of the second epoch are undone with it"
    found, expected = (one[-1].validation for one in (epochs(told), _history(unbroken)))
    # In this process TensorFlow ran before, on two threads, which add in any order: seen up to
    # 2e-3; see the test above for the same to the last bit.
    assert found == pytest.approx(expected, abs=1e-2)
    assert load_checkpoint(run, emit=told.append).curve == tuple(_history(run))


def test_who_comes_when_it_goes_on_from_the_checkpoint_before_sees_no_lost_epoch(
    run: RunFolder,
) -> None:
    run.last_path.write_bytes(b"")
    seen: list[list[int]] = []
    commands = QueuedCommands()

    def come(event: Event) -> None:
        if isinstance(event, Prepared):
            told = FollowedLog(run.path).new()
            assert event in told
            seen.append([epoch.epoch for epoch in epochs(told)])
            commands.put(Command.CANCEL)

    resume_run(run.path, emit=come, commands=commands)
    assert seen == [[1]]


def _history(run: RunFolder) -> list[EpochDone]:
    return epochs(read_events(run.history_path))


def test_when_both_checkpoints_are_damaged_it_is_told(run: RunFolder) -> None:
    for path in (run.last_path, run.before_last_path):
        path.write_bytes(b"torn")
    with pytest.raises(TrainingError, match="cannot be read") as error:
        resumed(run)
    assert "new run" in error.value.hint


def test_a_finished_run_is_not_resumed(tiny_training: TinyTraining) -> None:
    before = tiny_training.run.events_path.read_bytes()
    with pytest.raises(JobError, match="is finished") as error:
        resumed(tiny_training.run)
    assert error.value.hint
    with pytest.raises(JobError, match="is finished"):
        TrainingProcess(tiny_training.run.job_path, resume=True).start()
    assert tiny_training.run.events_path.read_bytes() == before


@pytest.mark.parametrize("name", ["graph.bin", "model.keras", "card.json"])
def test_a_model_that_a_power_cut_left_empty_is_made_again(
    tiny_training: TinyTraining, tmp_path: Path, name: str
) -> None:
    run = RunFolder(Path(shutil.copytree(tiny_training.run.path, tmp_path / "run")))
    (run.model_path / name).write_bytes(b"")
    record = read_run(run.path)
    assert (record.state, record.has_model, record.resumable) == ("failed", False, True)
    assert "make it again" in record.message
    told = resumed(run)
    assert StepDone not in map(type, told)
    record = read_run(run.path)
    assert (record.state, record.has_model) == ("finished", True)
    whole = ModelFolder.open(run.model_path)
    assert whole.card.best_epoch == ModelFolder.open(tiny_training.run.model_path).card.best_epoch
    (aside,) = run.path.glob("model-before-*")
    assert (aside / name).read_bytes() == b""


def test_a_model_with_another_bit_is_made_again(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    """Its size does not tell: it shows when the model is opened, or the run is resumed."""
    run = RunFolder(Path(shutil.copytree(tiny_training.run.path, tmp_path / "run")))
    graph = run.model_path / "graph.bin"
    content = bytearray(graph.read_bytes())
    content[99] ^= 1
    graph.write_bytes(content)
    resumed(run)
    ModelFolder.open(run.model_path)


def test_a_run_that_runs_is_not_resumed(run: RunFolder) -> None:
    with held(run.path), pytest.raises(JobError, match="runs in .* now"):
        resumed(run)


def test_a_run_without_a_checkpoint_is_not_resumed(run: RunFolder) -> None:
    shutil.rmtree(run.last_path.parent)
    with pytest.raises(JobError, match="no checkpoint"):
        resumed(run)


def test_what_is_no_run_is_not_resumed(tmp_path: Path) -> None:
    with pytest.raises(JobError, match="not the folder of a run"):
        resumed(RunFolder(tmp_path))


def test_a_run_whose_data_have_changed_is_not_resumed(run: RunFolder, killed: RunFolder) -> None:
    job = tiny_job(run.path.parent, epochs=EPOCHS)
    small_dataset(job.folder, patients=7)
    write_job(run.job_path, job)
    before = run.events_path.read_bytes()
    with pytest.raises(JobError, match="data set has changed") as error:
        resumed(run)
    assert error.value.hint
    assert Failed not in map(type, read_events(run.events_path))
    assert run.events_path.read_bytes().startswith(before)


def test_a_run_whose_split_has_changed_is_not_resumed(run: RunFolder, killed: RunFolder) -> None:
    job = tiny_job(killed.path.parent, epochs=EPOCHS, seed=1)
    write_job(run.job_path, job)
    with pytest.raises(JobError, match="split has changed"):
        resumed(run)


def test_a_training_killed_while_it_wrote_its_model_only_writes_it(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    run = RunFolder(Path(shutil.copytree(tiny_training.run.path, tmp_path / "run")))
    shutil.rmtree(run.model_path)
    told = resumed(run)
    assert StepDone not in map(type, told)
    assert isinstance(told[-1], Finished)
    assert read_card(run.model_path / CARD).best_epoch == told[-1].best_epoch


def test_a_cancelled_training_can_be_taken_up_again(data_folder: Path, tmp_path: Path) -> None:
    commands = QueuedCommands()

    def hear(event: Event) -> None:
        if isinstance(event, EpochDone):
            commands.put(Command.CANCEL)

    job = tiny_job(tmp_path)
    assert run_job(job, emit=hear, commands=commands) == Cancelled_()
    run = RunFolder(job.run)
    assert read_events(run.events_path)[-1] == Cancelled_()
    assert isinstance(resumed(run)[-1], Finished)
    assert isinstance(read_events(run.events_path)[-1], Finished)
