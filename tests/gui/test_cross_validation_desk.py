"""Cross-validation from the window: begun with the recipe of the form, and followed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from bcviewer.gui.cross_validation_desk import NO_DATA
from bcviewer.gui.main_window import MainWindow
from bcviewer.model.cross_validation import FoldState, open_cross_validation
from bcviewer.model.runs import list_runs
from tests.gui.conftest import WAIT_MS

REPOSITORY = Path(__file__).parents[2]
ALL_FOLDS = """
import sys
from pathlib import Path
from bcviewer.model.cross_validation import open_cross_validation
from bcviewer.model.cross_validation_run import FoldsTraining
runs = Path(sys.argv[1])
cross = open_cross_validation(next(path for path in runs.iterdir() if path.is_dir()))
command = lambda run: [sys.executable, "-m", "tests.fold_program", str(run.path), "0.3"]
assert FoldsTraining(cross, tell=lambda fold, event: None, command=command).run() is None
"""


def test_the_recipe_of_the_form_is_cross_validated_in_the_background(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (3, True))
    assert opened.session.data is not None
    runs = opened.session.data.workspace.runs_folder
    models: list[str] = []
    opened.trainings.model_ready.connect(models.append)
    desk = opened.cross_validation
    desk.command = [sys.executable, "-c", ALL_FOLDS, str(runs)]
    with qtbot.waitSignals([desk.said, opened.trainings.attached], timeout=WAIT_MS):
        desk.action.trigger()
    (folder,) = runs.iterdir()
    cross = open_cross_validation(folder)
    assert cross.settings.folds == 3
    assert cross.settings.job.model == opened.training_panel.form.job(folder, folder, folder).model
    qtbot.waitUntil(lambda: cross.state(3) is FoldState.DONE, timeout=60_000)
    qtbot.waitUntil(lambda: not opened.trainings.running, timeout=WAIT_MS)
    assert {run.state for run in list_runs(runs)} == {"finished"}
    assert models == [], "the model of a fold took the place of the one in use"


def test_without_data_it_says_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.cross_validation.said) as said:
        window.cross_validation.action.trigger()
    assert said.args == [NO_DATA]


def test_too_many_folds_are_told_in_the_panel(opened: MainWindow, qtbot: QtBot) -> None:
    opened.cross_validation.start(7)
    notices = opened.training_panel.notices
    qtbot.waitUntil(lambda: not notices.isHidden(), timeout=WAIT_MS)
    assert opened.session.data is not None
    assert list_runs(opened.session.data.workspace.runs_folder) == []
