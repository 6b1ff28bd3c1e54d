"""Workers of what comes before a training: counting its patients, timing its steps, its file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from bcviewer.annotation.reading import EffectiveLabels, read_effective_labels
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import Split, split_by_patch
from bcviewer.dataset.split_file import save_split
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import Cancelled, TrainingError
from bcviewer.evaluation.leaks import LeakReport, check_leaks
from bcviewer.evaluation.pixel_digests import PixelDigests, digest_pixels
from bcviewer.gui.workers.training_worker import patch_split_path
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.backbone_file import check_weights_file
from bcviewer.model.events import Cancelled_, Failed, Note, Probed
from bcviewer.model.forecast import Forecast, forecast
from bcviewer.model.job import TrainingJob
from bcviewer.model.job_export import export_job
from bcviewer.model.probe_process import ProbeProcess
from bcviewer.model.training_split import split_of
from bcviewer.model.weight_files import start_words


@dataclass(frozen=True, eq=False)
class Plan:
    """A training that is thought of: its job, and the data that are open."""

    job: TrainingJob
    dataset: Dataset


@dataclass(frozen=True, eq=False)
class PlanAhead:
    """What was found out about a plan, and what it starts from, in words.

    Attributes:
        plan: The plan.
        forecast: Its parts, steps and warnings.
        weights: What it starts from.
        leaks: What its parts share, as far as names tell.
    """

    plan: Plan
    forecast: Forecast
    weights: str
    leaks: LeakReport


@dataclass(frozen=True, eq=False)
class PlanChecked:
    """What the parts of a plan's split share, pixels among it.

    Attributes:
        plan: The plan.
        leaks: What was found.
        pixels: Digests of the pictures that are decoded.
    """

    plan: Plan
    leaks: LeakReport
    pixels: PixelDigests


def wants_patch_split(job: TrainingJob) -> bool:
    """Whether the split of a job is the patch-wise one that the window makes for its seed."""
    return job.workspace is not None and job.split == patch_split_path(job.workspace, job.seed)


def split_for(plan: Plan) -> Split:
    """The split that the training will use; a patch-wise one need not be written yet.

    Raises:
        SplitError, ModelError: The split file, or the model to start from, cannot be used.
    """
    if wants_patch_split(plan.job):
        return split_by_patch(plan.dataset, seed=plan.job.seed)
    return split_of(plan.job, plan.dataset)


def _labels(plan: Plan) -> EffectiveLabels | None:
    """The labels as readers left them; None where the job has no workspace yet."""
    if plan.job.workspace is None:
        return None
    return read_effective_labels(Workspace(plan.job.workspace), plan.dataset)


class ForecastWorker(Worker):
    """Counts who is in which part; gives a ``PlanAhead``."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan

    def work(self) -> PlanAhead:
        job = self._plan.job
        check_weights_file(job)
        split = split_for(self._plan)
        labels = _labels(self._plan)
        ahead = forecast(job, split, labels=None if labels is None else labels.labels)
        return PlanAhead(self._plan, ahead, start_words(job), check_leaks(split))


class LeakWorker(Worker):
    """Compares the decoded pictures of a plan's parts; gives a ``PlanChecked``.

    Args:
        plan: The plan; its job has a workspace.
        earlier: What was found of the same data before.
    """

    def __init__(self, plan: Plan, earlier: PixelDigests | None = None) -> None:
        super().__init__()
        self._plan = plan
        self._earlier = earlier

    def work(self) -> PlanChecked:
        plan, workspace = self._plan, self._plan.job.workspace
        if workspace is None:
            raise TrainingError("The plan has no workspace: no picture of it is decoded.")
        store = PixelStore(Workspace(workspace).pixels_folder, plan.dataset)
        pixels = digest_pixels(store, earlier=self._earlier, cancelled=self.cancelled)
        return PlanChecked(plan, check_leaks(split_for(plan), pixels), pixels)


class ProbeWorker(Worker):
    """Has some steps of a plan timed in a process of its own; gives a ``Probed``.

    Args:
        plan: What is to be timed.
        command: What to start instead of the command line.
    """

    told = Signal(str)
    """What is being done, in words."""

    def __init__(self, plan: Plan, *, command: list[str] | None = None) -> None:
        super().__init__()
        self._plan = plan
        self._process = ProbeProcess(plan.job, command=command)

    def work(self) -> Probed:
        job = self._plan.job
        if wants_patch_split(job) and job.split is not None:
            save_split(split_for(self._plan), job.split)
        for event in self._process.events():
            match event:
                case Note(text=text):
                    self.told.emit(text)
                case Probed():
                    return event
                case Failed(message=message, hint=hint):
                    raise TrainingError(message, hint=hint)
                case Cancelled_():
                    raise Cancelled
        raise TrainingError("The probe ended without a result.")

    def cancel(self) -> None:
        """End the probe at once; nothing of it is kept."""
        super().cancel()
        self._process.kill()


@dataclass(frozen=True)
class SavedJob:
    """A job file that was saved.

    Attributes:
        path: The file.
        corrected: How many patches readers labelled in another way than they came; their labels
            go along.
    """

    path: Path
    corrected: int


class SaveJobWorker(Worker):
    """Writes the job of a plan, with what it needs elsewhere beside it; gives a ``SavedJob``.

    Args:
        plan: What is to be saved.
        path: The job file.
    """

    def __init__(self, plan: Plan, path: Path) -> None:
        super().__init__()
        self._plan = plan
        self._path = path

    def work(self) -> SavedJob:
        plan, labels = self._plan, _labels(self._plan)
        export_job(plan.job, self._path, dataset=plan.dataset, split=split_for(plan), labels=labels)
        changed = 0 if labels is None else labels.corrected + labels.left_out
        return SavedJob(self._path, changed)
