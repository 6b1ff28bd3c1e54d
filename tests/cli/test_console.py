"""What a person at a terminal sees of long work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bcviewer.model import prediction
from tests.cli.test_data_commands import run

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def test_a_prediction_tells_patches_speed_and_time_left(
    data_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # as on a terminal
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(prediction, "BATCH_SIZE", 16)  # a patient a batch: told several times
    arguments = ("--model", "simple_cnn", "--out", tmp_path / "out")
    assert run("predict", data_folder, *arguments) == 0
    told = ESCAPES.sub("", capsys.readouterr().err)
    assert re.search(r"Predicting .* 120/120 [\d,]+ patches/s 0:00:00", told)
