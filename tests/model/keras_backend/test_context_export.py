"""A training ends with a context, where its validation patients allow one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.split import split_from_lists
from bcviewer.dataset.split_file import save_split
from bcviewer.model.commands import QueuedCommands
from bcviewer.model.context import CONTEXT
from bcviewer.model.folder import ModelFolder
from bcviewer.model.keras_backend.training import run_job
from bcviewer.model.prediction_store import PredictionStore
from bcviewer.model.run_folder import RunFolder
from tests.factories import small_dataset
from tests.model.conftest import TinyTraining, tiny_job


def trained(tmp_path: Path, validation: int) -> ModelFolder:
    """A model whose network was validated on so many of six patients."""
    small_dataset(tmp_path / "data")
    dataset, _ = open_dataset(tmp_path / "data", workspace=tmp_path / "workspace")
    patients = list(dataset.patients)
    split = split_from_lists(
        dataset, train=patients[validation:], validation=patients[:validation], test=[]
    )
    save_split(split, tmp_path / "split.json")
    job = tiny_job(tmp_path, split=tmp_path / "split.json", epochs=1)
    run_job(job, emit=lambda _: None, commands=QueuedCommands())
    return ModelFolder.open(RunFolder(job.run).model_path)


def test_a_training_fits_the_context_to_its_validation_patients(tmp_path: Path) -> None:
    model = trained(tmp_path, 3)
    assert model.context is not None
    assert model.context.graph == model.fingerprint
    judged = model.context.validation
    assert (judged.patients, judged.patches) == (3, model.card.validation.patches)
    assert judged.single.scores["auc"] == pytest.approx(
        model.card.validation.at_half["auc"], abs=1e-3
    )


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
