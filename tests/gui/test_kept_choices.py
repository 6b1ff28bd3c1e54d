"""What a user chose is kept, whatever ends the window and whatever other windows keep."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.errors import StorageError
from bcviewer.gui import preferences
from bcviewer.gui.app import make_window
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.preferences import load_preferences
from tests.gui.conftest import WAIT_MS
from tests.gui.windows import dispose

READER = "Dr. Meyer"


def test_reader_and_blind_reading_outlive_a_window_that_is_killed(
    opened: MainWindow, qapp: QApplication, qtbot: QtBot, data_folder: Path
) -> None:
    """All that a kill leaves is what is on the disk while the window is still open."""
    qtbot.waitUntil(lambda: opened.session.labels is not None, timeout=WAIT_MS)
    opened.annotation.panel.blind.click()
    opened.annotation.panel.reader_chosen.emit(READER)
    qtbot.waitUntil(lambda: load_preferences().reader == READER, timeout=WAIT_MS)
    assert load_preferences().blind
    assert load_preferences().recent == (str(data_folder),)
    after = make_window(qapp, None)
    assert after.annotation.keeper.reader == READER
    assert after.session.blindness.on
    dispose(after)


def test_the_choices_of_two_windows_are_kept_together(
    window: MainWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    other = make_window(qapp, None)
    other.annotation.panel.reader_chosen.emit(READER)
    qtbot.waitUntil(lambda: load_preferences().reader == READER, timeout=WAIT_MS)
    window.actions_.palette.trigger()
    window.close()
    dispose(other)
    kept = load_preferences()
    assert (kept.reader, kept.palette) == (READER, "blue_orange")
    assert window.session.preferences.reader == "", "a reader does not change under a window"


def test_a_choice_that_could_not_be_written_is_written_when_the_window_closes(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = []

    def full(path: Path, value: object) -> None:
        refused.append(path)
        raise StorageError("The disk is full.")

    with monkeypatch.context() as disk:
        disk.setattr(preferences, "write_json", full)
        window.annotation.panel.reader_chosen.emit(READER)
        qtbot.waitUntil(lambda: bool(refused), timeout=WAIT_MS)
        window.session.choices._thread.join()  # type: ignore[union-attr]
    assert load_preferences().reader == ""
    window.close()
    assert load_preferences().reader == READER


def test_a_choice_that_is_made_while_the_last_is_about_to_be_written_is_kept_too(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine that is busy, a thread takes its first step long after it was started."""
    may_go = threading.Event()

    class Late(threading.Thread):
        def run(self) -> None:
            may_go.wait(WAIT_MS / 1000)
            super().run()

    monkeypatch.setattr("bcviewer.gui.kept_choices.threading.Thread", Late)
    choices, said = window.session.choices, window.annotation.panel.reader_chosen
    said.emit("Dr. Weber")
    qtbot.waitUntil(lambda: isinstance(choices._thread, Late), timeout=WAIT_MS)
    said.emit(READER)
    may_go.set()
    window.close()
    assert load_preferences().reader == READER
