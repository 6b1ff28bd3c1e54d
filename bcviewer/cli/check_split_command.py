"""The command check-split: whether the parts of a split leak into each other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bcviewer.cli.console import progress_bar, say, say_json
from bcviewer.cli.options import AsJson, Folder, WorkspaceOption
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split_file import load_split
from bcviewer.evaluation.leak_words import leak_sentences, leaks_as_json
from bcviewer.evaluation.leaks import LeakReport, check_leaks
from bcviewer.evaluation.pixel_digests import digest_pixels

SHOWN_PICTURES = 10


def check_split(
    folder: Folder,
    split: Annotated[
        Path,
        typer.Option(
            "--split",
            metavar="FILE",
            help="A split file; or one of the lists train.txt, val.txt and test.txt, or their "
            "folder.",
            show_default=False,
        ),
    ],
    quick: Annotated[
        bool, typer.Option("--quick", help="Look at names only, not at the pictures.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Say whether parts of a split share patients, touching patches or pictures."""
    dataset, place = open_dataset(folder, workspace=workspace)
    loaded = load_split(split, dataset)
    pixels = None
    if not quick:
        with progress_bar("Comparing pictures") as progress:
            store = PixelStore(place.pixels_folder, dataset)
            pixels = digest_pixels(store, decode=True, progress=progress)
    report = check_leaks(loaded, pixels)
    if as_json:
        say_json({"split": str(split), **leaks_as_json(report)})
        return
    for sentence in leak_sentences(report):
        say(sentence)
    _say_pictures(dataset, report)


def _say_pictures(dataset: Dataset, report: LeakReport) -> None:
    """Name the pictures that are in several parts."""
    rows = sorted({row for pair in report.pairs for row in pair.identical})
    for row in rows[:SHOWN_PICTURES]:
        say(f"  {dataset.path(row).relative_to(dataset.root)}")
    if len(rows) > SHOWN_PICTURES:
        say(f"  and {len(rows) - SHOWN_PICTURES:,} more; --json lists all")
