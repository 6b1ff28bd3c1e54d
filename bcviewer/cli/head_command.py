"""The command that retrains only the head of a model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bcviewer.annotation.reading import read_ledger
from bcviewer.cli.console import progress_bar, say, say_json
from bcviewer.cli.options import AsJson, Folder, ModelOption, WorkspaceOption
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.model.head_material import HeadLabels
from bcviewer.model.head_result import HeadResult
from bcviewer.model.head_run import HeadTask, new_head_run
from bcviewer.model.head_training import retrain_head
from bcviewer.model.library import find_model


def retrain_head_(
    folder: Folder,
    model: ModelOption,
    run: Annotated[
        Path | None,
        typer.Option(
            "--run",
            metavar="DIR",
            help="A new folder for the run (default: in the workspace, where the window lists it).",
            show_default=False,
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Fit a new last layer to a model in seconds; the rest of it stays as it is.

    A full training (bcviewer train) takes longer and finds more.
    """
    base = find_model(model)
    dataset, place = open_dataset(folder, workspace=workspace)
    task = HeadTask(
        dataset=dataset,
        pixels=PixelStore(place.pixels_folder, dataset),
        workspace=place,
        base=base,
        run=run.expanduser().absolute() if run else new_head_run(place.runs_folder, base),
        labels=HeadLabels.of_state(read_ledger(place.labels_path, dataset).state),
    )
    with progress_bar("Looking at patches") as progress:
        result = retrain_head(task, progress=progress)
    if as_json:
        say_json(_about(result))
        return
    say(result.words)
    for text in result.warnings:
        say(f"Note: {text}")
    say(f"Model: {result.model.path}")


def _about(result: HeadResult) -> dict[str, Any]:
    return {
        "model": str(result.model.path),
        "model_fingerprint": result.model.fingerprint,
        "head_of": result.model.card.head_of,
        "head_of_fingerprint": result.base.fingerprint,
        "patients": result.patients,
        "patches": result.patches,
        "corrected_patches": result.changed,
        "corrected_patches_fitted": result.changed_fitted,
        "corrected_patches_judged": result.changed_judged,
        "pull": result.pull,
        "threshold": result.model.card.threshold,
        "context": result.model.context is not None,
        "validation_before": result.before.model_dump(),
        "validation": result.after.model_dump(),
        "features_seconds": result.features_seconds,
        "fit_seconds": result.fit_seconds,
        "seconds": result.seconds,
        "warnings": list(result.warnings),
    }
