"""A job becomes a model folder, or an end that says why not."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from bcviewer.errors import Cancelled, JobError, StorageError, TrainingError
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
from bcviewer.model.folder import CARD, ModelFolder
from bcviewer.model.job import TrainingJob, read_job
from bcviewer.model.keras_backend.checkpoint import load_checkpoint
from bcviewer.model.keras_backend.controls import Controls
from bcviewer.model.keras_backend.export import export_model
from bcviewer.model.keras_backend.faults import in_words
from bcviewer.model.keras_backend.feed import Batch, Feed
from bcviewer.model.keras_backend.material import open_material
from bcviewer.model.keras_backend.training import resume_run, run_job
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.runs import read_run
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


@pytest.fixture
def trained(tiny_training: TinyTraining, tmp_path: Path) -> RunFolder:
    """A copy of the tiny run, whose model was not written yet."""
    run = RunFolder(Path(shutil.copytree(tiny_training.run.path, tmp_path / "run")))
    shutil.rmtree(run.model_path)
    return run


def export(run: RunFolder, job: TrainingJob, *, obey: Callable[[], None]) -> None:
    told: list[Event] = []
    controls = Controls(QueuedCommands(), told.append)
    material = open_material(job, controls=controls, emit=told.append)
    best = load_checkpoint(run, emit=told.append).best
    export_model(
        job,
        run,
        material=material,
        best=best,
        weights_origin="random",
        emit=told.append,
        obey=obey,
    )


def test_a_model_that_cannot_be_written_is_told_in_words(
    trained: RunFolder, tiny_training: TinyTraining
) -> None:
    (trained.path / ".model.part").write_text("in the way")
    with pytest.raises(StorageError, match="Cannot write"):
        export(trained, tiny_training.job, obey=lambda: None)
    assert not trained.model_path.exists()


def test_a_cancel_while_the_model_is_written_leaves_none(
    trained: RunFolder, tiny_training: TinyTraining
) -> None:
    """Heard at the first moment and at the last, when all is written but under its name."""
    commands = QueuedCommands()

    def cancel(event: Event) -> None:
        if isinstance(event, Exporting):
            commands.put(Command.CANCEL)

    assert resume_run(trained.path, emit=cancel, commands=commands) == Cancelled_()
    assert read_run(trained.path).resumable
    part, whole = trained.path / ".model.part", []

    def cancel_at_the_end() -> None:
        if (part / CARD).is_file():
            whole.append(part)
        if len(whole) == 2:  # before what neighbours say is fitted, and after it
            raise Cancelled

    with pytest.raises(Cancelled):
        export(trained, tiny_training.job, obey=cancel_at_the_end)
    assert not trained.model_path.exists()
    assert not part.exists()


def test_a_run_in_the_data_folder_is_refused(data_folder: Path, tmp_path: Path) -> None:
    job = tiny_job(tmp_path, run=data_folder / "run")
    with pytest.raises(JobError, match="never written to"):
        run_job(job, emit=lambda event: None, commands=QueuedCommands())


def spoil(monkeypatch: pytest.MonkeyPatch, change: Callable[[Batch], Batch]) -> None:
    """Let something happen to all batches after the first epoch of eight."""
    batch = Feed.batch
    monkeypatch.setattr(
        Feed,
        "batch",
        lambda feed, step: batch(feed, step) if step < 8 else change(batch(feed, step)),
    )


def test_a_loss_that_is_lost_leaves_the_model_of_the_best_epoch_and_a_warning(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, lambda batch: (*batch[:2], batch[2] * np.float32(np.nan)))
    events: list[Event] = []
    run_job(tiny_job(tmp_path, epochs=3), emit=events.append, commands=QueuedCommands())
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.stopped_early
    assert finished.warning.startswith("The loss is no number any more at step 2 of epoch 2.")
    assert "learning rate, 0.01," in finished.warning
    assert ModelFolder.open(finished.model_folder).card.best_epoch == 1
    assert read_run(tmp_path / "run").state == "finished"


def test_a_training_without_memory_says_so_and_a_model_is_made_of_its_best_epoch(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def starve(batch: Batch) -> Batch:
        raise MemoryError

    spoil(monkeypatch, starve)
    job = tiny_job(tmp_path, epochs=3)
    with pytest.raises(TrainingError, match="not enough memory") as error:
        run_job(job, emit=lambda event: None, commands=QueuedCommands())
    assert "smaller batch size" in error.value.hint
    assert "Finished epochs are kept" in error.value.hint
    assert read_run(job.run).resumable
    events: list[Event] = []
    finished = resume_run(job.run, emit=events.append, commands=QueuedCommands(), only_best=True)
    assert isinstance(finished, Finished)
    assert ModelFolder.open(finished.model_folder).card.best_epoch == 1
    assert StepDone not in map(type, events)
    assert not read_run(job.run).resumable


def test_memory_that_tensorflow_lacks_is_told_in_words(tmp_path: Path) -> None:
    lacking = tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor")
    with pytest.raises(TrainingError, match="not enough memory"), in_words(RunFolder(tmp_path)):
        raise lacking
