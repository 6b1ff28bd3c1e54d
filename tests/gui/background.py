"""Trainings without TensorFlow, in a window and in the background, for the tests of both."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.close_question import ANSWERS, CloseQuestion
from bcviewer.gui.widgets.training_controls import Phase
from bcviewer.model.job import TrainingJob, write_job
from bcviewer.model.run_commands import is_live, latest_step
from bcviewer.model.run_folder import RunFolder
from tests import background_run
from tests.gui.conftest import WAIT_MS

KEEP, FINISH, CANCEL = (text for text, _ in ANSWERS.values())


def until(true: Callable[[], object]) -> None:
    ends = time.monotonic() + WAIT_MS / 1000
    while not true():
        assert time.monotonic() < ends, "it did not come to pass"
        time.sleep(0.02)


def a_job(window: MainWindow, name: str) -> TrainingJob:
    data = window.session.data
    assert data is not None
    run = data.workspace.runs_folder / name
    chosen = {"folder": data.dataset.root, "workspace": data.workspace.folder, "run": run}
    return TrainingJob.model_validate({"model": "simple_cnn", **chosen})


def train_here(window: MainWindow, qtbot: QtBot) -> Path:
    """Start a training in the window; comes back when it trains."""
    job = a_job(window, "one")
    window.training_panel.begin()
    window.trainings.start(job)
    qtbot.waitUntil(lambda: phase(window) is Phase.RUNNING, timeout=WAIT_MS)
    until(lambda: latest_step(job.run))
    return job.run


def train_elsewhere(
    window: MainWindow, name: str = "other", seconds: float = 120.0
) -> subprocess.Popen[bytes]:
    """Start a training that no window has to do with; comes back when it trains."""
    job = a_job(window, name)
    write_job(RunFolder(job.run).job_path, job)
    program = [sys.executable, str(background_run.__file__), str(job.run), str(seconds)]
    process = subprocess.Popen(
        program, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )
    until(lambda: latest_step(job.run))
    return process


def phase(window: MainWindow) -> Phase:
    return window.training_panel.controls.phase


def is_over(run: Path) -> bool:
    return not is_live(run)


def answer(text: str) -> None:
    """Click an answer of the question as soon as it is there."""

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, CloseQuestion)
        next(b for b in box.findChildren(QPushButton) if b.text() == text).click()

    QTimer.singleShot(300, click)
