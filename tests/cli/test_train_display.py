"""What a person reads of a training on a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bcviewer.cli.train_display import TrainDisplay
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


def test_the_last_epoch_leaves_no_time(capsys: pytest.CaptureFixture[str]) -> None:
    with TrainDisplay() as display:
        display.show(prepared(epochs=1))
        display.show(replace(epoch_done(1), epochs=1))
    assert "left" not in capsys.readouterr().out
