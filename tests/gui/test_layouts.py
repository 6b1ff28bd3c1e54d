"""The layouts: the docks of a kind of work, on keys, kept between starts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar
from pytestqt.qtbot import QtBot

from bcviewer.gui.app import make_window
from bcviewer.gui.layouts import HOMES, LAYOUTS
from bcviewer.gui.main_window import MainWindow
from tests.gui.windows import dispose

CTRL = Qt.KeyboardModifier.ControlModifier
KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)


def there(window: MainWindow) -> set[str]:
    return {dock.objectName() for dock in window.docks if not dock.isHidden()}


def in_front(window: MainWindow) -> set[str]:
    """The titles of the tabs that stand before others."""
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return {bar.tabText(bar.currentIndex()) for bar in bars if bar.isVisible() and bar.count()}


def test_every_dock_has_a_home(window: MainWindow) -> None:
    assert {dock.objectName() for dock in window.docks} == set(HOMES)


def test_the_keys_bring_the_layouts(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    for key, layout in zip(KEYS, LAYOUTS, strict=True):
        QTest.keyClick(window, key, CTRL)
        assert there(window) == set(layout.shown)
        wanted = set(layout.front)
        qtbot.waitUntil(lambda: in_front(window) == wanted)  # noqa: B023  (waited for here)


@pytest.mark.parametrize(
    ("name", "least"), [("&Browsing", 480), ("&Annotating", 480), ("&Training", 300)]
)
def test_the_slide_keeps_a_useful_height_in_a_small_window(
    opened: MainWindow, qtbot: QtBot, name: str, least: int
) -> None:
    opened.resize(1280, 800)
    layout = next(each for each in LAYOUTS if each.name == name)
    opened.layouts.apply(layout)
    qtbot.waitUntil(lambda: opened.slide_pane.view.height() >= least, timeout=3000)
    assert opened.width() == 1280
    assert opened.height() == 800
    assert opened.slide_pane.view.width() >= 500


def test_a_layout_brings_docks_back_from_elsewhere(window: MainWindow, qtbot: QtBot) -> None:
    patients, training = window.docks[0], window.docks[3]
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, patients)
    training.setFloating(True)
    window.layouts.apply(LAYOUTS[2])
    assert window.dockWidgetArea(patients) == Qt.DockWidgetArea.LeftDockWidgetArea
    assert not training.isFloating()


def test_a_layout_ends_the_slide_alone(window: MainWindow) -> None:
    window.actions_.slide_only.setChecked(True)
    window.layouts.apply(LAYOUTS[0])
    assert not window.actions_.slide_only.isChecked()
    assert window.menuBar().isVisible()
    assert there(window) == set(LAYOUTS[0].shown)


def test_a_layout_is_there_again_after_a_restart(qapp: QApplication, qtbot: QtBot) -> None:
    first = make_window(qapp, None)
    first.show()
    qtbot.waitExposed(first)
    first.layouts.apply(LAYOUTS[0])
    dispose(first)
    second = make_window(qapp, None)
    second.show()
    qtbot.waitExposed(second)
    assert there(second) == set(LAYOUTS[0].shown)
    dispose(second)
