"""From a finished run to a new training that starts from its model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.gui import style
from bcviewer.gui.preferences import Preferences
from bcviewer.gui.session import Session
from bcviewer.gui.training_desk import TrainingDesk
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.model.runs import read_run
from tests.run_folders import write_run


@pytest.fixture
def desk(qtbot: QtBot, data_folder: Path) -> Iterator[TrainingDesk]:
    """The two tabs of training, with six small patients open."""
    dataset, workspace = open_dataset(data_folder)
    session, crew, window = Session(Preferences()), Crew(), QWidget()
    qtbot.addWidget(window)
    made = TrainingDesk(session, crew, tokens=style.light(), window=window)
    qtbot.addWidget(made.tabs)
    session.open_data(OpenedData(dataset, workspace, PixelStore(workspace.pixels_folder, dataset)))
    yield made
    made.close()
    crew.stop()


def test_the_form_gets_the_settings_and_the_model_of_the_run(
    desk: TrainingDesk, tmp_path: Path
) -> None:
    run = write_run(tmp_path / "good", (0.7,), card=True, batch_size=48, epochs=7)
    desk.tabs.setCurrentWidget(desk.runs_panel)
    desk.runs_panel.continue_requested.emit(read_run(run))
    assert desk.tabs.currentWidget() is desk.panel
    job = desk.panel.form.job(tmp_path / "data", tmp_path / "w", tmp_path / "next")
    assert (job.model, job.batch_size, job.epochs) == ("simple_cnn", 48, 7)
    assert job.weights == str(run / "model")
    assert not desk.runner.running, "it is set up, and the user starts it"


def test_a_run_without_a_model_is_told_where_it_was_asked_for(
    desk: TrainingDesk, tmp_path: Path
) -> None:
    run = write_run(tmp_path / "bad", (0.7,))
    desk.tabs.setCurrentWidget(desk.runs_panel)
    desk.runs_panel.continue_requested.emit(read_run(run))
    assert desk.tabs.currentWidget() is desk.runs_panel
    assert "made no model" in desk.runs_panel.controls.error.text()
