"""Evaluate, predict and models: numbers with their split, patients and intervals; tables; words."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.scan import scan
from tests.cli.test_data_commands import run
from tests.factories import picture_bytes
from tests.model.conftest import TinyTraining


def test_evaluate_scores_the_patients_that_were_held_out(
    tiny_training: TinyTraining, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tiny_training.job.folder
    assert run("evaluate", data, "--model", tiny_training.run.path, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["part"] == "held out"
    assert report["patients_seen_in_training"] == []
    assert 0 < report["patients"] < 6
    assert report["patches"] == 20 * report["patients"]
    assert {"accuracy", "balanced_accuracy", "f1", "auc", "loss"} <= set(report)


def test_evaluate_says_when_the_model_has_seen_the_patients(
    tiny_training: TinyTraining, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, split = tiny_training.job.folder, tmp_path / "split.json"
    assert run("split", data, "--out", split, "--by", "patch") == 0
    capsys.readouterr()
    arguments = ("evaluate", data, "--model", tiny_training.run.path, "--split", split)
    assert run(*arguments, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["split"] == "patch-wise (optimistic)"
    assert report["optimistic"]
    assert report["patients_seen_in_training"]
    assert run(*arguments) == 0
    said = capsys.readouterr().out
    assert "Optimistic" in said
    assert "95 % interval, over patients" in said


def test_evaluate_judges_by_the_labels_that_readers_corrected(
    tiny_training: TinyTraining, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tiny_training.job.folder
    dataset, workspace = open_dataset(data, workspace=tmp_path / "work")
    place = ("--workspace", workspace.folder)
    arguments = ("evaluate", data, "--model", tiny_training.run.path, *place)
    assert run(*arguments, "--json") == 0
    before = json.loads(capsys.readouterr().out)
    book = LabelBook(workspace.labels_path, dataset, reader="Ann")
    idc = np.flatnonzero(dataset.labels == 1)
    book.label(idc, Label.NOT_IDC)
    book.label(idc[::2], Label.EXCLUDED)
    book.label(np.flatnonzero(dataset.labels == 0), Label.IDC)
    book.close()
    assert run(*arguments, "--json") == 0
    after = json.loads(capsys.readouterr().out)
    assert (before["labels"], before["labels_corrected"]) == ("original", 0)
    assert after["labels"] != "original"
    assert after["labels_left_out"] == len(idc[::2])
    assert after["patches"] < before["patches"]
    assert after["auc"] != before["auc"]
    assert run(*arguments, "--labels", "original", "--json") == 0
    assert json.loads(capsys.readouterr().out) == before
    assert run(*arguments) == 0
    assert "By labels that readers corrected" in capsys.readouterr().out


def test_evaluate_of_a_part_that_is_empty_is_refused(
    tiny_training: TinyTraining, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, split = tiny_training.job.folder, tmp_path / "split.json"
    assert run("split", data, "--out", split, "--fractions", ".5", ".5", "0") == 0
    model = tiny_training.run.path
    assert run("evaluate", data, "--model", model, "--split", split, "--part", "test") == 1
    assert "has no patch" in capsys.readouterr().err


def test_predict_writes_tables_in_the_layout_of_wsinfer(
    tiny_training: TinyTraining, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = tiny_training.job.folder, tmp_path / "out"
    model = tiny_training.run.model_path
    chosen = ("--patient", "p01", "--patient", "p04")
    assert run("predict", data, "--model", model, "--out", out, *chosen, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["patients"], report["patches"]) == (2, 40)
    tables = sorted((out / "model-outputs-csv").iterdir())
    assert [path.name for path in tables] == ["p01.csv", "p04.csv"]
    with tables[0].open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["minx", "miny", "width", "height", "prob_IDC"]
    dataset = scan(data)
    places = {(int(row["minx"]) + 1, int(row["miny"]) + 1) for row in rows}
    here = dataset.rows("p01")
    assert places == set(zip(dataset.x[here].tolist(), dataset.y[here].tolist(), strict=True))
    assert all(0 <= float(row["prob_IDC"]) <= 1 for row in rows)
    (about,) = out.glob("run_metadata_*.json")
    told = json.loads(about.read_text())
    assert set(told["patients"]) == {"p01", "p04"}
    assert set(told["patients"].values()) <= {"TRAIN", "VALIDATION", "HELD OUT"}


def test_pictures_show_patches_with_truth_and_prediction(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    arguments = ("--model", tiny_training.run.path, "--out", out, "--patient", "p00")
    assert run("predict", tiny_training.job.folder, *arguments, "--pictures") == 0
    with Image.open(out / "pictures" / "p00.png") as picture:
        pixels = np.asarray(picture.convert("RGB"))
    # The patches stand there enlarged: many pixels of tissue on white paper.
    assert 0.3 < (pixels < 240).any(axis=2).mean() < 0.9


def test_an_unreadable_patch_has_no_line_and_is_counted(
    tiny_training: TinyTraining,
    data_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    spoilt = sorted((data_folder / "p02" / "0").iterdir())[0]
    spoilt.write_bytes(picture_bytes(0)[:500])
    arguments = ("--model", tiny_training.run.path, "--out", tmp_path / "o", "--patient", "p02")
    assert run("predict", data_folder, *arguments, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["patches"], report["unreadable_patches"]) == (19, 1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--out", "OUT", "--patient", "nobody"], "no patient 'nobody'"),
        (["--out", "DATA/p00/out"], "never written to"),
    ],
)
def test_predict_refuses_with_words(
    tiny_training: TinyTraining,
    data_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: str,
) -> None:
    places = {"OUT": str(tmp_path / "out"), "DATA": str(data_folder)}
    for word, place in places.items():
        arguments = [argument.replace(word, place) for argument in arguments]
    assert run("predict", data_folder, "--model", tiny_training.run.path, *arguments) == 1
    assert words in capsys.readouterr().err


def test_models_lists_architectures_and_trained_models(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("models", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert [entry["name"] for entry in report["architectures"]][:2] == ["mobilenetv2", "simple_cnn"]
    bundled = [entry for entry in report["models"] if entry["kind"] == "bundled"]
    assert "simple_cnn" in [entry["name"] for entry in bundled]
    assert all("patients" in entry["validation"] for entry in bundled)
    assert run("models") == 0
    assert "balanced accuracy" in capsys.readouterr().out
