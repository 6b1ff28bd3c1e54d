"""What can be done to a run: another name, into the trash, and a job that goes on from it."""

from __future__ import annotations

from pathlib import Path

from bcviewer.errors import JobError, ModelError, StorageError
from bcviewer.model.card import read_card
from bcviewer.model.folder import CARD
from bcviewer.model.job import TrainingJob, make_job
from bcviewer.model.run_commands import is_busy
from bcviewer.model.runs import RunRecord, read_run
from bcviewer.model.runs_title import TITLE, check_name
from bcviewer.model.runs_trash import TrashedRun, gone, move_to_trash
from bcviewer.storage import write_text

KEPT_OF_A_HEAD = {"folder", "workspace", "run", "model", "alpha", "weights", "seed"}
"""What the job of a retrained head says of its data and its network."""


def rename_run(record: RunRecord, name: str) -> RunRecord:
    """Give a run another name; its folder keeps its own.

    Raises:
        StorageError: The name cannot be used, or cannot be kept.
    """
    chosen = name.strip()
    check_name(chosen)
    if not record.path.is_dir():
        raise gone(record.path)
    write_text(record.path / TITLE, chosen + "\n")
    return read_run(record.path)


def delete_run(record: RunRecord) -> TrashedRun:
    """Move a run into the trash beside it, from where it can be restored.

    Raises:
        StorageError: It is running, or cannot be moved.
    """
    if is_busy(record.path):
        raise still_running(record)
    return move_to_trash(record)


def still_running(record: RunRecord) -> StorageError:
    """The error of a run that cannot be deleted yet."""
    return StorageError(
        f"The run {record.name} is still running.", hint="Cancel it first, then delete it."
    )


def continued_job(record: RunRecord, run: Path) -> TrainingJob:
    """The job of a new run that starts from a finished run's model, with its settings.

    Of a retrained head the settings of a training are the usual ones: its own are those of one
    pass over kept features, by which a training would hardly learn. The split is that of the
    model by itself, unless the finished run was given a file that is still there.

    Args:
        record: The finished run.
        run: The folder of the new one.

    Raises:
        JobError: It has made no model, or its job cannot be read.
    """
    if record.job is None or not record.has_model:
        raise JobError(
            f"The run {record.name} cannot be continued: "
            + (record.problem or "it has made no model."),
            hint="Choose a run that is finished.",
        )
    job, split = record.job, record.job.split
    if _is_of_a_head(record):
        job = make_job(job.model_dump(include=KEPT_OF_A_HEAD))
    return job.model_copy(
        update={
            "weights": str(record.model_path),
            "run": run,
            "split": split if split is not None and split.is_file() else None,
        }
    )


def _is_of_a_head(record: RunRecord) -> bool:
    try:
        return bool(read_card(record.model_path / CARD).head_of)
    except ModelError:  # whoever trains on from it is told
        return False
