"""One tiny training for all tests that need a model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from bcviewer.model.commands import QueuedCommands
from bcviewer.model.events import Event
from bcviewer.model.job import TrainingJob
from bcviewer.model.run_folder import RunFolder
from tests.factories import small_dataset

KERAS_NOISE = "ignore:__array__ implementation:DeprecationWarning"
"""Keras 3.15 says this of itself with NumPy 2.4."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Warnings are errors, but for that of Keras in the tests beside this file."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings(KERAS_NOISE))


@dataclass(frozen=True)
class TinyTraining:
    """What a tiny training of the simple CNN left behind."""

    job: TrainingJob
    run: RunFolder
    events: list[Event]


def tiny_job(folder: Path, **settings: object) -> TrainingJob:
    """A job that takes seconds, on the data in ``folder / "data"``."""
    chosen: dict[str, object] = {
        "folder": folder / "data",
        "workspace": folder / "workspace",
        "run": folder / "run",
        "model": "simple_cnn",
        "epochs": 2,
        "steps_per_epoch": 8,
        "batch_size": 16,
        "learning_rate": 0.01,
        "precision": "float32",  # the same on every processor
    }
    return TrainingJob.model_validate(chosen | settings)


@pytest.fixture(scope="session")
def tiny_training(tmp_path_factory: pytest.TempPathFactory) -> TinyTraining:
    """A finished training on six patients; two epochs of eight steps."""
    from bcviewer.model.keras_backend.training import run_job

    folder = tmp_path_factory.mktemp("tiny")
    small_dataset(folder / "data")
    job = tiny_job(folder)
    events: list[Event] = []
    run_job(job, emit=events.append, commands=QueuedCommands())
    return TinyTraining(job, RunFolder(job.run), events)
