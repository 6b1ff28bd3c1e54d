"""Open a folder, walk its patients, look around on a slide, and come back to it tomorrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from bcviewer.gui.main_window import MainWindow
from tests.e2e.conftest import WAIT_MS, Program
from tests.e2e.hands import Answer, button, click, click_row, drag, named, press, turn_wheel
from tests.e2e.moments import await_heatmap
from tests.e2e.pictures import Pictures

pytestmark = [pytest.mark.window, pytest.mark.timeout(300)]


def test_a_folder_is_opened_and_looked_around_in(
    program: Program, qtbot: QtBot, tissue: Path, pictures: Pictures
) -> None:
    window = program.start()
    session, view = window.session, window.slide_pane.view

    def shows(patient: str) -> bool:
        return session.slide_is_shown and session.patient == patient

    # The start page says what to do first; the folder is typed into the dialog of its button.
    pictures.take("start-page")
    answer = Answer(tissue)
    click(button(window.starting.page, "Open folder"))
    assert answer.given
    qtbot.waitUntil(lambda: shows("demo01"), timeout=WAIT_MS)
    await_heatmap(window, qtbot)
    pictures.take("opened")

    # From patient to patient: with the mouse in the table, and with keys wherever the eyes are.
    table = named(window, QTableView, "Patients")
    click_row(table, 2, 1)
    qtbot.waitUntil(lambda: shows("demo03"), timeout=WAIT_MS)
    press("PgUp")
    qtbot.waitUntil(lambda: shows("demo02"), timeout=WAIT_MS)
    await_heatmap(window, qtbot)
    assert table.currentIndex().row() == 1

    # The wheel zooms at the pointer; what is under it stays there.
    middle = view.viewport().rect().center()
    spot = middle + QPoint(120, 60)
    under = view.mapToScene(spot)
    fitted = view.zoom
    turn_wheel(view.viewport(), 6, spot)
    assert view.zoom > 2 * fitted
    moved = view.mapToScene(spot) - under
    assert abs(moved.x()) + abs(moved.y()) <= 4 / view.zoom
    overview = view.corners.overview
    assert overview.isVisible(), "more of the slide than is in view: the overview shows where"

    # The hand pulls the slide along; a click into the overview goes there.
    before = view.seen
    drag(view.viewport(), middle, middle - QPoint(150, 90))
    assert view.seen.center().x() > before.center().x()
    assert view.seen.center().y() > before.center().y()
    click(overview, QPoint(12, 12))
    assert view.seen.center().x() < before.center().x()
    pictures.take("zoomed-with-overview")
    click(view.viewport(), middle)
    assert session.patch >= 0
    press("Ctrl+0")
    assert not overview.isVisible()
    assert view.zoom == pytest.approx(fitted)

    # A way to look that is chosen today is there tomorrow.
    press("Ctrl+1", "Ctrl+B")
    palette, docks = session.layers.palette, _docks_in_sight(window)
    press("F11")
    assert not window.menuBar().isVisible()
    pictures.take("slide-only")
    press("F11")
    program.quit()

    again = program.start()
    assert _docks_in_sight(again) == docks
    pictures.take("started-again")
    recent = again.starting.page.recent
    click_row(recent, 0)
    qtbot.waitUntil(lambda: again.session.slide_is_shown, timeout=WAIT_MS)
    assert again.session.dataset is not None
    assert again.session.dataset.root == tissue
    await_heatmap(again, qtbot)
    assert again.session.layers.palette == palette
    pictures.take("opened-again")


def _docks_in_sight(window: MainWindow) -> set[str]:
    return {dock.objectName() for dock in window.docks if not dock.isHidden()}
