"""The folder of one training: job, log, curve, checkpoint and, at its end, the model."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bcviewer.errors import JobError
from bcviewer.model.job import TrainingJob, write_job
from bcviewer.model.run_lock import LOCK, is_running, running_now


@dataclass(frozen=True)
class RunFolder:
    """Where a training keeps what."""

    path: Path

    @property
    def job_path(self) -> Path:
        """The job, as it was started."""
        return self.path / "job.json"

    @property
    def log_path(self) -> Path:
        """What the training process said beside its events."""
        return self.path / "log.txt"

    @property
    def history_path(self) -> Path:
        """The curve: an event a line, for each epoch that is done."""
        return self.path / "history.jsonl"

    @property
    def events_path(self) -> Path:
        """What was told: an event a line, but for steps."""
        return self.path / "events.jsonl"

    @property
    def steps_path(self) -> Path:
        """The losses of single steps: an event a line, for each epoch that is done."""
        return self.path / "steps.jsonl"

    @property
    def lock_path(self) -> Path:
        """Locked while a training runs in this folder."""
        return self.path / LOCK

    @property
    def live_path(self) -> Path:
        """What is there only while it trains: commands for it, and its latest step."""
        return self.path / "live"

    @property
    def names_at_start(self) -> frozenset[str]:
        """Of what may lie there before it is known who is trained on: job, logs and lock."""
        paths = (self.job_path, self.log_path, self.events_path, self.lock_path, self.live_path)
        return frozenset(path.name for path in paths)

    @property
    def split_path(self) -> Path:
        """The split that was trained on."""
        return self.path / "split.json"

    @property
    def labels_path(self) -> Path:
        """The labels that it began with, where they are not those that came with the data."""
        return self.path / "labels.npz"

    @property
    def last_path(self) -> Path:
        """The best weights, and all that is needed to go on after the last finished epoch."""
        return self.path / "checkpoints" / "last.checkpoint"

    @property
    def before_last_path(self) -> Path:
        """The same after the epoch before, should the last be damaged."""
        return self.path / "checkpoints" / "before_last.checkpoint"

    @property
    def model_path(self) -> Path:
        """The model folder."""
        return self.path / "model"


def sweep(run: RunFolder) -> None:
    """Remove the halves of files that a kill left in a run folder; nobody may train in it.

    Large checkpoints that were killed again and again would fill the disk.
    """
    for folder in (run.path, run.last_path.parent):
        for half in folder.glob(".*.part"):
            with suppress(OSError):
                shutil.rmtree(half) if half.is_dir() else half.unlink()


def make_run_folder(path: Path) -> None:
    """Make the folder of a run that begins here and now, and of no other.

    Two windows may begin a run in the same second, and so with the same name.

    Raises:
        JobError: Another run began there, or the folder cannot be made.
    """
    lock = RunFolder(path).lock_path
    try:
        path.mkdir(parents=True, exist_ok=True)
        found = {entry.name for entry in path.iterdir()}
        if found and lock.name not in found:
            return  # what is no run is left as it is
        # Whoever makes the file of the lock has the folder: the system lets only one do so.
        lock.open("x").close()
    except FileExistsError:
        raise JobError(
            f"A run has begun in {path} already.",
            hint="Start it again, in a folder of its own.",
        ) from None
    except OSError as error:
        raise _cannot_make(path, error) from error


def claim_run_folder(job: TrainingJob, *, begun_here: bool = False) -> RunFolder:
    """Make the folder of a run and put the job into it.

    The process that starts a training may have put the job and an open log there already; a
    training that ended before it learned anything may have left its events.

    Args:
        job: The job.
        begun_here: Whether no other process began the run: then one that has a job is another.

    Raises:
        JobError: The folder lies in the data folder, holds something, cannot be made, or is in use.
        StorageError: The job cannot be written.
    """
    run = RunFolder(job.run.expanduser().absolute())
    _check_apart(run.path, job.folder)
    if begun_here:
        make_run_folder(run.path)
    try:
        run.path.mkdir(parents=True, exist_ok=True)
        found = {entry.name for entry in run.path.iterdir()}
        others = sorted(found - run.names_at_start)
    except OSError as error:
        raise _cannot_make(run.path, error) from error
    if is_running(run.path):
        raise running_now(run.path)
    if others:
        raise JobError(
            f"The run folder {run.path} is not empty: it holds {others[0]}.",
            hint="Choose a new folder for each run.",
        )
    write_job(run.job_path, job)
    return run


def _cannot_make(path: Path, error: OSError) -> JobError:
    return JobError(
        f"The run folder {path} cannot be made: {error.strerror or error}.",
        hint="Choose a folder that you may write to.",
    )


def _check_apart(run: Path, data: Path) -> None:
    root = data.expanduser().resolve()
    resolved = run.resolve()
    if resolved == root or root in resolved.parents:
        raise JobError(
            f"The run folder {run} lies in the data folder, which is never written to.",
            hint="Choose a folder outside of it.",
        )
