"""A probe runs real steps, tells what they take, and leaves nothing behind."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest

from bcviewer.cli.train_display import TrainDisplay
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.split import split_by_patient, split_from_lists
from bcviewer.dataset.split_file import save_split
from bcviewer.errors import Cancelled, JobError, ModelError
from bcviewer.model.commands import Command, QueuedCommands
from bcviewer.model.events import Event, Note, Probed
from bcviewer.model.forecast import forecast
from bcviewer.model.job import TrainingJob
from bcviewer.model.keras_backend.feed import Feed
from bcviewer.model.keras_backend.probe import run_probe
from bcviewer.model.probe_child import serve_probe
from tests.model.conftest import tiny_job


def probe(job: TrainingJob) -> tuple[Probed, list[Event]]:
    events: list[Event] = []
    return run_probe(job, emit=events.append, commands=QueuedCommands()), events


@pytest.mark.usefixtures("data_folder")
def test_it_tells_time_and_memory_and_keeps_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = set((tmp_path / "data").rglob("*"))
    job = tiny_job(tmp_path, epochs=3, steps_per_epoch=None)
    found, events = probe(job)
    assert events[-1] == found
    assert all(isinstance(event, Note) for event in events[:-1])
    assert not job.run.exists()
    assert set((tmp_path / "data").rglob("*")) == before
    assert not any("checkpoint" in path.name for path in (tmp_path / "workspace").rglob("*"))
    dataset, _ = open_dataset(job.folder, workspace=job.workspace)
    split = split_by_patient(dataset, seed=job.seed)
    assert found.patches == {p: len(split.rows(p)) for p in ("train", "validation", "test")}
    assert found.patients == {p: len(split.patients(p)) for p in ("train", "validation", "test")}
    assert found.steps_per_epoch == -(-found.patches["train"] // job.batch_size)
    assert 0 < found.step_seconds < found.first_step_seconds
    assert found.patches_per_second == pytest.approx(job.batch_size / found.step_seconds)
    assert found.epoch_seconds > found.steps_per_epoch * found.step_seconds
    assert found.training_seconds > 3 * found.epoch_seconds
    assert found.memory > 100e6
    assert found.weights == "random"
    assert any("uncertain" in text for text in found.warnings)
    with TrainDisplay() as display:
        display.show(found)
    said = capsys.readouterr().out
    assert "for 3 epochs" in said
    assert "patches/s" in said


def test_the_weights_told_are_those_of_the_training(data_folder: Path, tmp_path: Path) -> None:
    job = tiny_job(tmp_path)
    dataset, _ = open_dataset(data_folder, workspace=tmp_path / "workspace")
    split = split_by_patient(dataset, seed=job.seed)
    rows = split.rows("train")
    labels = dataset.labels[rows]

    class NoPixels:
        def gather(self, rows: Any) -> Any:
            return np.zeros((len(rows), 50, 50, 3), np.uint8)

    feed = Feed(
        NoPixels(),
        rows,
        labels=labels,
        batch_size=len(rows),
        seed=0,
        augmentation=False,
        class_weights=True,
    )
    _, given, weights = feed.batch(0)
    expected = forecast(job, split).class_weights
    for label in (0, 1):
        assert weights[given[:, 0] == label] == pytest.approx(expected[label])


@pytest.mark.usefixtures("data_folder")
def test_it_never_downloads_and_says_what_the_training_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("the probe must not ask the network for anything")

    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(urllib.request, "urlopen", refused)
    job = tiny_job(tmp_path, model="mobilenetv2", alpha=0.35, fine_tune=False, batch_size=4)
    found, _ = probe(job)
    assert found.weights == "ImageNet, about 2 MB to download"


@pytest.mark.usefixtures("data_folder")
def test_start_weights_that_cannot_be_used_are_told_before_the_training(tmp_path: Path) -> None:
    job = tiny_job(tmp_path, model="mobilenetv2", alpha=0.35, weights=str(tmp_path / "gone.h5"))
    with pytest.raises(ModelError, match="gone.h5"):
        probe(job)


def test_a_job_that_cannot_be_trained_is_refused_at_once(data_folder: Path, tmp_path: Path) -> None:
    dataset, _ = open_dataset(data_folder, workspace=tmp_path / "workspace")
    split = split_from_lists(dataset, train=["p00"], validation=[], test=["p01"])
    save_split(split, tmp_path / "split.json")
    with pytest.raises(JobError, match="validation part"):
        probe(tiny_job(tmp_path, split=tmp_path / "split.json"))


@pytest.mark.usefixtures("data_folder")
def test_it_stops_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    commands = QueuedCommands()

    def tell(event: Event) -> None:
        if event == Note("Timing some steps."):
            commands.put(Command.CANCEL)

    with pytest.raises(Cancelled):
        run_probe(tiny_job(tmp_path), emit=tell, commands=commands)
    commands.put(Command.CANCEL)
    assert serve_probe(tiny_job(tmp_path), sys.stdout, commands=commands) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"event": "cancelled"}
    assert serve_probe(tmp_path / "gone.json", sys.stdout, commands=commands) == 1
    assert json.loads(capsys.readouterr().out)["event"] == "failed"
