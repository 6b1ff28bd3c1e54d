"""Light or dark: the user's choice holds at once and in the next start, whatever the system is."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.gui import style
from bcviewer.gui.app import make_window
from bcviewer.gui.commands import commands
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.preferences import KIND, VERSION, load_preferences, preferences_path
from bcviewer.storage import write_json
from tests.gui.windows import dispose


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    """The application has its colours back after the test."""
    yield
    style.apply(qapp, style.light())


def chosen(window: MainWindow) -> list[bool]:
    return [action.isChecked() for action in window.scheme.actions_]


def ground(app: QApplication) -> str:
    return app.palette().window().color().name()


def test_a_choice_holds_at_once_everywhere_and_in_the_next_start(
    opened: MainWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    assert chosen(opened) == [True, False, False]
    assert ground(qapp) == style.light().window
    _, light, dark = opened.scheme.actions_
    dark.trigger()
    assert ground(qapp) == style.dark().window
    view = opened.slide_pane.view.viewport()
    around = view.grab().toImage().pixelColor(1, view.height() // 2).name()
    assert around in (style.dark().slide_background, style.dark().hatch)
    assert load_preferences().scheme == "dark"
    style.apply(qapp, style.light())
    again = make_window(qapp, None)
    assert chosen(again) == [False, False, True]
    assert ground(qapp) == style.dark().window
    dispose(again)
    light.trigger()
    assert ground(qapp) == style.light().window
    assert load_preferences().scheme == "light"


def test_who_chose_light_keeps_it_when_the_system_goes_dark(
    window: MainWindow, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    system, light, _ = window.scheme.actions_
    hints = qapp.styleHints()
    kind = type(hints)
    monkeypatch.setattr(kind, "colorScheme", lambda _: Qt.ColorScheme.Dark)
    light.trigger()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert ground(qapp) == style.light().window
    system.trigger()
    assert ground(qapp) == style.dark().window
    assert load_preferences().scheme == ""
    monkeypatch.setattr(kind, "colorScheme", lambda _: Qt.ColorScheme.Light)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert ground(qapp) == style.light().window


def test_a_window_that_is_gone_colours_nothing(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        dispose(make_window(qapp, None))
    told: list[object] = []
    monkeypatch.setattr(style, "apply", lambda *told_: told.append(told_))
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not told


def test_an_unknown_scheme_is_that_of_the_system(qapp: QApplication) -> None:
    write_json(preferences_path(), {"kind": KIND, "version": VERSION, "scheme": "sepia"})
    shown = make_window(qapp, None)
    assert chosen(shown) == [True, False, False]
    assert ground(qapp) == style.light().window
    dispose(shown)
    assert json.loads(preferences_path().read_text())["scheme"] == "sepia"


def test_the_choices_are_found_among_the_commands(window: MainWindow) -> None:
    found = {each.name: each for each in commands(window.menuBar())}
    assert "Colour scheme" in found["Dark"].menu
    assert found["Dark"].about == "Always dark: easier on the eyes in a dim room"
