"""The window without a mouse: Tab comes to everything that is in sight, named and seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QTabBar, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from bcviewer.gui.focus_order import in_sight
from bcviewer.gui.layouts import LAYOUTS
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.close_question import CloseQuestion
from bcviewer.gui.widgets.focus_ring import FocusRing
from bcviewer.gui.widgets.unwritten_question import UnwrittenQuestion
from bcviewer.model.library import bundled_models
from tests.gui.conftest import WAIT_MS
from tests.gui.focus_walk import operated, reached, shows_focus, told, walk
from tests.gui.test_access import name_of

SETTLED_MS = 300


@pytest.fixture
def judged(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with a model, all patients predicted and a patch chosen: nothing is empty."""
    session = opened.session
    opened.predictions.load(str(bundled_models()["simple_cnn"]))
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
    opened.predictions.predict_all()
    qtbot.waitUntil(lambda: not session.unpredicted_patients(), timeout=WAIT_MS)
    session.inspect(7)
    opened.resize(1600, 1000)
    opened.activateWindow()
    return opened


def faces(window: MainWindow, qtbot: QtBot) -> Iterator[str]:
    """Bring every dock to the front, and in it every tab."""
    window.layouts.apply(LAYOUTS[3])
    for dock in window.docks:
        qtbot.wait(SETTLED_MS)  # the layout brings its own to the front when it is laid out
        dock.raise_()
        tabs = dock.findChild(QTabWidget)
        for number in range(1 if tabs is None else tabs.count()):
            if tabs is not None:
                tabs.setCurrentIndex(number)
            qtbot.wait(SETTLED_MS)
            assert in_sight(dock), f"{dock.objectName()} does not come to the front"
            yield f"{dock.objectName()} {number}"


def faults(window: QWidget, stops: list[QWidget], known: set[QWidget]) -> list[str]:
    """What is wrong with the places that Tab comes to, and with what it does not come to."""
    found = [f"no key: {told(each)}" for each in operated(window) if not reached(each, stops)]
    for each in stops:
        if not in_sight(each):
            found.append(f"out of sight: {told(each)}")
        elif each not in known:
            known.add(each)
            if not name_of(each) and not isinstance(each, QTabBar):  # its tabs have names
                found.append(f"no name: {told(each)}")
            if not shows_focus(each):
                found.append(f"looks the same with the keyboard: {told(each)}")
    return found


def test_tab_comes_to_all_that_the_mouse_does_and_changes_nothing(
    judged: MainWindow, qtbot: QtBot
) -> None:
    known: set[QWidget] = set()
    for face in faces(judged, qtbot):
        judged.slide_pane.view.setFocus()
        stops = walk(judged)
        assert walk(judged, back=True) == stops[::-1], f"{face}: not the same way back"
        assert judged.session.patch == 7, f"{face}: Tab alone chose another patch"
        found = faults(judged, stops, known)
        assert not found, "\n".join([face, *found])
    assert len(known) > 60


def test_tab_comes_to_all_of_every_dialog(judged: MainWindow, qtbot: QtBot) -> None:
    unwritten = UnwrittenQuestion(judged)
    unwritten.show_trouble("The last stroke is not on the disk.", pending=True)
    CloseQuestion(None, "epoch 3 of 9", judged)
    dialogs = judged.findChildren(QDialog)
    assert len(dialogs) >= 10
    for dialog in dialogs:
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow, timeout=WAIT_MS)
        found = faults(dialog, walk(dialog), set())
        assert not found, "\n".join([type(dialog).__name__, *found])
        dialog.close()


def test_a_key_goes_from_panel_to_panel_and_back(judged: MainWindow, qtbot: QtBot) -> None:
    judged.layouts.apply(LAYOUTS[3])
    qtbot.wait(SETTLED_MS)
    in_front = [judged.centralWidget(), *(dock for dock in judged.docks if in_sight(dock))]
    judged.slide_pane.view.setFocus()
    for panel in (*in_front[1:], in_front[0]):
        QTest.keyClick(judged, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert panel.isAncestorOf(focused)
    assert focused is judged.slide_pane.view, "what had the keyboard there has it again"
    QTest.keyClick(judged, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert in_front[-1].isAncestorOf(focused)


def test_the_ring_is_for_keys_and_follows(judged: MainWindow, qtbot: QtBot) -> None:
    def rings() -> list[FocusRing]:
        return [each for each in judged.findChildren(FocusRing) if each.isVisible()]

    judged.slide_pane.view.setFocus()
    assert rings() == [], "the slide has a frame of its own"
    QTest.keyClick(judged, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    (ring,) = rings()
    assert ring.geometry().contains(focused.geometry().translated(_offset(focused, judged)))
    judged.resize(1300, 850)
    qtbot.waitUntil(
        lambda: ring.geometry().contains(focused.geometry().translated(_offset(focused, judged)))
    )
    line = judged.patient_panel.findChild(QLineEdit)
    assert line is not None
    window = judged.windowHandle()
    spot = line.mapTo(judged, line.rect().center())
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=spot)
    assert line.hasFocus()
    assert rings() == []


def _offset(widget: QWidget, window: QWidget) -> QPoint:
    return widget.mapTo(window, widget.rect().topLeft()) - widget.pos()
