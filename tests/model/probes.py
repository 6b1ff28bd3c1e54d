"""What a probe may have found, made up, for the tests of what uses it."""

from __future__ import annotations

from bcviewer.model.events import Probed


def probed(
    *,
    step_seconds: float = 0.25,
    judging_seconds: float = 0.001,
    first_step_seconds: float = 8.0,
    memory: int = 1_500_000_000,
    memory_total: int = 0,
    device_memory: int = 0,
) -> Probed:
    """A probe of 64 patches a step on two threads."""
    return Probed(
        model="simple_cnn",
        device="CPU (2 threads)",
        weights="random",
        split_title="by patient",
        patients={"train": 4, "validation": 1, "test": 1},
        patches={"train": 80, "validation": 20, "test": 20},
        idc={"train": 24, "validation": 6, "test": 6},
        class_weights={"not_idc": 0.7, "idc": 1.7},
        steps_per_epoch=2,
        epochs=10,
        step_seconds=step_seconds,
        judging_seconds=judging_seconds,
        first_step_seconds=first_step_seconds,
        patches_per_second=64 / step_seconds,
        epoch_seconds=2 * step_seconds,
        training_seconds=20 * step_seconds,
        memory=memory,
        memory_total=memory_total,
        device_memory=device_memory,
    )
