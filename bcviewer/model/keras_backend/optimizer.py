"""How a network learns: loss, optimizer, schedule of the learning rate."""

from __future__ import annotations

from typing import Literal

import keras

from bcviewer.model.keras_backend.fused import AdamW
from bcviewer.model.keras_backend.metrics import TrainingScores

WEIGHT_DECAY = 0.01
WARM_UP_SHARE = 0.1
WARM_UP_STEPS = 200
"""Steps of warm-up at most: enough for the running means of AdamW to settle."""


Schedule = Literal["cosine", "constant"]


def compile_network(
    network: keras.Model,
    *,
    peak: float,
    steps: int,
    schedule: Schedule = "cosine",
    label_smoothing: float = 0.0,
) -> None:
    """Set a network up for training.

    Args:
        network: The network.
        peak: The highest learning rate.
        steps: Steps of the whole training, which the cosine is laid over.
        schedule: Along a cosine, or always at the peak.
        label_smoothing: How far the loss moves each label towards 0.5.
    """
    rate = _cosine(peak, steps) if schedule == "cosine" else peak
    optimizer = AdamW(rate, weight_decay=WEIGHT_DECAY)
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    network.compile(
        optimizer=optimizer,
        loss=keras.losses.BinaryCrossentropy(label_smoothing=label_smoothing),
        # Not weighted by class, so that they compare with those of the validation.
        metrics=[
            keras.metrics.BinaryAccuracy(name="accuracy"),
            keras.metrics.BinaryCrossentropy(name="cross_entropy"),
            TrainingScores(),
        ],
        # XLA makes all of this 7 to 24 times slower on a processor.
        jit_compile=False,
    )


def _cosine(peak: float, steps: int) -> keras.optimizers.schedules.LearningRateSchedule:
    """Up to the peak in a tenth of the steps, then down along a cosine to a hundredth of it."""
    warm_up = min(WARM_UP_STEPS, int(steps * WARM_UP_SHARE))
    if warm_up == 0:
        return keras.optimizers.schedules.CosineDecay(peak, steps, alpha=0.01)
    return keras.optimizers.schedules.CosineDecay(
        peak / 100, steps - warm_up, alpha=0.01, warmup_target=peak, warmup_steps=warm_up
    )
