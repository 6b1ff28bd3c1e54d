"""Compare two trainings by their curves and their settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import WAIT_MS, Program
from tests.e2e.hands import click_row, click_tab, named, press
from tests.e2e.moments import open_folder, words_in
from tests.e2e.pictures import Pictures
from tests.run_folders import write_run

pytestmark = [pytest.mark.window, pytest.mark.timeout(300)]


def test_two_runs_are_compared_by_their_curves(
    program: Program, qtbot: QtBot, tissue: Path, pictures: Pictures
) -> None:
    window = program.start()
    open_folder(window, qtbot, tissue)
    data = window.session.data
    assert data is not None
    runs = data.workspace.runs_folder
    runs.mkdir(parents=True, exist_ok=True)
    write_run(runs / "2026-03-01-090000-simple_cnn", (0.62, 0.71, 0.76, 0.78), epochs=4)
    write_run(
        runs / "2026-03-02-173000-simple_cnn",
        (0.6, 0.74, 0.8, 0.79, 0.81),
        epochs=5,
        learning_rate=0.0005,
    )
    press("Ctrl+3")
    click_tab(window.training_tabs.tabBar(), "Runs")
    panel = window.runs_panel
    qtbot.waitUntil(lambda: panel.view.isVisible(), timeout=WAIT_MS)
    table = named(panel, QTableView, "Runs")
    assert table.model().rowCount() == 2
    click_row(table, 0, 1)
    click_row(table, 1, 1, keys=Qt.KeyboardModifier.ControlModifier)
    assert len(panel.chosen) == 2
    assert "2 runs are chosen." in words_in(panel)
    settings = named(panel, QTableView, "Settings of the chosen runs")
    qtbot.waitUntil(lambda: "0.0005" in _cells(settings), timeout=WAIT_MS)
    pictures.take("two-runs")


def _cells(table: QTableView) -> str:
    model = table.model()
    places = [(row, c) for row in range(model.rowCount()) for c in range(model.columnCount())]
    return " ".join(str(model.index(*place).data()) for place in places)
