"""A slide out to files: one origin for tissue and polygons, and the provenance in each."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from bcviewer.dataset.scan import scan
from bcviewer.errors import StorageError
from bcviewer.model.export_files import (
    ExportKind,
    path_alone,
    path_among_patients,
    write_export,
)
from bcviewer.model.slide_export import COLUMNS, SlideExport
from bcviewer.slide.grid import grid_of
from bcviewer.slide.mosaic import assemble
from bcviewer.slide.palette import PALETTES
from bcviewer.slide.picture import HeatmapStyle

PATIENT = "p01"


@pytest.fixture
def export(data_folder: Path) -> SlideExport:
    """A patient with a prediction of no model, whose first patch has none."""
    dataset = scan(data_folder)
    rows = dataset.rows(PATIENT)
    x, y = dataset.x[rows], dataset.y[rows]
    pixels = np.full((len(x), 50, 50, 3), 90, np.uint8)
    pixels[:, 0, 0] = (255, 0, 0)
    values = np.linspace(0, 1, len(x), dtype=np.float32)
    values[0] = np.nan
    return SlideExport(
        dataset=dataset,
        patient=PATIENT,
        grid=grid_of(x, y),
        mosaic=assemble(pixels, x, y),
        style=HeatmapStyle(PALETTES[0], 0.5, 0.45),
        values=values,
        notes=("With context",),
    )


def test_every_kind_is_written_where_it_belongs(export: SlideExport, tmp_path: Path) -> None:
    alone = {path_alone(tmp_path / "one", PATIENT, kind) for kind in ExportKind}
    many = {path_among_patients(tmp_path / "all", PATIENT, kind) for kind in ExportKind}
    assert len(alone) == len(many) == len(ExportKind)
    for kind in ExportKind:
        write_export(path_alone(tmp_path / "one", PATIENT, kind), export, kind)
    assert set((tmp_path / "one").iterdir()) == alone


def test_the_corners_of_polygons_are_those_of_patches_in_the_tissue(
    export: SlideExport, tmp_path: Path
) -> None:
    tissue, tiles = tmp_path / "m.png", tmp_path / "t.geojson"
    write_export(tissue, export, ExportKind.MOSAIC)
    write_export(tiles, export, ExportKind.TILES)
    with Image.open(tissue) as image:
        pixels = np.asarray(image.convert("RGB"))
    assert pixels.shape[1::-1] == export.grid.size
    content = json.loads(tiles.read_text())
    assert len(content["features"]) == len(export.grid) - 1, "one patch has no prediction"
    for feature in content["features"]:
        x, y = feature["geometry"]["coordinates"][0][0]
        assert pixels[y, x].tolist() == [255, 0, 0]
    assert any("With context" in line for line in content["bcviewer"]["notes"])


def test_gaps_of_the_tissue_are_white(export: SlideExport, tmp_path: Path) -> None:
    image = export.mosaic.image.copy()
    image[:50, :50] = 0
    write_export(
        tmp_path / "m.png",
        replace(export, mosaic=replace(export.mosaic, image=image)),
        ExportKind.MOSAIC,
    )
    with Image.open(tmp_path / "m.png") as written:
        assert np.all(np.asarray(written)[:50, :50] == 255)


def test_the_table_has_a_line_for_each_predicted_patch(export: SlideExport, tmp_path: Path) -> None:
    write_export(tmp_path / "v.csv", export, ExportKind.VALUES)
    with (tmp_path / "v.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(export.grid) - 1
    left, top = export.grid.origin
    for row in rows:
        assert int(row["minx"]) == int(row["x"]) - 1 - left
        assert int(row["miny"]) == int(row["y"]) - 1 - top
        assert row["predicted"] == str(int(float(row["prob_IDC"]) >= 0.5))


def test_a_name_is_never_a_formula(export: SlideExport, tmp_path: Path) -> None:
    names = replace(export.dataset, patients=("=1+1", *export.dataset.patients[1:]))
    first = replace(export, dataset=names, patient="=1+1")
    write_export(tmp_path / "v.csv", first, ExportKind.VALUES)
    with (tmp_path / "v.csv").open(newline="") as file:
        assert {row["patient"] for row in csv.DictReader(file)} == {"'=1+1"}


def test_without_a_prediction_there_is_still_a_picture(export: SlideExport, tmp_path: Path) -> None:
    bare = replace(export, values=None)
    write_export(tmp_path / "s.svg", bare, ExportKind.SVG)
    told = "".join(ElementTree.parse(tmp_path / "s.svg").getroot().itertext())
    assert "Patient p01" in told
    assert "Probability" not in told
    write_export(tmp_path / "r.geojson", bare, ExportKind.REGIONS)
    assert json.loads((tmp_path / "r.geojson").read_text())["features"] == []


def test_a_place_that_cannot_be_written_is_told(export: SlideExport, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for kind in ExportKind:
        with pytest.raises(StorageError, match="Cannot write"):
            write_export(tmp_path / "file" / "x", export, kind)
