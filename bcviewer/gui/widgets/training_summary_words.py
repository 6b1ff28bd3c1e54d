"""What the summary of a training says: its start, its steps, its time and its memory."""

from __future__ import annotations

from bcviewer.gui.widgets.training_words import DOT
from bcviewer.gui.words import marked, tr, tr_count
from bcviewer.gui.words_below import from_below
from bcviewer.model.events import Probed
from bcviewer.model.forecast import Forecast, epoch_seconds, training_seconds
from bcviewer.model.forecast_words import about_words, memory_warning, memory_words

WEIGHTS, CLASSES, STEPS = marked("Start weights"), marked("Class weights"), marked("Steps")
TIME, MEMORY = marked("Time"), marked("Memory")
LEAKS = marked("Leak check")
FACTS = (STEPS, TIME, MEMORY, LEAKS, WEIGHTS, CLASSES)
"""The order in which they stand: in a low panel the last ones are out of sight."""

UNKNOWN = marked("not estimated yet")
MEASURING = "…"
PROBING = marked("Starting TensorFlow…")
STOPPING = marked("Stopping…")
STOPPED = marked("Stopped: nothing was estimated.")
ESTIMATE_TIP = marked(
    "Builds the network, runs some steps on a few patients, and keeps nothing. It takes half a "
    "minute or so."
)


def facts_of(ahead: Forecast, probed: Probed | None, *, probing: bool) -> dict[str, str]:
    """The facts, by their names; that of the start weights comes from elsewhere."""
    not_idc, idc = ahead.class_weights
    weighed = tr("IDC {idc:.2f} · not IDC {not_idc:.2f}", idc=idc, not_idc=not_idc)
    facts = {
        CLASSES: tr("off") if ahead.class_weights == (1.0, 1.0) else weighed,
        STEPS: _steps(ahead),
        **dict.fromkeys((TIME, MEMORY), MEASURING if probing else tr(UNKNOWN)),
    }
    if probed is not None:
        facts[TIME] = time_words(ahead, probed)
        facts[MEMORY] = f"{from_below(memory_words(probed))}{DOT}{probed.device}"
    return facts


def time_words(ahead: Forecast, probed: Probed) -> str:
    """``≈ 12 min · 1 min an epoch · 405 patches/s``."""
    whole = from_below(about_words(training_seconds(probed, ahead)))
    epoch = from_below(about_words(epoch_seconds(probed, ahead)))
    speed = tr("{speed:,.0f} patches/s", speed=probed.patches_per_second)
    return tr("≈ {whole} · {epoch} an epoch · {speed}", whole=whole, epoch=epoch, speed=speed)


def warnings_of(ahead: Forecast, probed: Probed | None) -> tuple[str, ...]:
    """What the user should know before the start."""
    tight = memory_warning(probed) if probed is not None else ""
    return (*ahead.warnings, tight) if tight else ahead.warnings


def _steps(ahead: Forecast) -> str:
    steps, epochs = ahead.steps_per_epoch, ahead.epochs
    return tr_count(
        epochs,
        "{steps:,} an epoch · {all_steps:,} in 1 epoch",
        "{steps:,} an epoch · {all_steps:,} in {count:,} epochs",
        steps=steps,
        all_steps=steps * epochs,
    )
