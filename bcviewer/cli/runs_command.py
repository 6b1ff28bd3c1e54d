"""The command that lists the trainings of a data folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bcviewer.cli.console import say, say_json
from bcviewer.cli.options import AsJson, WorkspaceOption
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import StorageError
from bcviewer.model.runs import RunRecord, list_runs

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


def runs(
    folder: FolderOption = None, workspace: WorkspaceOption = None, as_json: AsJson = False
) -> None:
    """List the trainings of a data folder: scores of the best epoch, and how each ended."""
    place = _place(folder, workspace)
    records = list_runs(place.runs_folder)
    if as_json:
        listed = [_about(record) for record in records]
        say_json({"folder": str(place.runs_folder), "runs": listed})
        return
    if not records:
        say(f"There are no runs in {place.runs_folder}.")
        return
    say(f"Runs in {place.runs_folder}; scores of validation at the best epoch, threshold 0.5")
    _say_runs(records)


def _place(folder: Path | None, workspace: Path | None) -> Workspace:
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
    rows = [_row(record) for record in records]
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


def _row(record: RunRecord) -> dict[str, str]:
    return {
        "Run": record.path.name,
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


def _about(record: RunRecord) -> dict[str, Any]:
    return {
        "name": record.name,
        "path": str(record.path),
        "started": record.started.isoformat(timespec="seconds"),
        "state": record.state,
        "model": record.job.model if record.job else None,
        "split": record.split_title,
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
