"""A window of the program on small data, without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.gui.app import make_window
from bcviewer.gui.main_window import MainWindow
from tests.gui.windows import dispose

WAIT_MS = 20_000


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window, shown, with nothing open."""
    shown = make_window(qapp, None)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    dispose(shown)


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot, data_folder: Path) -> MainWindow:
    """The window with six small patients open and the first on screen."""
    window.opener.open(data_folder)
    qtbot.waitUntil(lambda: window.session.slide is not None, timeout=WAIT_MS)
    return window
