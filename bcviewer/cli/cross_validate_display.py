"""A cross-validation on a terminal: its folds one after another, and what came of them."""

from __future__ import annotations

import math
from types import TracebackType
from typing import Self

from bcviewer.cli.console import patches_words, patients_words, say, say_table
from bcviewer.cli.train_display import TrainDisplay
from bcviewer.evaluation.cross_validation import CrossValidated
from bcviewer.evaluation.evaluation import Evaluation
from bcviewer.model.cross_validation import CrossValidation
from bcviewer.model.cross_validation_time import FoldsClock
from bcviewer.model.events import EpochDone, Event, Finished
from bcviewer.model.forecast_words import about_words

SHOWN = {
    "balanced_accuracy": "balanced accuracy",
    "auc": "AUC",
    "average_precision": "average precision",
    "f1": "F1 of IDC",
    "sensitivity": "sensitivity",
    "specificity": "specificity",
    "accuracy": "accuracy",
    "brier": "Brier score",
    "calibration_error": "calibration error",
}
IN_FOLDS = {"balanced_accuracy": "bal. acc.", "auc": "AUC", "f1": "F1 of IDC"}


class FoldsDisplay:
    """Shows the events of a cross-validation to a person.

    Args:
        cross: The cross-validation.
    """

    def __init__(self, cross: CrossValidation) -> None:
        self._cross = cross
        self._clock = FoldsClock(cross)
        self._fold = 0
        self._display: TrainDisplay | None = None

    def __enter__(self) -> Self:
        done, folds = self._clock.folds_done, self._cross.settings.folds
        say(f"Cross-validation {self._cross.name}: {folds} folds by patient, {done} done before.")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def interrupted(self, times: int) -> None:
        """Acknowledge Ctrl-C."""
        say(
            "Stopping after this epoch, which is kept; Ctrl-C again stops at once."
            if times == 1
            else "Stopping."
        )

    def show(self, fold: int, event: Event) -> None:
        """Show one event of a fold."""
        if fold != self._fold:
            self._begin(fold)
        self._clock.hear(fold, event)
        if self._display is not None:
            self._display.show(event)
        midway = isinstance(event, EpochDone) and event.epoch < event.epochs
        left = self._clock.seconds_left
        if (midway or isinstance(event, Finished)) and left > 0:
            folds = self._cross.settings.folds
            say(f"  fold {fold} of {folds} · about {about_words(left)} left for all folds")

    def _begin(self, fold: int) -> None:
        self._close()
        self._fold = fold
        say(f"Fold {fold} of {self._cross.settings.folds}: {self._cross.run(fold).path}")
        self._display = TrainDisplay()
        self._display.__enter__()

    def _close(self) -> None:
        if self._display is not None:
            self._display.__exit__(None, None, None)
            self._display = None


def say_result(found: CrossValidated) -> None:
    """Show the scores of a cross-validation."""
    pooled = found.pooled
    say(
        f"{patients_words(pooled.patients)}, {patches_words(pooled.patches)}, each judged by a "
        f"network that knew nothing of its patient ({found.card.folds} folds by patient; official "
        "test cases left out)."
    )
    if not found.card.one_set_of_labels:
        say("Note: the labels changed meanwhile; not all folds learned from the same ones.")
    heads = ["Score", "Mean over folds ± sd", "All patches (95 % over patients)"]
    say_table(heads, [[SHOWN[name], *_row(found, name)] for name in SHOWN])
    say("")
    heads = ["Fold", "Patients", "Patches", *(f"{title} (95 %)" for title in IN_FOLDS.values())]
    say_table(heads, [_fold_row(fold, each) for fold, each in found.folds.items()])


def _row(found: CrossValidated, name: str) -> list[str]:
    spread = f"{_number(found.mean(name))} ± {_number(found.deviation(name))}"
    return [spread, _value(found.pooled, name)]


def _fold_row(fold: int, found: Evaluation) -> list[str]:
    counts = [str(fold), str(found.patients), f"{found.patches:,}"]
    return counts + [_value(found, name) for name in IN_FOLDS]


def _value(found: Evaluation, name: str) -> str:
    low, high = found.intervals[name]
    return f"{_number(found.scores[name])} ({_number(low)}–{_number(high)})"


def _number(value: float) -> str:
    return f"{value:.3f}" if math.isfinite(value) else "–"
