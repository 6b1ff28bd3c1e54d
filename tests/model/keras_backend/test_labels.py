"""A training learns from the labels that readers left, and a resume from those it began with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.annotation.reading import EffectiveLabels, load_snapshot
from bcviewer.annotation.state import LabelState
from bcviewer.dataset.opening import open_dataset
from bcviewer.errors import JobError, StorageError
from bcviewer.model.card import read_card
from bcviewer.model.commands import Command, QueuedCommands
from bcviewer.model.events import Cancelled_, EpochDone, Event, Finished, Note
from bcviewer.model.folder import CARD
from bcviewer.model.job import TrainingJob, read_job
from bcviewer.model.job_export import export_job
from bcviewer.model.keras_backend.controls import Controls
from bcviewer.model.keras_backend.material import Material, open_material
from bcviewer.model.keras_backend.training import resume_run, run_job
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.training_split import split_of
from tests.model.conftest import tiny_job


def opened(job: TrainingJob, events: list[Event]) -> Material:
    controls = Controls(QueuedCommands(), events.append)
    return open_material(job, controls=controls, emit=events.append)


def say(job: TrainingJob, rows: np.ndarray, label: Label) -> LabelState:
    """Label some patches in the workspace of a job."""
    dataset, workspace = open_dataset(job.folder, workspace=job.workspace)
    book = LabelBook(workspace.labels_path, dataset, reader="Ann")
    book.label(rows, label)
    book.close()
    return book.state


def test_corrected_labels_are_learned_and_what_has_none_is_left_out(
    data_folder: Path, tmp_path: Path
) -> None:
    job = tiny_job(tmp_path)
    plain = opened(job, [])
    assert plain.labels.fingerprint == ""
    unsure, other = plain.train[:3], np.sort(plain.train[3:5])
    excluded = plain.validation[:2]
    say(job, unsure, Label.UNSURE)
    say(job, excluded, Label.EXCLUDED)
    new = Label(1 - int(plain.dataset.labels[other[0]]))
    state = say(job, other, new)
    events: list[Event] = []
    material = opened(job, events)
    assert set(plain.train) - set(material.train) == set(unsure)
    assert set(plain.validation) - set(material.validation) == set(excluded)
    assert (material.labels.labels[other] == new).all()
    assert material.labels.fingerprint == state.fingerprint
    assert material.basis.labels == state.fingerprint
    (note,) = [event.text for event in events if isinstance(event, Note)]
    assert "5 patches that are unsure or excluded are left out" in note
    assert not any("cannot be read" in text for text in material.warnings)


def test_labels_that_came_with_a_job_go_before_those_of_the_workspace(
    data_folder: Path, tmp_path: Path
) -> None:
    job = tiny_job(tmp_path)
    dataset, _ = open_dataset(job.folder, workspace=job.workspace)
    say(job, np.array([1, 2]), Label.UNSURE)
    here, other = opened(job, []).labels, dataset.labels.copy()
    other[3] = -1
    labels = EffectiveLabels.of(dataset, other)
    split = split_of(job, dataset)
    export_job(job, tmp_path / "sent" / "job.json", dataset=dataset, split=split, labels=labels)
    sent = read_job(tmp_path / "sent" / "job.json")
    found = opened(sent.model_copy(update={"workspace": job.workspace}), []).labels
    assert found.fingerprint == labels.fingerprint != here.fingerprint


def test_labels_that_leave_one_class_are_nothing_to_learn(
    data_folder: Path, tmp_path: Path
) -> None:
    job = tiny_job(tmp_path)
    dataset, _ = open_dataset(job.folder, workspace=job.workspace)
    say(job, np.flatnonzero(dataset.labels == 1), Label.EXCLUDED)
    with pytest.raises(JobError, match="one class"):
        opened(job, [])


def test_a_damaged_log_stops_the_training_before_it_starts(
    data_folder: Path, tmp_path: Path
) -> None:
    job = tiny_job(tmp_path)
    _, workspace = open_dataset(job.folder, workspace=job.workspace)
    workspace.labels_path.write_bytes(b"no database at all" * 100)
    with pytest.raises(StorageError, match="damaged"):
        opened(job, [])


def test_a_resume_goes_on_with_the_labels_it_began_with(data_folder: Path, tmp_path: Path) -> None:
    job = tiny_job(tmp_path)
    began_with = say(job, np.array([1, 2, 3]), Label.UNSURE)
    commands = QueuedCommands()

    def hear(event: Event) -> None:
        if isinstance(event, EpochDone):
            commands.put(Command.CANCEL)

    assert run_job(job, emit=hear, commands=commands) == Cancelled_()
    run = RunFolder(job.run)
    kept = load_snapshot(run.labels_path, began_with.dataset)
    assert kept.fingerprint == began_with.fingerprint
    say(job, np.array([4, 5]), Label.EXCLUDED)
    events: list[Event] = []
    resume_run(run.path, emit=events.append, commands=QueuedCommands())
    assert isinstance(events[-1], Finished)
    card = read_card(run.model_path / CARD)
    assert card.labels == began_with.fingerprint
    assert (card.labels_corrected, card.labels_left_out) == (0, 3)


def test_a_run_that_lost_its_labels_is_not_resumed(data_folder: Path, tmp_path: Path) -> None:
    job = tiny_job(tmp_path)
    dataset, _ = open_dataset(job.folder, workspace=job.workspace)
    other = opened(job, []).train[:1]
    say(job, other, Label(1 - int(dataset.labels[other[0]])))
    commands = QueuedCommands()

    def hear(event: Event) -> None:
        if isinstance(event, EpochDone):
            commands.put(Command.CANCEL)

    run_job(job, emit=hear, commands=commands)
    RunFolder(job.run).labels_path.unlink()
    with pytest.raises(JobError, match="set of labels has changed"):
        resume_run(job.run, emit=lambda event: None, commands=QueuedCommands())
