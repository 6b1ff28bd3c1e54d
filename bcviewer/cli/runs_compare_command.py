"""The command that sets trainings beside one another: scores, and the settings that differ."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bcviewer.cli.console import harmless, say, say_json
from bcviewer.cli.options import AsJson
from bcviewer.cli.runs_change_command import run_at
from bcviewer.cli.runs_command import WIDE, about_run, row_of
from bcviewer.model.runs import RunRecord, read_history
from bcviewer.model.runs_comparison import differing, settings_of, validated_alike

TOLD = ("State", "Epochs", "Best epoch", "Bal. acc.", "AUC", "Patients")
UNKNOWN = "–"
NOT_ALIKE = (
    "Warning: they were not validated on the same patches, so their scores do not compare. Judge "
    "their models on patients that all of them held out: bcviewer compare FOLDER --model RUN "
    "--model OTHER"
)


def compare(
    run: Annotated[
        list[Path], typer.Argument(metavar="RUN OTHER...", help="Two run folders or more.")
    ],
    as_json: AsJson = False,
) -> None:
    """Set trainings beside one another: scores of validation, and settings that differ."""
    if len(run) < 2:
        raise typer.BadParameter("give two runs or more")
    records = [run_at(path) for path in run]
    differ, alike = differing(records), validated_alike(records)
    if as_json:
        told = [_about(record) for record in records]
        say_json({"runs": told, "differ": differ, "same_validation": alike})
        return
    say("Scores of validation at the best epoch, threshold 0.5; then settings that differ")
    _say_side_by_side(records, differ)
    unread = [record.path.name for record in records if record.job is None]
    if unread:
        say(f"The settings of {', '.join(unread)} cannot be read.")
    elif not differ:
        say("Their settings are the same.")
    if alike is None:
        say("Nobody knows whether they were validated on the same patches: a split is not kept.")
    elif not alike:
        say(NOT_ALIKE)


def _about(record: RunRecord) -> dict[str, Any]:
    curve = [
        {"epoch": each.epoch, "train": each.train, "validation": each.validation}
        for each in read_history(record.path)
    ]
    return {**about_run(record), "settings": settings_of(record), "curve": curve}


def _say_side_by_side(records: list[RunRecord], differ: list[str]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("")
    for record in records:
        table.add_column(harmless(record.name), overflow="fold")
    shown = [{**row_of(record), "Best epoch": str(record.best_epoch or "")} for record in records]
    for head in TOLD:
        table.add_row(head, *(row[head] or UNKNOWN for row in shown))
    settings = [settings_of(record) for record in records]
    for name in differ:
        table.add_row(name, *(_word(each.get(name)) for each in settings))
    width = None if sys.stdout.isatty() else WIDE
    Console(highlight=False, markup=False, width=width).print(table)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return UNKNOWN if value is None or value == "" else harmless(str(value))
