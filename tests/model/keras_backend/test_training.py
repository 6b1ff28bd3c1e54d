"""A job becomes a model folder, or an end that says why not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bcviewer.errors import JobError, StorageError
from bcviewer.model.commands import Command, QueuedCommands
from bcviewer.model.events import (
    Cancelled_,
    EpochDone,
    Event,
    Exporting,
    Finished,
    Prepared,
    StepDone,
)
from bcviewer.model.folder import ModelFolder
from bcviewer.model.job import read_job
from bcviewer.model.keras_backend.training import run_job
from bcviewer.model.run_folder import RunFolder
from tests.model.conftest import TinyTraining, tiny_job


def test_a_training_tells_its_story_in_order(tiny_training: TinyTraining) -> None:
    events = tiny_training.events
    told = [type(event) for event in events]
    assert told[0] is Prepared
    assert told[-2:] == [Exporting, Finished]
    first = told.index(EpochDone)
    assert StepDone in told[:first]
    prepared = events[0]
    assert isinstance(prepared, Prepared)
    assert prepared.patients == {"train": 4, "validation": 1, "test": 1}
    assert prepared.patches == {"train": 80, "validation": 20, "test": 20}
    assert prepared.split_title == "by patient"


def test_a_tiny_training_learns_and_leaves_a_whole_run(tiny_training: TinyTraining) -> None:
    finished = tiny_training.events[-1]
    run = tiny_training.run
    assert isinstance(finished, Finished)
    assert finished.validation["auc"] > 0.95
    assert not finished.stopped_early
    model = ModelFolder.open(finished.model_folder)
    assert model.card.best_epoch == finished.best_epoch
    assert model.card.validation.at_half["auc"] == finished.validation["auc"]
    assert read_job(run.job_path) == tiny_training.job
    assert run.split_path.is_file()
    assert len(run.history_path.read_text().splitlines()) == 2
    assert not list(run.path.glob(".*"))


def test_exporting_does_not_wake_openvinos_telemetry(tiny_training: TinyTraining) -> None:
    assert tiny_training.run.model_path.is_dir()
    assert sys.modules["openvino_telemetry"] is None


def test_a_cancelled_training_leaves_no_model(data_folder: Path, tmp_path: Path) -> None:
    commands = QueuedCommands()
    commands.put(Command.CANCEL)
    events: list[Event] = []
    job = tiny_job(tmp_path)
    assert run_job(job, emit=events.append, commands=commands) == Cancelled_()
    assert events[-1] == Cancelled_()
    assert not RunFolder(job.run).model_path.exists()


def test_a_training_finished_early_is_a_model_that_says_so(
    data_folder: Path, tmp_path: Path
) -> None:
    commands = QueuedCommands()

    def emit(event: Event) -> None:
        if isinstance(event, Prepared):
            commands.put(Command.FINISH)

    job = tiny_job(tmp_path, epochs=9, steps_per_epoch=2)
    ending = run_job(job, emit=emit, commands=commands)
    assert isinstance(ending, Finished)
    assert ending.stopped_early
    assert ModelFolder.open(ending.model_folder).card.best_epoch == 1


def test_a_disk_that_cannot_be_written_is_told_in_words(data_folder: Path, tmp_path: Path) -> None:
    job = tiny_job(tmp_path, steps_per_epoch=1)

    def emit(event: Event) -> None:
        if isinstance(event, EpochDone):
            (job.run / ".model.part").write_text("in the way")

    with pytest.raises(StorageError, match="Cannot write"):
        run_job(job, emit=emit, commands=QueuedCommands())
    assert RunFolder(job.run).best_path.is_file()
    assert not RunFolder(job.run).model_path.exists()


def test_a_run_in_the_data_folder_is_refused(data_folder: Path, tmp_path: Path) -> None:
    job = tiny_job(tmp_path, run=data_folder / "run")
    with pytest.raises(JobError, match="never written to"):
        run_job(job, emit=lambda event: None, commands=QueuedCommands())
