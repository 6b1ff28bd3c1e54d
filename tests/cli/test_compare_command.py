"""Compare two models, and check a split for leaks, from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bcviewer.dataset.opening import open_dataset
from tests.cards import unsealed
from tests.cli.test_data_commands import run
from tests.model.conftest import TinyTraining


def test_two_models_are_compared_on_patients_that_neither_has_seen(
    tiny_training: TinyTraining, capsys: pytest.CaptureFixture[str]
) -> None:
    data, model = tiny_training.job.folder, tiny_training.run.path
    arguments = ("compare", data, "--model", model, "--model", "simple_cnn")
    assert run(*arguments, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    first, second = report["models"]
    assert report["part"] == "held out"
    assert first["patients_seen_in_training"] == second["patients_seen_in_training"] == []
    assert first["patches"] == second["patches"] == 20 * first["patients"]
    for name, found in report["differences"].items():
        if found["value"] is not None:
            assert found["value"] == second[name] - first[name]
    assert report["disagreements"] == len(report["disagreement"])
    assert second["parameters"] == 201_532
    assert second["patches_per_second"] > 0
    assert run(*arguments) == 0
    said = capsys.readouterr().out
    assert "paired bootstrap over patients" in said
    assert "They disagree on" in said


def test_numbers_are_those_of_evaluate(
    tiny_training: TinyTraining, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, split = tiny_training.job.folder, tmp_path / "split.json"
    assert run("split", data, "--out", split) == 0
    capsys.readouterr()
    judged = ("--split", split, "--part", "validation", "--json")
    both = ("--model", tiny_training.run.path, "--model", "simple_cnn")
    assert run("compare", data, *both, *judged) == 0
    compared = json.loads(capsys.readouterr().out)
    assert run("evaluate", data, "--model", "simple_cnn", *judged) == 0
    alone = json.loads(capsys.readouterr().out)
    for name in ("accuracy", "balanced_accuracy", "auc", "brier", "intervals", "patches"):
        assert compared["models"][1][name] == alone[name]


def test_one_model_is_compared_without_and_with_context(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("compare", data_folder, "--model", "simple_cnn", "--context")
    assert run(*arguments, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    views = [each["view"] for each in report["models"]]
    assert views == ["single patch, calibrated", "with context, calibrated"]
    assert report["models"][0]["name"] == "simple_cnn, single patch, calibrated"


def test_it_warns_where_a_model_has_seen_the_patients(
    tiny_training: TinyTraining, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, split = tiny_training.job.folder, tmp_path / "split.json"
    assert run("split", data, "--out", split, "--by", "patch") == 0
    capsys.readouterr()
    arguments = (
        *("compare", data, "--model", tiny_training.run.path, "--model", "simple_cnn"),
        *("--split", split),
    )
    assert run(*arguments) == 0
    said = capsys.readouterr().out
    assert "split patch-wise (optimistic)" in said
    assert "trained or tuned on" in said
    assert "Not fair: one has seen patients that the other has not." in said


def test_without_a_common_patient_it_says_what_to_do(
    tiny_training: TinyTraining, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tiny_training.job.folder
    other = tmp_path / "other"
    shutil.copytree(tiny_training.run.model_path, other)
    card = unsealed(other / "card.json")
    dataset, _ = open_dataset(data, workspace=tmp_path / "work")
    seen = [*card["patients_trained"], *card["patients_validated"]]
    card["patients_trained"] = [p for p in dataset.patients if p not in seen]
    card["patients_validated"] = []
    (other / "card.json").write_text(json.dumps(card))
    arguments = ("compare", data, "--model", tiny_training.run.path)
    assert run(*arguments, "--model", other) == 1
    assert "No patient is held out for both models." in capsys.readouterr().err


@pytest.mark.parametrize(
    "options",
    [
        ["--model", "simple_cnn"],
        ["--model", "simple_cnn", "--model", "simple_cnn", "--model", "simple_cnn"],
        ["--model", "simple_cnn", "--model", "simple_cnn", "--part", "test"],
        [],
    ],
)
def test_wrong_usage_of_compare_is_code_2(data_folder: Path, options: list[str]) -> None:
    assert run("compare", data_folder, *options) == 2


def test_check_split_says_what_leaks(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    split = tmp_path / "split.json"
    assert run("split", data_folder, "--out", split) == 0
    assert "No leak: no shared patients, no touching patches" in capsys.readouterr().out
    assert run("check-split", data_folder, "--split", split) == 0
    said = capsys.readouterr().out
    assert "No leak was found in the split by patient." in said
    assert "pixel by pixel: all 120." in said
    assert run("split", data_folder, "--out", split, "--by", "patch", "--json") == 0
    assert json.loads(capsys.readouterr().out)["leaks"]["clean"] is False
    assert run("check-split", data_folder, "--split", split, "--quick", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["patches_compared"] == 0
    assert "patch-wise (optimistic)" in report["words"][0]


def test_check_split_names_pictures_that_are_in_two_parts(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied = next((data_folder / "p00" / "1").iterdir())
    shutil.copy(copied, next((data_folder / "p01" / "1").iterdir()))
    for part, patients in {"train": "p00\np02", "val": "p03", "test": "p01"}.items():
        (tmp_path / f"{part}.txt").write_text(patients)
    assert run("check-split", data_folder, "--split", tmp_path / "test.txt") == 0
    said = capsys.readouterr().out
    assert "1 picture of test is also in train, pixel by pixel." in said
    assert "p01/1/p01_idx5" in said
