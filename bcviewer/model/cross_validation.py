"""A cross-validation: its job, its folder, and how far each of its folds is.

A fold is an ordinary run. How far it is, its folder says, and nothing else does.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.split_file import save_split
from bcviewer.dataset.workspace import check_apart
from bcviewer.errors import JobError, StorageError
from bcviewer.model.folder import CARD
from bcviewer.model.folds import Folds, deal_folds
from bcviewer.model.job import TrainingJob, read_job, write_job
from bcviewer.model.run_commands import is_live
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_paths import CROSS_VALIDATION as FILE
from bcviewer.model.run_paths import FOLD
from bcviewer.model.start_model import names_model
from bcviewer.storage import read_json, write_json

KIND = "bcviewer-cross-validation"
VERSION = 1
DEFAULT_FOLDS = 5
MOST_FOLDS = 1000
PLACES = ("folder", "workspace", "run", "split", "labels")
"""Settings of a job that say where things lie, and nothing of what is learned."""


class CrossValidationJob(BaseModel):
    """The content of ``cross_validation.json``.

    Attributes:
        folds: How many.
        job: The recipe; its run is the folder of the cross-validation, and its split is not used.
        data: Fingerprint of the data set; "" until the folds are dealt.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["bcviewer-cross-validation"] = "bcviewer-cross-validation"
    version: Literal[1] = 1
    folds: Annotated[int, Field(strict=True, ge=2, le=MOST_FOLDS)] = DEFAULT_FOLDS
    job: TrainingJob
    data: str = ""

    @property
    def recipe_fingerprint(self) -> str:
        """A digest of what is learned and how, wherever it is done."""
        settings = self.job.model_dump(mode="json", exclude=set(PLACES))
        content = json.dumps({"folds": self.folds, **settings}, sort_keys=True)
        return hashlib.sha256(content.encode("utf-8")).hexdigest()


class FoldState(StrEnum):
    """How far a fold is."""

    WAITING = "waiting"
    STOPPED = "stopped"  # there is a checkpoint to go on from
    TRAINING = "training"  # in some process, now
    DONE = "done"


@dataclass(frozen=True)
class CrossValidation:
    """A cross-validation in its folder.

    Attributes:
        path: The folder.
        settings: What is to be done.
    """

    path: Path
    settings: CrossValidationJob

    @property
    def name(self) -> str:
        """What it, and its out-of-fold predictions, are called."""
        return self.path.name

    @property
    def numbers(self) -> range:
        """The folds, from 1."""
        return range(1, self.settings.folds + 1)

    def run(self, fold: int) -> RunFolder:
        """The run folder of a fold."""
        return RunFolder(self.path / f"{FOLD}{fold}")

    def split_path(self, fold: int) -> Path:
        """The split of a fold."""
        return self.path / "splits" / f"{FOLD}{fold}.json"

    def job_of(self, fold: int) -> TrainingJob:
        """The training job of a fold."""
        places = {"run": self.run(fold).path, "split": self.split_path(fold)}
        return self.settings.job.model_copy(update=places)

    def state(self, fold: int) -> FoldState:
        """How far a fold is."""
        run = self.run(fold)
        if is_live(run.path):
            return FoldState.TRAINING
        if (run.model_path / CARD).is_file():
            return FoldState.DONE
        checkpoint = run.last_path.is_file() or run.before_last_path.is_file()
        return FoldState.STOPPED if checkpoint else FoldState.WAITING

    def prepare(self, fold: int) -> None:
        """Put the job of a fold in its folder; what was begun there before is kept.

        Only a fold that stopped before its first epoch was done begins anew, in an empty folder.

        Raises:
            StorageError: The folder cannot be written.
        """
        run = self.run(fold)
        if self.state(fold) is FoldState.WAITING and run.path.exists():
            try:
                shutil.rmtree(run.path)
            except OSError as error:
                raise StorageError(
                    f"{run.path} cannot be cleared: {error.strerror or error}.",
                    hint="Check that you may write there, then resume the cross-validation.",
                ) from error
        wanted = self.job_of(fold)
        if _job_in(run) != wanted:  # new, or the cross-validation was moved
            write_job(run.job_path, wanted)


def begin(path: Path, settings: CrossValidationJob, dataset: Dataset) -> CrossValidation:
    """Deal the folds and make the folder of a cross-validation; nothing is trained yet.

    Args:
        path: The folder; new or empty.
        settings: What is to be done.
        dataset: The data set of the job's folder.

    Raises:
        JobError: The recipe starts from a model that has seen patients, or the folder is in use.
        SplitError: There are too few patients.
        StorageError: The folder cannot be written, or lies in the data folder.
    """
    check_recipe(settings.job)
    place = check_apart(path, settings.job.folder.expanduser(), what="run folder")
    folds = deal_folds(dataset, count=settings.folds, seed=settings.job.seed)
    _check_empty(place)
    job = settings.job.model_copy(update={"run": place, "split": None})
    whole = settings.model_copy(update={"job": job, "data": dataset.fingerprint})
    found = CrossValidation(place, whole)
    for fold in found.numbers:
        save_split(folds.split(fold), found.split_path(fold))
    write_json(place / FILE, whole.model_dump(mode="json"))
    return found


def new_folder(runs: Path, settings: CrossValidationJob) -> Path:
    """A folder for a cross-validation that starts now; it is not made, and is not there yet."""
    name = f"{settings.job.model}-{settings.folds}-folds"
    first = runs / f"{datetime.now():%Y-%m-%d-%H%M%S}-{name}"
    others = (first.with_name(f"{first.name}-{number}") for number in range(2, 1000))
    return next(path for path in (first, *others) if not path.exists())


def read_settings(path: Path, *, folds: int | None = None) -> CrossValidationJob:
    """Read what is to be done from a training job, or from the file of another cross-validation.

    Args:
        path: The file.
        folds: How many folds; None for those of the file, or the usual number.

    Raises:
        JobError: The file is neither, or a setting in it cannot be used.
    """
    try:
        found = _read(path)
    except StorageError:
        found = make_settings(read_job(path))
    return found if folds is None else make_settings(found.job, folds=folds)


def make_settings(job: TrainingJob, *, folds: int = DEFAULT_FOLDS) -> CrossValidationJob:
    """A cross-validation of a recipe.

    Raises:
        JobError: There cannot be so many folds.
    """
    try:
        return CrossValidationJob(job=job, folds=folds)
    except ValidationError as error:
        raise JobError(
            f"There can be 2 to {MOST_FOLDS} folds, not {folds}.", hint="Ask for 5."
        ) from error


def open_cross_validation(path: Path) -> CrossValidation:
    """Open the folder of a cross-validation, which may have been moved.

    Raises:
        JobError: It is none, or its file is damaged.
    """
    place = path.expanduser().absolute()
    try:
        settings = _read(place / FILE)
    except StorageError as error:
        raise JobError(
            f"{place} is not the folder of a cross-validation: {error.message}",
            hint="Give the folder that bcviewer cross-validate was told to write to.",
        ) from error
    job = settings.job.model_copy(update={"run": place})
    return CrossValidation(place, settings.model_copy(update={"job": job}))


def folds_of(cross: CrossValidation, dataset: Dataset) -> Folds:
    """The deal of a cross-validation, made again.

    Raises:
        JobError: The data set is another one now.
        SplitError: There are too few patients.
    """
    if cross.settings.data != dataset.fingerprint:
        raise JobError(
            f"The data set has changed since the cross-validation {cross.name} was begun.",
            hint="Put it back as it was, or begin a new one.",
        )
    return deal_folds(dataset, count=cross.settings.folds, seed=cross.settings.job.seed)


def check_recipe(job: TrainingJob) -> None:
    """Look whether the start weights know nothing of the patients.

    Raises:
        JobError: They are those of a model.
    """
    if names_model(job.weights):
        raise JobError(
            f"A cross-validation cannot start from the model {job.weights}: it has learned from "
            "patients that it would then be judged on.",
            hint="Start from ImageNet's weights, or from none.",
        )


def _read(path: Path) -> CrossValidationJob:
    """Read a file of settings; a file of another kind is a ``StorageError``."""
    content = read_json(path, kind=KIND, version=VERSION)
    try:
        return CrossValidationJob.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise JobError(
            f"{path} cannot be used: {where}: {first['msg']}.",
            hint="Begin a new cross-validation.",
        ) from error


def _check_empty(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        inside = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        raise JobError(
            f"The folder {path} cannot be made: {error.strerror or error}.",
            hint="Choose a folder that you may write to.",
        ) from error
    if inside:
        known = FILE in inside
        raise JobError(
            f"The folder {path} is not empty: it holds {FILE if known else inside[0]}.",
            hint=f"Go on with: bcviewer cross-validate --resume {path}"
            if known
            else "Choose a new folder for each cross-validation.",
        )


def _job_in(run: RunFolder) -> TrainingJob | None:
    try:
        return read_job(run.job_path)
    except JobError:
        return None
