"""The command predict: tables, pictures and regions of what a model finds in patients."""

from __future__ import annotations

import typer

from bcviewer.annotation.reading import read_effective_labels
from bcviewer.cli.console import say, say_json, stop_at_once
from bcviewer.cli.options import (
    AsJson,
    Averaged,
    Folder,
    ModelOption,
    PrecisionOption,
    WorkspaceOption,
)
from bcviewer.cli.predict_effects import refuse_idle
from bcviewer.cli.predict_options import (
    NAMES,
    AgainOption,
    AgainstOption,
    CalibratedOption,
    ContextOption,
    ContourOption,
    ErrorsOption,
    GivenThreshold,
    HeatmapsOption,
    HideBelowOption,
    LayersOption,
    MosaicsOption,
    OpacityOption,
    OutOption,
    PaletteOption,
    PatientsOption,
    PicturesOption,
    PolygonsOption,
    SmoothOption,
    TruthOption,
    ValuesOption,
)
from bcviewer.cli.predict_run import Run, left_to_do, predict_and_write
from bcviewer.counting import counted
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.workspace import check_apart
from bcviewer.errors import ModelError
from bcviewer.model.context import View
from bcviewer.model.context_view import check_view
from bcviewer.model.engine import check_precision
from bcviewer.model.export_files import ExportKind
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import find_model
from bcviewer.model.prediction_export import write_metadata
from bcviewer.model.prediction_output import PredictionOutput
from bcviewer.model.prediction_wanted import Look, Wanted
from bcviewer.model.way import Precision, Way
from bcviewer.slide.palette import PALETTES
from bcviewer.slide.picture import Layer


def predict(
    command_line: typer.Context,
    folder: Folder,
    model: ModelOption,
    out: OutOption,
    patient: PatientsOption = None,
    pictures: PicturesOption = False,
    heatmaps: HeatmapsOption = None,
    geojson: PolygonsOption = None,
    values: ValuesOption = False,
    mosaics: MosaicsOption = False,
    against: AgainstOption = None,
    layer: LayersOption = None,
    threshold: GivenThreshold = None,
    smooth: SmoothOption = False,
    colours: PaletteOption = PALETTES[0].name,
    opacity: OpacityOption = Look.opacity,
    hide_below: HideBelowOption = False,
    contour: ContourOption = True,
    truth: TruthOption = True,
    errors: ErrorsOption = False,
    context: ContextOption = False,
    calibrated: CalibratedOption = False,
    averaged: Averaged = False,
    precision: PrecisionOption = Precision.FLOAT32,
    again: AgainOption = False,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Predict patients and write a table for each, in the layout of WSInfer.

    Files that are there already, of the same model, pictures and options, are left as they are.
    """
    _check(colours, layer, against)
    layers = _layers(layer, compared=against is not None)
    refuse_idle(command_line, layers)
    plain, view, way = find_model(model), View(context, calibrated), Way(averaged, precision)
    other = None if against is None else _other(against, plain)
    for each in (plain, *(() if other is None else (other,))):
        check_view(each, view)
    check_precision(plain, precision)
    dataset, place = open_dataset(folder, workspace=workspace)
    target = check_apart(out, dataset.root, what="folder for predictions")
    patients = list(dict.fromkeys(patient)) if patient else list(dataset.patients)
    for name in patients:
        dataset.rows(name)
    kinds = [ExportKind(each.value) for each in (*(heatmaps or ()), *(geojson or ()))]
    kinds += [ExportKind.VALUES] * values + [ExportKind.MOSAIC] * mosaics
    look = Look(
        palette=colours,
        opacity=opacity,
        smooth=smooth,
        hide_below=hide_below,
        contour=contour,
        truth=truth,
        layers=layers,
    )
    output = PredictionOutput(
        target,
        dataset,
        PixelStore(place.pixels_folder, dataset),
        plain=plain,
        view=view,
        way=way,
        wanted=Wanted(pictures, tuple(dict.fromkeys(kinds)), look, threshold),
        against=other,
        judged_by=read_effective_labels(place, dataset) if errors else None,
    )
    done = Run(len(patients))
    try:
        left = left_to_do(output, patients, done, again=again)
        predict_and_write(output, left, place, done, again=again)
    except KeyboardInterrupt:
        there = f"{done.before + done.written} of {counted(done.patients, 'patient')} are written"
        stop_at_once(f"Stopped: {there}. The same command goes on from there.")
    if done.written:
        write_metadata(
            target,
            dataset,
            output.model,
            patients,
            threshold=output.threshold,
            against=output.compared_with,
        )
    _report(output, done, as_json=as_json)


def _check(colours: str, layers: list[Layer] | None, against: str | None) -> None:
    if colours not in {each.name for each in PALETTES}:
        raise typer.BadParameter(f"--palette is one of {NAMES}, not {colours}")
    if Layer.CHANGE in (layers or ()) and against is None:
        raise typer.BadParameter("--layer change needs a model to count from: --against MODEL")


def _other(name: str, model: ModelFolder) -> ModelFolder:
    """The model that changes are counted from.

    Raises:
        ModelError: There is none of this name, or it is the same model.
    """
    other = find_model(name)
    if other.fingerprint == model.fingerprint:
        raise ModelError(
            f"--against names the same model, {other.card.name}: nothing would change.",
            hint="Name another one; bcviewer models lists them.",
        )
    return other


def _layers(wanted: list[Layer] | None, *, compared: bool) -> tuple[Layer, ...]:
    if wanted:
        return tuple(dict.fromkeys(wanted))
    return (Layer.PREDICTION, Layer.CHANGE) if compared else (Layer.PREDICTION,)


def _report(output: PredictionOutput, done: Run, *, as_json: bool) -> None:
    threshold, counts = output.threshold, done.counts
    if as_json:
        say_json(
            {
                "out": str(output.folder),
                "model": str(output.plain.path),
                "view": output.view.title,
                "patients": done.patients,
                "patients_done_before": done.before,
                "patches": counts.patches,
                "unreadable_patches": counts.unreadable,
                "threshold": threshold,
                "model_threshold": output.model.card.threshold,
                "predicted_idc_patches": counts.idc,
                "patches_per_second": done.predicted / done.seconds if done.seconds else None,
            }
        )
        return
    if done.before:
        say(f"{_done_before(done)} done already; --again does all anew.")
    unreadable = counted(counts.unreadable, "patch")
    left_out = f"; {unreadable} could not be read" if counts.unreadable else ""
    # With pictures it would be the speed of drawing.
    tables_only = not output.wanted.pictures and not output.wanted.kinds
    speed = (
        f"; {done.predicted / done.seconds:,.0f} patches/s, reading and writing included"
        if done.seconds and tables_only
        else ""
    )
    say(
        f"{output.folder}: {counted(done.patients, 'patient')}, "
        f"{counted(counts.patches, 'patch')}, {counts.idc:,} of them at or above the "
        f"threshold {threshold:.2f} ({output.view.title}){left_out}{speed}"
    )


def _done_before(done: Run) -> str:
    if done.before < done.patients:
        return f"{done.before} of {done.patients} patients {'was' if done.before == 1 else 'were'}"
    return "1 patient was" if done.patients == 1 else f"All {done.patients} patients were"
