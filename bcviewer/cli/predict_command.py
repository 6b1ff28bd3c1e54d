"""The command predict: tables, pictures and regions of what a model finds in patients."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from bcviewer.cli.console import progress_bar, say, say_json, stop_at_once
from bcviewer.cli.options import (
    AsJson,
    Averaged,
    Folder,
    ModelOption,
    PrecisionOption,
    WorkspaceOption,
)
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.workspace import Workspace, check_apart
from bcviewer.errors import StorageError
from bcviewer.model.context import View
from bcviewer.model.context_view import check_view
from bcviewer.model.engine import check_precision, predictor_of
from bcviewer.model.export_files import ExportKind
from bcviewer.model.library import find_model
from bcviewer.model.prediction import PatientPrediction, predict_patients
from bcviewer.model.prediction_export import write_metadata
from bcviewer.model.prediction_output import PredictionOutput, Wanted
from bcviewer.model.prediction_record import Counts
from bcviewer.model.prediction_store import PredictionStore
from bcviewer.model.way import Precision, Way
from bcviewer.slide.palette import PALETTES

NAMES = ", ".join(each.name for each in PALETTES)


class Heatmap(StrEnum):
    """A picture of a whole slide."""

    PNG = "png"
    SVG = "svg"


class Polygons(StrEnum):
    """A file for QuPath."""

    TILES = "tiles"
    REGIONS = "regions"


@dataclass
class _Run:
    """What came of a run so far.

    Attributes:
        patients: Who was asked for.
        before: How many of them were done already.
        written: How many were written.
        counts: Patches of all patients that are done.
        predicted: Patches that the graph was asked for.
        seconds: How long that took, with reading and writing.
    """

    patients: int
    before: int = 0
    written: int = 0
    counts: Counts = field(default_factory=Counts)
    predicted: int = 0
    seconds: float = 0.0


def predict(
    folder: Folder,
    model: ModelOption,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Where to write.", show_default=False)
    ],
    patient: Annotated[
        list[str] | None,
        typer.Option("--patient", metavar="ID", help="Only this one.", show_default=False),
    ] = None,
    pictures: Annotated[
        bool,
        typer.Option("--pictures", help="Also pictures of patches with truth and prediction."),
    ] = False,
    heatmaps: Annotated[
        list[Heatmap] | None,
        typer.Option(
            "--heatmaps",
            help="Also a picture of each slide with heatmap, contour, truth and legend; may be "
            "given twice.",
            show_default=False,
        ),
    ] = None,
    geojson: Annotated[
        list[Polygons] | None,
        typer.Option(
            "--geojson",
            help="Also GeoJSON for QuPath: tiles, a polygon a patch; regions, those predicted "
            "IDC, merged; may be given twice.",
            show_default=False,
        ),
    ] = None,
    values: Annotated[
        bool,
        typer.Option("--values", help="Also a table with truth, model and role on each line."),
    ] = False,
    mosaics: Annotated[
        bool,
        typer.Option("--mosaics", help="Also the tissue of each slide, to lay GeoJSON over."),
    ] = False,
    smooth: Annotated[
        bool,
        typer.Option("--smooth", help="Draw heatmaps smoothed; no number changes."),
    ] = False,
    colours: Annotated[
        str, typer.Option("--palette", help=f"Colours of the heatmaps: {NAMES}.")
    ] = PALETTES[0].name,
    context: Annotated[
        bool,
        typer.Option(
            "--context/--no-context", help="Let neighbouring patches speak, as was learned."
        ),
    ] = False,
    calibrated: Annotated[
        bool,
        typer.Option(
            "--calibrated/--raw", help="Calibrated probabilities, or what the network says."
        ),
    ] = False,
    averaged: Averaged = False,
    precision: PrecisionOption = Precision.FLOAT32,
    again: Annotated[
        bool,
        typer.Option("--again", help="Predict and write anew what is done already, too."),
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Predict patients and write a table for each, in the layout of WSInfer.

    Files that are there already, of the same model, pictures and options, are left as they are.
    """
    if colours not in {each.name for each in PALETTES}:
        raise typer.BadParameter(f"--palette is one of {NAMES}, not {colours}")
    plain, view, way = find_model(model), View(context, calibrated), Way(averaged, precision)
    check_view(plain, view)
    check_precision(precision)
    dataset, place = open_dataset(folder, workspace=workspace)
    target = check_apart(out, dataset.root, what="folder for predictions")
    patients = list(dict.fromkeys(patient)) if patient else list(dataset.patients)
    for name in patients:
        dataset.rows(name)
    kinds = [ExportKind(each.value) for each in (*(heatmaps or ()), *(geojson or ()))]
    kinds += [ExportKind.VALUES] * values + [ExportKind.MOSAIC] * mosaics
    wanted = Wanted(pictures, tuple(dict.fromkeys(kinds)), smooth, colours)
    store = PixelStore(place.pixels_folder, dataset)
    output = PredictionOutput(
        target, dataset, store, plain=plain, view=view, way=way, wanted=wanted
    )
    done = _Run(len(patients))
    try:
        _predict(output, _left(output, patients, done, again=again), place, done, again=again)
    except KeyboardInterrupt:
        there = f"{done.before + done.written} of {done.patients} patients are written"
        stop_at_once(f"Stopped: {there}. The same command goes on from there.")
    if done.written:
        write_metadata(target, dataset, output.model, patients)
    _report(output, done, as_json=as_json)


def _left(
    output: PredictionOutput, patients: Sequence[str], done: _Run, *, again: bool
) -> list[str]:
    """The patients whose files are not all there; the others are counted as done."""
    left = []
    with progress_bar("Looking for what is done") as progress:
        for number, patient in enumerate(patients):
            counts = None if again else output.done(patient)
            if counts is None:
                left.append(patient)
            else:
                done.before += 1
                done.counts += counts
            progress(number + 1, len(patients))
    return left


def _predict(
    output: PredictionOutput, patients: list[str], place: Workspace, done: _Run, *, again: bool
) -> None:
    """Write the files of patients; what the workspace keeps of them is not predicted again."""
    way, model = output.way, output.plain
    keep = PredictionStore(
        place.predictions_folder,
        model.fingerprint,
        averaged=way.averaged,
        precision=way.precision,
    )
    unknown = []
    for patient in patients:
        kept = None if again else _kept(keep, output, patient)
        if kept is None:
            unknown.append(patient)
        else:
            _write(output, kept, done)
    if not unknown:
        return
    predictor = predictor_of(model, way)
    begin = time.perf_counter()
    with (
        progress_bar("Predicting", unit="patches") as progress,
        # Closed at Ctrl-C too, so that its threads end at once.
        closing(
            predict_patients(output.dataset, output.pixels, predictor, unknown, progress=progress)
        ) as predictions,
    ):
        for said in predictions:
            with suppress(StorageError):  # a workspace that is full or not ours is no reason
                keep.save(said.patient, said.probabilities, signature=said.signature)
            _write(output, said, done)
            done.predicted += int(np.isfinite(said.probabilities).sum())
            done.seconds = time.perf_counter() - begin


def _kept(
    keep: PredictionStore, output: PredictionOutput, patient: str
) -> PatientPrediction | None:
    rows, signature = output.dataset.rows(patient), output.pixels.signature(patient)
    found = keep.load(patient, rows.stop - rows.start, signature=signature)
    return None if found is None else PatientPrediction(patient, found, 0.0, signature)


def _write(output: PredictionOutput, said: PatientPrediction, done: _Run) -> None:
    done.counts += output.write(said)
    done.written += 1
    output.pixels.release(said.patient)


def _report(output: PredictionOutput, done: _Run, *, as_json: bool) -> None:
    threshold, counts = output.model.card.threshold, done.counts
    if as_json:
        say_json(
            {
                "out": str(output.folder),
                "model": str(output.plain.path),
                "patients": done.patients,
                "patients_done_before": done.before,
                "patches": counts.patches,
                "unreadable_patches": counts.unreadable,
                "threshold": threshold,
                "predicted_idc_patches": counts.idc,
                "patches_per_second": done.predicted / done.seconds if done.seconds else None,
            }
        )
        return
    if done.before:
        all_of = "All" if done.before == done.patients else f"{done.before} of"
        say(f"{all_of} {done.patients} patients were done already; --again does them anew.")
    left_out = f"; {counts.unreadable:,} patches could not be read" if counts.unreadable else ""
    speed = f"; {done.predicted / done.seconds:,.0f} patches/s" if done.seconds else ""
    say(
        f"{output.folder}: {done.patients} patients, {counts.patches:,} patches, {counts.idc:,} of "
        f"them at or above the threshold {threshold:.2f}{left_out}{speed}"
    )
