"""Walking a window with the Tab key: what it comes to, and how that looks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QHeaderView,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QToolBar,
    QToolButton,
    QWidget,
)

from bcviewer.gui.focus_order import give_keyboard, in_sight

OPERATED = (
    *(QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox),
    *(QLineEdit, QPlainTextEdit, QTabBar, QTextEdit),
)
MOST = 200
EDGE = 4
"""A focus shows within so many pixels of the border of what has it, inside or outside."""


def walk(window: QWidget, *, back: bool = False) -> list[QWidget]:
    """Press Tab until it comes round; returns all that had the keyboard on the way."""
    stops: list[QWidget] = []
    for _ in range(MOST):
        QTest.keyClick(window, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None, "the keyboard is nowhere"
        if stops and focused is stops[0]:
            return stops
        assert focused not in stops, f"Tab goes round without an end at {told(focused)}"
        stops.append(focused)
    raise AssertionError(f"more than {MOST} stops")


def operated(window: QWidget) -> Iterator[QWidget]:
    """What a mouse could operate now: in sight, not grey, and no part of another control."""
    for kind in OPERATED:
        for widget in window.findChildren(kind):
            if widget.isEnabled() and in_sight(widget) and not _is_part(widget):
                yield widget


def reached(widget: QWidget, stops: list[QWidget]) -> bool:
    """Whether keys come to a widget: by Tab, by arrows from its neighbour, or as a command."""
    if widget in stops or widget.focusProxy() in stops:
        return True
    if isinstance(widget, QAbstractButton):
        group = widget.group()
        if group is not None and group.exclusive() and set(group.buttons()) & set(stops):
            return True
        if isinstance(widget, QToolButton) and above(widget, QToolBar) is not None:
            return widget.defaultAction() is not None  # every action stands in a menu
    # The docks' tabs: each dock has its command in the menu of views.
    return isinstance(widget, QTabBar) and isinstance(widget.parentWidget(), QMainWindow)


def shows_focus(widget: QWidget) -> bool:
    """Whether a widget looks different at its border while it has the keyboard."""
    window = widget.window()
    give_keyboard(widget)
    _settle()
    if QApplication.focusWidget() is not widget:
        return False
    area = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    area = area.adjusted(-EDGE, -EDGE, EDGE, EDGE).intersected(window.rect())
    has = _pixels(window, area)
    widget.clearFocus()
    _settle()
    has_not = _pixels(window, area)
    differs = (has != has_not).any(axis=2)
    differs[2 * EDGE : -2 * EDGE, 2 * EDGE : -2 * EDGE] = False
    return bool(differs.sum() >= 2 * EDGE)


def told(widget: QWidget) -> str:
    """A widget by its kind, its name, and what it is in."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    path: list[str] = []
    parent = widget.parentWidget()
    while parent is not None and len(path) < 4:
        path.append(parent.objectName() or type(parent).__name__)
        parent = parent.parentWidget()
    name = widget.accessibleName() or text
    return f"{type(widget).__name__} {name!r} in {' in '.join(path)}"


def above(widget: QWidget, kind: type[QWidget]) -> QWidget | None:
    """The nearest parent of a kind."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, kind):
        parent = parent.parentWidget()
    return parent


def _is_part(widget: QWidget) -> bool:
    """Whether Qt made it as a part of a control or of a frame, or it only shows something."""
    parent = widget.parentWidget()
    if isinstance(widget, (QScrollBar, QHeaderView)) or widget.objectName().startswith("qt_"):
        return True
    if isinstance(parent, (QComboBox, QAbstractSpinBox, QLineEdit, QDockWidget, QTabBar)):
        return True
    return above(widget, QComboBox) is not None or type(widget).__name__ == "QMenuBarExtension"


def _pixels(window: QWidget, area: QRect) -> NDArray[np.uint8]:
    image = window.grab(area).toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return pixels[:, : image.width(), :3].copy()


def _settle() -> None:
    for _ in range(2):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
