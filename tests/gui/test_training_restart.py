"""A start in the moment in which the last training goes: nobody has to wait or click twice."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

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
from tests.run_folders import write_run


class Impatient(QObject):
    """Begins the next training as soon as it hears that one was cancelled."""

    def __init__(self, runner: TrainingRunner, following: Callable[[], None]) -> None:
        super().__init__()
        self.following: Callable[[], None] | None = following
        self.kinds: list[type] = []
        runner.event_received.connect(self._hear)

    @Slot(object)
    def _hear(self, event: object) -> None:
        self.kinds.append(type(event))
        following = self.following
        if isinstance(event, Cancelled_) and following is not None:
            self.following = None
            following()


@pytest.fixture
def runner(opened: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[TrainingRunner]:
    """A runner whose trainings wait for words."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))

    def obedient(path: Path, parent: QObject, **settings: Any) -> TrainingWorker:
        command = [sys.executable, str(FAKE), "obedient"]
        return TrainingWorker(path, parent, command=command, **settings)

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


@pytest.mark.parametrize("how", ["start", "resume"])
def test_what_begins_in_the_moment_of_the_end_is_not_lost(
    runner: TrainingRunner, opened: MainWindow, qtbot: QtBot, how: str
) -> None:
    second = job_of(opened, "second")
    if how == "resume":
        write_run(second.run, (0.7,), folder=second.folder, workspace=second.workspace)
        begin = partial(runner.resume_run, second.run)
    else:
        begin = partial(runner.start, second)
    heard = Impatient(runner, begin)
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
    waited = []

    def think_better_of_it() -> None:
        """In the same moment: later the first training may be gone, and the second one begun."""
        runner.start(second)
        waited.append(runner.running)
        runner.cancel()

    heard = Impatient(runner, think_better_of_it)
    runner.start(job_of(opened, "first"))
    qtbot.waitUntil(lambda: Prepared in heard.kinds, timeout=WAIT_MS)
    runner.cancel()
    qtbot.waitUntil(lambda: heard.kinds.count(Cancelled_) == 2, timeout=WAIT_MS)
    assert waited == [True]
    qtbot.waitUntil(lambda: not runner._busy(), timeout=WAIT_MS)
    assert heard.kinds.count(Prepared) == 1
    assert not second.run.exists()
