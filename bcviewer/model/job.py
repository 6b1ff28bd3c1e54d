"""The job: everything a training needs to know, as a file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from bcviewer.errors import JobError, StorageError
from bcviewer.model.catalog import architecture
from bcviewer.storage import read_json, write_json

KIND = "bcviewer-job"
VERSION = 1

NO_WEIGHTS = ("imagenet", "none")
"""Start weights that are no file or folder."""

MOST_COUNT = 1_000_000
"""Of epochs, and of steps in one."""

MOST_BATCH = 4096
MOST_SEED = 2**32 - 1
MOST_SMOOTHING = 0.5


def _not_empty(value: object) -> object:
    # Path("") would silently be the current folder.
    if isinstance(value, str) and not value.strip():
        raise ValueError("should not be empty")
    return value


Switch = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, Field(strict=True, ge=1, le=MOST_COUNT)]
Place = Annotated[Path, BeforeValidator(_not_empty)]


class TrainingJob(BaseModel):
    """The settings of one training.

    Attributes:
        folder: The data folder.
        workspace: The workspace; None for the data folder's own in the user's folder.
        run: The folder that the training writes to; new or empty.
        model: Name of the architecture.
        alpha: Width multiplier of the architecture.
        weights: "imagenet", "none", a file of backbone weights, or the folder of a model or of
            its run, to continue from. simple_cnn takes only the last; "imagenet" is "none" to it.
        split: A split file; None to split by patient with ``seed``.
        labels: A file of corrected labels to learn from; None for those of the workspace.
        epochs: Passes, or parts of a pass when ``steps_per_epoch`` is given.
        steps_per_epoch: Batches an epoch; None for the whole training part.
        batch_size: Patches a step.
        learning_rate: Peak of the schedule; None for the architecture's default.
        schedule: "cosine": up to the peak, then down to nearly nothing; "constant": always the
            peak.
        patience: End after so many epochs without a better one; None: never before ``epochs``.
        fine_tune: Train the whole network; False: only the head, on a frozen pretrained backbone.
        class_weights: Weigh both classes alike in the loss.
        augmentation: Symmetries and mild colour jitter.
        label_smoothing: How far the loss moves each label towards 0.5; labels near the border of
            a region are doubtful.
        weight_averaging: Judge and keep the average of the weights over about the last epoch in
            place of the weights of the last step.
        precision: What the network computes in while it is trained: "float32", "bfloat16", or
            "auto": bfloat16 where the processor has it and the architecture gains. What is kept
            and exported is float32 in any case.
        seed: Of the split, the start weights, the order and the augmentation.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["bcviewer-job"] = "bcviewer-job"
    version: Literal[1] = 1
    folder: Place
    workspace: Place | None = None
    run: Place
    model: Literal["mobilenetv2", "simple_cnn"]
    alpha: float = 1.0
    weights: Annotated[str, Field(min_length=1)] = "imagenet"
    split: Place | None = None
    labels: Place | None = None
    epochs: Whole = 10
    steps_per_epoch: Whole | None = None
    batch_size: Annotated[int, Field(strict=True, ge=1, le=MOST_BATCH)] = 64
    learning_rate: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] | None = None
    schedule: Literal["cosine", "constant"] = "cosine"
    patience: Whole | None = None
    fine_tune: Switch = True
    class_weights: Switch = True
    augmentation: Switch = True
    label_smoothing: Annotated[float, Field(ge=0, le=MOST_SMOOTHING, allow_inf_nan=False)] = 0.05
    weight_averaging: Switch = True
    precision: Literal["auto", "float32", "bfloat16"] = "auto"
    seed: Annotated[int, Field(strict=True, ge=0, le=MOST_SEED)] = 0

    @model_validator(mode="after")
    def _alpha_of_model(self) -> Self:
        alphas = architecture(self.model).alphas
        if self.alpha not in alphas:
            choice = " or ".join(str(alpha) for alpha in alphas)
            raise ValueError(f"alpha: should be {choice} for {self.model}, not {self.alpha}")
        return self

    @model_validator(mode="after")
    def _backbone_to_freeze(self) -> Self:
        if not self.fine_tune and not architecture(self.model).pretrained:
            raise ValueError(
                f"fine_tune: {self.model} has no pretrained backbone to freeze; it is always "
                "trained whole"
            )
        return self

    @property
    def peak_learning_rate(self) -> float:
        """The rate at the top of the schedule."""
        return self.learning_rate or architecture(self.model).learning_rate


def make_job(settings: Mapping[str, object]) -> TrainingJob:
    """A job from settings as they come from a file, a form or a command line.

    Raises:
        JobError: A setting is missing, unknown or out of range; the message names each.
    """
    try:
        return TrainingJob.model_validate(dict(settings))
    except ValidationError as error:
        raise JobError(
            f"The training cannot start with these settings: {_complaints(error)}.",
            hint="Correct them and start again.",
        ) from error


def read_job(path: Path) -> TrainingJob:
    """Read a job file; what it names without a folder lies beside it: split, labels, weights, run.

    Raises:
        JobError: The file cannot be read, or a setting in it cannot be used.
    """
    try:
        job = make_job(read_json(path, kind=KIND, version=VERSION))
    except StorageError as error:
        raise JobError(error.message, hint=error.hint) from error
    except JobError as error:
        raise JobError(f"{path}: {error.message}", hint=error.hint) from error
    return job.model_copy(update=_beside(job, path.absolute().parent))


def _beside(job: TrainingJob, folder: Path) -> dict[str, object]:
    """The settings that name something in the folder of the job file."""
    found: dict[str, object] = {
        name: folder / place
        for name, place in (("split", job.split), ("labels", job.labels), ("run", job.run))
        if place is not None and place.parent == Path()
    }
    weights = Path(job.weights)
    # Else it is the name of a model that comes with the program, or was imported.
    if (
        job.weights not in NO_WEIGHTS
        and weights.parent == Path()
        and os.path.lexists(folder / weights)
    ):
        found["weights"] = str(folder / weights)
    return found


def write_job(path: Path, job: TrainingJob) -> None:
    """Write a job file.

    Raises:
        StorageError: The file cannot be written.
    """
    write_json(path, job.model_dump(mode="json"))


def _complaints(error: ValidationError) -> str:
    return "; ".join(_complaint(dict(detail)) for detail in error.errors(include_url=False))


def _complaint(detail: Mapping[str, object]) -> str:
    place = detail["loc"]
    field = str(place[0]) if isinstance(place, tuple) and place else ""
    text = str(detail["msg"]).removeprefix("Value error, ").removeprefix("Input ")
    if detail["type"] == "missing":
        return f"{field}: is missing"
    if detail["type"] == "extra_forbidden":
        return f"{field}: is not a setting of this version"
    if not field or detail["type"] == "value_error":
        return f"{field}: {text}" if field else text
    given = json.dumps(detail["input"], default=str)
    return f"{field}: {text[0].lower()}{text[1:]}, not {given}"
