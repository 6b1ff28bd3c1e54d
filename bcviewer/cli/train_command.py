"""The command train: in this process, with a progress display, or with events as JSON lines.

The window trains through this very command, as a child process.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bcviewer.cli.console import fail, say
from bcviewer.cli.interrupts import Interrupts
from bcviewer.cli.options import SplitOption, WorkspaceOption, is_given
from bcviewer.model.backend import load_run_job
from bcviewer.model.child import CANCELLED, serve_job, serve_resume
from bcviewer.model.commands import QueuedCommands, StdinCommands
from bcviewer.model.events import Cancelled_, Event, Failed
from bcviewer.model.job import NO_WEIGHTS, TrainingJob, make_job, read_job
from bcviewer.model.live_folder import LiveFolder
from bcviewer.model.probe_child import serve_probe
from bcviewer.model.resume import resumable_job
from bcviewer.model.start_model import names_model, settings_to_continue

PLACES = ("folder", "run", "workspace", "split", "weights")
"""Where things are on this machine, rather than settings: they may stand beside a job file."""

HOW = ("as_json", "probe")
SETTINGS = (
    *("alpha", "weights", "epochs", "steps_per_epoch", "batch_size", "learning_rate"),
    *("patience", "class_weights", "augmentation", "label_smoothing", "weight_averaging", "seed"),
)
"""Options that go into the job as they are, under the same name."""


class ModelName(StrEnum):
    """The architectures."""

    MOBILENETV2 = "mobilenetv2"
    SIMPLE_CNN = "simple_cnn"


class Schedule(StrEnum):
    """How the learning rate goes."""

    COSINE = "cosine"
    CONSTANT = "constant"


class Precision(StrEnum):
    """What the network computes in while it is trained."""

    AUTO = "auto"
    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"


def train(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="The data folder.", show_default=False),
    ] = None,
    model: Annotated[
        ModelName | None, typer.Option("--model", help="The architecture.", show_default=False)
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option("--run", metavar="DIR", help="A new folder for the run.", show_default=False),
    ] = None,
    split: SplitOption = None,
    epochs: Annotated[int, typer.Option("--epochs", min=1)] = 10,
    steps_per_epoch: Annotated[
        int | None,
        typer.Option(
            "--steps-per-epoch", min=1, help="Default: the whole set.", show_default=False
        ),
    ] = None,
    batch_size: Annotated[int, typer.Option("--batch-size", min=1)] = 64,
    learning_rate: Annotated[
        float | None,
        typer.Option("--learning-rate", help="Default: the architecture's.", show_default=False),
    ] = None,
    schedule: Annotated[
        Schedule, typer.Option("--schedule", help="Of the learning rate.")
    ] = Schedule.COSINE,
    patience: Annotated[
        int | None,
        typer.Option(
            "--patience",
            min=1,
            help="End after so many epochs without a better one. Default: never.",
            show_default=False,
        ),
    ] = None,
    freeze_backbone: Annotated[
        bool,
        typer.Option("--freeze-backbone", help="Train only the head of MobileNetV2."),
    ] = False,
    weights: Annotated[
        str,
        typer.Option(
            "--weights",
            metavar="imagenet|none|FILE|MODEL",
            help="What MobileNetV2 starts of; or the folder of a model or a run to continue from.",
        ),
    ] = "imagenet",
    alpha: Annotated[
        float, typer.Option("--alpha", help="Width of MobileNetV2: 1.0 or 0.35.")
    ] = 1.0,
    class_weights: Annotated[
        bool,
        typer.Option("--class-weights/--no-class-weights", help="Weigh both classes alike."),
    ] = True,
    augmentation: Annotated[
        bool,
        typer.Option("--augmentation/--no-augmentation", help="Flips, rotations, colour jitter."),
    ] = True,
    label_smoothing: Annotated[
        float,
        typer.Option(
            "--label-smoothing", min=0.0, max=0.5, help="Move each label so far towards a half."
        ),
    ] = 0.05,
    weight_averaging: Annotated[
        bool,
        typer.Option(
            "--weight-averaging/--no-weight-averaging",
            help="Keep the average of the weights over the last epoch.",
        ),
    ] = True,
    precision: Annotated[
        Precision, typer.Option("--precision", help="What the network computes in.")
    ] = Precision.AUTO,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 0,
    job: Annotated[
        Path | None,
        typer.Option(
            "--job",
            metavar="FILE",
            help="A job file, in place of all settings; FOLDER, --run, --workspace, --split and "
            "--weights may say other places.",
            show_default=False,
        ),
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(
            "--resume",
            metavar="RUN",
            help="Go on with a run that stopped; FOLDER and --workspace may say where they are "
            "now.",
            show_default=False,
        ),
    ] = None,
    best: Annotated[
        bool,
        typer.Option(
            "--best", help="With --resume: train no more, make the model of its best epoch."
        ),
    ] = False,
    probe: Annotated[
        bool,
        typer.Option(
            "--probe", help="Only tell time and memory, after some steps; nothing is kept."
        ),
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Tell events as JSON lines; take commands as input.")
    ] = False,
) -> None:
    """Train a model; Ctrl-C finishes the epoch and keeps the best, twice cancels."""
    places = {"folder": folder, "run": run, "workspace": workspace, "split": split}
    if resume is not None:
        _refuse_others(context, "resume", but=("as_json", "folder", "workspace", "best"))
        if as_json:
            now = partial(serve_resume, folder=folder, workspace=workspace, only_best=best)
            raise typer.Exit(_with_interrupts(now, resume))
        found = resumable_job(resume, folder=folder, workspace=workspace)
        _train_for_a_person(found, resume=True, only_best=best)
        return
    if best:
        raise typer.BadParameter("--best makes the model of a run: give --resume RUN with it")
    if job is not None:
        _refuse_others(context, "job", but=(*PLACES, *HOW))
        elsewhere = _given(places)
        if is_given(context, "weights"):
            elsewhere["weights"] = _weights_place(weights)
        if as_json and not elsewhere:
            raise typer.Exit(_served(job, probe=probe))
        chosen = make_job({**read_job(job).model_dump(), **elsewhere})
    elif (
        folder is None
        or (model is None and not names_model(weights))
        or (run is None and not probe)
    ):
        raise typer.BadParameter("give FOLDER, --model and --run, or --job FILE, or --resume RUN")
    else:
        settings = {name: context.params[name] for name in SETTINGS}
        chosen = make_job(
            {
                **settings,
                # Only a probe, which touches no run folder, comes without one.
                "run": Path(tempfile.gettempdir()) / "bcviewer-probe",
                **_given(places),
                "model": model and model.value,
                "schedule": schedule.value,
                "precision": precision.value,
                "fine_tune": not freeze_backbone,
                **_of_start_model(context, weights),
            }
        )
    if as_json:
        raise typer.Exit(_served(chosen, probe=probe))
    if probe:
        _probe_for_a_person(chosen)
    else:
        _train_for_a_person(chosen, resume=False)


def _refuse_others(context: typer.Context, holder: str, *, but: Sequence[str]) -> None:
    """A job file or a run holds every setting: one beside it would be passed over in silence."""
    for name in context.params:
        if name not in (holder, *but) and is_given(context, name):
            raise typer.BadParameter(
                f"--{holder} holds every setting; drop {name.replace('_', '-')}"
            )


def _of_start_model(context: typer.Context, weights: str) -> dict[str, str | float]:
    """What the model to continue from says of itself, where the command line says nothing."""
    found = settings_to_continue(weights)
    for name in ("model", "alpha"):
        if is_given(context, name):
            found.pop(name, None)  # another network is refused in words, later
    return {**found, "weights": _weights_place(weights)}


def _weights_place(weights: str) -> str:
    """Start weights as a job has them: of a file or a folder here, the whole path."""
    path = Path(weights).expanduser().absolute()
    return str(path) if weights not in NO_WEIGHTS and os.path.lexists(path) else weights


def _given(places: Mapping[str, Path | None]) -> dict[str, object]:
    return {name: path.expanduser().absolute() for name, path in places.items() if path}


def _probe_for_a_person(job: TrainingJob) -> None:
    from bcviewer.cli.train_display import TrainDisplay

    with TrainDisplay() as display:
        say("Starting TensorFlow …")
        load_run_job()  # without a word of TensorFlow's own
        from bcviewer.model.keras_backend.probe import run_probe

        run_probe(job, emit=display.show, commands=QueuedCommands())


def _served(job: TrainingJob | Path, *, probe: bool) -> int:
    return serve_probe(job, sys.stdout) if probe else _with_interrupts(serve_job, job)


def _with_interrupts(serve: Callable[..., int], what: TrainingJob | Path) -> int:
    """Serve a training, told by Ctrl-C as well as by its input; returns the exit code."""
    commands = StdinCommands()
    with Interrupts(commands):
        return serve(what, sys.stdout, commands=commands)


def _train_for_a_person(job: TrainingJob, *, resume: bool, only_best: bool = False) -> None:
    from bcviewer.cli.train_display import TrainDisplay

    commands = QueuedCommands()
    with TrainDisplay(job.run) as display:
        say("Starting TensorFlow …")
        run_job = load_run_job()
        told = display.interrupted
        with Interrupts(commands, told=told), LiveFolder(job.run, commands) as live:

            def tell(event: Event) -> None:
                live.tell(event)  # for a window that follows
                display.show(event)

            run_job(job, emit=tell, commands=commands, resume=resume, only_best=only_best)
    if isinstance(display.last, Failed):
        fail(f"{display.last.message} {display.last.hint}")
    if isinstance(display.last, Cancelled_):
        fail("Training cancelled.", code=CANCELLED)
