"""Train three epochs in a process of its own: pause, go on, finish early, and find the run."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QTableView
from pytestqt.qtbot import QtBot

from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.models.run_table import EPOCHS, STATE
from bcviewer.gui.widgets.form_number import NumberField
from bcviewer.gui.widgets.training_controls import Phase
from tests.e2e.conftest import WAIT_MS, Program
from tests.e2e.hands import button, choose, click, click_tab, named, press, tab_to, write
from tests.e2e.moments import open_folder, words_in
from tests.e2e.pictures import Pictures
from tests.factories import small_dataset

pytestmark = [pytest.mark.window, pytest.mark.timeout(600)]

TRAINING_MS = 200_000
WANTED = {"Epochs": "4", "Steps an epoch": "12", "Batch size": "16"}


def test_a_training_is_paused_goes_on_and_ends_with_its_best_epoch(
    program: Program, qtbot: QtBot, tmp_path: Path, pictures: Pictures
) -> None:
    folder = small_dataset(tmp_path / "data", patients=10, columns=8, rows=6)
    window = program.start()
    open_folder(window, qtbot, folder)
    press("Ctrl+3")
    fill_in(window)
    panel = window.training_panel
    qtbot.waitUntil(lambda: "patients" in words_in(panel.summary), timeout=WAIT_MS)
    pictures.take("before-the-start")
    click(button(panel, "Start training"))

    def epochs() -> int:
        return len(panel.curves._epochs)

    # Pause after the first epoch: nothing goes on until the same button is pressed again.
    qtbot.waitUntil(lambda: epochs() >= 1, timeout=TRAINING_MS)
    click(button(panel, "Pause"))
    qtbot.waitUntil(lambda: panel.controls.phase is Phase.PAUSED, timeout=WAIT_MS)
    done = epochs()
    pictures.take("paused")
    qtbot.wait(700)
    assert epochs() == done
    click(button(panel, "Go on"))
    qtbot.waitUntil(lambda: epochs() >= 3, timeout=TRAINING_MS)
    click(button(panel, "Finish and keep best"))
    before = window.session.model
    qtbot.waitUntil(lambda: panel.controls.phase is Phase.IDLE, timeout=TRAINING_MS)
    qtbot.waitUntil(lambda: window.session.model is not before, timeout=TRAINING_MS)
    assert 3 <= epochs() <= 4
    qtbot.waitUntil(lambda: window.session.slide_predictions() is not None, timeout=WAIT_MS)
    pictures.take("finished")

    # It is a run among others, with its curves, and its model is in use.
    click_tab(window.training_tabs.tabBar(), "Runs")
    qtbot.waitUntil(lambda: window.runs_panel.view.isVisible(), timeout=WAIT_MS)
    table = named(window.runs_panel, QTableView, "Runs")
    assert table.model().rowCount() == 1
    assert table.model().index(0, STATE).data() == "finished"
    assert str(table.model().index(0, EPOCHS).data()).startswith(str(epochs()))
    assert button(window.runs_panel, "Load model").isEnabled()
    model = window.session.model
    assert model is not None
    assert not model.bundled
    pictures.take("runs")


def fill_in(window: MainWindow) -> None:
    """The form as a user fills it in: a list opened with the mouse, numbers typed, Tab to the next.

    The form is higher than its place: it scrolls to the field that gets the keyboard.
    """
    form = window.training_panel.form
    choose(named(form, QComboBox, "Model"), "Simple CNN")
    for name, figure in WANTED.items():
        field = named(form, NumberField, name)
        tab_to(lambda focused, field=field: focused is field)  # type: ignore[misc]
        press("Ctrl+A")
        write(figure)
        press("Return")
        assert field.value() == int(figure)
