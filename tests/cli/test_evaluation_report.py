"""Evaluate with a report: the files tell what the command says; parts, views and thresholds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_data_commands import run
from tests.model.conftest import TinyTraining

BUNDLED = "simple_cnn"


def test_the_report_tells_what_the_command_says(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "out" / "report.html"
    assert run("evaluate", data_folder, "--model", BUNDLED, "--report", page, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    told = json.loads(page.with_suffix(".json").read_text())
    said.pop("model")
    assert said["precision"] == "float32"
    assert told["evaluation"] == said
    assert list(said["views"]) == ["single patch, calibrated", "with context, calibrated"]
    text = page.read_text()
    assert f"{said['auc']:.3f}" in text
    assert run("evaluate", data_folder, "--model", BUNDLED, "--report", page) == 0
    words = capsys.readouterr().out
    assert f"{said['auc']:.3f}" in words
    assert "report.json" in " ".join(words.split())


def test_a_view_and_a_threshold_of_the_users_own(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ("--view", "context-calibrated", "--threshold", "0.3", "--json")
    assert run("evaluate", data_folder, "--model", BUNDLED, *wanted) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["view"], said["threshold"], said["views"]) == ("with context, calibrated", 0.3, {})
    assert run("evaluate", data_folder, "--model", BUNDLED, "--threshold", "1.5") != 0


def test_without_a_split_the_part_is_a_role(
    tiny_training: TinyTraining, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("evaluate", tiny_training.job.folder, "--model", tiny_training.run.path)
    counts = {}
    for part in ("held-out", "validation", "train", "all"):
        assert run(*arguments, "--part", part, "--json") == 0
        said = json.loads(capsys.readouterr().out)
        counts[part] = said["patients"]
        assert said["optimistic"] == (part != "held-out")
    assert counts["all"] == 6 == counts["held-out"] + counts["validation"] + counts["train"]
    assert run(*arguments, "--part", "rest") != 0


def test_a_report_is_refused_before_anything_is_predicted(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("evaluate", data_folder, "--model", BUNDLED, "--report")
    assert run(*arguments, data_folder / "report.html") == 1
    assert "never written to" in capsys.readouterr().err
    assert run(*arguments, tmp_path / "report.pdf") == 1
    assert "ends in .html or .json" in capsys.readouterr().err
    assert not (data_folder / "report.html").exists()


def test_a_model_without_context_has_a_report_of_single_patches(
    tiny_training: TinyTraining, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("evaluate", tiny_training.job.folder, "--model", tiny_training.run.path)
    assert run(*arguments, "--report", tmp_path / "report.json") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    assert list(json.loads((tmp_path / "report.json").read_text())["views"]) == [
        "single patch, raw"
    ]
    capsys.readouterr()
    assert run(*arguments, "--context") == 1
    assert "neither context nor calibration" in capsys.readouterr().err
