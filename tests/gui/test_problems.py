"""A window that ended badly is told of at the next start; a report of a problem names nobody."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QThread
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.dataset.opening import open_dataset
from bcviewer.diagnosis.log_files import log_folder
from bcviewer.diagnosis.running import ABOUT
from bcviewer.diagnosis.watch import Watch
from bcviewer.gui.app import make_window
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.workers.worker import Worker
from tests.gui.conftest import WAIT_MS
from tests.gui.windows import dispose

Start = Callable[[], MainWindow]


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot) -> Iterator[Start]:
    """Starts windows as the program does, with a log and a mark."""
    made: list[tuple[MainWindow, Watch]] = []

    def make() -> MainWindow:
        watch = Watch(log_folder())
        window = make_window(qapp, None)
        window.show()
        qtbot.waitExposed(window)
        window.problems.watch(watch.mark, watch.marks)
        made.append((window, watch))
        return window

    yield make
    for window, watch in made:
        dispose(window)
        watch.end()


def wait_for_data(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    window.opener.open(folder)
    qtbot.waitUntil(lambda: window.session.slide is not None, timeout=WAIT_MS)


def told(window: MainWindow, qtbot: QtBot) -> str:
    """What the notice says, once it is there."""
    qtbot.waitUntil(lambda: window.problems.notice.isVisible(), timeout=WAIT_MS)
    return window.problems.notice.text


def kill_a_window(data: Path, home: Path, *, crash: bool = False) -> None:
    """Start the program itself, wait until its data are open, and end it without mercy."""
    child = subprocess.Popen(
        [sys.executable, "-m", "bcviewer", "gui", str(data)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "BCVIEWER_HOME": str(home)},
        stderr=subprocess.DEVNULL,
    )
    try:
        ends = time.monotonic() + 120
        while not marked(home) and time.monotonic() < ends:
            time.sleep(0.1)
        assert marked(home), "the window never opened its data"
        os.kill(child.pid, signal.SIGSEGV if crash else signal.SIGKILL)
        child.wait()
    finally:
        child.kill()
        child.wait()


def marked(home: Path) -> bool:
    """Whether a window has said which data it has opened."""
    for path in (home / "logs" / "running").glob(f"*/{ABOUT}"):
        if json.loads(path.read_text())["data"]:
            return True
    return False


def test_a_first_start_has_nothing_to_tell(start: Start, qtbot: QtBot) -> None:
    window = start()
    qtbot.wait(200)
    assert not window.problems.notice.isVisible()


def test_a_window_that_closed_has_left_nothing_to_tell(
    start: Start, qtbot: QtBot, data_folder: Path, user_home: Path
) -> None:
    first = start()
    wait_for_data(first, qtbot, data_folder)
    (mark,) = (user_home / "logs" / "running").iterdir()
    assert json.loads((mark / ABOUT).read_text())["data"] == str(data_folder)
    first.close()


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
def test_after_a_kill_the_labels_are_counted_and_the_data_open_again(
    start: Start, qtbot: QtBot, data_folder: Path, user_home: Path
) -> None:
    dataset, workspace = open_dataset(data_folder)
    book = LabelBook(workspace.labels_path, dataset, reader="Ann")
    for row in range(3):
        book.label(np.array([row]), Label.UNSURE)
    book.close()
    kill_a_window(data_folder, user_home)
    window = start()
    words = told(window, qtbot)
    assert "did not close as it should" in words
    assert "ended from outside" in words
    assert "all 3 strokes in data are there, the last of" in words
    assert "Ann" not in words
    window.problems.notice.reopen.click()
    qtbot.waitUntil(lambda: window.session.labels is not None, timeout=WAIT_MS)
    assert not window.problems.notice.isVisible()
    labels = window.session.labels
    assert labels is not None
    assert labels.labels[:4].tolist() == [2, 2, 2, -1]


@pytest.mark.skipif(sys.platform == "win32", reason="crashes as Unix does")
def test_after_a_crash_the_report_says_where_and_the_notice_can_be_dismissed(
    start: Start, qtbot: QtBot, data_folder: Path, user_home: Path
) -> None:
    kill_a_window(data_folder, user_home, crash=True)
    window = start()
    assert "The last window crashed" in told(window, qtbot)
    window.problems.notice.report.click()
    dialog = window.problems.dialog
    qtbot.waitUntil(lambda: "[The last crash]" in dialog.text.toPlainText(), timeout=WAIT_MS)
    assert "Segmentation fault" in dialog.text.toPlainText()
    assert str(data_folder) not in dialog.text.toPlainText()
    window.problems.notice.dismiss.click()
    assert not window.problems.notice.isVisible()
    dialog.close()


@pytest.mark.parametrize("harm", ["gone", "damaged", "without"])
def test_labels_that_cannot_be_counted_are_told_as_such(
    start: Start, qtbot: QtBot, data_folder: Path, user_home: Path, harm: str
) -> None:
    dataset, workspace = open_dataset(data_folder)
    place = user_home / "logs" / "running" / "20260101T100000-1-abc"
    place.mkdir(parents=True)
    (place / "lock").touch()
    labels = workspace.labels_path if harm != "gone" else user_home / "drive" / "labels.sqlite"
    if harm == "damaged":
        workspace.labels_path.write_bytes(b"no database at all" * 300)
    about = {
        "kind": "bcviewer-running",
        "version": 1,
        "bcviewer": "0.1.0",
        "started": "2026-01-01T10:00:00+00:00",
        "data": str(dataset.root),
        "labels": str(labels),
    }
    (place / ABOUT).write_text(json.dumps(about))
    words = told(start(), qtbot)
    expected = {
        "gone": "is not there now",
        "damaged": "is damaged",
        "without": "It had no labels.",
    }
    assert expected[harm] in words


SECRETS = ("p00", "p05", "Dr. Ada", "data", "wards")


def test_the_report_tells_counts_and_settings_but_nobody(
    start: Start, qtbot: QtBot, data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    session = window.session
    session.remember(session.preferences.model_copy(update={"reader": "Dr. Ada"}))
    wait_for_data(window, qtbot, data_folder)
    logging.getLogger("bcviewer.test").error("p05 of Dr. Ada in %s: 'p00' cannot be", data_folder)
    window.problems.action.trigger()
    dialog = window.problems.dialog
    qtbot.waitUntil(lambda: "[End of the log]" in dialog.text.toPlainText(), timeout=WAIT_MS)
    text = dialog.text.toPlainText()
    for part in ("patients: 6", "patches: 120", "opacity: ", "platform: offscreen", "<name> of"):
        assert part in text
    told_of = text.split("[Versions]")[1]
    for secret in (*SECRETS, str(data_folder)):
        assert secret not in told_of.replace("pydantic", "").replace("dated", ""), secret
    dialog.text.appendPlainText("It stopped.")
    dialog.copy.click()
    assert QGuiApplication.clipboard().text().endswith("It stopped.")
    target = tmp_path / "problem.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog.save.click()
    qtbot.waitUntil(target.exists, timeout=WAIT_MS)
    assert target.read_text().rstrip().endswith("It stopped.")
    qtbot.waitUntil(lambda: "Saved as" in dialog.note, timeout=WAIT_MS)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path), ""))
    dialog.save.click()
    qtbot.waitUntil(lambda: "Cannot write" in dialog.note, timeout=WAIT_MS)
    dialog.close()


class _Broken(Worker):
    def work(self) -> object:
        raise ZeroDivisionError("patient 8975")


class _BrokenThread(QThread):
    def run(self) -> None:
        raise KeyError("8975")


def test_what_nobody_expected_is_logged_and_said(start: Start, qtbot: QtBot) -> None:
    window = start()
    window.crew.start(_Broken(window))
    shown = window.statusBar().currentMessage
    qtbot.waitUntil(lambda: "Report a problem" in shown(), timeout=WAIT_MS)
    text = (log_folder() / "bcviewer.log").read_text()
    assert "unexpected error in _Broken" in text
    assert "ZeroDivisionError" in text


def test_an_error_in_a_thread_without_a_border_is_logged(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    start()
    thread = _BrokenThread()
    thread.start()
    assert thread.wait(WAIT_MS)
    qtbot.waitUntil(lambda: "nobody caught this" in _log_text(), timeout=WAIT_MS)
    assert "KeyError" in _log_text()


def _log_text() -> str:
    return (log_folder() / "bcviewer.log").read_text()


def test_the_action_stands_in_the_help_menu(start: Start) -> None:
    window = start()
    menus = window.menuBar().findChildren(QMenu)
    holding = [menu.title() for menu in menus if window.problems.action in menu.actions()]
    assert holding == ["&Help"]
