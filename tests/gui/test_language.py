"""A window in another language: nothing is left in English, and the choice is remembered."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from bcviewer.gui.app import make_window
from bcviewer.gui.commands import commands, plain
from bcviewer.gui.language import LANGUAGES, NAMES, NEXT_START, install_language, language_of
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.preferences import KIND, VERSION, Preferences, load_preferences
from bcviewer.storage import write_json
from tests.gui.translations import GERMAN, PLACE, ROOT, TRANSLATED, spoken
from tests.gui.windows import dispose

WAIT_MS = 20_000


@pytest.fixture
def german_window(qapp: QApplication, qtbot: QtBot, data_folder: Path) -> Iterator[MainWindow]:
    """A window that was made in German, with data open."""
    with spoken(qapp, "de"):
        shown = make_window(qapp, None)
        shown.show()
        qtbot.waitExposed(shown)
        assert "Beginnen Sie mit einem Ordner" in words_of(shown)
        shown.opener.open(data_folder)
        qtbot.waitUntil(lambda: shown.session.slide is not None, timeout=WAIT_MS)
        yield shown
        dispose(shown)


def words_of(window: MainWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel))


def english_of(text: str) -> str | None:
    """The English source that a text is, if German has other words for it."""
    for source, translation in TRANSLATED.items():
        if source != translation and plain(text) == plain(source):
            return source
        pieces = [re.escape(piece) for piece in PLACE.split(source)[::2]]
        worded = len(pieces) > 1 and len(re.findall(r"[a-z]{3,}", "".join(pieces))) > 1
        if worded and translation != source and re.fullmatch(".+".join(pieces), text):
            return source
    return None


def test_a_window_in_german_has_no_english_left(german_window: MainWindow, qtbot: QtBot) -> None:
    window = german_window
    titles = {dock.objectName(): dock.windowTitle() for dock in window.docks}
    assert titles["Patients"] == "Patienten"
    assert titles["Evaluation"] == "Auswertung"
    assert "Nur für Forschungszwecke" in words_of(window)
    for dock in window.docks:
        dock.show()
        dock.raise_()
        qtbot.wait(10)
    told = shown_by(window)
    left = {text: english_of(text) for text in told if text}
    german = {plain(text) for text in (*TRANSLATED.values(), *LANGUAGES.values())}
    assert not {
        text: source for text, source in left.items() if source and plain(text) not in german
    }


def shown_by(window: MainWindow) -> set[str]:
    """What stands in menus, on docks, tabs, buttons, labels and tables, and in their tips."""
    tables = (view.model() for view in window.findChildren(QTableView))
    across = Qt.Orientation.Horizontal
    return {
        *(dock.windowTitle() for dock in window.docks),
        *(action.text() for action in window.findChildren(QAction)),
        *(action.statusTip() for action in window.findChildren(QAction)),
        *(menu.title() for menu in window.menuBar().findChildren(QMenu)),
        *(label.text() for label in window.findChildren(QLabel)),
        *(button.text() for button in window.findChildren(QAbstractButton)),
        *(widget.toolTip() for widget in window.findChildren(QWidget)),
        *(widget.accessibleName() for widget in window.findChildren(QWidget)),
        *(bar.tabText(tab) for bar in window.findChildren(QTabBar) for tab in range(bar.count())),
        *(
            box.itemText(row)
            for box in window.findChildren(QComboBox)
            for row in range(box.count())
        ),
        *(
            str(table.headerData(column, across, role) or "")
            for table in tables
            for column in range(table.columnCount())
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        ),
    }


def test_a_window_in_german_has_the_keys_that_it_has_in_english(
    german_window: MainWindow, window: MainWindow
) -> None:
    found = [
        [command.action.shortcuts() for command in commands(each.menuBar())]
        for each in (german_window, window)
    ]
    assert found[0] == found[1]
    assert window.actions_.open.shortcut() == QKeySequence("Ctrl+O")
    assert "(Strg+O)" in german_window.actions_.open.toolTip()


def test_no_two_entries_of_a_menu_have_the_same_letter(german_window: MainWindow) -> None:
    bar = german_window.menuBar()
    for menu in (bar, *bar.findChildren(QMenu)):
        letters = [letter for text in entries(menu) for letter in re.findall(r"&(\w)", text)]
        assert len(set(map(str.lower, letters))) == len(letters), entries(menu)


def entries(menu: QWidget) -> list[str]:
    return [action.text() for action in menu.actions()]


def test_a_choice_is_remembered_and_holds_from_the_next_start(
    window: MainWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    assert [action.text() for action in window.language.actions_] == [
        *("As the &system", "&English", "&Deutsch")
    ]
    with qtbot.waitSignal(window.language.said) as said:
        window.language.actions_[2].trigger()
    assert said.args == [
        "Ab dem nächsten Start ist das Fenster auf Deutsch. · "
        "From its next start the window is in German."
    ]
    assert load_preferences().language == "de"
    assert window.actions_.open.text() == "&Open folder…"
    with spoken(qapp, load_preferences().language):
        again = make_window(qapp, None)
        assert again.actions_.open.text() == "&Ordner öffnen…"
        assert [action.isChecked() for action in again.language.actions_] == [False, False, True]
        dispose(again)


def test_an_unknown_language_is_english(qapp: QApplication) -> None:
    assert language_of("tlh") == "en"
    assert install_language(qapp, "tlh") == ()
    assert install_language(qapp, "en") == ()


@pytest.mark.parametrize(("system", "language"), [("de_AT", "de"), ("fr_FR", "en"), ("C", "en")])
def test_without_a_choice_the_language_is_that_of_the_system(system: str, language: str) -> None:
    code = "from bcviewer.gui.language import SYSTEM, language_of; print(language_of(SYSTEM))"
    kept = {key: os.environ[key] for key in os.environ if not key.startswith(("LC_", "LANG"))}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=kept | {"LANG": f"{system}.UTF-8", "LC_ALL": f"{system}.UTF-8"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == language, done.stderr


def test_each_language_has_its_files_and_says_when_it_holds() -> None:
    assert set(NEXT_START) == set(NAMES) == set(LANGUAGES)
    for code in set(LANGUAGES) - {"en"}:
        assert GERMAN.with_name(f"bcviewer_{code}.qm").is_file()


START = """
import os
from PySide6.QtWidgets import QApplication, QMainWindow

def look(*_):
    windows = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMainWindow)]
    print(windows[0].menuBar().actions()[0].text(), flush=True)
    os._exit(0)

QApplication.exec = look
from bcviewer.gui.app import run
run(None)
"""
"""A start of the program that ends where it would wait for its user."""


@pytest.mark.parametrize(("choice", "menu"), [("de", "&Datei"), ("en", "&File")])
def test_the_program_starts_in_the_language_that_was_chosen(
    choice: str, menu: str, tmp_path: Path
) -> None:
    chosen = Preferences(language=choice).model_dump(mode="json")
    write_json(tmp_path / "preferences.json", {"kind": KIND, "version": VERSION, **chosen})
    done = subprocess.run(
        [sys.executable, "-c", START],
        env=dict(os.environ) | {"BCVIEWER_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == menu, done.stderr
