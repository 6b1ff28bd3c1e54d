"""What the training panel says about a training, in words."""

from __future__ import annotations

import math

from bcviewer.model.catalog import architecture
from bcviewer.model.events import EpochDone, Finished, Prepared, StepDone, Validating
from bcviewer.model.training_status import TrainingStatus, loss_words, time_words, waiting_words

DOT = " · "
STARTING = "Starting: TensorFlow takes some seconds to load."
PAUSING = "Pausing after this batch…"
PAUSED = "Paused."
RESUMING = "Going on…"
FINISHING = "Finishing this epoch"
CANCELLING = "Cancelling…"
EXPORTING = "Writing the model of the best epoch…"
CANCELLED = "Training cancelled. The model in use stays as it was."
FAILED = "No model was made."


def count_words(number: int, noun: str) -> str:
    """``1 patient``, ``1,200 patients``, ``2 patches``."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun}{'es' if noun.endswith('ch') else 's'}"


def validation_words(prepared: Prepared) -> str:
    """Who is validated on, and by which split: no figure is shown without it."""
    patients = count_words(prepared.patients.get("validation", 0), "patient")
    return f"validation: {patients}, {prepared.split_title}"


def prepared_words(prepared: Prepared) -> str:
    """What is about to be trained on what."""
    patients = count_words(prepared.patients.get("train", 0), "patient")
    patches = count_words(prepared.patches.get("train", 0), "patch")
    return DOT.join(
        [
            f"{architecture(prepared.model).title} on {prepared.device}",
            f"{patches} of {patients} to train on",
        ]
    )


def step_words(
    event: StepDone, *, epochs: int, status: TrainingStatus, with_time: bool = True
) -> str:
    """Where the training is, its speed, how long it has run and the time left."""
    parts = [f"epoch {event.epoch} of {epochs}", f"step {event.step:,} of {event.steps:,}"]
    if math.isfinite(event.patches_per_second) and event.patches_per_second > 0:
        parts.append(f"{event.patches_per_second:,.0f} patches/s")
    parts += _times(status)
    if with_time and math.isfinite(event.seconds_left):
        parts.append(f"{time_words(event.seconds_left)} left")
    return DOT.join(parts)


def losses_words(status: TrainingStatus) -> str:
    """Epochs without progress, and the last and the lowest validation loss; "" before any."""
    latest = status.latest
    return DOT.join([waiting_words(latest), loss_words(status)]) if latest is not None else ""


def validating_words(event: Validating, *, epochs: int, status: TrainingStatus) -> str:
    """How far the validation of an epoch is, and the run time."""
    parts = [
        f"epoch {event.epoch} of {epochs}",
        f"validating {event.done:,} of {count_words(event.total, 'patch')}",
    ]
    return DOT.join([*parts, *_times(status)])


def _times(status: TrainingStatus) -> list[str]:
    times = [f"{time_words(status.run_seconds)} run"]
    if math.isfinite(status.epoch_seconds):
        times.append(f"{time_words(status.epoch_seconds)} an epoch")
    return times


def best_words(best: EpochDone | None, prepared: Prepared) -> str:
    """The best epoch so far, and what it was measured on."""
    if best is None:
        return "no epoch is finished yet"
    figure = figure_words(best.validation)
    return f"best epoch {best.epoch} ({figure}, {validation_words(prepared)})"


def figure_words(validation: dict[str, float]) -> str:
    """``AUC 0.93, balanced accuracy 0.86``: what the best epoch is chosen by comes first."""
    auc, balanced = (validation.get(name, math.nan) for name in ("auc", "balanced_accuracy"))
    known = [f"AUC {auc:.2f}"] if math.isfinite(auc) else []
    known.append(
        f"balanced accuracy {balanced:.2f}"
        if math.isfinite(balanced)
        else "balanced accuracy unknown"
    )
    return ", ".join(known)


def finished_words(event: Finished, prepared: Prepared | None) -> str:
    """How the training ended."""
    early = " early" if event.stopped_early else ""
    measured = figure_words(event.validation)
    if prepared is not None:
        measured = f"{measured}, {validation_words(prepared)}"
    took = time_words(event.seconds)
    return f"Finished{early} after {took}: kept epoch {event.best_epoch} ({measured})."
