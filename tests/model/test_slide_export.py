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
from bcviewer.model.calibration import uncertainty
from bcviewer.model.context import View
from bcviewer.model.every_view import VIEWS, column_of, every_view
from bcviewer.model.export_files import (
    ExportKind,
    path_alone,
    path_among_patients,
    write_export,
)
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import bundled_models
from bcviewer.model.slide_export import Against, SlideExport
from bcviewer.model.slide_export_values import AGAINST_COLUMNS, COLUMNS
from bcviewer.slide.grid import grid_of
from bcviewer.slide.mosaic import assemble
from bcviewer.slide.palette import PALETTES
from bcviewer.slide.picture import HeatmapStyle, Layer

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
    values[10] = 0.5  # at the threshold, which is on the side of IDC
    return SlideExport(
        dataset=dataset,
        patient=PATIENT,
        grid=grid_of(x, y),
        mosaic=assemble(pixels, x, y),
        style=HeatmapStyle(PALETTES[0], 0.5, 0.45),
        values=values,
        notes=("With context",),
    )


@pytest.fixture
def compared(export: SlideExport) -> SlideExport:
    """The same of a model with context, in one view of several, beside another model."""
    model, other = (
        ModelFolder.open(bundled_models()[name]) for name in ("simple_cnn", "mobilenetv2")
    )
    assert export.values is not None
    views = every_view(model, export.dataset, PATIENT, probabilities=export.values)
    view = View(context=True)
    before = np.where(export.values > 0.9, np.float32(np.nan), export.values / 2)
    return replace(
        export,
        model=model,
        view=view,
        views=views,
        values=views[view],
        against=Against(other, before, 0.3),
    )


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


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
    rows = rows_of(tmp_path / "v.csv")
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(export.grid) - 1
    of_patient, data = export.dataset.rows(PATIENT), export.dataset
    named = zip(data.x[of_patient], data.y[of_patient], data.labels[of_patient], strict=True)
    told = [(int(row["x"]), int(row["y"]), int(row["truth"])) for row in rows]
    assert told == [(int(x), int(y), int(truth)) for x, y, truth in named][1:]
    left, top = export.grid.origin
    for row in rows:
        assert int(row["minx"]) == int(row["x"]) - 1 - left
        assert int(row["miny"]) == int(row["y"]) - 1 - top
        assert row["predicted"] == str(int(float(row["prob_IDC"]) >= 0.5))


def test_a_name_is_never_a_formula(export: SlideExport, tmp_path: Path) -> None:
    names = replace(export.dataset, patients=("=1+1", *export.dataset.patients[1:]))
    first = replace(export, dataset=names, patient="=1+1")
    write_export(tmp_path / "v.csv", first, ExportKind.VALUES)
    assert {row["patient"] for row in rows_of(tmp_path / "v.csv")} == {"'=1+1"}


def test_no_map_is_lost_whichever_was_asked_for(compared: SlideExport, tmp_path: Path) -> None:
    write_export(tmp_path / "v.csv", compared, ExportKind.VALUES)
    write_export(tmp_path / "t.geojson", compared, ExportKind.TILES)
    rows = rows_of(tmp_path / "v.csv")
    tiles = json.loads((tmp_path / "t.geojson").read_text())["features"]
    assert tuple(rows[0]) == (*COLUMNS, *AGAINST_COLUMNS)
    unsure = uncertainty(compared.views[View(context=True, calibrated=True)])
    for index, (row, tile) in enumerate(zip(rows, tiles, strict=True), start=1):
        said = tile["properties"]["measurements"]
        for view in VIEWS:
            expected = pytest.approx(compared.views[view][index], abs=1e-6)
            assert float(row[column_of(view)]) == said[column_of(view)] == expected
        assert row["prob_IDC"] == row["context_raw"] != row["single_raw"]
        assert float(row["uncertainty"]) == said["uncertainty"]
        assert float(row["uncertainty"]) == pytest.approx(unsure[index], abs=1e-6)


def test_a_change_is_told_with_both_probabilities_and_both_models(
    compared: SlideExport, tmp_path: Path
) -> None:
    write_export(tmp_path / "v.csv", compared, ExportKind.VALUES)
    write_export(tmp_path / "t.geojson", compared, ExportKind.TILES)
    rows = rows_of(tmp_path / "v.csv")
    content = json.loads((tmp_path / "t.geojson").read_text())
    told = content["bcviewer"]["against"]
    assert "mobilenetv2 (with context, raw)" in told["model"]
    assert (told["threshold"], told["role"]) == (0.3, "HELD OUT")
    missing = 0
    for row, tile in zip(rows, content["features"], strict=True):
        said = tile["properties"]["measurements"]
        assert row["against_model"] == told["model"]
        assert (row["against_threshold"], row["against_role"]) == ("0.3", "HELD OUT")
        if row["change"]:
            change = float(row["prob_IDC"]) - float(row["against_prob_IDC"])
            assert float(row["change"]) == pytest.approx(change, abs=2e-6)
            assert said["change"] == float(row["change"])
            assert said["against_prob_IDC"] == float(row["against_prob_IDC"])
        else:
            missing += 1
            assert not said.keys() & {"change", "against_prob_IDC"}
    assert 0 < missing < len(rows)


def test_a_given_threshold_stands_beside_the_model_s_own(
    compared: SlideExport, tmp_path: Path
) -> None:
    assert compared.model is not None
    assert compared.model.context is not None
    own = compared.model.context.threshold
    write_export(tmp_path / "v.csv", compared, ExportKind.VALUES)
    (row, *_) = rows_of(tmp_path / "v.csv")
    assert (row["threshold"], row["model_threshold"]) == ("0.5", f"{own:g}")
    given = compared.provenance.lines[0]
    assert f"threshold 0.50 (given; the model's own is {own:.2f})" in given
    style = replace(compared.style, threshold=own + 1e-8)
    assert "given" not in replace(compared, style=style).provenance.lines[0]


def test_each_layer_is_a_picture_and_that_of_the_change_names_the_other_model(
    compared: SlideExport, tmp_path: Path
) -> None:
    told, out = {}, tmp_path / "out"
    for layer in Layer:
        path = path_alone(out, PATIENT, ExportKind.SVG, layer)
        write_export(path, replace(compared, layer=layer), ExportKind.SVG)
        told[layer] = " ".join(ElementTree.parse(path).getroot().itertext())
    assert len(list(out.iterdir())) == len(Layer)
    assert ["mobilenetv2" in told[layer] for layer in Layer] == [False, False, True]
    assert "with context, calibrated" in told[Layer.UNCERTAINTY]
    among = {path_among_patients(out, PATIENT, ExportKind.PNG, layer) for layer in Layer}
    assert len(among) == len(Layer)
    table = {path_among_patients(out, PATIENT, ExportKind.VALUES, layer) for layer in Layer}
    assert len(table) == 1


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
