"""Predict with all that can be asked for beside the tables."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
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
    assert sorted(path.name.split("_")[0] for path in out.iterdir()) == [
        ".done",
        "model-outputs-csv",
        "run",
    ]


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


def test_what_is_done_is_left_and_said(
    tiny_training: TinyTraining, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, folder = tmp_path / "out", tiny_training.job.folder
    arguments = ("--model", tiny_training.run.path, "--out", out)
    assert run("predict", folder, *arguments, "--patient", "p01", "--patient", "p02") == 0
    tables = out / "model-outputs-csv"
    before = {path.name: path.stat().st_mtime_ns for path in tables.iterdir()}
    (tables / "p02.csv").unlink()
    capsys.readouterr()
    assert run("predict", folder, *arguments) == 0
    told = capsys.readouterr().out
    assert "1 of 6 patients were done already" in told
    assert "6 patients, 120 patches" in told
    assert (tables / "p01.csv").stat().st_mtime_ns == before["p01.csv"]
    assert len(list(tables.iterdir())) == 6
    assert len(list(out.glob("run_metadata_*"))) >= 1
    assert run("predict", folder, *arguments, "--json") == 0
    assert json.loads(capsys.readouterr().out)["patients_done_before"] == 6
    assert run("predict", folder, *arguments, "--again") == 0
    assert "done already" not in capsys.readouterr().out
    assert (tables / "p01.csv").stat().st_mtime_ns != before["p01.csv"]


def test_more_files_of_the_same_prediction_need_no_second_one(
    tiny_training: TinyTraining, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--model", tiny_training.run.path, "--out", tmp_path / "out", "--patient", "p01")
    workspace = ("--workspace", tmp_path / "workspace")
    assert run("predict", tiny_training.job.folder, *arguments, *workspace) == 0
    table = tmp_path / "out" / "model-outputs-csv" / "p01.csv"
    first = table.read_text()
    capsys.readouterr()
    assert run("predict", tiny_training.job.folder, *arguments, *workspace, "--values") == 0
    assert "patches/s" not in capsys.readouterr().out
    assert table.read_text() == first
    assert (tmp_path / "out" / "values" / "p01.csv").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_ctrl_c_is_heard_and_the_same_command_goes_on(data_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "bcviewer", "predict", str(data_folder), "--tta"]
    command += ["--model", "simple_cnn", "--out", str(out), "--workspace", str(tmp_path / "place")]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    tables, records = out / "model-outputs-csv", out / ".done"
    until = time.monotonic() + 120
    while not list(records.glob("p*")) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    written = len(list(tables.glob("p*.csv")))
    if process.returncode == 0:  # it was faster than the signal
        assert written == 6
        return
    assert process.returncode == 130
    assert "of 6 patients are written. The same command goes on from there." in said
    assert 1 <= written < 6
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "of 6 patients were done already" in again.stdout
    assert len(list(tables.glob("p*.csv"))) == 6
