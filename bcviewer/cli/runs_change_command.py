"""The commands that change the list of trainings: another name, into the trash, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bcviewer.cli.console import say, say_json
from bcviewer.cli.options import AsJson, WorkspaceOption
from bcviewer.cli.runs_command import FolderOption, about_run, place_of
from bcviewer.cli.steer_command import RunArgument
from bcviewer.errors import StorageError
from bcviewer.model.run_commands import is_busy
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.runs import RunRecord, read_run
from bcviewer.model.runs_changes import delete_run, rename_run, still_running
from bcviewer.model.runs_trash import TrashedRun, read_trash, restore_run


def rename(
    run: RunArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its new name.")],
    as_json: AsJson = False,
) -> None:
    """Give a training another name; its folder keeps its own."""
    renamed = rename_run(run_at(run), name)
    if as_json:
        say_json(about_run(renamed))
    else:
        say(f"{renamed.path.name} is called {renamed.name} now.")


def delete(
    run: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Run folders.")],
    as_json: AsJson = False,
) -> None:
    """Move trainings into the trash beside them, from where runs undo brings them back."""
    records = [run_at(path) for path in run]
    for record in records:  # all or none
        if is_busy(record.path):
            raise still_running(record)
    deleted = [delete_run(record) for record in records]
    if as_json:
        told = [
            {"name": each.name, "path": str(each.origin), "trash": str(each.path)}
            for each in deleted
        ]
        say_json({"deleted": told})
        return
    for each in deleted:
        say(f"{each.name} is in the trash: {each.path}")
    say("The last one comes back with: bcviewer runs undo FOLDER")


def undo(
    folder: FolderOption = None,
    workspace: WorkspaceOption = None,
    run: Annotated[
        str | None,
        typer.Option(
            "--run",
            metavar="NAME",
            help="Another one than that which was deleted last: its name, or that of its folder.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring back from the trash the training that was deleted last."""
    place = place_of(folder, workspace)
    trashed = read_trash(place.runs_folder).runs
    back = restore_run(_wanted(trashed, run, place.runs_folder))
    if as_json:
        say_json(about_run(back))
        return
    left = len(trashed) - 1
    say(f"{back.name} is back: {back.path}." + (f" In the trash: {left} more." if left else ""))


def run_at(path: Path) -> RunRecord:
    """The run of a folder that was typed.

    Raises:
        StorageError: It is not the folder of a run.
    """
    run = RunFolder(path.expanduser().absolute())
    if not (run.job_path.is_file() or run.events_path.is_file() or run.history_path.is_file()):
        raise StorageError(
            f"{run.path} is not the folder of a run: it has no {run.job_path.name}.",
            hint="List them, with their folders: bcviewer runs list FOLDER --json",
        )
    return read_run(run.path)


def _wanted(trashed: tuple[TrashedRun, ...], name: str | None, runs: Path) -> TrashedRun:
    for each in trashed:
        if name is None or name in (each.name, each.path.name):
            return each
    if name is None:
        raise StorageError(f"The trash of {runs} is empty.", hint="There is nothing to undo.")
    names = ", ".join(each.path.name for each in trashed) or "none"
    raise StorageError(f"No run {name} lies in the trash.", hint=f"In the trash: {names}.")
