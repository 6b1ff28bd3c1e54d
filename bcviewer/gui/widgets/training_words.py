"""What the training panel says about a training, in words."""

from __future__ import annotations

import math

from bcviewer.gui.words import marked, tr, tr_count
from bcviewer.gui.words_below import from_below
from bcviewer.model.catalog import architecture
from bcviewer.model.events import EpochDone, Finished, Prepared, StepDone, Validating
from bcviewer.model.training_status import TrainingStatus, loss_words, time_words, waiting_words

Where = StepDone | Validating | EpochDone
"""Events that tell where the training is."""

DOT = " · "
STARTING = marked("Starting: TensorFlow takes some seconds to load.")
PAUSING = marked("Pausing after this batch…")
PAUSED = marked("Paused")
RESUMING = marked("Going on…")
FINISHING = marked("Finishing this epoch")
CANCELLING = marked("Cancelling…")
EXPORTING = marked("Writing the model of the best epoch…")
CANCELLED = marked("Training cancelled. The model in use stays as it was.")
FAILED = marked("No model was made.")
KEPT = marked(
    "Not loaded, since other data or another model were chosen meanwhile. Load it from the list of "
    "runs: {folder}"
)


def validation_words(prepared: Prepared) -> str:
    """Who is validated on, and by which split: no figure is shown without it."""
    patients = tr_count(prepared.patients.get("validation", 0), "1 patient", "{count:,} patients")
    return tr("validation: {patients}, {split}", patients=patients, split=tr(prepared.split_title))


def prepared_words(prepared: Prepared) -> str:
    """What is about to be trained on what."""
    patients = tr_count(prepared.patients.get("train", 0), "1 patient", "{count:,} patients")
    patches = tr_count(prepared.patches.get("train", 0), "1 patch", "{count:,} patches")
    return DOT.join(
        [
            architecture(prepared.model).title,
            tr("{patches} of {patients} to train on", patches=patches, patients=patients),
        ]
    )


def where_words(
    event: Where,
    *,
    epochs: int,
    status: TrainingStatus,
    paused: bool = False,
    finishing: bool = False,
) -> str:
    """Where the training is, its speed, how long it has run and the time left.

    A pause has no speed; and how long an epoch that is the last one still takes, nobody knows.
    """
    parts = [tr(PAUSED)] if paused else [tr(FINISHING)] if finishing else []
    parts += _place(event, epochs)
    if isinstance(event, StepDone) and not paused and 0 < event.patches_per_second < math.inf:
        parts.append(tr("{speed:,.0f} patches/s", speed=event.patches_per_second))
    parts += _times(status)
    left = status.seconds_left if isinstance(event, EpochDone) else event.seconds_left
    if left is not None and math.isfinite(left) and not finishing:
        parts.append(tr("{time} left", time=time_words(left)))
    return DOT.join(parts)


def _place(event: Where, epochs: int) -> list[str]:
    """The epoch, and how far it is."""
    if isinstance(event, EpochDone):
        return [tr("epoch {epoch} of {epochs} is done", epoch=event.epoch, epochs=epochs)]
    epoch = tr("epoch {epoch} of {epochs}", epoch=event.epoch, epochs=epochs)
    if isinstance(event, StepDone):
        return [epoch, tr("step {step:,} of {steps:,}", step=event.step, steps=event.steps)]
    judged = tr_count(
        event.total,
        "validating {done:,} of 1 patch",
        "validating {done:,} of {count:,} patches",
        done=event.done,
    )
    return [epoch, judged]


def losses_words(status: TrainingStatus, device: str) -> str:
    """What it computes on; epochs without progress, the last and the lowest validation loss."""
    parts = [tr("on {device}", device=device)]
    latest = status.latest
    if latest is not None:
        parts += [from_below(waiting_words(latest)), from_below(loss_words(status))]
    return DOT.join(parts)


def _times(status: TrainingStatus) -> list[str]:
    times = [tr("{time} run", time=time_words(status.run_seconds))]
    if math.isfinite(status.epoch_seconds):
        times.append(tr("{time} an epoch", time=time_words(status.epoch_seconds)))
    return times


def best_words(best: EpochDone | None, prepared: Prepared) -> str:
    """The best epoch so far, and what it was measured on."""
    if best is None:
        return tr("no epoch is finished yet")
    figure = figure_words(best.validation)
    return tr(
        "best epoch {epoch} ({figure}, {validation})",
        epoch=best.epoch,
        figure=figure,
        validation=validation_words(prepared),
    )


def figure_words(validation: dict[str, float]) -> str:
    """``AUC 0.93, balanced accuracy 0.86``: what the best epoch is chosen by comes first."""
    auc, balanced = (validation.get(name, math.nan) for name in ("auc", "balanced_accuracy"))
    known = [tr("AUC {auc:.2f}", auc=auc)] if math.isfinite(auc) else []
    known.append(
        tr("balanced accuracy {balanced:.2f}", balanced=balanced)
        if math.isfinite(balanced)
        else tr("balanced accuracy unknown")
    )
    return ", ".join(known)


def finished_words(event: Finished, prepared: Prepared | None) -> str:
    """How the training ended."""
    measured = figure_words(event.validation)
    if prepared is not None:
        measured = f"{measured}, {validation_words(prepared)}"
    took = time_words(event.seconds)
    finished = marked("Finished after {took}: kept epoch {epoch} ({measured}).")
    early = marked("Finished early after {took}: kept epoch {epoch} ({measured}).")
    return tr(
        early if event.stopped_early else finished,
        took=took,
        epoch=event.best_epoch,
        measured=measured,
    )
