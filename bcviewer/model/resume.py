"""Looking whether a run can be resumed, before TensorFlow is loaded for it."""

from __future__ import annotations

from pathlib import Path

from bcviewer.errors import JobError
from bcviewer.model.folder import CARD
from bcviewer.model.job import TrainingJob, read_job
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_lock import is_running, running_now


def resumable_job(path: Path) -> TrainingJob:
    """The job of a run that stopped before its end.

    Args:
        path: The run folder; it may have been moved since.

    Raises:
        JobError: It is no run folder, is finished, is running, or has no checkpoint.
    """
    run = RunFolder(path.expanduser().absolute())
    if not run.job_path.is_file():
        raise JobError(
            f"{run.path} is not the folder of a run: it has no {run.job_path.name}.",
            hint="Give the folder that the training was told to write to.",
        )
    job = read_job(run.job_path).model_copy(update={"run": run.path})
    if is_running(run.path):
        raise running_now(run.path)
    if (run.model_path / CARD).is_file():
        raise JobError(
            f"The run {run.path} is finished: its model is in {run.model_path}.",
            hint="Start a new run to train on.",
        )
    if not run.last_path.is_file() and not run.before_last_path.is_file():
        raise JobError(
            f"The run {run.path} has no checkpoint: it stopped before its first epoch was done.",
            hint="Start it anew, in a new folder.",
        )
    return job
