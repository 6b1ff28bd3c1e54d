"""The files that a patient can be exported to: their names, and writing them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from bcviewer.model.slide_export import SlideExport, write_mosaic, write_slide_picture
from bcviewer.model.slide_export_values import write_geojson, write_values
from bcviewer.slide.picture import Layer


class ExportKind(StrEnum):
    """One file of an export."""

    PNG = "png"
    SVG = "svg"
    VALUES = "values"
    TILES = "tiles"
    REGIONS = "regions"
    MOSAIC = "mosaic"

    @property
    def needs_prediction(self) -> bool:
        """Whether there is nothing to write without one."""
        return self in (ExportKind.VALUES, ExportKind.TILES, ExportKind.REGIONS)

    @property
    def is_picture(self) -> bool:
        """Whether it shows one layer, and there is a file for each."""
        return self in (ExportKind.PNG, ExportKind.SVG)


class _Place(NamedTuple):
    folder: str
    ending: str
    alone: str


_PLACES: Final = {
    ExportKind.PNG: _Place("heatmaps", ".png", "-heatmap.png"),
    ExportKind.SVG: _Place("heatmaps", ".svg", "-heatmap.svg"),
    ExportKind.VALUES: _Place("values", ".csv", "-values.csv"),
    ExportKind.TILES: _Place("model-outputs-geojson", ".geojson", "-prediction.geojson"),
    ExportKind.REGIONS: _Place(
        "model-outputs-geojson", ".regions.geojson", "-prediction-regions.geojson"
    ),
    ExportKind.MOSAIC: _Place("mosaics", ".png", "-mosaic.png"),
}


def path_among_patients(
    out: Path, patient: str, kind: ExportKind, layer: Layer = Layer.PREDICTION
) -> Path:
    """Where a file goes when many patients are exported: a folder for each kind.

    Args:
        out: The folder of all.
        patient: The patient.
        kind: Which file.
        layer: What a picture shows; other files are the same for all layers.
    """
    place = _PLACES[kind]
    shown = f".{layer}" if kind.is_picture and layer is not Layer.PREDICTION else ""
    return out / place.folder / f"{patient}{shown}{place.ending}"


def path_alone(
    folder: Path, patient: str, kind: ExportKind, layer: Layer = Layer.PREDICTION
) -> Path:
    """Where a file goes when one patient is exported to a folder.

    Args:
        folder: The folder.
        patient: The patient.
        kind: Which file.
        layer: As in `path_among_patients`.
    """
    if kind.is_picture and layer is not Layer.PREDICTION:
        return folder / f"{patient}-{layer}.{kind}"
    return folder / f"{patient}{_PLACES[kind].alone}"


def write_export(path: Path, export: SlideExport, kind: ExportKind) -> None:
    """Write one file.

    Raises:
        StorageError: The file cannot be written.
    """
    match kind:
        case ExportKind.PNG:
            write_slide_picture(path, export, form="png")
        case ExportKind.SVG:
            write_slide_picture(path, export, form="svg")
        case ExportKind.VALUES:
            write_values(path, export)
        case ExportKind.TILES:
            write_geojson(path, export, form="tiles")
        case ExportKind.REGIONS:
            write_geojson(path, export, form="regions")
        case ExportKind.MOSAIC:
            write_mosaic(path, export.mosaic)
