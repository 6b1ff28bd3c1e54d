"""With a frozen backbone only the head learns, and the model is whole all the same."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np

from bcviewer.model.commands import QueuedCommands
from bcviewer.model.events import Event, Finished, Prepared
from bcviewer.model.folder import ModelFolder
from bcviewer.model.keras_backend.network import build_network
from bcviewer.model.keras_backend.training import run_job
from bcviewer.model.run_folder import RunFolder
from tests.model.conftest import tiny_job


def test_only_the_head_learns(data_folder: Path, tmp_path: Path) -> None:
    keras.utils.set_random_seed(99)  # other than the job's
    start = build_network("mobilenetv2", alpha=0.35)
    start.get_layer("backbone").save_weights(tmp_path / "start.weights.h5")
    job = tiny_job(
        tmp_path,
        model="mobilenetv2",
        alpha=0.35,
        weights=str(tmp_path / "start.weights.h5"),
        fine_tune=False,
        schedule="constant",
        epochs=1,
    )
    told: list[Event] = []
    run_job(job, emit=told.append, commands=QueuedCommands())
    assert isinstance(told[-1], Finished)
    model = ModelFolder.open(told[-1].model_folder)
    trained = keras.models.load_model(model.network_path)
    before, after = (one.get_layer("backbone").get_weights() for one in (start, trained))
    # Kernels, and the running means of batch normalisation too.
    assert all(np.array_equal(*pair) for pair in zip(before, after, strict=True))
    assert np.any(trained.get_layer("idc").get_weights()[1] != 0)
    assert model.card.job["fine_tune"] is False
    size = RunFolder(job.run).last_path.stat().st_size
    assert size < 3.5 * sum(weight.nbytes for weight in before)  # no memory for what is frozen


def test_a_backbone_frozen_at_random_is_warned_of(data_folder: Path, tmp_path: Path) -> None:
    job = tiny_job(
        tmp_path,
        model="mobilenetv2",
        alpha=0.35,
        weights="none",
        fine_tune=False,
        epochs=1,
        steps_per_epoch=1,
    )
    told: list[Event] = []
    run_job(job, emit=told.append, commands=QueuedCommands())
    (prepared,) = [event for event in told if isinstance(event, Prepared)]
    assert any("frozen at random" in warning for warning in prepared.warnings)
