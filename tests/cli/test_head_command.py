"""The command that retrains a head: words or JSON, a run in the workspace, refusals in a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bcviewer.cli import main
from bcviewer.model.folder import ModelFolder
from bcviewer.model.runs import list_runs
from tests.cli.conftest import TinyTraining


def run(*arguments: object) -> None:
    main(["retrain-head", *map(str, arguments)])


def test_it_makes_a_model_in_the_workspace_and_says_what_came_of_it(
    tiny_training: TinyTraining, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "workspace"
    job = tiny_training.job
    with pytest.raises(SystemExit) as ended:
        run(job.folder, "--model", tiny_training.run.path, "--workspace", place)
    assert not ended.value.code
    said = capsys.readouterr().out
    (record,) = list_runs(place / "runs")
    assert "Fitted to 80 patches of 4 patients" in said
    assert "Note: The train part has 4 patients only" in said
    assert str(record.model_path) in said
    assert ModelFolder.open(record.model_path).card.head_of == tiny_training.run.path.name


def test_as_json_it_tells_before_and_after(
    tiny_training: TinyTraining, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("--model", tiny_training.run.path, "--workspace", tmp_path / "workspace")
    with pytest.raises(SystemExit):
        run(tiny_training.job.folder, *given, "--run", tmp_path / "mine", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["model"] == str(tmp_path / "mine" / "model")
    assert told["head_of"] == "run"
    assert told["patches"] == 80
    assert set(told["validation"]) == set(told["validation_before"])
    assert told["corrected_patches"] == 0


def test_a_run_folder_in_the_data_folder_is_refused(
    tiny_training: TinyTraining, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tiny_training.job.folder
    given = ("--model", tiny_training.run.path, "--workspace", tmp_path / "workspace")
    with pytest.raises(SystemExit) as ended:
        run(folder, *given, "--run", folder / "head")
    assert ended.value.code == 1
    error = capsys.readouterr().err
    assert "never written to" in error
    assert error.count("\n") == 1
    assert not (folder / "head").exists()
