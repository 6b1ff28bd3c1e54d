"""The worker of a training: every event told, every word passed on, exactly one ending."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.split_file import load_split
from bcviewer.errors import TrainingError
from bcviewer.gui.workers.training_worker import TrainingWorker, patch_split_path
from bcviewer.model.events import Cancelled_, Ending, Failed, Finished, Paused, Prepared, Resumed
from bcviewer.model.job import TrainingJob, write_job

FAKE = Path(__file__).with_name("fake_training.py")
REPOSITORY = Path(__file__).parents[2]
WAIT_MS = 20_000

Start = Callable[..., "Heard"]


class Heard(QObject):
    """Writes down what a worker tells, and in which thread it was told."""

    def __init__(self, worker: TrainingWorker) -> None:
        super().__init__()
        self.worker = worker
        self.events: list[object] = []
        self.endings: list[tuple[str, object]] = []
        self.threads: set[QThread] = set()
        worker.event_received.connect(self._event)
        worker.succeeded.connect(self._succeeded)
        worker.failed.connect(self._failed)
        worker.stopped.connect(self._stopped)

    @Slot(object)
    def _event(self, event: object) -> None:
        self.threads.add(QThread.currentThread())
        self.events.append(event)

    @Slot(object)
    def _succeeded(self, result: object) -> None:
        self.endings.append(("succeeded", result))

    @Slot(object)
    def _failed(self, error: object) -> None:
        self.endings.append(("failed", error))

    @Slot()
    def _stopped(self) -> None:
        self.endings.append(("stopped", None))

    def kinds(self) -> list[type]:
        return [type(event) for event in self.events]


@pytest.fixture
def start(
    data_folder: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Start]:
    """Starts a worker on a fake training of some behaviour."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    began: list[Heard] = []

    def start_one(behaviour: str, *, grace: float = 5.0, **settings: object) -> Heard:
        workspace = tmp_path / "workspace"
        chosen = {"folder": data_folder, "workspace": workspace, "run": workspace / "runs" / "one"}
        job = TrainingJob.model_validate({"model": "simple_cnn", **chosen, **settings})
        path = job.run / "job.json"
        write_job(path, job)
        command = [sys.executable, str(FAKE), behaviour]
        heard = Heard(TrainingWorker(path, command=command, grace=grace))
        began.append(heard)
        heard.worker.start()
        return heard

    yield start_one
    for heard in began:
        heard.worker.cancel()
        assert heard.worker.wait(WAIT_MS)


def wait_for(qtbot: QtBot, heard: Heard, kind: type) -> None:
    qtbot.waitUntil(lambda: kind in heard.kinds(), timeout=WAIT_MS)


def wait_for_end(qtbot: QtBot, heard: Heard) -> tuple[str, object]:
    """The ending; looks whether there is one only, in words and in events."""
    qtbot.waitUntil(lambda: bool(heard.endings), timeout=WAIT_MS)
    assert heard.worker.wait(WAIT_MS)
    qtbot.wait(20)
    assert len(heard.endings) == 1
    assert [isinstance(event, Ending) for event in heard.events].count(True) == 1
    assert isinstance(heard.events[-1], Ending)
    return heard.endings[0]


def test_a_whole_training_is_told_in_the_thread_of_the_window(start: Start, qtbot: QtBot) -> None:
    heard = start("whole")
    word, result = wait_for_end(qtbot, heard)
    assert word == "succeeded"
    assert isinstance(result, Finished)
    assert len(heard.events) == 4
    assert heard.threads == {heard.thread()}


def test_words_reach_the_training(start: Start, qtbot: QtBot) -> None:
    heard = start("obedient")
    wait_for(qtbot, heard, Prepared)
    heard.worker.pause()
    wait_for(qtbot, heard, Paused)
    heard.worker.resume()
    wait_for(qtbot, heard, Resumed)
    heard.worker.finish()
    word, result = wait_for_end(qtbot, heard)
    assert word == "succeeded"
    assert isinstance(result, Finished)
    assert result.stopped_early


def test_a_cancelled_training_stops(start: Start, qtbot: QtBot) -> None:
    heard = start("obedient")
    wait_for(qtbot, heard, Prepared)
    heard.worker.cancel()
    assert wait_for_end(qtbot, heard) == ("stopped", None)
    assert heard.kinds()[-1] is Cancelled_


def test_a_training_that_does_not_listen_is_killed_in_the_end(start: Start, qtbot: QtBot) -> None:
    heard = start("deaf", grace=0.3)
    wait_for(qtbot, heard, Prepared)
    began = time.monotonic()
    heard.worker.cancel()
    heard.worker.cancel()
    assert wait_for_end(qtbot, heard) == ("stopped", None)
    assert 0.3 <= time.monotonic() - began < 10


def test_a_cancel_before_the_process_is_there_is_not_lost(start: Start, qtbot: QtBot) -> None:
    heard = start("deaf", grace=0.1)
    heard.worker.cancel()
    assert wait_for_end(qtbot, heard) == ("stopped", None)


def test_words_after_the_end_do_nothing(start: Start, qtbot: QtBot) -> None:
    heard = start("whole")
    wait_for_end(qtbot, heard)
    for say in (heard.worker.pause, heard.worker.resume, heard.worker.finish, heard.worker.cancel):
        say()
    assert len(heard.endings) == 1


def test_a_failure_keeps_its_words(start: Start, qtbot: QtBot) -> None:
    word, error = wait_for_end(qtbot, start("broken"))
    assert word == "failed"
    assert isinstance(error, TrainingError)
    assert (error.message, error.hint) == ("The data is gone.", "Open it again.")


def test_a_crash_is_a_failure_with_words(start: Start, qtbot: QtBot) -> None:
    heard = start("crashing")
    word, error = wait_for_end(qtbot, heard)
    assert word == "failed"
    assert "signal" in str(error) or "exit code" in str(error)
    assert isinstance(heard.events[-1], Failed)


def test_what_cannot_start_fails_with_an_event_too(
    start: Start, qtbot: QtBot, data_folder: Path
) -> None:
    """A run folder in the data folder is refused before any process is there."""
    heard = start("whole", run=data_folder / "run")
    word, error = wait_for_end(qtbot, heard)
    assert word == "failed"
    assert "never written to" in str(error)
    assert heard.kinds() == [Failed]


def test_a_patch_wise_split_is_written_before_the_training(
    start: Start, qtbot: QtBot, data_folder: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "workspace"
    heard = start("whole", split=patch_split_path(workspace, 4), seed=4)
    assert wait_for_end(qtbot, heard)[0] == "succeeded"
    dataset, _ = open_dataset(data_folder, workspace=workspace)
    split = load_split(patch_split_path(workspace, 4), dataset)
    assert split.title == "patch-wise (optimistic)"
    assert (split.part_of >= 0).all()


def test_a_split_of_the_users_is_left_alone(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    mine = tmp_path / "mine.json"
    mine.write_text("untouched")
    wait_for_end(qtbot, start("whole", split=mine))
    assert mine.read_text() == "untouched"
