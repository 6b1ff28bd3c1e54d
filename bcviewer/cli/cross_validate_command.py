"""The command cross-validate: k trainings by patient, and out-of-fold predictions of them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bcviewer.cli.cross_validate_steps import do_for_a_person, do_in_json, probe_for_a_person
from bcviewer.cli.options import WorkspaceOption, is_given
from bcviewer.cli.train_command import ModelName, Schedule
from bcviewer.dataset.opening import open_dataset
from bcviewer.model.cross_validation import (
    DEFAULT_FOLDS,
    CrossValidationJob,
    begin,
    make_settings,
    new_folder,
    open_cross_validation,
    read_settings,
)
from bcviewer.model.job import make_job
from bcviewer.model.run_lock import held

PLACES = ("folder", "run", "workspace")
RECIPE = (
    *("alpha", "weights", "epochs", "steps_per_epoch", "batch_size", "learning_rate"),
    *("schedule", "patience", "seed"),
)
"""Options that go into the job as they are; those not given are the job's own."""


def cross_validate(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="The data folder.", show_default=False),
    ] = None,
    model: Annotated[
        ModelName | None, typer.Option("--model", help="The architecture.", show_default=False)
    ] = None,
    folds: Annotated[
        int | None,
        typer.Option("--folds", help=f"How many folds (default: {DEFAULT_FOLDS})."),
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option(
            "--run",
            metavar="DIR",
            help="A new folder, whose name the predictions get (default: in the workspace, where "
            "the window lists the folds).",
            show_default=False,
        ),
    ] = None,
    epochs: Annotated[int | None, typer.Option("--epochs", min=1)] = None,
    steps_per_epoch: Annotated[int | None, typer.Option("--steps-per-epoch", min=1)] = None,
    batch_size: Annotated[int | None, typer.Option("--batch-size", min=1)] = None,
    learning_rate: Annotated[float | None, typer.Option("--learning-rate")] = None,
    schedule: Annotated[Schedule | None, typer.Option("--schedule")] = None,
    patience: Annotated[int | None, typer.Option("--patience", min=1)] = None,
    weights: Annotated[
        str | None, typer.Option("--weights", metavar="imagenet|none|FILE", show_default=False)
    ] = None,
    alpha: Annotated[float | None, typer.Option("--alpha")] = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Of folds and job.")] = None,
    job: Annotated[
        Path | None,
        typer.Option(
            "--job",
            metavar="FILE",
            help="A job file with all settings; FOLDER, --run, --workspace and --folds may say "
            "others. Its split gives way to the folds.",
            show_default=False,
        ),
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(
            "--resume",
            metavar="DIR",
            help="Go on with a cross-validation that stopped, or score a finished one again.",
            show_default=False,
        ),
    ] = None,
    probe: Annotated[
        bool, typer.Option("--probe", help="Only tell the time it would take; nothing is kept.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Tell events and scores as JSON lines; take commands."),
    ] = False,
) -> None:
    """Train one recipe k times, each time without a fold of the patients, and judge it by those.

    Ctrl-C stops after the epoch at hand, twice at once; --resume goes on. What each network says
    of the patients that it knew nothing of is kept: for the queue of doubtful labels, and for
    fit-context --out-of-fold.
    """
    if resume is not None:
        _refuse_others(context, "resume", but=("as_json",))
        cross = open_cross_validation(resume)
        chosen = cross.settings.job
        dataset, place = open_dataset(chosen.folder, workspace=chosen.workspace)
    else:
        settings = _settings(context)
        dataset, place = open_dataset(settings.job.folder, workspace=settings.job.workspace)
        if probe:
            probe_for_a_person(settings, dataset)
            return
        cross = begin(run or new_folder(place.runs_folder, settings), settings, dataset)
    with held(cross.path):
        (do_in_json if as_json else do_for_a_person)(cross, dataset, place)


def _settings(context: typer.Context) -> CrossValidationJob:
    given = context.params
    places = {name: given[name].expanduser().absolute() for name in PLACES if given[name]}
    if given["job"] is not None:
        _refuse_others(context, "job", but=(*PLACES, "folds", "as_json", "probe"))
        found = read_settings(given["job"], folds=given["folds"])
        job = make_job({**found.job.model_dump(), **places})
        return make_settings(job, folds=found.folds)
    if given["folder"] is None or given["model"] is None:
        raise typer.BadParameter("give FOLDER and --model, or --job FILE, or --resume DIR")
    recipe = {name: given[name] for name in RECIPE if given[name] is not None}
    # The folder of the run is chosen later where none is given: in the workspace.
    unplaced = Path(tempfile.gettempdir()) / "bcviewer-cross-validation"
    job = make_job({"run": unplaced, "model": given["model"].value, **recipe, **places})
    count = given["folds"] if given["folds"] is not None else DEFAULT_FOLDS
    return make_settings(job, folds=count)


def _refuse_others(context: typer.Context, holder: str, *, but: tuple[str, ...]) -> None:
    """A file or a folder holds every setting: one beside it would be passed over in silence."""
    for name in context.params:
        if name not in (holder, *but) and is_given(context, name):
            raise typer.BadParameter(
                f"--{holder} holds every setting; drop {name.replace('_', '-')}"
            )
