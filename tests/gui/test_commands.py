"""Every action is in a menu, has a key of its own, and is found by its letters."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from bcviewer.gui.commands import NO_DATA, NOT_ANNOTATING, Command, commands
from bcviewer.gui.fuzzy import ranked, score
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.models.command_table import POSSIBLE, WORDS
from bcviewer.gui.widgets.command_palette import CommandPalette


def found(window: MainWindow) -> tuple[Command, ...]:
    return commands(window.menuBar())


def open_palette(window: MainWindow, typed: str = "") -> CommandPalette:
    window.actions_.commands.trigger()
    palette = window.helping.palette
    QTest.keyClicks(palette.line, typed)
    return palette


def names(palette: CommandPalette) -> list[str]:
    model = palette.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount(QModelIndex()))]


def test_every_action_that_has_a_key_is_in_a_menu(window: MainWindow) -> None:
    in_menus = {id(command.action) for command in found(window)}
    lost = [
        action.text()
        for action in window.findChildren(QAction)
        if action.shortcuts() and id(action) not in in_menus
    ]
    assert lost == []


def test_every_action_of_the_toolbars_is_in_a_menu(window: MainWindow) -> None:
    in_menus = {id(command.action) for command in found(window)}
    for bar in (window.toolbar, window.annotation.toolbar):
        shown = [each for each in bar.actions() if each.text() and not each.isSeparator()]
        assert [each.text() for each in shown if id(each) not in in_menus] == []


def test_no_two_actions_share_a_key(window: MainWindow) -> None:
    keys = Counter(key for command in found(window) for key in command.keys)
    assert len(keys) > 30
    assert {key: count for key, count in keys.items() if count > 1} == {}


def test_no_two_entries_of_a_menu_share_their_words(window: MainWindow) -> None:
    words = Counter((command.menu, command.name) for command in found(window))
    assert {entry: count for entry, count in words.items() if count > 1} == {}


def test_the_palette_finds_a_command_by_some_letters_and_does_it(
    opened: MainWindow, qtbot: QtBot
) -> None:
    palette = open_palette(opened, "annot")
    assert palette.isVisible()
    assert names(palette)[0] == "Annotate"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert opened.annotation.actions.annotate.isChecked()


def test_the_palette_opens_by_its_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    ctrl_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_P, ctrl_shift)
    assert window.helping.palette.isVisible()
    QTest.keyClick(window.helping.palette.line, Qt.Key.Key_Escape)
    assert not window.helping.palette.isVisible()


def test_a_command_that_cannot_be_done_says_why_and_stays(window: MainWindow) -> None:
    palette = open_palette(window, "report on")
    index = palette.list.currentIndex()
    assert index.data() == "Report on the data…"
    assert index.data(WORDS) == NO_DATA
    assert not index.data(POSSIBLE)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_a_tool_of_annotating_says_when_it_can_be_used(opened: MainWindow) -> None:
    palette = open_palette(opened, "lasso")
    assert palette.list.currentIndex().data(WORDS) == NOT_ANNOTATING


def test_a_layer_is_switched_from_the_palette_and_says_why_it_cannot_be(
    opened: MainWindow,
) -> None:
    palette = open_palette(opened, "grid")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert opened.session.layers.grid
    assert names(open_palette(opened, "grid"))[0] == "Grid  ✓"
    palette = open_palette(opened, "contour")
    assert "no prediction" in str(palette.list.currentIndex().data(WORDS))


def test_the_arrow_keys_walk_the_list_and_stop_at_its_ends(window: MainWindow) -> None:
    palette = open_palette(window)
    QTest.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == 0
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    for _ in range(30):
        QTest.keyClick(palette.line, Qt.Key.Key_PageDown)
    assert palette.list.currentIndex().row() == len(names(palette)) - 1


def test_letters_that_nothing_has_are_no_error(window: MainWindow) -> None:
    palette = open_palette(window, "qqqq")
    assert names(palette) == []
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.isVisible()


@pytest.mark.parametrize("key", ["F1", "?"])
def test_the_sheet_has_every_key(window: MainWindow, qtbot: QtBot, key: str) -> None:
    window.annotation.actions.undo.setText("Undo " + "unsure: 6 patches of 10262 " * 2)
    window.activateWindow()
    window.setFocus()
    code = Qt.Key.Key_F1 if key == "F1" else Qt.Key.Key_Question
    QTest.keyClick(window, code)
    sheet = window.helping.sheet
    assert sheet.isVisible()
    words = {label.text() for label in sheet.findChildren(QLabel)}
    for command in found(window):
        assert set(command.keys) <= words
    for label in sheet.findChildren(QLabel):
        assert label.width() >= label.sizeHint().width(), f"{label.text()} is cut"
    assert "<b>View › Layers</b>" in words


def test_a_key_of_a_layer_works_and_does_not_take_the_keyboard(opened: MainWindow) -> None:
    view = opened.slide_pane.view
    opened.activateWindow()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_G)
    assert opened.session.layers.grid
    assert QApplication.focusWidget() is view
    QTest.keyClick(view, Qt.Key.Key_G)
    assert not opened.session.layers.grid


def test_the_fuzzy_search_prefers_starts_of_words() -> None:
    listed = ["Export this slide…", "Load model…", "Predict this patient", "Predict all patients"]
    assert listed[ranked("pa", listed)[0]].startswith("Predict")
    assert ranked("pap", listed)[0] == 3
    assert ranked("lm", listed)[0] == 1
    assert ranked("", listed) == [0, 1, 2, 3]


@given(st.text(max_size=30), st.text(max_size=8))
def test_what_does_not_stand_in_the_words_in_order_does_not_fit(words: str, typed: str) -> None:
    fits = score(typed, words) is not None
    for part in typed.casefold().split():
        rest = iter(words.casefold())
        fits_part = all(letter in rest for letter in part)
        assert not fits or fits_part
    if not typed.split():
        assert fits


@given(st.text(min_size=1, max_size=20))
def test_words_fit_themselves(words: str) -> None:
    assert score(words, words) is not None
