"""Context on the command line: fitted, evaluated side by side, written to files that name it."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from bcviewer.model.card import read_card, write_card
from bcviewer.model.context import CONTEXT, View
from bcviewer.model.context_view import threshold_in
from bcviewer.model.folder import CARD, ModelFolder
from tests.cli.test_data_commands import run
from tests.model.conftest import TinyTraining


@pytest.fixture
def model(tiny_training: TinyTraining, tmp_path: Path) -> Path:
    """A copy of the tiny model that was validated on three patients."""
    path = tmp_path / "model"
    shutil.copytree(tiny_training.run.model_path, path)
    card = read_card(path / CARD)
    patients = [f"p{number:02}" for number in range(6)]
    update = {"patients_trained": tuple(patients[3:]), "patients_validated": tuple(patients[:3])}
    write_card(path / CARD, card.model_copy(update=update))
    return path


def probabilities(out: Path, patient: str) -> np.ndarray:
    with (out / "model-outputs-csv" / f"{patient}.csv").open() as file:
        return np.array([float(line["prob_IDC"]) for line in csv.DictReader(file)])


def test_a_context_is_fitted_and_used(
    tiny_training: TinyTraining,
    model: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = tiny_training.job.folder
    assert run("predict", data, "--model", model, "--out", tmp_path / "none", "--context") == 1
    assert "neither context nor calibration" in capsys.readouterr().err
    assert run("fit-context", data, "--model", model, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["validation"]["patients"] == 3
    opened = ModelFolder.open(model)
    assert opened.context is not None
    assert report["graph"] == opened.fingerprint

    for name, options in (
        ("plain", []),
        ("seen", ["--context", "--calibrated"]),
        ("turned", ["--tta"]),
    ):
        wanted = ("--out", tmp_path / name, "--patient", "p00", *options)
        assert run("predict", data, "--model", model, *wanted, "--json") == 0
        told = json.loads(capsys.readouterr().out)
        view = View(True, True) if name == "seen" else View()
        assert told["threshold"] == threshold_in(opened, view)
    plain, seen, turned = (
        probabilities(tmp_path / name, "p00") for name in ("plain", "seen", "turned")
    )
    assert not np.allclose(plain, seen)
    assert not np.allclose(plain, turned)
    metadata = json.loads(next((tmp_path / "seen").glob("run_metadata_*.json")).read_text())
    assert metadata["model"]["name"].endswith("(with context, calibrated)")
    metadata = json.loads(next((tmp_path / "turned").glob("run_metadata_*.json")).read_text())
    assert metadata["model"]["name"].endswith("averaged over flips and rotations)")


def test_evaluate_has_both_ways_side_by_side(
    tiny_training: TinyTraining, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("evaluate", tiny_training.job.folder, "--model", "simple_cnn")
    assert run(*arguments, "--context", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    single = report["views"]["single patch, calibrated"]
    context = report["views"]["with context, calibrated"]
    # Calibration keeps the order, so only what depends on the values differs.
    assert single["auc"] == pytest.approx(report["auc"])
    assert single["balanced_accuracy"] == pytest.approx(report["balanced_accuracy"])
    assert single["loss"] != report["loss"]
    assert context["patches"] == report["patches"]
    assert context["calibration_error"] != single["calibration_error"]
    assert run(*arguments, "--context") == 0
    text = capsys.readouterr().out
    assert "calibration error" in text
    assert "context" in text


def test_a_context_needs_patients_that_the_network_was_validated_on(
    tiny_training: TinyTraining, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tiny_training.job.folder
    card = read_card(model / CARD)
    elsewhere = card.model_copy(update={"patients_validated": ("x",)})
    write_card(model / CARD, elsewhere)
    assert run("fit-context", data, "--model", model) == 1
    assert "None of the validation patients" in capsys.readouterr().err
    mixed = card.model_copy(update={"patients_trained": card.patients_validated})
    write_card(model / CARD, mixed)
    assert run("fit-context", data, "--model", model) == 1
    assert "split by patient" in capsys.readouterr().err
    assert run("predict", data, "--model", model, "--out", model / "out", "--context") == 1
    told = capsys.readouterr().err
    assert "split by patient" in told
    assert "fit-context" not in told, "it would refuse as well"
    assert not (model / CONTEXT).exists()
