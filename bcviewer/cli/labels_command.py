"""The commands about labels: export, import, log, agreement."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from bcviewer.annotation.agreement import Agreement, agreements
from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.exchange import ImportPreview, Offered, apply_import, preview
from bcviewer.annotation.ledger import Ledger
from bcviewer.annotation.readers import default_reader
from bcviewer.annotation.reading import read_ledger
from bcviewer.annotation.records import LogRecord, log_records
from bcviewer.annotation.state import LabelState
from bcviewer.cli.console import progress_bar, say, say_json, say_table
from bcviewer.cli.options import AsJson, Folder, WorkspaceOption
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.workspace import Workspace, check_apart
from bcviewer.errors import StorageError

SHOWN = 20

labels = typer.Typer(
    help="Export, import and look through the labels that readers gave.", no_args_is_help=True
)


class Format(StrEnum):
    """What an export writes."""

    CSV = "csv"
    LOG = "log"
    GEOJSON = "geojson"
    REGIONS = "regions"
    FOLDERS = "folders"


@labels.command("export")
def export(
    folder: Folder,
    to: Annotated[
        Path,
        typer.Option(
            "--to", metavar="FILE|DIR", help="Where to write: a new place.", show_default=False
        ),
    ],
    format: Annotated[  # noqa: A002  (the option's name)
        Format,
        typer.Option(
            "--format",
            help="csv: all labels that hold; log: every stroke, as CSV; geojson: a polygon a patch "
            "for QuPath, a file a patient; regions: merged polygons; folders: copies of the "
            "pictures under their corrected class.",
        ),
    ] = Format.CSV,
    salvage: Annotated[
        bool,
        typer.Option("--salvage", help="Of a damaged log write what is whole; say what is not."),
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Write the labels to a file or folder."""
    dataset, place = _open(folder, workspace)
    ledger = read_ledger(place.labels_path, dataset, salvage=salvage)
    target = check_apart(to, dataset.root, what="export")
    if format is Format.FOLDERS:
        about = _export_folders(ledger, to)
    elif format in (Format.CSV, Format.LOG):
        about = _export_table(ledger, target, format)
    else:
        about = _export_polygons(ledger, target, format)
    spoilt = list(ledger.spoilt)
    if as_json:
        say_json({"out": str(target), "format": format.value, **about, "spoilt_strokes": spoilt})
        return
    if spoilt:
        first = ", ".join(map(str, spoilt[:SHOWN]))
        more = f" and {len(spoilt) - SHOWN:,} more" if len(spoilt) > SHOWN else ""
        say(f"Left out, as they are not as they were written: strokes {first}{more}.")
    counts = [f"{count:,} {_one(what, count)}" for what, count in about.items() if count]
    say(f"{to}: {', '.join(counts) or 'no labels'}.")


@labels.command("import")
def import_labels(
    folder: Folder,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="CSV, or GeoJSON named after its patient.", show_default=False
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; change nothing.")
    ] = False,
    reader: Annotated[
        str,
        typer.Option(
            "--reader", help="Whose labels they are (default: your name).", show_default=False
        ),
    ] = "",
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Take labels from a file, in one stroke that can be undone."""
    dataset, place = _open(folder, workspace)
    offered = _read(file, dataset)
    if dry_run:
        seen = preview(offered, read_ledger(place.labels_path, dataset).state)
    else:
        seen = _import(place, dataset, offered, reader or default_reader())
    if as_json:
        say_json({"dry_run": dry_run, **_about_import(seen)})
        return
    say(seen.words if dry_run else seen.words.replace("would change", "changed"))
    for problem in (*seen.problems, *seen.contradictions)[:SHOWN]:
        say(f"  {problem.line}: {problem.text}")
    rest = len(seen.problems) + len(seen.contradictions) - SHOWN
    if rest > 0:
        say(f"  and {rest:,} more; --json lists all")


@labels.command("log")
def log(folder: Folder, workspace: WorkspaceOption = None, as_json: AsJson = False) -> None:
    """List what readers did, oldest first: nothing is ever deleted from this list."""
    dataset, place = _open(folder, workspace)
    ledger = read_ledger(place.labels_path, dataset)
    if as_json:
        records = [_about_record(record) for record in log_records(ledger)]
        say_json({"log": str(place.labels_path), "entries": records, **_about(ledger.state)})
        return
    if not ledger.acts:
        say(f"Nobody has labelled anything in {place.folder}.")
        return
    say_table(["Stroke", "Time", "Reader", "What", "Why"], _log_rows(ledger))
    about = _about(ledger.state)
    say(", ".join(f"{count:,} {what}" for what, count in about["counts"].items()) + ".")


@labels.command("agreement")
def agreement(
    folder: Folder,
    blind: Annotated[
        bool, typer.Option("--blind", help="Compare first answers, given without predictions.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Say how far each two readers agree: Cohen's kappa; unsure and excluded are left out."""
    dataset, place = _open(folder, workspace)
    state = read_ledger(place.labels_path, dataset).state
    pairs = agreements(state, blind=blind)
    if as_json:
        listed = [_about_pair(pair, dataset) for pair in pairs]
        say_json({"blind": blind, "readers": list(state.readers), "pairs": listed})
        return
    if not pairs:
        say("No two readers have labelled the same patches.")
        return
    heads = ["Readers", "Kappa", "Patches", "Same", "Other", "Left out"]
    say_table(heads, [_pair_row(pair) for pair in pairs])


def _one(what: str, count: int) -> str:
    """A word for one of it: "patient" for "patients"."""
    ones = {"labels": "label", "patients": "patient", "lines": "line", "patches": "patch"}
    return ones.get(what, what) if count == 1 else what


def _open(folder: Path, workspace: Path | None) -> tuple[Dataset, Workspace]:
    with progress_bar("Reading names") as progress:
        return open_dataset(folder, workspace=workspace, progress=progress)


def _export_table(ledger: Ledger, target: Path, kind: Format) -> dict[str, int]:
    from bcviewer.annotation.exchange_csv import write_labels, write_log
    from bcviewer.annotation.records import current_records

    if kind is Format.LOG:
        entries = log_records(ledger)
        write_log(entries, target)
        return {"lines": len(entries)}
    records = current_records(ledger)
    write_labels(records, target)
    return {"labels": len(records)}


def _export_polygons(ledger: Ledger, target: Path, kind: Format) -> dict[str, int]:
    from bcviewer.annotation.exchange_geojson import Form, spare_others, write_geojson

    state, dataset = ledger.state, ledger.dataset
    said = state.labels >= 0
    patients = [patient for patient in dataset.patients if said[dataset.rows(patient)].any()]
    form: Form = "regions" if kind is Format.REGIONS else "tiles"
    spare_others(target, patients)
    for patient in patients:
        write_geojson(dataset, patient, state.labels, target, form=form)
    return {"labels": int(said.sum()), "patients": len(patients), "missing": len(state.missing)}


def _export_folders(ledger: Ledger, target: Path) -> dict[str, int]:
    from bcviewer.annotation.exchange_folders import export_folders

    with progress_bar("Copying pictures") as progress:
        done = export_folders(ledger.dataset, ledger.state.effective(), target, progress=progress)
    return {
        "patches": done.patches,
        "left out": done.left_out,
        "unreadable": len(done.unreadable),
    }


def _read(file: Path, dataset: Dataset) -> Offered:
    if file.suffix.lower() in (".json", ".geojson"):
        from bcviewer.annotation.exchange_geojson import read_geojson

        return read_geojson(file, dataset)
    from bcviewer.annotation.exchange_csv import read_labels

    return read_labels(file)


def _import(place: Workspace, dataset: Dataset, offered: Offered, reader: str) -> ImportPreview:
    """Preview and apply.

    Raises:
        StorageError: The stroke could not be written.
    """
    book = LabelBook(place.labels_path, dataset, reader=reader)
    try:
        seen = preview(offered, book.state)
        apply_import(book, seen)
        book.flush()
        faults = book.faults()
    finally:
        book.close()
    if faults:
        raise StorageError(faults[0])
    return seen


def _about_import(seen: ImportPreview) -> dict[str, Any]:
    return {
        "file": seen.name,
        "changes": len(seen.rows),
        "same": seen.same,
        "unknown": seen.unknown,
        "contradictions": [problem._asdict() for problem in seen.contradictions],
        "problems": [problem._asdict() for problem in seen.problems],
    }


def _about(state: LabelState) -> dict[str, Any]:
    counts = {
        "corrected": int(state.corrected.sum()),
        "confirmed": int(state.confirmed.sum()),
        "unsure": int((state.labels == 2).sum()),
        "excluded": int((state.labels == 3).sum()),
        "of patches that are gone": len(state.missing),
    }
    return {"counts": counts, "fingerprint": state.fingerprint}


def _about_record(record: LogRecord) -> dict[str, Any]:
    about = record._asdict()
    for key in ("old", "label"):
        about[key] = None if about[key] is None else about[key].title
    return about


def _log_rows(ledger: Ledger) -> list[list[str]]:
    from bcviewer.annotation.history import words_of

    rows = []
    for act in ledger.acts:
        turn = "" if act.target is None else f"{act.line.kind.title()} "
        what = turn + words_of(act.target or act, ledger)
        undone = "" if act.standing else " (undone)"
        why = "" if act.target is not None else act.line.reason
        rows.append([str(act.line.id), act.line.time[:19], act.line.reader, what + undone, why])
    return rows


def _about_pair(pair: Agreement, dataset: Dataset) -> dict[str, Any]:
    numbers = dataset.patient_index[pair.disagreed].tolist()
    places = zip(
        numbers, dataset.x[pair.disagreed].tolist(), dataset.y[pair.disagreed].tolist(), strict=True
    )
    return {
        "readers": list(pair.readers),
        "kappa": pair.kappa,
        "patches": pair.patches,
        "same": pair.patches - len(pair.disagreed),
        "left_out": pair.left_out,
        "disagreed": [
            {"patient": dataset.patients[number], "x": x, "y": y} for number, x, y in places
        ],
    }


def _pair_row(pair: Agreement) -> list[str]:
    kappa = f"{pair.kappa:.3f}" if pair.kappa == pair.kappa else "-"
    other = len(pair.disagreed)
    counts = (pair.patches, pair.patches - other, other, pair.left_out)
    return [" / ".join(pair.readers), kappa, *(f"{count:,}" for count in counts)]
