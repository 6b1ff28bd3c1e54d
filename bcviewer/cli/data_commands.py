"""The commands about data: demo, scan, split."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from bcviewer.cli.console import (
    patches_words,
    patients_words,
    progress_bar,
    say,
    say_json,
    say_table,
)
from bcviewer.cli.options import AsJson, Folder, WorkspaceOption
from bcviewer.dataset.check import check_pictures
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.findings import KINDS
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.split import FRACTIONS, PARTS, Split, split_by_patch, split_by_patient
from bcviewer.dataset.split_file import save_split, split_from_files
from bcviewer.dataset.workspace import check_apart
from bcviewer.evaluation.leak_words import leaks_as_json, short_words
from bcviewer.evaluation.leaks import check_leaks

SHOWN_FINDINGS = 20


class SplitBy(StrEnum):
    """What a split keeps together."""

    PATIENT = "patient"
    PATCH = "patch"


def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder for the tissue.")],
    as_json: AsJson = False,
) -> None:
    """Write demo data: synthetic tissue of six patients."""
    from bcviewer.dataset.demo import write_demo

    with progress_bar("Painting demo tissue") as progress:
        write_demo(folder, progress=progress)
    dataset, _ = _open(folder, None)
    if as_json:
        say_json(_about(dataset))
    else:
        say(
            f"{folder}: {patients_words(len(dataset.patients))}, {patches_words(len(dataset))} of "
            "synthetic tissue. Open it with: bcviewer " + str(folder)
        )


def scan(
    folder: Folder,
    quick: Annotated[
        bool, typer.Option("--quick", help="Read file names only, not the pictures.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Say what is in a data folder, and what in it cannot be used."""
    dataset, _ = _open(folder, workspace)
    report = dataset.report
    if not quick:
        with progress_bar("Checking pictures") as progress:
            report = report.plus(check_pictures(dataset, progress=progress))
    if as_json:
        findings = [vars(finding) for finding in report.findings]
        say_json(
            {
                **_about(dataset),
                "pictures_checked": not quick,
                "findings": findings,
                "finding_counts": report.counts(),
            }
        )
        return
    mark = " (synthetic tissue)" if dataset.synthetic else ""
    say(
        f"{dataset.root}{mark}: {patients_words(len(dataset.patients))}, "
        f"{patches_words(len(dataset))}, "
        f"{dataset.labels.mean():.1%} of them IDC."
    )
    for kind, count in report.counts().items():
        say(f"{KINDS[kind]}: {count:,}")
    for finding in report.findings[:SHOWN_FINDINGS]:
        say(f"  {finding.path}: {finding.text}")
    rest = len(report.findings) - SHOWN_FINDINGS
    if rest > 0:
        say(f"  and {rest:,} more; --json lists all")


def split(
    folder: Folder,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="Where to write.", show_default=False)
    ],
    by: Annotated[SplitBy, typer.Option("--by", help="What no two parts share.")] = (
        SplitBy.PATIENT
    ),
    fractions: Annotated[
        tuple[float, float, float],
        typer.Option("--fractions", help="Shares of train, validation and test."),
    ] = FRACTIONS,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the choice.")] = 0,
    lists: Annotated[
        tuple[Path, Path, Path] | None,
        typer.Option(
            "--lists",
            metavar="TRAIN VALIDATION TEST",
            help="Three files of patient ids, or of paths of patches, instead of a choice at "
            "random.",
            show_default=False,
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Divide the patients (or the patches) into train, validation and test."""
    dataset, _ = _open(folder, workspace)
    out = check_apart(out.parent, dataset.root, what="split file") / out.name
    if lists is not None:
        made = split_from_files(dataset, train=lists[0], validation=lists[1], test=lists[2])
    elif by is SplitBy.PATIENT:
        made = split_by_patient(dataset, fractions=fractions, seed=seed)
    else:
        made = split_by_patch(dataset, fractions=fractions, seed=seed)
    save_split(made, out)
    parts = {part: _part(made, part) for part in PARTS}
    leaks = check_leaks(made)
    if as_json:
        about = {"out": str(out), "by": made.by, "title": made.title, "parts": parts}
        say_json({**about, "leaks": leaks_as_json(leaks)})
        return
    say(f"{out}: split {made.title}")
    rows = [
        [part, f"{about['patients']:,}", f"{about['patches']:,}", f"{about['idc_share']:.1%}"]
        for part, about in parts.items()
    ]
    say_table(["Part", "Patients", "Patches", "IDC"], rows)
    say(f"{short_words(leaks)}; to compare pictures: bcviewer check-split {folder} --split {out}")


def _open(folder: Path, workspace: Path | None) -> tuple[Dataset, Path]:
    with progress_bar("Reading names") as progress:
        dataset, place = open_dataset(folder, workspace=workspace, progress=progress)
    return dataset, place.folder


def _about(dataset: Dataset) -> dict[str, Any]:
    return {
        "folder": str(dataset.root),
        "patients": len(dataset.patients),
        "patches": len(dataset),
        "idc_patches": int((dataset.labels == 1).sum()),
        "idc_share": float(dataset.labels.mean()),
        "synthetic": dataset.synthetic,
        "fingerprint": dataset.fingerprint,
    }


def _part(made: Split, part: str) -> dict[str, Any]:
    return {
        "patients": len(made.patients(part)),
        "patches": len(made.rows(part)),
        "idc_share": made.idc_share(part),
    }
