"""Events of a training, made up, for the tests of what shows them."""

from __future__ import annotations

from bcviewer.model.events import EpochDone, Prepared, StepDone


def prepared(*, epochs: int = 20, warnings: tuple[str, ...] = ()) -> Prepared:
    """A training by patient on 145 patients, validated on 41."""
    return Prepared(
        model="mobilenetv2",
        patients={"train": 145, "validation": 41, "test": 21},
        patches={"train": 17_000, "validation": 2_410, "test": 4_700},
        steps_per_epoch=300,
        epochs=epochs,
        split_title="by patient",
        device="CPU (2 threads)",
        warnings=warnings,
    )


def step(
    epoch: int, number: int, *, steps: int = 300, loss: float = 0.5, losses: tuple[float, ...] = ()
) -> StepDone:
    """Step ``number`` of an epoch, at 410 patches/s, 1:42 before the end."""
    return StepDone(
        epoch=epoch,
        step=number,
        steps=steps,
        loss=loss,
        accuracy=0.8,
        seconds_left=102.0,
        patches_per_second=410.4,
        losses=losses,
    )


def epoch_done(
    epoch: int, *, best: int | None = None, loss: float = 0.4, balanced: float = 0.86
) -> EpochDone:
    """The end of an epoch; the best so far unless told otherwise."""
    return EpochDone(
        epoch=epoch,
        epochs=20,
        seconds=31.0,
        train={"loss": loss, "accuracy": 0.9, "balanced_accuracy": 0.87, "auc": 0.95},
        validation={
            "loss": loss + 0.1,
            "accuracy": 0.85,
            "balanced_accuracy": balanced,
            "auc": 0.93,
        },
        best_epoch=best or epoch,
    )
