"""Cross-validation on the command line: two folds trained, judged, and used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bcviewer.cli import cross_validate_command
from bcviewer.dataset.opening import open_dataset
from bcviewer.model.cross_validation import CrossValidation, open_cross_validation
from bcviewer.model.job import write_job
from bcviewer.model.out_of_fold import find_out_of_fold
from bcviewer.model.runs import list_runs
from tests.cli.test_data_commands import run
from tests.model.conftest import tiny_job


@pytest.mark.slow
def test_a_job_is_cross_validated_scored_again_and_gives_a_context(
    data_folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    job = tiny_job(tmp_path, epochs=1, steps_per_epoch=4)
    write_job(tmp_path / "job.json", job)
    folder = tmp_path / "workspace" / "runs" / "both"
    arguments = ("cross-validate", "--job", tmp_path / "job.json", "--folds", 2, "--run", folder)
    assert run(*arguments, "--json") == 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert {line["fold"] for line in lines if "fold" in line} == {1, 2}
    assert [line["event"] for line in lines].count("finished") == 2
    result = lines[-1]
    assert result["event"] == "cross_validated"
    assert result["pooled"]["patients"] == 6
    assert [fold["patients"] for fold in result["folds"]] == [3, 3]

    dataset, place = open_dataset(data_folder, workspace=job.workspace)
    assert find_out_of_fold("both", place, dataset).card.folds == 2
    runs = list_runs(place.runs_folder)
    assert sorted(record.name for record in runs) == ["both/fold-1", "both/fold-2"]

    assert run("cross-validate", "--resume", folder) == 0
    said = capfd.readouterr().out
    assert "2 done before" in said
    assert f"{result['pooled']['balanced_accuracy']:.3f}" in said
    model = folder / "fold-1" / "model"
    chosen = ("fit-context", data_folder, "--workspace", job.workspace, "--model", model)
    assert run(*chosen, "--out-of-fold", "both", "--json") == 0
    about = json.loads(capfd.readouterr().out)
    assert about["validation"]["patients"] == 6
    assert about["fitted_on"] == "out-of-fold predictions both (2 folds by patient)"
    assert run(*chosen, "--out-of-fold", "none") == 1
    assert "There are: both." in capfd.readouterr().err


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[CrossValidation]:
    """What the command would do."""
    found: list[CrossValidation] = []
    monkeypatch.setattr(
        cross_validate_command,
        "do_for_a_person",
        lambda cross, _dataset, _place: found.append(cross),
    )
    return found


def test_options_become_the_recipe_and_the_folds_lie_in_the_workspace(
    data_folder: Path, tmp_path: Path, begun: list[CrossValidation]
) -> None:
    place = tmp_path / "workspace"
    chosen = ["--epochs", 3, "--patience", 2, "--seed", 4, "--schedule", "constant"]
    arguments = ["cross-validate", data_folder, "--model", "simple_cnn", "--folds", 3]
    assert run(*arguments, *chosen, "--workspace", place) == 0
    (cross,) = begun
    assert cross.path.parent == place / "runs"
    job = cross.settings.job
    assert (job.epochs, job.patience, job.seed, job.schedule) == (3, 2, 4, "constant")
    assert job.split is None
    assert open_cross_validation(cross.path) == cross


def test_what_cannot_be_is_told_in_a_line(
    data_folder: Path,
    tmp_path: Path,
    begun: list[CrossValidation],
    capsys: pytest.CaptureFixture[str],
) -> None:
    base = ["cross-validate", data_folder, "--model", "simple_cnn", "--workspace", tmp_path / "w"]
    for words, expected in (
        (["--folds", 1], "2 to 1000 folds"),
        (["--folds", 7], "too few"),
        (["--weights", "simple_cnn"], "learned from patients"),
        (["--run", data_folder / "folds"], "never written to"),
        (["--epochs", 3, "--alpha", 0.5], "alpha"),
    ):
        assert run(*base, *words) == 1
        assert expected in capsys.readouterr().err
    assert run("cross-validate", "--resume", tmp_path) == 1
    assert "not the folder of a cross-validation" in capsys.readouterr().err
    assert run("cross-validate", "--resume", tmp_path, "--epochs", 3) == 2
    assert run("cross-validate", data_folder) == 2
    assert begun == []
