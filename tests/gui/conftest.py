"""A window of the program on small data, without a screen."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.gui.app import make_window
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.workers import training_worker
from bcviewer.model.commands import Command
from bcviewer.model.run_commands import live_runs, send_command
from bcviewer.model.training_process import TrainingProcess
from tests import background_run
from tests.gui.windows import dispose

WAIT_MS = 20_000
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window, shown, with nothing open."""
    shown = make_window(qapp, None)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    dispose(shown)


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot, data_folder: Path) -> MainWindow:
    """The window with six small patients open and the first on screen."""
    window.opener.open(data_folder)
    qtbot.waitUntil(lambda: window.session.slide is not None, timeout=WAIT_MS)
    return window


@pytest.fixture
def cheap_trainings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window starts trainings that need no TensorFlow."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))

    class Cheap(TrainingProcess):
        def __init__(self, job_path: Path, **settings: object) -> None:
            command = [sys.executable, str(background_run.__file__), str(job_path.parent)]
            super().__init__(job_path, resume=bool(settings["resume"]), command=command)

    monkeypatch.setattr(training_worker, "TrainingProcess", Cheap)


@pytest.fixture
def windows_go_in_their_own_thread(qapp: QApplication) -> Iterator[None]:
    """A window that the garbage collector found in a worker's thread would end the program."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


@pytest.fixture
def runs(opened: MainWindow, qtbot: QtBot) -> Iterator[Path]:
    """The runs of the open data set; what trains there is ended after the test."""
    assert opened.session.data is not None
    folder = opened.session.data.workspace.runs_folder
    yield folder
    for run in live_runs(folder):
        send_command(run, Command.CANCEL)
    qtbot.waitUntil(lambda: not live_runs(folder), timeout=WAIT_MS)
    # A window that thinks it trains would ask before it closes.
    qtbot.waitUntil(lambda: not opened.trainings.running, timeout=WAIT_MS)
