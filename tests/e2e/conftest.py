"""A real window on a real display, driven by mouse and keys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.dataset.demo import write_patients
from bcviewer.dataset.tissue_recipes import RECIPES
from bcviewer.gui.app import make_window, start
from bcviewer.gui.main_window import MainWindow
from tests.e2e.hands import press
from tests.e2e.pictures import KEPT, Pictures
from tests.gui.windows import dispose

WAIT_MS = 20_000
DEMO_PATIENTS = 3


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window on the display."""
    _needs_display()
    shown = make_window(qapp, None)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    dispose(shown)


class Program:
    """The program as its user has it: started, ended, and started again."""

    def __init__(self, app: QApplication, qtbot: QtBot) -> None:
        self._app, self._qtbot = app, qtbot
        self._window: MainWindow | None = None

    def start(self, workspace: Path | None = None) -> MainWindow:
        """Start it without a folder, as from a menu of the desktop; its model is there at once.

        Args:
            workspace: Where to keep what is made for a data set; None for the user's own folder.
        """
        assert self._window is None
        self._window = window = make_window(self._app, workspace)
        window.show()
        self._qtbot.waitExposed(window)
        window.activateWindow()
        self._qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
        start(window, None, demo=False)
        self._qtbot.waitUntil(lambda: window.session.model is not None, timeout=WAIT_MS)
        return window

    def quit(self) -> None:
        """End it by its key."""
        assert self._window is not None
        press("Ctrl+Q")
        assert not self._window.isVisible()
        self.end()

    def end(self) -> None:
        """Take it off the display, if it is there."""
        if self._window is not None:
            dispose(self._window)
            self._window = None


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot) -> Iterator[Program]:
    """The program, not started yet."""
    _needs_display()
    begun = Program(qapp, qtbot)
    yield begun
    begun.end()


@pytest.fixture(scope="session")
def tissue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three patients of synthetic tissue, which looks as tissue does in the pictures."""
    folder = tmp_path_factory.mktemp("stories") / "tissue"
    write_patients(folder, RECIPES[:DEMO_PATIENTS], seed=7)
    return folder


@pytest.fixture
def pictures(tmp_path: Path, request: pytest.FixtureRequest) -> Pictures:
    """The story's pictures; they stay where ``BCVIEWER_STORY_PICTURES`` says."""
    chosen = os.environ.get(KEPT)
    folder = Path(chosen) if chosen else tmp_path / "pictures"
    return Pictures(folder, request.path.stem.removeprefix("test_"))


def _needs_display() -> None:
    if "BCVIEWER_TEST_DISPLAY" not in os.environ:
        pytest.skip("needs a display: make window")
    # Without a display some of the stories would pass by chance, and say nothing.
    assert QGuiApplication.platformName() not in ("offscreen", "minimal")
