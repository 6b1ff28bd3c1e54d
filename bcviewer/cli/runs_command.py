"""The commands about the trainings of a data folder: list them, empty their trash."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bcviewer.cli.console import fail, say, say_json
from bcviewer.cli.options import AsJson, WorkspaceOption
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import StorageError
from bcviewer.model.run_paths import run_name
from bcviewer.model.runs import RunRecord, list_runs
from bcviewer.model.runs_trash import Trash, empty_trash, read_trash, size_words

LIST = "list"
FIGURES = ("Epochs", "Bal. acc.", "AUC", "Patients")
WORDY = ("Split", "Name")
WIDE = 240
NARROW = 132

FolderOption = Annotated[
    Path | None,
    typer.Argument(
        metavar="FOLDER",
        help="The data folder; may be left out with --workspace.",
        show_default=False,
    ),
]


class RunsGroup(TyperGroup):
    """``bcviewer runs FOLDER`` lists; the name of another command may stand in place of FOLDER."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put "list" before arguments that begin with no command."""
        first = args[0] if args else ""
        if first not in self.commands and first not in ctx.help_option_names:
            args = [LIST, *args]
        return super().parse_args(ctx, args)


commands = typer.Typer(
    cls=RunsGroup,
    help="List the trainings of a data folder, or do something about them.",
    rich_markup_mode=None,
)


@commands.command(LIST)
def runs(
    folder: FolderOption = None, workspace: WorkspaceOption = None, as_json: AsJson = False
) -> None:
    """List the trainings of a data folder: scores of the best epoch, and how each ended."""
    place = place_of(folder, workspace)
    records = list_runs(place.runs_folder)
    trash = read_trash(place.runs_folder)
    if as_json:
        listed = [about_run(record) for record in records]
        thrown = {"runs": len(trash.runs), "bytes": trash.size}
        say_json({"folder": str(place.runs_folder), "runs": listed, "trash": thrown})
        return
    if records:
        say(f"Runs in {place.runs_folder}; scores of validation at the best epoch, threshold 0.5")
        _say_runs(records)
    else:
        say(f"There are no runs in {place.runs_folder}.")
    if trash.runs:
        say(_about_trash(trash) + " To remove it for good: bcviewer runs empty-trash")


@commands.command("empty-trash")
def empty(
    folder: FolderOption = None,
    workspace: WorkspaceOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove deleted trainings from the disk, for good."""
    place = place_of(folder, workspace)
    trash = read_trash(place.runs_folder)
    if not trash.runs:
        say(f"The trash of {place.runs_folder} is empty.")
        return
    say(_about_trash(trash))
    for run in trash.runs:
        say(f"  {run.name}, {size_words(run.size)}")
    if not yes and not _confirmed():
        say("Nothing was removed.")
        return
    say(f"Removed: {size_words(empty_trash(trash.runs))} are free again.")


def _confirmed() -> bool:
    if not sys.stdin.isatty():
        fail("This cannot be undone: say --yes to do it without being asked.")
    return typer.confirm("Remove them for good? This cannot be undone.")


def _about_trash(trash: Trash) -> str:
    return " ".join(filter(None, (f"Trash: {trash.words}.", trash.old_words())))


def place_of(folder: Path | None, workspace: Path | None) -> Workspace:
    """The workspace given, or the one that belongs to the data folder."""
    if folder is None and workspace is not None:
        if not workspace.expanduser().is_dir():
            raise StorageError(
                f"There is no workspace {workspace}.", hint="Give the folder of a workspace."
            )
        return Workspace(workspace.expanduser())
    if folder is None:
        raise typer.BadParameter("give a data folder, or --workspace DIR")
    from bcviewer.dataset.opening import open_dataset

    _, place = open_dataset(folder, workspace=workspace)
    return place


def _say_runs(records: list[RunRecord]) -> None:
    from rich.console import Console
    from rich.table import Table

    # What is not a terminal has any width.
    width = None if sys.stdout.isatty() else WIDE
    console = Console(highlight=False, markup=False, width=width)
    table = Table(box=None, pad_edge=False, header_style="bold")
    rows = [row_of(record) for record in records]
    # The folder's name mostly tells when, and what model.
    left_out = () if console.width >= NARROW else ("Started", "Model")
    heads = [head for head in rows[0] if head not in left_out]
    for head in heads:
        figures = head in FIGURES
        table.add_column(head, justify="right" if figures else "left", no_wrap=head not in WORDY)
    for row in rows:
        table.add_row(*(row[head] for head in heads))
    console.print(table)
    for record in records:
        if record.problem or record.message:
            say(f"{record.path.name}: {record.problem or record.message}")


def row_of(record: RunRecord) -> dict[str, str]:
    """What the table says of a run, by its heads."""
    return {
        "Run": run_name(record.path),
        "Started": f"{record.started:%Y-%m-%d %H:%M}",
        "Model": record.job.model if record.job else "",
        "Split": record.split_title,
        "Epochs": f"{record.epochs_done}/{record.epochs}" if record.epochs else "",
        "Bal. acc.": _score(record, "balanced_accuracy"),
        "AUC": _score(record, "auc"),
        "Patients": str(record.patients.get("validation", "")),
        "State": "unreadable" if record.problem else record.state,
        "Name": record.title,
    }


def _score(record: RunRecord, score: str) -> str:
    value = record.best.get(score, float("nan"))
    return f"{value:.3f}" if value == value else ""


def about_run(record: RunRecord) -> dict[str, Any]:
    """What is told of a run as JSON."""
    return {
        "name": record.name,
        "path": str(record.path),
        "started": record.started.isoformat(timespec="seconds"),
        "state": record.state,
        "model": record.job.model if record.job else None,
        "split": record.split_title,
        "device": record.device,
        "patients": record.patients,
        "epochs_done": record.epochs_done,
        "epochs": record.epochs,
        "best_epoch": record.best_epoch,
        "validation": record.best,
        "has_model": record.has_model,
        "resumable": record.resumable,
        "message": record.message,
        "problem": record.problem,
    }
