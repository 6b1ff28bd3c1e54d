"""What can be told of a training before it starts: who is in which part, and for how long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.split import Split
from bcviewer.errors import JobError
from bcviewer.model.events import Probed
from bcviewer.model.job import TrainingJob
from bcviewer.model.start_model import heritage_of, mixed_roles, start_model
from bcviewer.model.training_split import PartCount, check_parts, count_parts, warnings_of

RARE_IDC = 0.1
"""Below this share of IDC a network without class weights tends to call nothing IDC."""

PROBED_SETTINGS = frozenset(
    {
        *("folder", "workspace", "model", "alpha", "weights", "batch_size", "fine_tune"),
        *("augmentation", "precision"),
    }
)
"""Settings on which time and memory of a step depend."""

PARTS_SETTINGS = frozenset({"folder", "workspace", "model", "alpha", "weights", "split", "seed"})
"""Settings on which it depends who is in which part, and so whether there is anything to learn."""


@dataclass(frozen=True)
class Forecast:
    """Told from job, split and labels alone.

    Attributes:
        split_title: How the split is made, in words.
        parts: Train, validation and test.
        class_weights: What a patch counts in the loss: not IDC, IDC.
        steps_per_epoch: Batches an epoch.
        epochs: Epochs at most.
        warnings: What the user should know.
        problem: Why the training cannot start, in words; "" when it can.
    """

    split_title: str
    parts: tuple[PartCount, ...]
    class_weights: tuple[float, float]
    steps_per_epoch: int
    epochs: int
    warnings: tuple[str, ...] = ()
    problem: str = ""


def forecast(job: TrainingJob, split: Split, *, labels: NDArray[np.int8] | None = None) -> Forecast:
    """Look ahead at a training.

    Args:
        job: The settings.
        split: The split that the training will use.
        labels: int8[N], 1 for IDC, 0 for not IDC, -1 for a patch that is left out; None for the
            labels that came with the data.

    Raises:
        ModelError: The model to start from cannot be used.
    """
    parts = count_parts(split, labels)
    train = parts[0]
    problem = ""
    try:
        check_parts(parts)
    except JobError as error:
        problem = str(error)
    return Forecast(
        split_title=split.title,
        parts=parts,
        class_weights=class_weights_of(train) if job.class_weights else (1.0, 1.0),
        steps_per_epoch=job.steps_per_epoch or -(-train.patches // job.batch_size),
        epochs=job.epochs,
        warnings=(
            *warnings_of(split, labels=labels),
            *mixed_roles(split, heritage_of(start_model(job))),
            *_unbalanced(job, train),
        ),
        problem=problem,
    )


def class_weights_of(train: PartCount) -> tuple[float, float]:
    """Weights that give both classes the same say, 1 on average over the patches.

    Returns:
        The weight of a patch that is not IDC, and of one that is.
    """
    counts = (train.patches - train.idc, train.idc)
    first, second = (train.patches / (2 * max(1, count)) for count in counts)
    return first, second


def epoch_seconds(probed: Probed, ahead: Forecast) -> float:
    """Time of an epoch and its validation."""
    judging = ahead.parts[1].patches * probed.judging_seconds
    return ahead.steps_per_epoch * probed.step_seconds + judging


def training_seconds(probed: Probed, ahead: Forecast) -> float:
    """Time of all epochs, from the first step to the last validation."""
    return probed.first_step_seconds + ahead.epochs * epoch_seconds(probed, ahead)


def same_pace(one: TrainingJob, other: TrainingJob) -> bool:
    """Whether what a probe found for one job holds for the other."""
    return _alike(one, other, PROBED_SETTINGS)


def same_parts(one: TrainingJob, other: TrainingJob) -> bool:
    """Whether what keeps one job from starting, and was found by counting, keeps the other too."""
    return _alike(one, other, PARTS_SETTINGS)


def _alike(one: TrainingJob, other: TrainingJob, settings: frozenset[str]) -> bool:
    first, second = (job.model_dump(include=set(settings)) for job in (one, other))
    return first == second


def _unbalanced(job: TrainingJob, train: PartCount) -> tuple[str, ...]:
    if job.class_weights or train.one_class or not 0 < train.idc_share < RARE_IDC:
        return ()
    share = f"{100 * train.idc_share:.1f} %"
    return (
        f"Only {share} of the training patches are IDC, and class weights are off: the model may "
        "call hardly anything IDC.",
    )
