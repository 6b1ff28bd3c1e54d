"""A start in the moment in which the last training goes: nobody has to wait or click twice."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from bcviewer.gui import training_runner
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.training_runner import TrainingRunner
from bcviewer.gui.workers.training_worker import TrainingWorker
from bcviewer.model.events import Cancelled_, Prepared
from bcviewer.model.job import TrainingJob
from tests.gui.conftest import WAIT_MS
from tests.gui.test_training_worker import FAKE, REPOSITORY


class Impatient(QObject):
    """Starts the next training as soon as it hears that one was cancelled."""

    def __init__(self, runner: TrainingRunner, following: list[TrainingJob]) -> None:
        super().__init__()
        self.runner, self.following = runner, following
        self.kinds: list[type] = []
        runner.event_received.connect(self._hear)

    @Slot(object)
    def _hear(self, event: object) -> None:
        self.kinds.append(type(event))
        if isinstance(event, Cancelled_) and self.following:
            self.runner.start(self.following.pop())


@pytest.fixture
def runner(opened: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[TrainingRunner]:
    """A runner whose trainings wait for words."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))

    def obedient(path: Path, parent: QObject) -> TrainingWorker:
        return TrainingWorker(path, parent, command=[sys.executable, str(FAKE), "obedient"])

    monkeypatch.setattr(training_runner, "TrainingWorker", obedient)
    made = TrainingRunner(opened.session, opened.crew)
    yield made
    made.close()


def job_of(window: MainWindow, name: str) -> TrainingJob:
    data = window.session.data
    assert data is not None
    workspace = data.workspace
    return TrainingJob.model_validate(
        {
            "model": "simple_cnn",
            "folder": data.dataset.root,
            "workspace": workspace.folder,
            "run": workspace.runs_folder / name,
        }
    )


def test_a_start_in_the_moment_of_the_end_is_not_lost(
    runner: TrainingRunner, opened: MainWindow, qtbot: QtBot
) -> None:
    second = job_of(opened, "second")
    heard = Impatient(runner, [second])
    runner.start(job_of(opened, "first"))
    qtbot.waitUntil(lambda: Prepared in heard.kinds, timeout=WAIT_MS)
    runner.cancel()
    qtbot.waitUntil(lambda: heard.kinds.count(Prepared) == 2, timeout=WAIT_MS)
    assert runner.run == second.run
    assert runner.running_here


def test_a_cancel_takes_back_a_start_that_waits(
    runner: TrainingRunner, opened: MainWindow, qtbot: QtBot
) -> None:
    second = job_of(opened, "second")
    heard = Impatient(runner, [second])
    runner.start(job_of(opened, "first"))
    qtbot.waitUntil(lambda: Prepared in heard.kinds, timeout=WAIT_MS)
    runner.cancel()
    qtbot.waitUntil(lambda: Cancelled_ in heard.kinds, timeout=WAIT_MS)
    assert not heard.following
    runner.cancel()
    assert heard.kinds.count(Cancelled_) == 2
    qtbot.waitUntil(lambda: not runner._busy(), timeout=WAIT_MS)
    assert heard.kinds.count(Prepared) == 1
    assert not second.run.exists()
