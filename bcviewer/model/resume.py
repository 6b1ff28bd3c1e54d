"""Looking whether a run can be resumed, before TensorFlow is loaded for it."""

from __future__ import annotations

from pathlib import Path

from bcviewer.errors import JobError, ModelError
from bcviewer.model.folder import CARD, ModelFolder
from bcviewer.model.job import TrainingJob, read_job
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_lock import is_running, running_now


def resumable_job(
    path: Path, *, folder: Path | None = None, workspace: Path | None = None
) -> TrainingJob:
    """The job of a run that stopped before its end, with the places of today.

    A split file that is gone is replaced by the run's own copy, and a workspace that is gone by
    the one that the run lies in now: both move with a drive. Whether data and split are still the
    same is looked at when it goes on.

    Args:
        path: The run folder; it may have been moved since.
        folder: Where the data folder is now; None for where it was.
        workspace: Where the workspace is now; None for where it was.

    Raises:
        JobError: It is no run folder, is finished with a model that is whole, is running, or has no
            checkpoint.
    """
    run = RunFolder(path.expanduser().absolute())
    if not run.job_path.is_file():
        raise JobError(
            f"{run.path} is not the folder of a run: it has no {run.job_path.name}.",
            hint="Give the folder that the training was told to write to.",
        )
    begun = read_job(run.job_path)
    if is_running(run.path):
        raise running_now(run.path)
    if _has_model(run):
        raise JobError(
            f"The run {run.path} is finished: its model is in {run.model_path}.",
            hint="Start a new run to train on.",
        )
    if not run.last_path.is_file() and not run.before_last_path.is_file():
        if (run.model_path / CARD).is_file():
            raise JobError(
                f"The model of the run {run.path} is damaged, and there is no checkpoint to make "
                "it again of.",
                hint="Restore the run from a copy, or train anew.",
            )
        raise JobError(
            f"The run {run.path} has no checkpoint: it stopped before its first epoch was done.",
            hint="Start it anew, in a new folder.",
        )
    return begun.model_copy(
        update={
            "run": run.path,
            "folder": folder.expanduser().absolute() if folder else begun.folder,
            "workspace": _workspace_now(begun, run, workspace),
            "split": _split_now(begun, run),
        }
    )


def _has_model(run: RunFolder) -> bool:
    """Whether there is its model, and whole: a damaged one can be made again."""
    if not (run.model_path / CARD).is_file():
        return False
    try:
        ModelFolder.open(run.model_path)
    except ModelError:
        return False
    return True


def _workspace_now(begun: TrainingJob, run: RunFolder, chosen: Path | None) -> Path | None:
    before = begun.workspace
    if chosen is not None:
        return chosen.expanduser().absolute()
    if before is None or before.is_dir() or not begun.run.is_relative_to(before):
        return before
    within = begun.run.relative_to(before)
    now = run.path.parts
    moved = Path(*now[: len(now) - len(within.parts)])
    return moved if moved / within == run.path else before


def _split_now(begun: TrainingJob, run: RunFolder) -> Path | None:
    gone = begun.split is not None and not begun.split.exists()
    return run.split_path if gone and run.split_path.is_file() else begun.split
