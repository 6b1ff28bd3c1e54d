"""A job becomes a model folder, or an end that says why not."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
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
from bcviewer.model.keras_backend.checkpoint import BestEpoch
from bcviewer.model.keras_backend.controls import Controls
from bcviewer.model.keras_backend.export import export_model
from bcviewer.model.keras_backend.material import open_material
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


def test_a_model_that_cannot_be_written_is_told_in_words(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    run = RunFolder(Path(shutil.copytree(tiny_training.run.path, tmp_path / "run")))
    shutil.rmtree(run.model_path)
    (run.path / ".model.part").write_text("in the way")
    job, emit = tiny_training.job, list[Event]().append
    material = open_material(job, controls=Controls(QueuedCommands(), emit), emit=emit)
    best = BestEpoch(1, {}, np.zeros(len(material.validation), np.float32))
    with pytest.raises(StorageError, match="Cannot write"):
        export_model(job, run, material=material, best=best, weights_origin="random")
    assert run.best_path.is_file()
    assert not run.model_path.exists()


def test_a_run_in_the_data_folder_is_refused(data_folder: Path, tmp_path: Path) -> None:
    job = tiny_job(tmp_path, run=data_folder / "run")
    with pytest.raises(JobError, match="never written to"):
        run_job(job, emit=lambda event: None, commands=QueuedCommands())
