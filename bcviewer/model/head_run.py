"""The run of a retrained head: its task, its folder, its job, and the events that tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import PARTS, Split
from bcviewer.dataset.workspace import Workspace
from bcviewer.model.catalog import architecture
from bcviewer.model.events import Finished, Prepared
from bcviewer.model.folder import ModelFolder
from bcviewer.model.head_material import HeadLabels
from bcviewer.model.head_result import HeadResult
from bcviewer.model.job import TrainingJob, make_job
from bcviewer.model.run_folder import RunFolder

TOLD = ("loss", "accuracy", "balanced_accuracy", "auc")
DEVICE = "CPU, on kept features"


@dataclass(frozen=True, eq=False)
class HeadTask:
    """What to retrain, on what, and where to.

    Attributes:
        dataset: The data set.
        pixels: Its pixels.
        workspace: Its workspace, which keeps the features.
        base: The model whose head is retrained.
        run: The run folder; new or empty.
        labels: What to learn; None for the labels that came with the data.
        also: Patients whose features the result is to have, whatever their role.
    """

    dataset: Dataset
    pixels: PixelStore
    workspace: Workspace
    base: ModelFolder
    run: Path
    labels: HeadLabels | None = None
    also: tuple[str, ...] = ()


def new_head_run(runs: Path, base: ModelFolder) -> Path:
    """A folder for a run that starts now; it is not made, and is not there yet."""
    first = runs / f"{datetime.now():%Y-%m-%d-%H%M%S}-{base.card.architecture}-head"
    others = (first.with_name(f"{first.name}-{number}") for number in range(2, 1000))
    return next(path for path in (first, *others) if not path.exists())


def job_of(task: HeadTask) -> TrainingJob:
    """The job of the run: the base's settings, as far as they have a meaning here."""
    card = task.base.card
    kept: dict[str, object] = {
        name: card.job[name] for name in ("class_weights", "seed") if name in card.job
    }
    return make_job(
        {
            **kept,
            "folder": task.dataset.root,
            "workspace": task.workspace.folder,
            "run": task.run,
            "model": card.architecture,
            "alpha": card.alpha,
            "weights": str(task.base.path),
            "split": RunFolder(task.run).split_path,
            "epochs": 1,
            "augmentation": False,
            "label_smoothing": 0.0,
            "weight_averaging": False,
            "fine_tune": not architecture(card.architecture).pretrained,
        }
    )


def prepared(
    job: TrainingJob,
    split: Split,
    labels: NDArray[np.int8],
    base: ModelFolder,
    warnings: tuple[str, ...],
) -> Prepared:
    """The event that the features are there and the fit comes next."""
    return Prepared(
        model=job.model,
        patients={part: len(split.patients(part)) for part in PARTS},
        patches={part: int((labels[split.rows(part)] >= 0).sum()) for part in PARTS},
        steps_per_epoch=1,
        epochs=1,
        split_title=base.card.split.title,
        device=DEVICE,
        warnings=warnings,
    )


def finished(result: HeadResult) -> Finished:
    """The event that there is a model."""
    return Finished(
        model_folder=result.model.path,
        best_epoch=1,
        validation=told(result.after.at_half),
        seconds=result.seconds,
        stopped_early=False,
    )


def told(found: dict[str, float]) -> dict[str, float]:
    """Those of the scores that the events of any training tell."""
    return {name: found[name] for name in TOLD}
