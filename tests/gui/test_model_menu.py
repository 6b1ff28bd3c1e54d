"""The models at hand are found by name: in the menu, in the panel, and as commands."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from bcviewer.gui.commands import commands
from bcviewer.gui.main_window import MainWindow
from bcviewer.model.library import bundled_models, imported_folder
from tests.gui.conftest import WAIT_MS


def use(window: MainWindow, qtbot: QtBot, action: QAction, name: str) -> None:
    action.trigger()
    qtbot.waitUntil(lambda: used(window) == name, timeout=WAIT_MS)


def used(window: MainWindow) -> str:
    model = window.session.model
    return "" if model is None else model.folder.card.name


def titled(menu: QMenu, words: str) -> QAction:
    (found,) = [action for action in menu.actions() if words in action.text()]
    return found


def test_both_models_in_the_box_are_a_click_away(opened: MainWindow, qtbot: QtBot) -> None:
    menu = opened.model_desk.models
    menu.aboutToShow.emit()
    use(opened, qtbot, titled(menu, "simple_cnn (in the box)"), "simple_cnn")
    menu.aboutToShow.emit()
    assert titled(menu, "simple_cnn").isChecked()
    assert not titled(menu, "mobilenetv2").isChecked()


def test_the_button_of_the_panel_offers_them_and_a_folder(opened: MainWindow, qtbot: QtBot) -> None:
    menu = opened.model_panel._load.menu()
    for name in ("simple_cnn", "mobilenetv2"):
        menu.aboutToShow.emit()
        use(opened, qtbot, titled(menu, f"{name} (in the box)"), name)
    assert opened.actions_.load_model in menu.actions()
    assert opened.actions_.import_model in menu.actions()


def test_an_imported_model_appears_when_it_is_there(opened: MainWindow, qtbot: QtBot) -> None:
    menu = opened.model_desk.models
    shutil.copytree(bundled_models()["simple_cnn"], imported_folder() / "a & b")
    menu.aboutToShow.emit()
    assert titled(menu, "a && b (imported)").data() == str(imported_folder() / "a & b")


@pytest.mark.parametrize("name", ["simple_cnn", "mobilenetv2"])
def test_the_command_palette_finds_them(opened: MainWindow, name: str) -> None:
    found = [each for each in commands(opened.menuBar()) if name in each.name]
    assert [each.menu for each in found] == ["Model › Models at hand"]
