"""Predict with all that can be asked for beside the tables."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from tests.cli.test_data_commands import run
from tests.model.conftest import TinyTraining

ALL = [
    "--heatmaps",
    "png",
    "--heatmaps",
    "svg",
    "--geojson",
    "tiles",
    "--geojson",
    "regions",
    "--values",
    "--mosaics",
]


def test_predict_writes_heatmaps_polygons_values_and_tissue(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    arguments = ("--model", tiny_training.run.path, "--out", out, "--patient", "p01")
    more = ("--values", "--mosaics", "--smooth", "--palette", "cividis")
    assert run("predict", tiny_training.job.folder, *arguments, *ALL, *more) == 0
    with Image.open(out / "heatmaps" / "p01.png") as picture:
        assert picture.size[0] > 250
        assert "threshold" in picture.info["Description"]
    told = "".join(ElementTree.parse(out / "heatmaps" / "p01.svg").getroot().itertext())
    role = json.loads(next(out.glob("run_metadata_*")).read_text())["patients"]["p01"]
    assert role in told
    assert "split by patient" in told
    assert "smoothed view" in told
    with Image.open(out / "mosaics" / "p01.png") as tissue:
        assert tissue.size == (250, 200)
    tiles = json.loads((out / "model-outputs-geojson" / "p01.geojson").read_text())
    assert len(tiles["features"]) == 20
    assert tiles["bcviewer"]["role"] == role
    corners = np.array([each["geometry"]["coordinates"][0] for each in tiles["features"]])
    assert corners.min() == 0
    assert corners.max(axis=(0, 1)).tolist() == [250, 200]
    assert (out / "model-outputs-geojson" / "p01.regions.geojson").is_file()
    assert len((out / "values" / "p01.csv").read_text().splitlines()) == 21


def test_nothing_but_tables_is_written_unasked(tiny_training: TinyTraining, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ("--model", tiny_training.run.path, "--out", out, "--patient", "p01")
    assert run("predict", tiny_training.job.folder, *arguments) == 0
    assert sorted(path.name.split("_")[0] for path in out.iterdir()) == [".done", "model-outputs-csv", "run"]


@pytest.mark.parametrize(
    ("option", "words"),
    [(("--heatmaps", "gif"), "gif"), (("--geojson", "x"), "'x'"), (("--palette", "x"), "cividis")],
)
def test_other_forms_and_palettes_are_refused(
    data_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    option: tuple[str, str],
    words: str,
) -> None:
    arguments = ("--model", "simple_cnn", "--out", tmp_path / "out", *option)
    assert run("predict", data_folder, *arguments) == 2
    assert words in capsys.readouterr().err
