"""The command predict: tables, pictures and regions of what a model finds in patients."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from bcviewer.cli.console import progress_bar, say, say_json
from bcviewer.cli.options import AsJson, Averaged, Folder, ModelOption, WorkspaceOption
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_file import PatientPixels
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.workspace import check_apart
from bcviewer.model.context import View
from bcviewer.model.context_view import named_in, probabilities_in
from bcviewer.model.engine import AveragedPredictor, Predictor
from bcviewer.model.export_files import ExportKind, path_among_patients, write_export
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import find_model
from bcviewer.model.prediction import PatientPrediction, predict_patients
from bcviewer.model.prediction_export import write_metadata, write_picture, write_table
from bcviewer.model.slide_export import SlideExport
from bcviewer.slide.grid import grid_of
from bcviewer.slide.mosaic import assemble
from bcviewer.slide.palette import PALETTES, palette
from bcviewer.slide.picture import HeatmapStyle

OPACITY = 0.45

NAMES = ", ".join(each.name for each in PALETTES)


class Heatmap(StrEnum):
    """A picture of a whole slide."""

    PNG = "png"
    SVG = "svg"


class Polygons(StrEnum):
    """A file for QuPath."""

    TILES = "tiles"
    REGIONS = "regions"


@dataclass(frozen=True)
class _Wanted:
    """Which files are written beside the tables, and how."""

    pictures: bool
    kinds: tuple[ExportKind, ...]
    smooth: bool
    palette: str


@dataclass
class _Counts:
    """Patches so far."""

    patches: int = 0
    unreadable: int = 0
    idc: int = 0

    def add(self, done: PatientPrediction, threshold: float) -> None:
        known = np.isfinite(done.probabilities)
        self.patches += int(known.sum())
        self.unreadable += int((~known).sum())
        self.idc += int((done.probabilities[known] >= threshold).sum())


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
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Predict patients and write a table for each, in the layout of WSInfer."""
    if colours not in {each.name for each in PALETTES}:
        raise typer.BadParameter(f"--palette is one of {NAMES}, not {colours}")
    plain, view = find_model(model), View(context, calibrated)
    opened = named_in(plain, view, averaged=averaged)
    dataset, place = open_dataset(folder, workspace=workspace)
    target = check_apart(out, dataset.root, what="folder for predictions")
    patients = list(dict.fromkeys(patient)) if patient else list(dataset.patients)
    for name in patients:
        dataset.rows(name)
    kinds = [ExportKind(each.value) for each in (*(heatmaps or ()), *(geojson or ()))]
    kinds += [ExportKind.VALUES] * values + [ExportKind.MOSAIC] * mosaics
    wanted = _Wanted(pictures, tuple(dict.fromkeys(kinds)), smooth, colours)
    store = PixelStore(place.pixels_folder, dataset)
    counts = _Counts()
    single = Predictor(plain)
    predictor = AveragedPredictor(single) if averaged else single
    with progress_bar("Predicting") as progress:
        for said in predict_patients(dataset, store, predictor, patients, progress=progress):
            shown = probabilities_in(
                plain, dataset, said.patient, probabilities=said.probabilities, view=view
            )
            done = replace(said, probabilities=shown)
            write_table(target, dataset, done.patient, done.probabilities)
            _write_files(target, dataset, store, model=opened, done=done, wanted=wanted)
            counts.add(done, opened.card.threshold)
            store.release(done.patient)
    write_metadata(target, dataset, opened, patients)
    _report(target, opened, counts, patients=len(patients), as_json=as_json)


def _write_files(
    target: Path,
    dataset: Dataset,
    store: PixelStore,
    *,
    model: ModelFolder,
    done: PatientPrediction,
    wanted: _Wanted,
) -> None:
    """Write what was asked for beside the table of a patient."""
    if not (wanted.pictures or wanted.kinds):
        return
    decoded = store.patient(done.patient)
    if wanted.pictures:
        write_picture(target, dataset, model, done, pixels=decoded.pixels)
    if wanted.kinds:
        export = _export(dataset, decoded, model=model, done=done, wanted=wanted)
        for kind in wanted.kinds:
            write_export(path_among_patients(target, done.patient, kind), export, kind)


def _export(
    dataset: Dataset,
    decoded: PatientPixels,
    *,
    model: ModelFolder,
    done: PatientPrediction,
    wanted: _Wanted,
) -> SlideExport:
    rows = dataset.rows(done.patient)
    x, y = dataset.x[rows], dataset.y[rows]
    threshold = model.card.threshold
    return SlideExport(
        dataset=dataset,
        patient=done.patient,
        grid=grid_of(x, y),
        mosaic=assemble(decoded.pixels, x, y, readable=decoded.readable),
        style=HeatmapStyle(palette(wanted.palette), threshold, OPACITY, smooth=wanted.smooth),
        values=done.probabilities,
        model=model,
    )


def _report(
    target: Path, model: ModelFolder, counts: _Counts, *, patients: int, as_json: bool
) -> None:
    threshold = model.card.threshold
    if as_json:
        say_json(
            {
                "out": str(target),
                "model": str(model.path),
                "patients": patients,
                "patches": counts.patches,
                "unreadable_patches": counts.unreadable,
                "threshold": threshold,
                "predicted_idc_patches": counts.idc,
            }
        )
        return
    unreadable = counts.unreadable
    left_out = f"; {unreadable:,} patches could not be read" if unreadable else ""
    say(
        f"{target}: {patients} patients, {counts.patches:,} patches, {counts.idc:,} of them at or "
        f"above the threshold {threshold:.2f}{left_out}"
    )
