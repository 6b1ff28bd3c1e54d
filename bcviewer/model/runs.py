"""The runs of a workspace: what each training was, how far it came, how it ended.

Whatever is damaged in a run makes that run poorer, and never hides the others.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from bcviewer.dataset.split import PARTS
from bcviewer.errors import JobError, StorageError
from bcviewer.model.event_log import read_events
from bcviewer.model.events import (
    Cancelled_,
    EpochDone,
    Event,
    Failed,
    Finished,
    Prepared,
)
from bcviewer.model.folder import CARD, ModelFolder
from bcviewer.model.job import TrainingJob, read_job
from bcviewer.model.run_commands import is_busy
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_paths import run_name, run_paths
from bcviewer.model.runs_title import read_title
from bcviewer.storage import MOST_JSON_BYTES, parse_json, read_bounded

RunState = Literal["finished", "interrupted", "cancelled", "failed", "running"]

HARMED = "Its model is damaged or incomplete: make it again, or restore it from a copy."

STAMPED = re.compile(r"(\d{4}-\d\d-\d\d-\d{6})-(.+)")
"""The name of a run folder that the program chose: when, and what model."""


@dataclass(frozen=True)
class RunRecord:
    """A run as its folder tells it.

    Attributes:
        path: The run folder.
        name: The name that the user gave it, or that of its folder.
        title: The name that the user gave it; "" for none.
        started: When it started, in local time.
        job: What was asked for; None when it cannot be read.
        state: How it ended, or that it did not.
        epochs_done: Epochs with a validation.
        epochs: Epochs asked for; 0 when not known.
        split_title: How patients were split; "" when not known.
        device: What it computed on; "" when not known.
        patients: Patients of each part of the split, as far as known.
        best: Validation scores of the best epoch, at a threshold of 0.5; empty without any.
        best_epoch: That epoch, from 1; 0 without any.
        has_model: Whether there is a model to load.
        has_checkpoint: Whether there is something to resume from.
        message: Why it failed, or ended before its time with a model; "" otherwise.
        problem: Why its job cannot be read; "" otherwise.
    """

    path: Path
    name: str
    title: str
    started: datetime
    job: TrainingJob | None
    state: RunState
    epochs_done: int = 0
    epochs: int = 0
    split_title: str = ""
    device: str = ""
    patients: dict[str, int] = field(default_factory=dict)
    best: dict[str, float] = field(default_factory=dict)
    best_epoch: int = 0
    has_model: bool = False
    has_checkpoint: bool = False
    message: str = ""
    problem: str = ""

    @property
    def short_name(self) -> str:
        """The user's name, or the folder's without the date: "simple_cnn 17:04"."""
        stamped = STAMPED.fullmatch(self.name)
        if self.title or stamped is None:
            return self.name
        return f"{stamped[2]} {self.started:%H:%M}"

    @property
    def model_path(self) -> Path:
        """The model folder, of a run that has one."""
        return RunFolder(self.path).model_path

    @property
    def resumable(self) -> bool:
        """Whether it stopped before its end and left something to go on from."""
        stopped = self.state in ("interrupted", "cancelled", "failed")
        return stopped and self.has_checkpoint and self.job is not None and not self.has_model


def list_runs(folder: Path) -> list[RunRecord]:
    """The runs in a folder and folds, the newest first; none when there is no such folder."""
    try:
        paths = run_paths(folder)
    except OSError:
        return []
    records = [read_run(path) for path in paths]
    return sorted(records, key=lambda record: (record.started, record.path.name), reverse=True)


def read_run(path: Path) -> RunRecord:
    """What a run folder tells; what is missing or damaged in it stays empty."""
    run = RunFolder(path)
    job, problem = _read_job(run)
    events = read_events(run.events_path)
    history = read_history(path)
    prepared = next((event for event in reversed(events) if isinstance(event, Prepared)), None)
    ending = events[-1] if events else None
    split_title, patients = _split_of(run, prepared)
    last = history[-1] if history else None
    best = next((event for event in history if last and event.epoch == last.best_epoch), None)
    has_model = ModelFolder.seems_whole(run.model_path)
    harmed = not has_model and (run.model_path / CARD).is_file()
    title = read_title(path)
    return RunRecord(
        path=path,
        name=title or run_name(path),
        title=title,
        started=_started(run),
        job=job,
        state=_state(run, ending, has_model=has_model, harmed=harmed),
        epochs_done=len(history),
        epochs=job.epochs if job else (last.epochs if last else 0),
        split_title=split_title,
        device=prepared.device if prepared is not None else "",
        patients=patients,
        best=dict(best.validation) if best else {},
        best_epoch=best.epoch if best else 0,
        has_model=has_model,
        has_checkpoint=run.last_path.is_file() or run.before_last_path.is_file(),
        message=HARMED if harmed and isinstance(ending, Finished) else _message(ending),
        problem=problem,
    )


def read_history(path: Path) -> tuple[EpochDone, ...]:
    """The finished epochs of a run, in order; of an epoch that was told twice, the last telling.

    Lines that cannot be read (a torn last one) are passed over.
    """
    run = RunFolder(path)
    events = read_events(run.history_path) or read_events(run.events_path)
    epochs = {event.epoch: event for event in events if isinstance(event, EpochDone)}
    return tuple(epochs[epoch] for epoch in sorted(epochs))


def job_of_run(path: Path) -> TrainingJob | None:
    """The job of a run folder; None where it cannot be read."""
    return _read_job(RunFolder(path))[0]


def _read_job(run: RunFolder) -> tuple[TrainingJob | None, str]:
    try:
        return read_job(run.job_path), ""
    except JobError as error:
        return None, str(error)
    except (OSError, ValueError, OverflowError) as error:
        return None, f"{run.job_path} cannot be read: {error}."


def _split_of(run: RunFolder, prepared: Prepared | None) -> tuple[str, dict[str, int]]:
    """Title and patients of the split, as the run was told of it or as its file has it."""
    if prepared is not None:
        return prepared.split_title, dict(prepared.patients)
    try:
        content: dict[str, Any] = parse_json(read_bounded(run.split_path, most=MOST_JSON_BYTES))
        listed = content["patients"] or content["patches"]
        return str(content["title"]), {part: len(listed[part]) for part in PARTS}
    except (StorageError, ValueError, KeyError, TypeError):
        return "", {}


def _started(run: RunFolder) -> datetime:
    stamped = STAMPED.fullmatch(run.path.name)
    if stamped is not None:
        with suppress(ValueError):
            return datetime.strptime(stamped[1], "%Y-%m-%d-%H%M%S").astimezone()
    for path in (run.job_path, run.path):
        with suppress(OSError):
            return datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
    return datetime.fromtimestamp(0, UTC).astimezone()


def _message(ending: Event | None) -> str:
    if isinstance(ending, Failed):
        return f"{ending.message} {ending.hint}".strip()
    return ending.warning if isinstance(ending, Finished) else ""


def _state(run: RunFolder, ending: Event | None, *, has_model: bool, harmed: bool) -> RunState:
    if is_busy(run.path):
        return "running"
    if isinstance(ending, Cancelled_):
        return "cancelled"
    if isinstance(ending, Failed) or (isinstance(ending, Finished) and harmed):
        return "failed"
    return "finished" if has_model or isinstance(ending, Finished) else "interrupted"
