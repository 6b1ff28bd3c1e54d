"""What a user does: keys to what has the keyboard, the mouse to what is under the pointer.

Nothing here calls the program. An event goes to a window of the screen, as from the system, and Qt
finds the widget; a click on what is hidden, covered or grey fails as it would under a hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMainWindow,
    QTabBar,
    QWidget,
)

Kind = TypeVar("Kind", bound=QWidget)

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
ASK_MS = 50
PATIENCE = 200
"""How often a dialog is looked for, and so how long it may take: ten seconds."""


def press(*keys: str) -> None:
    """Press keys one after the other, such as "Ctrl+O" or "Right"."""
    for each in keys:
        combination = QKeySequence.fromString(each)[0]  # type: ignore[index]
        QTest.keyClick(_front(), combination.key(), combination.keyboardModifiers())


def write(text: str) -> None:
    """Type a text into what has the keyboard."""
    focused = QApplication.focusWidget()
    assert focused is not None, "nothing has the keyboard"
    QTest.keyClicks(focused, text)


def click(
    widget: QWidget,
    at: QPoint | None = None,
    *,
    keys: Qt.KeyboardModifier = PLAIN,
    button: Qt.MouseButton = LEFT,
) -> None:
    """Click a widget in its middle, or at a point of it."""
    window, point = _place(widget, at)
    assert widget.isEnabled(), f"{name_of(widget)} is grey"
    _activate(widget)
    QTest.mouseClick(window, button, keys, point)


def point_at(widget: QWidget, at: QPoint | None = None) -> None:
    """Move the pointer over a widget."""
    window, point = _place(widget, at)
    QTest.mouseMove(window, point - QPoint(2, 2))
    QTest.mouseMove(window, point)


def drag(
    widget: QWidget, start: QPoint, end: QPoint, *, button: Qt.MouseButton = LEFT, steps: int = 6
) -> None:
    """Press a button over a widget, move, and let go."""
    window, first = _place(widget, start)
    way = end - start
    QTest.mousePress(window, button, PLAIN, first)
    for step in range(1, steps + 1):
        QTest.mouseMove(window, first + way * (step / steps))
    QTest.mouseRelease(window, button, PLAIN, first + way)


def turn_wheel(widget: QWidget, notches: int, at: QPoint | None = None) -> None:
    """Turn the wheel over a widget; away from the user for a positive number."""
    window, point = _place(widget, at)
    QTest.wheelEvent(window, point, QPoint(0, 120 * notches))


def click_row(
    view: QAbstractItemView, row: int, column: int = 0, *, keys: Qt.KeyboardModifier = PLAIN
) -> None:
    """Click a cell of a table or a line of a list."""
    place = view.visualRect(view.model().index(row, column, view.rootIndex()))
    click(view.viewport(), place.center(), keys=keys)


def click_tab(bar: QTabBar, text: str) -> None:
    """Click a tab by its words."""
    number = next(n for n in range(bar.count()) if bar.tabText(n) == text)
    click(bar, bar.tabRect(number).center())


def choose(box: QComboBox, text: str) -> None:
    """Open a box with the mouse and walk to an entry that begins with a text."""
    click(box)
    wanted = next(n for n in range(box.count()) if box.itemText(n).startswith(text))
    QTest.qWait(ASK_MS)
    while box.view().currentIndex().row() != wanted:
        press("Down" if box.view().currentIndex().row() < wanted else "Up")
    press("Return")


def choose_by_keys(box: QComboBox, text: str) -> None:
    """Walk through the entries of a box that has the keyboard."""
    assert box.hasFocus(), f"{name_of(box)} has not the keyboard"
    wanted = next(n for n in range(box.count()) if box.itemText(n).startswith(text))
    while box.currentIndex() != wanted:
        press("Down" if box.currentIndex() < wanted else "Up")


def tab_to(found: Callable[[QWidget], bool], *, most: int = 120, back: bool = False) -> QWidget:
    """Press Tab until what has the keyboard is the wanted one; returns it."""
    for _ in range(most):
        focused = QApplication.focusWidget()
        if focused is not None and found(focused):
            return focused
        press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"not reached with {most} tabs")


def button(parent: QWidget, words: str) -> QAbstractButton:
    """The button in sight with these words."""
    found = [
        each
        for each in parent.findChildren(QAbstractButton)
        if each.isVisible() and re.match(words, name_of(each))
    ]
    assert found, f"no button says {words}"
    return found[0]


def named(parent: QWidget, kind: type[Kind], words: str) -> Kind:
    """What is in sight of a kind whose accessible name begins with these words."""
    found = [
        each
        for each in parent.findChildren(kind)
        if each.isVisible() and each.accessibleName().casefold().startswith(words.casefold())
    ]
    assert found, f"no {kind.__name__} is called {words}"
    return found[0]


def name_of(widget: QWidget) -> str:
    """What a user calls a widget."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return text.replace("&", "") or widget.accessibleName() or type(widget).__name__


class Answer(QObject):
    """Types a path into the file dialog that comes next, and presses Return.

    Its dialog waits in a loop of its own, so the answer is prepared before the question is asked.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._left = PATIENCE
        self.given = False
        self._timer = QTimer(self, interval=ASK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        self._left -= 1
        if not isinstance(dialog, QFileDialog):
            if self.given or self._left <= 0:
                self._timer.stop()
        elif self.given:  # a list of completions may have taken the first Return
            press("Return")
        elif self._left <= 0:
            dialog.reject()
        elif isinstance(dialog.focusWidget(), QLineEdit) and dialog.isActiveWindow():
            self.given = True
            press("Ctrl+A")
            write(str(self._path))


def _front() -> QWindow:
    """The window that has the keyboard; Qt hands its keys on to a list or menu that is open."""
    if QGuiApplication.focusWindow() is None:
        there = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        dialogs = [each for each in there if isinstance(each, QDialog)]
        left = next(iter([*dialogs, *(each for each in there if isinstance(each, QMainWindow))]))
        _activate(left)
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window has the keyboard"
    return window


def _activate(widget: QWidget) -> None:
    """Do what a window manager does, which Xvfb lacks: the keyboard follows clicks and closings."""
    window = widget.window()
    if not window.isActiveWindow() and QApplication.activePopupWidget() is None:
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window), f"{name_of(window)} does not get the keyboard"


def _place(widget: QWidget, at: QPoint | None) -> tuple[QWindow, QPoint]:
    """The window of a widget and a point in it, where the widget is in sight."""
    assert widget.isVisible(), f"{name_of(widget)} is not in sight"
    whole = widget.mapToGlobal(widget.rect().center() if at is None else at)
    under = QApplication.widgetAt(whole)
    hit = under is not None and (under is widget or widget.isAncestorOf(under))
    assert hit, f"{name_of(widget)} is covered by {under and name_of(under)}"
    window = widget.window().windowHandle()
    assert window is not None
    return window, window.mapFromGlobal(whole)
