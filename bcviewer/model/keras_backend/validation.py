"""Judging each epoch on the validation part, keeping the best one and writing the curve."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.model.curve_watch import CurveWatch
from bcviewer.model.events import EpochDone, Event, Note, Validating
from bcviewer.model.keras_backend.averaging import Averaging
from bcviewer.model.keras_backend.checkpoint import BestEpoch
from bcviewer.model.keras_backend.controls import Controls
from bcviewer.model.keras_backend.feed import Gathers
from bcviewer.model.keras_backend.pace import Pace
from bcviewer.model.keras_backend.state import weights_of
from bcviewer.model.keras_backend.steering import TELL_SECONDS, train_means
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.scores import scores
from bcviewer.storage import write_text

BATCH_SIZE = 128
TOLD = ("loss", "accuracy", "balanced_accuracy", "auc")


Curve = tuple[EpochDone, ...]


@dataclass(frozen=True, eq=False)
class ValidationPart:
    """What is validated on: rows int64[n] and labels int8[n]."""

    pixels: Gathers
    rows: NDArray[np.int64]
    labels: NDArray[np.int8]


class Validation(keras.callbacks.Callback):  # type: ignore[misc]
    """At the end of each epoch: predict, score, keep the best weights and a checkpoint, tell.

    The best epoch is that of the highest area under the ROC curve. The threshold is chosen
    afterwards, so what counts is the order of the patches; loss and balanced accuracy at 0.5
    also move when all probabilities shift together, as they do from epoch to epoch. Where the
    area is not defined (one class) or the same, it is that of the lower loss.

    Args:
        part: What to validate on.
        run: Where the curve goes.
        controls: Asked between batches.
        pace: Told of each validation.
        emit: Told of the validation, of the epoch, and of what its curve gives to say.
        run_seconds: Has the time of the whole training so far.
        keep: Called with the curve and the best epoch; keeps a checkpoint.
        averaging: Has the weights to judge; None to judge those of the last step.
        patience: End after so many epochs without a better one.
    """

    def __init__(
        self,
        part: ValidationPart,
        run: RunFolder,
        *,
        controls: Controls,
        pace: Pace,
        emit: Callable[[Event], None],
        run_seconds: Callable[[], float],
        keep: Callable[[Curve, BestEpoch], None],
        averaging: Averaging | None = None,
        patience: int | None = None,
    ) -> None:
        super().__init__()
        self._part = part
        self._run = run
        self._controls = controls
        self._pace = pace
        self._emit = emit
        self._run_seconds = run_seconds
        self._keep = keep
        self._averaging = averaging
        self._patience = patience
        self._watch = CurveWatch()
        self._began = 0.0
        self._curve: Curve = ()
        self.best: BestEpoch | None = None

    @property
    def epochs_done(self) -> int:
        """Epochs that are trained and judged."""
        return len(self._curve)

    @property
    def out_of_patience(self) -> bool:
        """Whether there was no better epoch for so long that the training is to end."""
        if self._patience is None or not self._curve:
            return False
        return self._curve[-1].epochs_without_progress >= self._patience

    def go_on_from(self, curve: Curve, best: BestEpoch) -> None:
        """Take over the epochs of a training that is resumed, and put its curve in order.

        Raises:
            StorageError: The curve cannot be written.
        """
        self._curve, self.best = curve, best
        for epoch in curve:
            self._watch.look(epoch)
        # A kill may have come after the checkpoint was written and before the curve was.
        self._write_curve()

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Start the clock."""
        self._began = self._clock()

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Judge the epoch; end the training after it when the user asked for that.

        Raises:
            StorageError: Checkpoint or curve cannot be written.
            Cancelled: The user asked to stop.
        """
        number = epoch + 1
        began = self._clock()
        with self._averaging.shown() if self._averaging else nullcontext():
            probabilities = self._predict(number)
            judged = weights_of(self.model)
        self._pace.validation_took(self._clock() - began)
        found = scores(self._part.labels, probabilities)
        validation = {name: found[name] for name in TOLD}
        if self.best is None or _better(validation, self.best.validation):
            self.best = BestEpoch(number, validation, probabilities, judged)
        done = self._epoch_done(number, train_means(logs or {}), validation, self.best)
        self._curve = (*self._curve, done)
        self._keep(self._curve, self.best)
        self._write_curve()
        self._emit(done)
        for text in self._watch.look(done):
            self._emit(Note(text))
        if self._controls.finishing or self.out_of_patience:
            self.model.stop_training = True

    def _epoch_done(
        self, number: int, train: dict[str, float], validation: dict[str, float], best: BestEpoch
    ) -> EpochDone:
        return EpochDone(
            epoch=number,
            epochs=self.params["epochs"],
            seconds=self._clock() - self._began,
            train=train,
            validation=validation,
            best_epoch=best.epoch,
            epochs_without_progress=number - best.epoch,
            patience=self._patience,
            run_seconds=self._run_seconds(),
        )

    def _write_curve(self) -> None:
        write_text(self._run.history_path, "".join(f"{e.to_line()}\n" for e in self._curve))

    def _predict(self, number: int) -> NDArray[np.float32]:
        """float32[n]; all batches have one size, so that nothing is traced again."""
        rows = self._part.rows
        found = np.empty(len(rows), np.float32)
        batch = np.zeros((BATCH_SIZE, PATCH_SIZE, PATCH_SIZE, 3), np.uint8)
        told = -math.inf
        for start in range(0, len(rows), BATCH_SIZE):
            chosen = rows[start : start + BATCH_SIZE]
            batch[: len(chosen)] = self._part.pixels.gather(chosen)
            predicted = self.model.predict_on_batch(batch)
            found[start : start + len(chosen)] = predicted[: len(chosen), 0]
            if time.perf_counter() - told >= TELL_SECONDS:
                told = time.perf_counter()
                self._emit(self._validating(number, start + len(chosen)))
            self._controls.obey()
        return found

    def _validating(self, number: int, done: int) -> Validating:
        total = len(self._part.rows)
        left = self._pace.seconds_left_within(done / total)
        return Validating(
            epoch=number,
            done=done,
            total=total,
            seconds_left=left,
            run_seconds=self._run_seconds(),
        )

    def _clock(self) -> float:
        return time.perf_counter() - self._controls.paused_seconds


def _better(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    return _rank(one) > _rank(other)


def _rank(validation: Mapping[str, float]) -> tuple[float, float]:
    """The higher, the better: first the area, then the loss."""
    return _or_worst(validation["auc"]), _or_worst(-validation["loss"])


def _or_worst(value: float) -> float:
    """What is no number is worse than any number, and would compare as neither."""
    return value if math.isfinite(value) else -math.inf
