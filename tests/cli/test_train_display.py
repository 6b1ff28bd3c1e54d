"""What a person reads of a training on a terminal."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from rich.progress import Task
from typer.testing import CliRunner

from bcviewer.cli.app import app
from bcviewer.cli.train_display import TrainDisplay
from bcviewer.model.events import Paused, Resumed, Validating
from tests.gui.training_events import epoch_done, prepared, step


def test_each_epoch_tells_scores_times_patience_and_losses(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with TrainDisplay() as display:
        display.show(prepared())
        display.show(step(1, 300))
        display.show(epoch_done(1))
        display.show(
            replace(
                epoch_done(2, best=1, loss=0.5), epochs_without_progress=1, patience=4, seconds=29.0
            )
        )
    said = capsys.readouterr().out
    assert "validation: 41 patients, 2,410 patches, split by patient" in said
    assert "Epoch 2 of 20: loss 0.5000, accuracy 0.9000, balanced accuracy 0.8700, AUC 0.95" in said
    assert "validation loss 0.6000, accuracy 0.8500, balanced accuracy 0.8600, AUC 0.9300" in said
    assert "29 s · best: epoch 1" in said
    assert (
        "1:00 run · 0:30 an epoch · 9:00 left · 1 of 4 epochs without progress · "
        "validation loss 0.600, lowest 0.500 in epoch 1"
    ) in said
    assert "validation loss 0.500, the lowest so far" in said


def test_a_training_that_another_window_pauses_says_so_and_how_it_goes_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run = tmp_path / "my runs" / "one"
    with TrainDisplay(run) as display:
        display.show(prepared())
        display.show(step(1, 30))
        display.show(Paused())
        paused = capsys.readouterr().out
        assert bar(display).description == "Paused"
        display.show(Resumed())
        display.show(step(1, 31))
        assert bar(display).description == "Epoch 1 of 20"
    (said,) = [line for line in paused.splitlines() if line.startswith("Paused")]
    command = shlex.split(said.partition(": ")[2])
    assert command == ["bcviewer", "runs", "go-on", str(run)]
    assert is_command(command[1:3]), "there is such a command"
    assert "Going on." in capsys.readouterr().out


def test_the_bar_goes_with_the_validation() -> None:
    with TrainDisplay() as display:
        display.show(prepared())
        display.show(step(3, 300))
        display.show(Validating(3, 640, 2410, seconds_left=61.0, run_seconds=74.0))
        shown = bar(display)
    assert (shown.completed, shown.total) == (640, 2410)
    assert shown.description == "Validating epoch 3 of 20"
    assert shown.fields["figures"] == "640 of 2,410 patches · 1:14 run · 1:01 left"


def bar(display: TrainDisplay) -> Task:
    return display._bar.tasks[0]


def is_command(words: list[str]) -> bool:
    return CliRunner().invoke(app, [*words, "--help"]).exit_code == 0


def test_the_last_epoch_leaves_no_time(capsys: pytest.CaptureFixture[str]) -> None:
    with TrainDisplay() as display:
        display.show(prepared(epochs=1))
        display.show(replace(epoch_done(1), epochs=1))
    assert "left" not in capsys.readouterr().out
