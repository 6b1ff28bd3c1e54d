"""A training that died leaves a model: of its best epoch, at a click in the list of runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bcviewer.gui import training_runner
from bcviewer.gui.layouts import LAYOUTS
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.training_desk import TrainingDesk
from bcviewer.gui.workers.training_worker import TrainingWorker
from bcviewer.model.events import Failed, Finished
from bcviewer.model.training_process import TrainingProcess
from tests.gui.conftest import WAIT_MS
from tests.gui.test_training_worker import FAKE, REPOSITORY
from tests.run_folders import prepared, write_run

WIDE = 1600
LOST = "The loss is no number any more at step 2 of epoch 3."


def show_runs(window: MainWindow) -> TrainingDesk:
    """Have the list of runs on screen, with room for its words."""
    window.resize(WIDE, 900)
    desk = window.training_desk
    window.layouts.apply(next(each for each in LAYOUTS if "Training" in each.front))
    desk.tabs.setCurrentWidget(desk.runs_panel)
    desk.runs_panel.refresh()
    return desk


def test_a_click_makes_the_model_of_the_best_epoch(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    asked: list[dict[str, Any]] = []

    def worker(path: Path, parent: QObject, **settings: Any) -> TrainingWorker:
        asked.append({"run": path.parent, **settings})
        command = [sys.executable, str(FAKE), "whole"]
        return TrainingWorker(path, parent, command=command, **settings)

    monkeypatch.setattr(training_runner, "TrainingWorker", worker)
    data = opened.session.data
    assert data is not None
    run = data.workspace.runs_folder / "2026-01-01-100000-simple_cnn"
    write_run(
        run,
        (0.7, 0.9, 0.8),
        events=(prepared(), Failed(LOST)),
        folder=data.dataset.root,
        workspace=data.workspace.folder,
    )
    desk = show_runs(opened)
    controls = desk.runs_panel.controls
    qtbot.waitUntil(controls.make.isVisible, timeout=WAIT_MS)
    with qtbot.waitSignal(desk.runner.model_ready, timeout=WAIT_MS):
        QTest.mouseClick(controls.make, Qt.MouseButton.LeftButton)
    assert desk.tabs.currentWidget() is desk.panel
    (settings,) = asked
    assert settings["run"] == run
    assert settings["resume"]
    assert settings["only_best"]
    shown = desk.panel.settings
    assert shown.title.text() == "Settings of 2026-01-01-100000-simple_cnn"
    assert shown.of_run is not None, "it went on with its own settings, not with the form's"
    assert shown.of_run.model_name == "simple_cnn" != desk.panel.form.model_name
    assert desk.panel.form.isVisible()
    assert "--best" in TrainingProcess(run / "job.json", resume=True, only_best=True)._command


def test_a_run_whose_loss_was_lost_says_so_beside_its_best_epoch(
    opened: MainWindow, qtbot: QtBot
) -> None:
    data = opened.session.data
    assert data is not None
    run = data.workspace.runs_folder / "2026-01-01-100000-simple_cnn"
    finished = Finished(run / "model", 2, {"loss": 0.3}, 60.0, True, warning=LOST)
    write_run(run, (0.7, 0.9), events=(prepared(), finished), card=True)
    desk = show_runs(opened)
    words = desk.runs_panel.controls.words
    qtbot.waitUntil(lambda: LOST in words.text(), timeout=WAIT_MS)
    assert words.text().startswith("Best epoch 2")
    desk.panel.begin()
    desk.panel.handle_event(prepared())
    desk.panel.handle_event(finished)
    assert desk.panel.notices.text == LOST
