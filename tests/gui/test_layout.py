"""The places of the window's parts, at a first start and after a restart."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabBar
from pytestqt.qtbot import QtBot

from bcviewer.gui.app import make_window
from bcviewer.gui.layout import LEFT_WIDTH, RIGHT_WIDTH
from bcviewer.gui.main_window import MainWindow


def tab_rows(window: MainWindow) -> list[list[str]]:
    """The rows of tabs that docks have for sharing a place, as far as they are drawn."""
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return sorted(
        [bar.tabText(tab) for tab in range(bar.count())] for bar in bars if bar.isVisible()
    )


def test_docks_have_their_sizes_at_a_first_start(window: MainWindow) -> None:
    widths = {dock.windowTitle(): dock.width() for dock in window.docks}
    assert abs(widths["Patients"] - LEFT_WIDTH) <= 8
    assert abs(widths["Model"] - RIGHT_WIDTH) <= 8


def test_tabs_of_docks_are_drawn_once_whatever_the_last_window_left(
    qapp: QApplication, qtbot: QtBot
) -> None:
    for _ in range(3):
        shown = make_window(qapp, None)
        shown.show()
        qtbot.waitExposed(shown)
        assert tab_rows(shown) == [["Model", "Labels"], ["Training", "Review", "Evaluation"]]
        shown.close()
        shown.deleteLater()
