"""The callbacks steer a real fit of a very small network."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from bcviewer.errors import Cancelled, StorageError, TrainingError
from bcviewer.model.commands import Command, QueuedCommands
from bcviewer.model.events import EpochDone, Event, Note, StepDone, Validating, parse_event
from bcviewer.model.keras_backend.controls import Controls
from bcviewer.model.keras_backend.feed import Feed
from bcviewer.model.keras_backend.keeper import Clock
from bcviewer.model.keras_backend.metrics import TrainingScores
from bcviewer.model.keras_backend.optimizer import compile_network
from bcviewer.model.keras_backend.pace import Pace
from bcviewer.model.keras_backend.steering import Steering
from bcviewer.model.keras_backend.validation import Curve, Validation, ValidationPart
from bcviewer.model.run_folder import RunFolder

PATCHES = 300
STEPS = 4
BEFORE = 900.0
"""Seconds of the sessions before."""


class Counted(keras.layers.Layer):  # type: ignore[misc]
    """Passes on what it gets; counts how often Python runs it, which is once a trace."""

    traces = 0

    def call(self, inputs: Any) -> Any:
        self.traces += 1
        return inputs


class Shades:
    """Stands in for a pixel store: IDC (every third row) is darker."""

    def gather(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        shade = np.where(rows % 3 == 0, 90, 160) + rows % 50
        return np.broadcast_to(shade[:, None, None, None], (len(rows), 50, 50, 3)).astype(np.uint8)


@dataclass
class Fit:
    """A training of a network with one weight for each channel."""

    run: RunFolder
    hear: Callable[[Event, QueuedCommands], None] = lambda event, commands: None
    peak: float = 0.1
    patience: int | None = None
    augmentation: bool = True

    def __post_init__(self) -> None:
        self.commands = QueuedCommands()
        self.events: list[Event] = []
        controls = Controls(self.commands, self.emit)
        rows = np.arange(PATCHES)
        labels = (rows % 3 == 0).astype(np.int8)
        self.labels = labels
        self.feed = Feed(
            Shades(),
            rows,
            labels=labels,
            batch_size=16,
            seed=0,
            augmentation=self.augmentation,
            class_weights=True,
        )
        pace = Pace(steps=99, validations=9, batch_size=16, validation_patches=PATCHES)
        part = ValidationPart(Shades(), rows, labels)
        self.kept: list[Curve] = []
        clock = Clock(time.perf_counter(), BEFORE, controls)
        self.steering = Steering(
            controls,
            pace,
            emit=self.emit,
            run_seconds=clock.seconds,
            steps=STEPS,
            peak=self.peak,
        )
        self.validation = Validation(
            part,
            self.run,
            controls=controls,
            pace=pace,
            emit=self.emit,
            run_seconds=clock.seconds,
            keep=lambda curve, best: self.kept.append(curve),
            patience=self.patience,
        )
        self.counted = Counted()
        self.network = keras.Sequential(
            [
                keras.Input((50, 50, 3), dtype="uint8"),
                self.counted,
                keras.layers.Rescaling(1 / 127.5, offset=-1),
                keras.layers.GlobalAveragePooling2D(),
                keras.layers.Dense(1, activation="sigmoid"),
            ]
        )
        compile_network(self.network, peak=self.peak, steps=99)

    def emit(self, event: Event) -> None:
        self.events.append(event)
        self.hear(event, self.commands)

    def go(self, epochs: int) -> Fit:
        self.network.fit(
            self.feed.batches(),
            epochs=epochs,
            steps_per_epoch=STEPS,
            callbacks=[self.steering, self.validation],
            shuffle=False,
            verbose=0,
        )
        return self

    def told(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    """An empty run folder."""
    return RunFolder(tmp_path)


def test_each_epoch_is_told_written_and_judged(run: RunFolder) -> None:
    fit = Fit(run).go(3)
    epochs = fit.told(EpochDone)
    assert [event.epoch for event in epochs] == [1, 2, 3]
    assert fit.told(StepDone)[-1].step == STEPS
    told = fit.told(Validating)
    assert told[-1].total == PATCHES
    assert 0 < told[0].seconds_left < 60
    assert [parse_event(line) for line in run.history_path.read_text().splitlines()] == epochs
    for event in epochs:
        scored = {"loss", "accuracy", "balanced_accuracy", "auc"}
        assert event.train.keys() == event.validation.keys() == scored


def test_each_place_tells_how_long_it_has_trained(run: RunFolder) -> None:
    """Who comes late to an epoch of half an hour would count from nothing."""
    fit = Fit(run).go(3)
    kinds = (StepDone, Validating, EpochDone)
    told = [event.run_seconds or 0.0 for event in fit.events if isinstance(event, kinds)]
    assert told == sorted(told)
    assert told[0] >= BEFORE, "sessions before a resume count"
    assert len(set(told)) == len(told)


def test_each_step_tells_its_own_loss(run: RunFolder) -> None:
    fit = Fit(run).go(3)
    losses = [loss for told in fit.told(StepDone) for loss in told.losses]
    assert len(losses) == 3 * STEPS
    means = np.mean(np.reshape(losses, (3, STEPS)), axis=1)
    assert means == pytest.approx([epoch.train["loss"] for epoch in fit.told(EpochDone)], abs=1e-5)
    assert losses[-1] != pytest.approx(means[-1], abs=1e-5)


def test_the_losses_of_both_parts_can_be_compared(run: RunFolder) -> None:
    """Keras' own loss is weighted by class; what is told must be the plain cross-entropy."""
    fit = Fit(run, peak=1e-9, augmentation=False)
    (epoch,) = fit.go(1).told(EpochDone)
    assert epoch.train["loss"] == pytest.approx(epoch.validation["loss"], abs=0.08)
    assert epoch.validation["loss"] == pytest.approx(
        fit.network.evaluate(Shades().gather(np.arange(PATCHES)), fit.labels[:, None], verbose=0)[
            0
        ],
        abs=1e-4,
    )


def test_the_scores_of_both_parts_can_be_compared(run: RunFolder) -> None:
    """A network that does not change is judged alike on the same patches, and unweighted."""
    (epoch,) = Fit(run, peak=1e-9, augmentation=False).go(1).told(EpochDone)
    for name in ("balanced_accuracy", "auc"):
        assert epoch.train[name] == pytest.approx(epoch.validation[name], abs=0.15)


def test_the_scores_of_training_begin_anew_with_each_epoch(run: RunFolder) -> None:
    fit = Fit(run)
    counted = []

    def hear(event: Event, _: QueuedCommands) -> None:
        if isinstance(event, EpochDone):
            (scores,) = (
                each for each in fit.network.metrics[1].metrics if isinstance(each, TrainingScores)
            )
            counted.append(float(np.array(scores.counts).sum()))

    fit.hear = hear
    fit.go(3)
    assert counted == [STEPS * 16] * 3


def test_the_best_weights_are_those_that_gave_the_best_scores(run: RunFolder) -> None:
    fit = Fit(run).go(4)
    best = fit.validation.best
    assert best is not None
    aucs = [event.validation["auc"] for event in fit.told(EpochDone)]
    assert best.validation["auc"] == max(aucs)
    fit.network.set_weights(list(best.weights))
    pixels = Shades().gather(np.arange(PATCHES))
    again = fit.network.predict(pixels, verbose=0)[:, 0]
    assert np.allclose(again, best.probabilities, atol=1e-6)


def test_the_network_is_not_traced_again_after_the_first_epoch(run: RunFolder) -> None:
    traces = []
    fit = Fit(run, lambda event, _: traces.append(fit.counted.traces))
    fit.go(3)
    first = next(n for n, event in enumerate(fit.events) if isinstance(event, EpochDone))
    assert traces[first] > 0
    assert traces[-1] == traces[first]


def test_a_cancel_in_the_middle_of_an_epoch_drops_it(run: RunFolder) -> None:
    def hear(event: Event, commands: QueuedCommands) -> None:
        if isinstance(event, EpochDone) and event.epoch == 1:
            commands.put(Command.CANCEL)

    fit = Fit(run, hear)
    with pytest.raises(Cancelled):
        fit.go(3)
    assert fit.validation.epochs_done == 1
    assert len(run.history_path.read_text().splitlines()) == 1
    assert len(fit.kept) == 1


def test_a_cancel_during_validation_does_not_wait_for_its_end(run: RunFolder) -> None:
    def hear(event: Event, commands: QueuedCommands) -> None:
        if isinstance(event, Validating):
            commands.put(Command.CANCEL)

    fit = Fit(run, hear)
    with pytest.raises(Cancelled):
        fit.go(2)
    (told,) = fit.told(Validating)
    assert told.done < PATCHES
    assert not run.history_path.exists()


def test_finish_ends_with_this_epoch(run: RunFolder) -> None:
    fit = Fit(run)
    fit.commands.put(Command.FINISH)
    fit.go(5)
    assert fit.validation.epochs_done == 1
    assert fit.validation.best is not None


def test_a_loss_that_is_no_number_ends_the_training_in_words(run: RunFolder) -> None:
    fit = Fit(run)
    fit.network.set_weights([np.full_like(weight, np.nan) for weight in fit.network.get_weights()])
    with pytest.raises(TrainingError, match="no number any more at step 1 of epoch 1") as error:
        fit.go(1)
    assert "learning rate, 0.1," in error.value.hint


def test_a_training_without_progress_ends_when_patience_is_out(run: RunFolder) -> None:
    """Nothing is learned at a rate of nearly 0, so the first epoch stays the best for long."""
    fit = Fit(run, peak=1e-30, patience=2).go(9)
    assert [event.epochs_without_progress for event in fit.told(EpochDone)] == [0, 1, 2]
    assert {event.patience for event in fit.told(EpochDone)} == {2}
    assert fit.validation.out_of_patience


def test_without_patience_set_a_training_goes_on_and_says_once_that_it_stalled(
    run: RunFolder,
) -> None:
    fit = Fit(run, peak=1e-30).go(8)
    assert len(fit.told(EpochDone)) == 8
    assert not fit.validation.out_of_patience
    (note,) = fit.told(Note)
    assert note.text.startswith("Stalled: 5 epochs")


def test_each_epoch_is_kept_before_it_is_told(run: RunFolder) -> None:
    kept_when_told = []
    fit = Fit(run, lambda event, _: kept_when_told.append((event, len(fit.kept))))
    fit.go(3)
    told = [count for event, count in kept_when_told if isinstance(event, EpochDone)]
    assert told == [1, 2, 3]
    assert list(fit.kept[-1]) == fit.told(EpochDone)


def test_a_curve_that_cannot_be_written_is_told(run: RunFolder) -> None:
    run.history_path.mkdir()
    with pytest.raises(StorageError, match="Cannot write"):
        Fit(run).go(1)


def test_one_class_only_is_judged_by_its_loss(run: RunFolder) -> None:
    fit = Fit(run)
    fit.validation._part = ValidationPart(
        Shades(), np.arange(0, PATCHES, 3), np.ones(PATCHES // 3, np.int8)
    )
    epochs = fit.go(3).told(EpochDone)
    losses = [event.validation["loss"] for event in epochs]
    assert all(math.isnan(event.validation["auc"]) for event in epochs)
    assert epochs[-1].best_epoch == 1 + int(np.argmin(losses))


def test_an_epoch_that_says_nothing_does_not_stay_the_best_for_ever(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network that stumbles in its first epoch and finds its feet again."""
    predict = Validation._predict

    def stumble(self: Validation, number: int) -> NDArray[np.float32]:
        found = predict(self, number)
        return np.full_like(found, np.nan) if number == 1 else found

    monkeypatch.setattr(Validation, "_predict", stumble)
    fit = Fit(run).go(3)
    epochs = fit.told(EpochDone)
    assert math.isnan(epochs[0].validation["auc"])
    assert epochs[1].best_epoch == 2
    assert fit.validation.best is not None
    assert math.isfinite(fit.validation.best.validation["auc"])
