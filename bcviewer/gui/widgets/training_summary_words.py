"""What the summary of a training says: its start, its steps, its time and its memory."""

from __future__ import annotations

from bcviewer.gui.widgets.training_words import DOT
from bcviewer.model.events import Probed
from bcviewer.model.forecast import Forecast, epoch_seconds, training_seconds
from bcviewer.model.forecast_words import about_words, memory_warning, memory_words

WEIGHTS, CLASSES, STEPS = "Start weights", "Class weights", "Steps"
TIME, MEMORY = "Time", "Memory"
LEAKS = "Leak check"
FACTS = (STEPS, TIME, MEMORY, LEAKS, WEIGHTS, CLASSES)
"""The order in which they stand: in a low panel the last ones are out of sight."""

UNKNOWN = "not estimated yet"
MEASURING = "…"
PROBING = "Starting TensorFlow…"
STOPPING = "Stopping…"
STOPPED = "Stopped: nothing was estimated."
ESTIMATE_TIP = (
    "Builds the network, runs some steps on a few patients, and keeps nothing. It takes half a "
    "minute or so."
)


def facts_of(ahead: Forecast, probed: Probed | None, *, probing: bool) -> dict[str, str]:
    """The facts, by their names; that of the start weights comes from elsewhere."""
    not_idc, idc = ahead.class_weights
    weighed = f"IDC {idc:.2f}{DOT}not IDC {not_idc:.2f}"
    facts = {
        CLASSES: "off" if ahead.class_weights == (1.0, 1.0) else weighed,
        STEPS: _steps(ahead),
        **dict.fromkeys((TIME, MEMORY), MEASURING if probing else UNKNOWN),
    }
    if probed is not None:
        facts[TIME] = time_words(ahead, probed)
        facts[MEMORY] = f"{memory_words(probed)}{DOT}{probed.device}"
    return facts


def time_words(ahead: Forecast, probed: Probed) -> str:
    """``≈ 12 min · 1 min an epoch · 405 patches/s``."""
    whole = about_words(training_seconds(probed, ahead))
    epoch = about_words(epoch_seconds(probed, ahead))
    speed = f"{probed.patches_per_second:,.0f} patches/s"
    return f"≈ {whole}{DOT}{epoch} an epoch{DOT}{speed}"


def warnings_of(ahead: Forecast, probed: Probed | None) -> tuple[str, ...]:
    """What the user should know before the start."""
    tight = memory_warning(probed) if probed is not None else ""
    return (*ahead.warnings, tight) if tight else ahead.warnings


def _steps(ahead: Forecast) -> str:
    steps, epochs = ahead.steps_per_epoch, ahead.epochs
    noun = "epoch" if epochs == 1 else "epochs"
    return f"{steps:,} an epoch{DOT}{steps * epochs:,} in {epochs:,} {noun}"
