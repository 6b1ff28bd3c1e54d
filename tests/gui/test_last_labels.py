"""The window closes when the last labels are on the disk, or when its user lets them go."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.exchange_csv import read_labels
from bcviewer.annotation.labels import Label
from bcviewer.annotation.reading import read_ledger
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.unwritten_question import (
    AGAIN,
    CLOSE,
    SAVE,
    STAY,
    WAITING,
    UnwrittenQuestion,
)
from tests.annotation.refusing import RefusingDisk
from tests.factories import small_dataset
from tests.gui.conftest import WAIT_MS

ROWS = np.arange(4)
FULL = "The disk is full."


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> RefusingDisk:
    return RefusingDisk(monkeypatch)


@pytest.fixture
def labelled(opened: MainWindow, qtbot: QtBot, disk: RefusingDisk) -> MainWindow:
    """A window with two strokes that the disk has not answered yet."""
    keeper = opened.annotation.keeper
    qtbot.waitUntil(lambda: keeper.book is not None, timeout=WAIT_MS)
    disk.awake.clear()
    keeper.label(ROWS[:3], Label.UNSURE)
    keeper.label(ROWS[2:], Label.EXCLUDED)
    return opened


def book_of(window: MainWindow) -> LabelBook:
    book = window.annotation.keeper.book
    assert book is not None
    return book


def labels_on_disk(window: MainWindow) -> list[int]:
    data = window.session.data
    assert data is not None
    state = read_ledger(data.workspace.labels_path, data.dataset).state
    return [int(label) for label in state.labels[ROWS]]


def when(ready: Callable[[UnwrittenQuestion], bool], then: Callable[[], object]) -> None:
    """Do something as soon as the question is there and ready for it."""
    look = QTimer(QApplication.instance(), interval=20)

    def tried() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, UnwrittenQuestion) and ready(box):
            look.stop()
            look.deleteLater()
            then()

    look.timeout.connect(tried)
    look.start()


def question() -> UnwrittenQuestion:
    box = QApplication.activeModalWidget()
    assert isinstance(box, UnwrittenQuestion)
    return box


def click(text: str) -> None:
    next(each for each in question().findChildren(QPushButton) if each.text() == text).click()


def waits(box: UnwrittenQuestion) -> bool:
    return box.title.text() == WAITING


def asks(box: UnwrittenQuestion) -> bool:
    return box.close_.isVisible()


def test_a_window_waits_in_sight_for_a_slow_disk_and_closes(
    labelled: MainWindow, disk: RefusingDisk
) -> None:
    when(waits, disk.awake.set)
    assert labelled.close()
    assert labels_on_disk(labelled) == [2, 2, 3, 3]


def test_labels_that_a_full_disk_refuses_are_written_when_there_is_room(
    labelled: MainWindow, disk: RefusingDisk
) -> None:
    told: list[str] = []

    def make_room() -> None:
        told.append(question().words.text())
        disk.trouble = ""
        click(AGAIN)

    disk.trouble = FULL
    disk.awake.set()
    when(asks, make_room)
    assert labelled.close()
    assert told == [f"The last 2 strokes are not on the disk. {FULL}"]
    assert labels_on_disk(labelled) == [2, 2, 3, 3]


def test_who_stays_is_told_what_was_taken_back(
    labelled: MainWindow, qtbot: QtBot, disk: RefusingDisk
) -> None:
    disk.trouble = FULL
    disk.awake.set()
    when(asks, lambda: click(STAY))
    assert not labelled.close()
    assert labelled.isVisible()
    fault = labelled.annotation.panel.fault
    qtbot.waitUntil(lambda: "taken back" in fault.text(), timeout=WAIT_MS)
    disk.trouble = ""
    labelled.annotation.keeper.label(ROWS, Label.IDC)
    assert labelled.close(), "nothing is asked when all can be written"
    assert labels_on_disk(labelled) == [1, 1, 1, 1]


def test_who_lets_labels_go_closes_and_finds_it_in_the_log_file(
    labelled: MainWindow, disk: RefusingDisk, caplog: pytest.LogCaptureFixture
) -> None:
    disk.trouble = FULL
    disk.awake.set()
    when(asks, lambda: click(CLOSE))
    with caplog.at_level(logging.ERROR):
        assert labelled.close()
    assert caplog.text.count("a label was not written") == 2
    assert labels_on_disk(labelled) == [-1, -1, -1, -1]


def test_unwritten_labels_can_be_saved_elsewhere(
    labelled: MainWindow, disk: RefusingDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "stick" / "labels.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))

    def let_go() -> None:
        when(lambda box: box.saved.isVisible(), lambda: click(CLOSE))
        click(SAVE)

    disk.trouble = FULL
    disk.awake.set()
    when(asks, let_go)
    assert labelled.close()
    offered = read_labels(place)
    assert len(offered.offers) == len(ROWS)


def test_a_stroke_that_was_just_refused_is_tried_again(
    labelled: MainWindow, disk: RefusingDisk
) -> None:
    """A full disk refuses at once, sooner than the window looks what became of a stroke."""

    def make_room() -> None:
        disk.trouble = ""
        click(AGAIN)

    labelled.annotation.keeper._poll.stop()
    disk.trouble = FULL
    disk.awake.set()
    assert book_of(labelled).flush(20)
    when(asks, make_room)
    assert labelled.close()
    assert labels_on_disk(labelled) == [2, 2, 3, 3]


def test_a_stroke_that_was_taken_back_is_told_before_the_window_closes(
    labelled: MainWindow, disk: RefusingDisk
) -> None:
    """It cannot be tried again: the reader has labelled on, and the last word stays the last."""
    told: list[str] = []

    def answer() -> None:
        when(asks, let_go)
        disk.awake.set()

    def let_go() -> None:
        told.append(question().words.text())
        assert not question().again.isVisible()
        click(CLOSE)

    labelled.annotation.keeper._poll.stop()
    disk.trouble = FULL
    disk.awake.set()
    assert book_of(labelled).flush(20)
    disk.trouble = ""
    disk.awake.clear()
    labelled.annotation.keeper.label(ROWS[:1], Label.IDC)
    when(waits, answer)
    assert labelled.close()
    assert told[0].count("taken back") == 2
    assert FULL in told[0]
    assert labels_on_disk(labelled) == [1, -1, -1, -1]


def test_labels_of_earlier_data_that_are_lost_while_the_window_closes_are_told_before_it_does(
    labelled: MainWindow,
    qtbot: QtBot,
    disk: RefusingDisk,
    tmp_path: Path,
) -> None:
    """Other data were opened before the disk had answered: nothing of theirs can be tried again."""
    told: list[str] = []

    def let_go() -> None:
        told.append(question().words.text())
        click(CLOSE)

    def answer() -> None:
        when(asks, let_go)
        disk.awake.set()

    small_dataset(tmp_path / "other")
    keeper = labelled.annotation.keeper
    labelled.opener.open(tmp_path / "other")
    qtbot.waitUntil(lambda: bool(keeper._leaving), timeout=WAIT_MS)
    disk.trouble = FULL
    when(waits, answer)
    assert labelled.close()
    assert told[0].count("taken back") == 2
    assert FULL in told[0]
