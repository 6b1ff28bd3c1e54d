"""The first minute: what an empty window offers, and the data set of Kaggle."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.gui import style
from bcviewer.gui.app import make_window
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.preferences import Preferences, save_preferences
from bcviewer.gui.widgets.kaggle_dialog import STOPPED
from bcviewer.gui.widgets.recent_folders import RecentFolders
from tests.gui.conftest import WAIT_MS
from tests.gui.windows import dispose


def line_place(recent: RecentFolders, row: int) -> QPoint:
    return recent.visualItemRect(recent.item(row)).center()


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kagglehub that does as ``behaviour.py`` beside it says: the edge of the machine."""
    folder = tmp_path / "hub"
    (folder / "kagglehub").mkdir(parents=True)
    source = "from behaviour import dataset_download\n__all__ = ['dataset_download']\n"
    (folder / "kagglehub" / "__init__.py").write_text(source)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), *sys.path]))
    monkeypatch.syspath_prepend(folder)
    return folder


def behave(hub: Path, body: str) -> None:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    text = f"import os, time\n\ndef dataset_download(handle):\n{lines}\n"
    (hub / "behaviour.py").write_text(text)


def test_the_start_page_opens_a_folder_that_was_opened_before_and_greys_one_that_is_gone(
    qapp: QApplication, qtbot: QtBot, data_folder: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    save_preferences(Preferences(recent=(str(gone), str(data_folder))))
    window = make_window(qapp, None)
    window.show()
    qtbot.waitExposed(window)
    recent = window.starting.page.recent
    assert recent.folders == (str(gone), str(data_folder))
    qtbot.waitUntil(lambda: not recent.item(0).flags(), timeout=WAIT_MS)
    assert "was not found" in recent.item(0).toolTip()
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(recent.viewport(), left, pos=line_place(recent, 0))
    assert window.starting.page.isVisible()
    QTest.mouseClick(recent.viewport(), left, pos=line_place(recent, 1))
    qtbot.waitUntil(lambda: window.session.slide is not None, timeout=WAIT_MS)
    assert window.slide_pane.isVisible()
    assert not window.starting.page.isVisible()
    dispose(window)


def test_recent_folders_are_chosen_from_the_keyboard(
    window: MainWindow, qtbot: QtBot, data_folder: Path
) -> None:
    window.starting.page.show_recent((str(data_folder),))
    recent = window.starting.page.recent
    recent.setFocus()
    recent.setCurrentRow(0)
    QTest.keyClick(recent, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.slide is not None, timeout=WAIT_MS)


def test_the_demo_opens_from_the_start_page(window: MainWindow, qtbot: QtBot) -> None:
    window.starting.page.buttons[1].click()
    qtbot.waitUntil(lambda: window.session.slide is not None, timeout=3 * WAIT_MS)
    assert window.session.dataset is not None
    assert window.session.dataset.synthetic


def test_a_folder_that_does_not_open_brings_the_start_page_back_and_says_why(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.opener.open(tmp_path / "nowhere")
    assert not window.starting.page.isVisible()
    error = window.starting.page.error
    qtbot.waitUntil(lambda: "There is no folder" in error.text(), timeout=WAIT_MS)
    assert window.starting.page.isVisible()
    assert error.isVisible()


def test_nothing_is_downloaded_before_the_user_asks(
    window: MainWindow, qtbot: QtBot, hub: Path, tmp_path: Path
) -> None:
    behave(hub, f"open({str(tmp_path / 'called')!r}, 'w').close()\nreturn '.'")
    window.actions_.kaggle.trigger()
    dialog = window.starting.dialog
    qtbot.waitExposed(dialog)
    qtbot.wait(200)
    assert dialog.isVisible()
    assert dialog.download.isEnabled()
    assert not (tmp_path / "called").exists()
    assert "kagglehub" not in sys.modules


def test_without_kagglehub_the_dialog_says_how_to_get_it(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bcviewer.gui.widgets.kaggle_dialog.kagglehub_installed", bool)
    window.actions_.kaggle.trigger()
    dialog = window.starting.dialog
    assert not dialog.download.isEnabled()
    assert "pip install kagglehub" in dialog.words.text()


def test_a_link_takes_the_colours_of_another_scheme(window: MainWindow, qapp: QApplication) -> None:
    link = window.starting.dialog._page
    for tokens in (style.dark(), style.light()):
        style.apply(qapp, tokens)
        window.actions_.kaggle.trigger()
        image = link.grab().toImage()
        inks = {image.pixelColor(x, y).name() for x in range(80) for y in range(image.height())}
        assert tokens.accent in inks


def test_the_data_set_is_downloaded_and_opened(
    window: MainWindow, qtbot: QtBot, hub: Path, data_folder: Path
) -> None:
    behave(hub, f"print('hello')\ntime.sleep(0.6)\nreturn {str(data_folder)!r}")
    window.actions_.kaggle.trigger()
    dialog = window.starting.dialog
    dialog.download.click()
    assert dialog.stop.isVisible()
    assert not dialog.download.isVisible()
    qtbot.waitUntil(lambda: window.session.slide is not None, timeout=WAIT_MS)
    assert not dialog.isVisible()


def test_a_download_can_be_stopped(window: MainWindow, qtbot: QtBot, hub: Path) -> None:
    behave(hub, "time.sleep(60)")
    window.actions_.kaggle.trigger()
    dialog = window.starting.dialog
    dialog.download.click()
    dialog.stop.click()
    qtbot.waitUntil(lambda: dialog.words.text() == STOPPED, timeout=WAIT_MS)
    assert dialog.download.isVisible()


def test_without_a_network_the_dialog_says_so(window: MainWindow, qtbot: QtBot, hub: Path) -> None:
    behave(hub, "raise ConnectionError('Max retries exceeded with url: /api <urllib3 object>')")
    window.actions_.kaggle.trigger()
    dialog = window.starting.dialog
    dialog.download.click()
    qtbot.waitUntil(lambda: "cannot be reached" in dialog.words.text(), timeout=WAIT_MS)
    assert "urllib3" not in dialog.words.text()
    assert "Connect to the internet" in dialog.words.text()
