"""A real window on a real display, driven by mouse and keys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.gui.app import make_window
from bcviewer.gui.main_window import MainWindow
from tests.gui.windows import dispose


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window on the display."""
    if "BCVIEWER_TEST_DISPLAY" not in os.environ:
        pytest.skip("needs a display: make window")
    shown = make_window(qapp, None)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    dispose(shown)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where the story keeps its screenshots (``BCVIEWER_PICTURES``), to be looked at."""
    chosen = os.environ.get("BCVIEWER_PICTURES")
    folder = Path(chosen) if chosen else tmp_path / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
