"""A training ends with a context, where its validation patients allow one."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.split import split_from_lists
from bcviewer.dataset.split_file import save_split
from bcviewer.model.card import read_card, write_card
from bcviewer.model.commands import QueuedCommands
from bcviewer.model.context import CONTEXT
from bcviewer.model.context_training import validation_patients
from bcviewer.model.events import Event, Note
from bcviewer.model.folder import CARD, ModelFolder
from bcviewer.model.job import TrainingJob
from bcviewer.model.keras_backend.training import run_job
from bcviewer.model.prediction_store import PredictionStore
from bcviewer.model.run_folder import RunFolder
from tests.model.conftest import TinyTraining

SEEN, NEW = ["p00", "p02"], ["p01", "p04", "p05"]


@pytest.fixture
def continued(tiny_training: TinyTraining, tmp_path: Path) -> TrainingJob:
    """A job that validates on new patients, and on two that its start weights were trained on."""
    job = tiny_training.job
    dataset, _ = open_dataset(job.folder, workspace=job.workspace)
    split = split_from_lists(dataset, train=["p03"], validation=[*SEEN, *NEW], test=[])
    save_split(split, tmp_path / "split.json")
    base = Path(shutil.copytree(tiny_training.run.model_path, tmp_path / "base"))
    update = {"patients_trained": tuple(SEEN), "patients_validated": ("p03",)}
    write_card(base / CARD, read_card(base / CARD).model_copy(update=update))
    places = {"run": tmp_path / "next", "split": tmp_path / "split.json", "weights": str(base)}
    return job.model_copy(update={**places, "epochs": 1})


def test_a_training_fits_the_context_to_the_validation_patients_that_it_does_not_know(
    continued: TrainingJob,
) -> None:
    events: list[Event] = []
    run_job(continued, emit=events.append, commands=QueuedCommands())
    model = ModelFolder.open(RunFolder(continued.run).model_path)
    assert model.context is not None
    assert model.context.graph == model.fingerprint
    judged, fitted = model.card.validation, model.context.validation
    assert (judged.patients, judged.patches, judged.known) == (3, 60, 0)
    assert (fitted.patients, fitted.patches) == (3, 60)
    assert fitted.single.scores["auc"] == pytest.approx(judged.at_half["auc"], abs=1e-3)
    told = [event.text for event in events if isinstance(event, Note)]
    assert any(
        "2 of 5 validation patients, whom the network was trained on" in each for each in told
    )
    dataset, _ = open_dataset(continued.folder, workspace=continued.workspace)
    assert validation_patients(model, dataset) == NEW, "and later it is fitted to the same"


def test_with_too_few_validation_patients_a_training_ends_without_one(
    tiny_training: TinyTraining,
) -> None:
    model = ModelFolder.open(tiny_training.run.model_path)
    assert len(model.card.patients_validated) < 3
    assert model.context is None
    assert not (model.path / CONTEXT).exists()


def test_averages_are_kept_apart_from_single_predictions(tmp_path: Path) -> None:
    kept = np.array([0.2, 0.8], np.float32)
    PredictionStore(tmp_path, "a" * 64, averaged=True).save("8975", kept)
    assert PredictionStore(tmp_path, "a" * 64).load("8975", 2) is None
    found = PredictionStore(tmp_path, "a" * 64, averaged=True).load("8975", 2)
    assert found is not None
    assert np.array_equal(found, kept)
