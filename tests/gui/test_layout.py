"""The places of the window's parts, at a first start and after a restart."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QSettings, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QTabBar
from pytestqt.qtbot import QtBot

from bcviewer.gui import style
from bcviewer.gui.app import make_window
from bcviewer.gui.layout import LEFT_WIDTH, RIGHT_WIDTH, _first_size
from bcviewer.gui.layouts import LAYOUTS
from bcviewer.gui.main_window import MainWindow
from bcviewer.storage import user_folder
from tests.gui.windows import dispose


def shown_window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    window = make_window(qapp, None)
    window.show()
    qtbot.waitExposed(window)
    return window


def tab_rows(window: MainWindow) -> list[list[str]]:
    """The rows of tabs that docks have for sharing a place, as far as they are drawn."""
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return sorted(
        [bar.tabText(tab) for tab in range(bar.count())]
        for bar in bars
        if bar.isVisible() and bar.count() > 1
    )


def test_docks_have_their_sizes_at_a_first_start(window: MainWindow) -> None:
    widths = {dock.windowTitle(): dock.width() for dock in window.docks}
    assert abs(widths["Patients"] - LEFT_WIDTH) <= 8
    assert abs(widths["Model"] - RIGHT_WIDTH) <= 8


def test_a_first_start_leaves_the_slide_most_of_the_window(window: MainWindow) -> None:
    there = {dock.objectName() for dock in window.docks if not dock.isHidden()}
    assert there == set(LAYOUTS[0].shown)
    assert tab_rows(window) == [["Model", "Labels"]]
    assert window.starting.stack.height() > 0.75 * window.height()


def test_a_dock_that_scrolls_is_as_wide_as_what_is_in_it(window: MainWindow) -> None:
    for dock in window.docks:
        area = dock.widget()
        if isinstance(area, QScrollArea):
            content = area.widget()
            assert content is not None
            inside, bar = content.minimumSizeHint(), area.verticalScrollBar().sizeHint()
            assert area.minimumSizeHint().width() >= inside.width() + bar.width()


def test_the_buttons_of_docks_are_seen_in_every_scheme(
    window: MainWindow, qapp: QApplication
) -> None:
    dock = window.docks[0]
    close = dock.findChild(QAbstractButton, "qt_dockwidget_closebutton")
    assert isinstance(close, QAbstractButton)
    for tokens in (style.dark(), style.light()):
        style.apply(qapp, tokens)
        dock.setFloating(True)
        dock.setFloating(False)
        close.grab()  # Qt's own icon is found out when it would be painted
        picture = close.grab().toImage()
        inks = {
            picture.pixelColor(x, y).name()
            for x in range(picture.width())
            for y in range(picture.height())
        }
        assert max(style.contrast(ink, tokens.window) for ink in inks) >= 7


@pytest.mark.parametrize(
    ("screen", "size"),
    [
        (QSize(1920, 1080), QSize(1440, 900)),
        (QSize(1280, 800), QSize(1280, 768)),
        (QSize(1366, 768), QSize(1366, 736)),
        (QSize(800, 600), QSize(1440, 900)),
    ],
)
def test_a_first_window_fits_its_screen_where_the_screen_is_of_use(
    screen: QSize, size: QSize
) -> None:
    assert _first_size(screen) == size


def test_what_the_user_closes_and_opens_is_remembered(qapp: QApplication, qtbot: QtBot) -> None:
    first = shown_window(qapp, qtbot)
    by_name = {dock.objectName(): dock for dock in first.docks}
    by_name["Patch"].hide()
    by_name["Review"].show()
    dispose(first)
    second = shown_window(qapp, qtbot)
    hidden = {dock.objectName() for dock in second.docks if dock.isHidden()}
    assert hidden == {"Patch", "Training", "Evaluation"}
    dispose(second)


@pytest.mark.parametrize("kept", [b"", b"rubbish", b"\x00\x00\x00\xff" + bytes(40)])
def test_an_arrangement_that_cannot_be_read_is_as_a_first_start(
    qapp: QApplication, qtbot: QtBot, kept: bytes
) -> None:
    settings = QSettings(str(user_folder() / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("state", QByteArray(kept))
    settings.sync()
    window = shown_window(qapp, qtbot)
    assert {dock.objectName() for dock in window.docks if not dock.isHidden()} == set(
        LAYOUTS[0].shown
    )
    dispose(window)


RIGHT, BELOW = ["Model", "Labels"], ["Training", "Review", "Evaluation"]


@pytest.mark.parametrize(
    ("layout", "closed", "rows"),
    [
        (0, (), [RIGHT]),
        (2, (), [RIGHT, BELOW]),
        (2, ("Evaluation",), [RIGHT, BELOW[:2]]),
        (3, ("Training", "Review"), [RIGHT]),
    ],
)
def test_tabs_of_docks_are_drawn_once_whatever_the_last_window_left(
    qapp: QApplication,
    qtbot: QtBot,
    layout: int,
    closed: tuple[str, ...],
    rows: list[list[str]],
) -> None:
    first = shown_window(qapp, qtbot)
    first.layouts.apply(LAYOUTS[layout])
    for dock in first.docks:
        if dock.objectName() in closed:
            dock.toggleViewAction().trigger()
    qtbot.waitUntil(lambda: tab_rows(first) == rows)
    dispose(first)
    for _ in range(2):
        again = shown_window(qapp, qtbot)
        assert tab_rows(again) == rows
        dispose(again)


def test_tabs_come_and_go_with_the_docks_of_a_window_that_was_restored(
    qapp: QApplication, qtbot: QtBot
) -> None:
    first = shown_window(qapp, qtbot)
    dispose(first)
    again = shown_window(qapp, qtbot)
    again.layouts.apply(LAYOUTS[2])
    qtbot.waitUntil(lambda: tab_rows(again) == [RIGHT, BELOW])
    again.layouts.apply(LAYOUTS[0])
    qtbot.waitUntil(lambda: tab_rows(again) == [RIGHT])
    dispose(again)
