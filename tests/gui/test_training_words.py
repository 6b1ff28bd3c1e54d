"""What the panel says: exact, short, and no figure without its split."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from bcviewer.gui.widgets import training_words as words
from bcviewer.model.events import Event, Finished, Validating
from bcviewer.model.training_status import TrainingStatus
from tests.gui.training_events import epoch_done, prepared, step


def heard(*events: Event, seconds: float = 12.0) -> TrainingStatus:
    """What is known after these events, and so many seconds more."""
    now = [0.0]
    status = TrainingStatus(lambda: now[0])
    for event in (prepared(), *events):
        status.hear(event)
    now[0] = seconds
    return status


def where(event: words.Where, *before: Event, **phase: bool) -> str:
    return words.where_words(event, epochs=20, status=heard(*before), **phase)


def test_a_step_says_where_how_fast_and_how_long() -> None:
    before = (epoch_done(1), epoch_done(2))
    assert where(step(3, 31), *before) == (
        "epoch 3 of 20 · step 31 of 300 · 410 patches/s · 1:14 run · 0:31 an epoch · 1:42 left"
    )
    assert where(step(3, 31), *before, paused=True) == (
        "Paused · epoch 3 of 20 · step 31 of 300 · 1:14 run · 0:31 an epoch · 1:42 left"
    )


def test_a_step_leaves_out_what_nobody_knows() -> None:
    first = replace(step(1, 1), seconds_left=math.nan, patches_per_second=math.nan)
    assert where(first) == "epoch 1 of 20 · step 1 of 300 · 0:12 run"


def test_validation_tells_its_own_progress_and_the_time_left() -> None:
    judged = Validating(epoch=3, done=640, total=2410, seconds_left=61.0)
    assert where(judged) == "epoch 3 of 20 · validating 640 of 2,410 patches · 0:12 run · 1:01 left"
    assert where(judged, finishing=True) == (
        "Finishing this epoch · epoch 3 of 20 · validating 640 of 2,410 patches · 0:12 run"
    )
    assert "left" not in where(replace(judged, seconds_left=None))


def test_an_epoch_that_is_done_tells_what_is_left() -> None:
    done = replace(epoch_done(3), epochs=20)
    assert where(done, done) == "epoch 3 of 20 is done · 0:43 run · 0:31 an epoch · 8:47 left"


def test_waiting_and_losses_are_told_together() -> None:
    second = replace(epoch_done(2, best=1, loss=0.5), epochs_without_progress=1, patience=5)
    assert words.losses_words(heard(epoch_done(1), second), "CPU (2 threads), bfloat16") == (
        "on CPU (2 threads), bfloat16 · 1 of 5 epochs without progress · "
        "validation loss 0.600, lowest 0.500 in epoch 1"
    )


def test_the_best_epoch_names_its_patients_and_its_split() -> None:
    assert (
        words.best_words(epoch_done(5), prepared())
        == "best epoch 5 (AUC 0.93, balanced accuracy 0.86, validation: 41 patients, by patient)"
    )
    assert words.best_words(None, prepared()) == "no epoch is finished yet"


def test_one_class_in_validation_has_no_balanced_accuracy() -> None:
    assert words.figure_words({"loss": 0.3}) == "balanced accuracy unknown"
    assert words.figure_words({"balanced_accuracy": math.nan}) == "balanced accuracy unknown"


def test_an_optimistic_split_is_named_in_every_figure() -> None:
    optimistic = replace(prepared(), split_title="patch-wise (optimistic)")
    ending = Finished(Path("model"), 3, {"balanced_accuracy": 0.9}, 75.0, False)
    for text in (
        words.validation_words(optimistic),
        words.best_words(epoch_done(3), optimistic),
        words.finished_words(ending, optimistic),
    ):
        assert "patch-wise (optimistic)" in text


def test_the_title_of_the_curves() -> None:
    assert words.validation_words(prepared()) == "validation: 41 patients, by patient"


def test_the_start_says_what_is_trained_on_what() -> None:
    assert (
        words.prepared_words(prepared())
        == "MobileNetV2 · 17,000 patches of 145 patients to train on"
    )


def test_the_end_says_what_was_kept() -> None:
    ending = Finished(Path("model"), 5, {"balanced_accuracy": 0.861}, 751.0, True)
    assert words.finished_words(ending, prepared()) == (
        "Finished early after 12:31: kept epoch 5 "
        "(balanced accuracy 0.86, validation: 41 patients, by patient)."
    )
