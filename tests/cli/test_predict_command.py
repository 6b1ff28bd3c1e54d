"""Predict with all that can be asked for beside the tables."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from bcviewer.model.folder import ModelFolder
from bcviewer.slide.regions import inside
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


SVG = "{http://www.w3.org/2000/svg}"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def drawn(path: Path) -> tuple[list[str], set[str]]:
    """The words of a picture, and the classes of its lines."""
    root = ElementTree.parse(path).getroot()
    lines = {each.get("class") or "" for each in root.iter(f"{SVG}path")}
    return [text.text or "" for text in root.iter(f"{SVG}text")], lines


def test_predict_with_context_writes_all_files_over_one_origin_and_keeps_both_maps(
    data_folder: Path, tmp_path: Path
) -> None:
    out, place = tmp_path / "out", ("--workspace", tmp_path / "workspace")
    arguments = ("--model", "simple_cnn", "--out", out, "--patient", "p01", *place)
    assert run("predict", data_folder, *arguments) == 0
    plain = table(out / "model-outputs-csv" / "p01.csv")
    middle = f"{np.median([float(row['context_calibrated']) for row in plain]):.6f}"
    given = ("--context", "--calibrated", "--threshold", middle, "--palette", "cividis", "--smooth")
    assert run("predict", data_folder, *arguments, *ALL, *given) == 0

    seen = table(out / "model-outputs-csv" / "p01.csv")
    for before, row in zip(plain, seen, strict=True):
        assert before["prob_IDC"] == before["single_raw"] == row["single_raw"]
        assert row["prob_IDC"] == row["context_calibrated"] == before["context_calibrated"]
    values = table(out / "values" / "p01.csv")
    assert [row["prob_IDC"] for row in values] == [row["prob_IDC"] for row in seen]
    assert {float(row["threshold"]) for row in values} == {float(middle)}
    assert float(middle) not in {float(row["model_threshold"]) for row in values}

    metadata = sorted(out.glob("run_metadata_*"))[-1]
    made_by = json.loads(metadata.read_text())
    assert made_by["model"]["name"].endswith(" (with context, calibrated)")
    role = made_by["patients"]["p01"]
    words, lines = drawn(out / "heatmaps" / "p01.svg")
    assert role in words, "the badge"
    assert {"contour", "truth"} <= lines
    told = " ".join(words)
    for part in (
        "with context, calibrated",
        f"threshold {float(middle):.2f} (given;",
        "split by patient",
    ):
        assert part in told
    assert "smoothed view" in told
    with Image.open(out / "heatmaps" / "p01.png") as picture:
        assert f"threshold {float(middle):.2f}" in picture.info["Description"]
    check_origin(data_folder, out, values)


def check_origin(data: Path, out: Path, values: list[dict[str, str]]) -> None:
    """Tissue, table, tiles and regions are the same patches at the same places."""
    with Image.open(out / "mosaics" / "p01.png") as image:
        tissue = np.asarray(image.convert("RGB"))
    polygons = out / "model-outputs-geojson"
    tiles = json.loads((polygons / "p01.geojson").read_text())
    regions = json.loads((polygons / "p01.regions.geojson").read_text())
    assert tiles["bcviewer"] == regions["bcviewer"]
    left, top = tiles["bcviewer"]["origin"]
    within = np.zeros(len(values), int)
    x, y = (np.array([int(row[name]) + 25.0 for row in values]) for name in ("minx", "miny"))
    for region in regions["features"]:
        within += inside(region["geometry"]["coordinates"], x, y)
    assert 0 < within.sum() < len(values)
    for row, tile, predicted in zip(values, tiles["features"], within.tolist(), strict=True):
        corner = [int(row["x"]) - 1 - left, int(row["y"]) - 1 - top]
        assert tile["geometry"]["coordinates"][0][0] == corner
        assert [int(row["minx"]), int(row["miny"])] == corner
        assert tile["properties"]["measurements"]["prob_IDC"] == float(row["prob_IDC"])
        assert row["predicted"] == str(predicted)
        (path,) = data.rglob(f"p01_*_x{row['x']}_y{row['y']}_*.png")
        with Image.open(path) as patch:
            there = tissue[corner[1] : corner[1] + 50, corner[0] : corner[0] + 50]
            assert np.array_equal(there, np.asarray(patch.convert("RGB")))


def test_a_change_of_model_is_told_in_all_files_with_the_badges_of_both(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    out, model = tmp_path / "out", tiny_training.run.path
    card = ModelFolder.open(tiny_training.run.model_path).card
    (patient, *_) = card.patients_trained
    arguments = ("--model", model, "--against", "simple_cnn", "--out", out, "--patient", patient)
    files = ("--heatmaps", "svg", "--values", "--geojson", "tiles", "--geojson", "regions")
    assert run("predict", tiny_training.job.folder, *arguments, *files) == 0
    assert sorted(path.name for path in (out / "heatmaps").iterdir()) == [
        f"{patient}.change.svg",
        f"{patient}.svg",
    ]
    words, lines = drawn(out / "heatmaps" / f"{patient}.change.svg")
    assert [word for word in words if word in ("TRAIN", "HELD OUT")] == ["TRAIN", "HELD OUT"]
    assert "contour" not in lines
    assert {"from simple_cnn", f"to {card.name}"} <= set(words)
    assert "simple_cnn" not in " ".join(drawn(out / "heatmaps" / f"{patient}.svg")[0])
    tiles = json.loads((out / "model-outputs-geojson" / f"{patient}.geojson").read_text())
    for row, tile in zip(table(out / "values" / f"{patient}.csv"), tiles["features"], strict=True):
        change = float(row["prob_IDC"]) - float(row["against_prob_IDC"])
        assert float(row["change"]) == pytest.approx(change, abs=2e-6)
        assert tile["properties"]["measurements"]["change"] == float(row["change"])
        assert (row["role"], row["against_role"]) == ("TRAIN", "HELD OUT")
    regions = json.loads((out / "model-outputs-geojson" / f"{patient}.regions.geojson").read_text())
    measured = [region["properties"]["measurements"] for region in regions["features"]]
    found = [tile["properties"]["measurements"] for tile in tiles["features"]]
    above = [each for each in found if each["prob_IDC"] >= regions["bcviewer"]["threshold"]]
    assert sum(each["patches"] for each in measured) == len(above) > 0
    assert max(each["max_prob_IDC"] for each in measured) == max(each["prob_IDC"] for each in above)
    for name in ("prob_IDC", "change"):
        summed = sum(each["patches"] * each[f"mean_{name}"] for each in measured)
        assert summed == pytest.approx(sum(each[name] for each in above), abs=1e-4)
    against = json.loads(next(out.glob("run_metadata_*")).read_text())["against"]
    assert against["name"].startswith("simple_cnn")
    assert against["patients"] == {patient: "HELD OUT"}


def test_pictures_show_the_layers_and_marks_that_are_asked_for(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    out, folder = tmp_path / "out", tiny_training.job.folder
    arguments = ("--model", tiny_training.run.path, "--out", out, "--patient", "p01")
    look = ("--no-contour", "--no-truth", "--errors", "--opacity", "0.3", "--hide-below")
    layers = ("--layer", "uncertainty", "--layer", "prediction")
    assert run("predict", folder, *arguments, "--heatmaps", "svg", *layers, *look) == 0
    unsure, _ = drawn(out / "heatmaps" / "p01.uncertainty.svg")
    assert "Uncertainty" in unsure
    words, lines = drawn(out / "heatmaps" / "p01.svg")
    assert not lines & {"contour", "truth"}
    told = " ".join(words)
    assert "True negative" in told
    assert "by the labels that came with the data" in told
    assert "at 30 % over tissue" in told
    root = ElementTree.parse(out / "heatmaps" / "p01.svg").getroot()
    (heatmap,) = [each for each in root.iter(f"{SVG}g") if each.get("class") == "heatmap"]
    above = int(re.search(r"on: (\d+) of 20 patches", told)[1])  # type: ignore[index]
    assert len(heatmap) == above < 20


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
    [
        (("--heatmaps", "gif"), "gif"),
        (("--geojson", "x"), "'x'"),
        (("--palette", "x"), "cividis"),
        (("--layer", "change"), "--against"),
        (("--threshold", "nan"), "--threshold"),
        (("--threshold", "1.5"), "--threshold"),
    ],
)
def test_what_cannot_be_is_refused(
    data_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    option: tuple[str, str],
    words: str,
) -> None:
    arguments = ("--model", "simple_cnn", "--out", tmp_path / "out", *option)
    assert run("predict", data_folder, *arguments) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--layer uncertainty", "--layer would change no file: add --heatmaps png"),
        ("--against mobilenetv2", "add --values or --geojson tiles or --heatmaps png"),
        ("--opacity 0.45 --errors --no-truth", "--opacity, --no-truth, --errors would change no"),
        ("--palette cividis --values", "--palette would change no file: add --heatmaps png"),
        ("--smooth --layer change --against mobilenetv2 --heatmaps svg", "add --layer prediction"),
        ("--hide-below --layer uncertainty --heatmaps svg", "--hide-below would change no file"),
        ("--no-contour --geojson regions", "--no-contour would change no file"),
        ("--against mobilenetv2 --heatmaps png --layer uncertainty", "or --layer change"),
    ],
)
def test_an_option_that_would_change_nothing_is_refused_with_what_to_add(
    data_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: str,
    words: str,
) -> None:
    arguments = ("--model", "simple_cnn", "--out", tmp_path / "out", *options.split())
    assert run("predict", data_folder, *arguments) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_model_is_not_compared_with_itself(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    models = ("--model", "simple_cnn", "--against", "simple_cnn", "--values")
    assert run("predict", data_folder, *models, "--out", tmp_path / "out") == 1
    assert "the same model" in capsys.readouterr().err


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
    assert "1 of 6 patients was done already" in told
    assert "6 patients, 120 patches" in told
    assert "(single patch, raw)" in told
    assert (tables / "p01.csv").stat().st_mtime_ns == before["p01.csv"]
    assert len(list(tables.iterdir())) == 6
    metadata = sorted(out.glob("run_metadata_*"))[-1]
    assert " (single patch, raw)" in metadata.read_text(), "the plain view is one too"
    assert run("predict", folder, *arguments, "--json") == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["patients_done_before"], again["view"]) == (6, "single patch, raw")
    assert run("predict", folder, *arguments, "--again") == 0
    assert "done already" not in capsys.readouterr().out
    assert (tables / "p01.csv").stat().st_mtime_ns != before["p01.csv"]


def test_one_patient_is_counted_as_one_and_the_speed_is_none_of_drawing(
    tiny_training: TinyTraining, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--model", tiny_training.run.path, "--out", tmp_path / "out", "--patient", "p01")
    assert run("predict", tiny_training.job.folder, *arguments) == 0
    told = capsys.readouterr().out
    assert ": 1 patient, 20 patches, " in told
    assert told.endswith(" patches/s, reading and writing included\n")
    for options in (("--pictures",), ("--heatmaps", "png")):
        assert run("predict", tiny_training.job.folder, *arguments, "--again", *options) == 0
        told = capsys.readouterr().out
        assert ": 1 patient, 20 patches, " in told
        assert "patches/s" not in told
    assert run("predict", tiny_training.job.folder, *arguments) == 0
    assert "1 patient was done already" in capsys.readouterr().out


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
    assert re.search("of 6 patients (was|were) done already", again.stdout)
    assert len(list(tables.glob("p*.csv"))) == 6
