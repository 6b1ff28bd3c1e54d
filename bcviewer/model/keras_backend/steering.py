"""The only seam into Keras' training: callbacks that tell events and obey commands."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from typing import Any

import keras

from bcviewer.errors import TrainingError
from bcviewer.model.events import Event, StepDone
from bcviewer.model.keras_backend.controls import Controls
from bcviewer.model.keras_backend.pace import Pace

TELL_SECONDS = 0.25
LOSS_DIGITS = 6

LOGGED = {
    "loss": "cross_entropy",
    "accuracy": "accuracy",
    "balanced_accuracy": "balanced_accuracy",
    "auc": "auc",
}
"""What is told, and what Keras calls it."""


class LossLostError(TrainingError):
    """The loss is no number any more: to train on is of no use, what was the best still is."""


class Steering(keras.callbacks.Callback):  # type: ignore[misc]
    """Between any two batches: obey commands, watch the loss, tell a step now and then.

    Args:
        controls: Where commands are carried out.
        pace: Told of each step.
        emit: Told of steps, four times a second at most.
        run_seconds: Has the time of the whole training so far.
        steps: Steps an epoch.
        peak: The highest learning rate, to be named when it was too high.
    """

    def __init__(
        self,
        controls: Controls,
        pace: Pace,
        *,
        emit: Callable[[Event], None],
        run_seconds: Callable[[], float],
        steps: int,
        peak: float,
    ) -> None:
        super().__init__()
        self._controls = controls
        self._pace = pace
        self._emit = emit
        self._run_seconds = run_seconds
        self._steps = steps
        self._peak = peak
        self._epoch = 0
        self._began = 0.0
        self._told = -math.inf
        self._losses: list[float] = []
        self._mean = 0.0

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Keras counts from 0, people from 1."""
        self._epoch = epoch + 1
        self._mean = 0.0

    def on_train_batch_begin(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Start the clock."""
        self._began = time.perf_counter()

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Look at the loss, tell the step, take commands.

        Raises:
            LossLostError: The loss is no number any more.
            Cancelled: The user asked to stop.
        """
        now = time.perf_counter()
        self._pace.step_took(now - self._began)
        means = train_means(logs or {})
        self._check(means["loss"], batch + 1)
        self._losses.append(self._own_loss(means["loss"], batch + 1))
        due = self._pace.settled and now - self._told >= TELL_SECONDS
        if due or batch + 1 == self._steps:
            self._told = now
            self._emit(self._step_done(batch + 1, means))
            self._losses.clear()
        self._controls.obey()

    def _step_done(self, step: int, means: Mapping[str, float]) -> StepDone:
        return StepDone(
            epoch=self._epoch,
            step=step,
            steps=self._steps,
            loss=means["loss"],
            accuracy=means["accuracy"],
            seconds_left=self._pace.seconds_left,
            patches_per_second=self._pace.patches_per_second,
            losses=tuple(self._losses),
            run_seconds=self._run_seconds(),
        )

    def _own_loss(self, mean: float, step: int) -> float:
        """The loss of a step alone, of the means up to it and up to the one before.

        All batches have one size. The means are float32, so some 1e-7 times the number of the
        step is lost of it.
        """
        own = mean * step - self._mean * (step - 1)
        self._mean = mean
        return round(max(0.0, own), LOSS_DIGITS)

    def _check(self, loss: float, step: int) -> None:
        if not math.isfinite(loss):
            raise LossLostError(
                f"The loss is no number any more at step {step} of epoch {self._epoch}.",
                hint=f"The learning rate, {self._peak:g}, was probably too high: train again with "
                "a lower one. Finished epochs are kept.",
            )


def train_means(logs: Mapping[str, Any]) -> dict[str, float]:
    """Loss, accuracy, balanced accuracy and AUC over the epoch so far.

    The loss is the plain cross-entropy, a metric of its own: the one that Keras calls loss
    is weighted by class and not to be compared with that of the validation. Balanced accuracy and
    AUC are NaN while there was a patch of one class only.
    """
    return {name: float(logs[logged]) for name, logged in LOGGED.items()}
