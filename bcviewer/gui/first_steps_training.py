"""The short training of the first steps: long enough to learn, short enough to wait for."""

from __future__ import annotations

from typing import Final

from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.model_workers import OpenedModel
from bcviewer.model.job import TrainingJob, make_job

EPOCHS: Final = 2
STEPS: Final = 24
BATCH: Final = 32
NETWORK: Final = "simple_cnn"
"""What is trained where the model in use cannot be gone on from, being made elsewhere."""


def short_job(data: OpenedData, model: OpenedModel | None) -> TrainingJob:
    """The settings: the model in use goes on learning where it can, else a small network begins.

    The run folder is a stand-in; whoever starts the training gives it one.

    Raises:
        JobError: A setting is not valid.
    """
    settings: dict[str, object] = {"model": NETWORK, "weights": "none"}
    if model is not None and model.folder.card.imported is None:
        card = model.folder.card
        place = str(model.folder.path)
        settings = {"model": card.architecture, "alpha": card.alpha, "weights": place}
    return make_job(
        {
            "folder": data.dataset.root,
            "workspace": data.workspace.folder,
            "run": data.workspace.runs_folder / "first-steps",
            "epochs": EPOCHS,
            "steps_per_epoch": STEPS,
            "batch_size": BATCH,
            **settings,
        }
    )
