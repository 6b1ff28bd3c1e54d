"""Compare two models on the same patches, and two runs by their curves."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import WAIT_MS, Program
from tests.e2e.hands import button, choose, click, click_row, click_tab, named, press
from tests.e2e.moments import open_folder, row_looked_at, words_in
from tests.e2e.pictures import Pictures
from tests.run_folders import write_run

pytestmark = [pytest.mark.window, pytest.mark.timeout(300)]


def test_two_models_are_compared_down_to_the_patch(
    program: Program, qtbot: QtBot, tissue: Path, pictures: Pictures
) -> None:
    window = program.start()
    open_folder(window, qtbot, tissue)
    session, view = window.session, window.comparing.view
    press("Ctrl+4")
    click_tab(window.evaluation.tabs.tabBar(), "Compare")
    qtbot.waitUntil(lambda: view.head.first.count() >= 2, timeout=WAIT_MS)
    pictures.take("before")
    choose(view.head.first, "mobilenetv2")
    choose(view.head.second, "simple_cnn")
    choose(view.head.whom, "all patients")
    click(button(view.head, "Compare"))
    qtbot.waitUntil(lambda: window.comparing.comparison is not None, timeout=3 * WAIT_MS)
    found = window.comparing.comparison
    assert found is not None
    apart = len(found.compared.disagreement)
    assert apart > 0
    assert f"They disagree on {apart:,} patches" in words_in(view)
    pictures.take("scores-and-disagreements")

    # A click on a line shows the patch in its tissue.
    click_row(view.patch_view, 0)
    row = view.patches.row_of_data(0)
    qtbot.waitUntil(lambda: row_looked_at(window) == row, timeout=WAIT_MS)

    # And the change from one to the other stands on the slide.
    click(button(view, "Show on the slide"))
    qtbot.waitUntil(lambda: session.layers.change, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: session.slide_change() is not None, timeout=WAIT_MS)
    assert "→" in window.slide_pane.view.corners.legend.accessibleDescription()
    pictures.take("change-on-the-slide")


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
        runs / "2026-03-02-090000-simple_cnn",
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
