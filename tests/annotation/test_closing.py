"""The end of a log: nothing that was said is lost without a word, and nothing waits for ever."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from bcviewer.annotation.labels import Label
from bcviewer.annotation.log import LabelLog
from bcviewer.annotation.log_errors import BUSY_SECONDS
from bcviewer.annotation.log_lines import PatchLine, StrokeLine
from bcviewer.annotation.reading import read_ledger
from bcviewer.annotation.writer import HASTY_SECONDS
from bcviewer.dataset.dataset import Dataset
from tests.annotation.conftest import OpenBook
from tests.annotation.refusing import RefusingDisk

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> RefusingDisk:
    return RefusingDisk(monkeypatch)


def test_strokes_that_cannot_be_written_are_held_in_their_order_and_tried_again(
    open_book: OpenBook, disk: RefusingDisk, log_path: Path, dataset: Dataset
) -> None:
    book = open_book()
    disk.awake.clear()
    book.label(np.array([1, 2]), Label.IDC)
    book.label(np.array([2, 3]), Label.UNSURE)
    book.undo()
    book.label(np.array([3]), Label.EXCLUDED)
    said = book.state.labels.tolist()
    disk.trouble = "The disk is full."
    book.hold(True)
    disk.awake.set()
    assert not book.flush(20)
    assert (book.problem, book.pending) == ("The disk is full.", 4)
    assert book.faults() == ()
    assert book.state.labels.tolist() == said, "nothing was taken back"
    disk.trouble = ""
    book.hold(True)
    assert book.flush(20)
    assert (book.problem, book.pending) == ("", 0)
    book.close()
    assert read_ledger(log_path, dataset).state.labels.tolist() == said


def test_only_one_of_the_last_strokes_waits_for_a_log_that_others_use(
    open_book: OpenBook, disk: RefusingDisk, log_path: Path, dataset: Dataset
) -> None:
    book = open_book()
    disk.awake.clear()
    for row in range(4):
        book.label(np.array([row]), Label.UNSURE)
    disk.trouble = "It was locked."
    book.hold(True)
    disk.awake.set()
    assert not book.flush(20)
    book.close()
    assert disk.patience == [BUSY_SECONDS] + 4 * [HASTY_SECONDS]
    assert len(book.faults()) == 4
    assert not (book.state.labels >= 0).any()


def test_a_log_that_is_written_without_end_does_not_keep_its_reader(
    open_book: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(log: LabelLog, line: StrokeLine, patches: Iterable[PatchLine]) -> int:
        return int(log._connection.execute(ENDLESS).fetchone()[0])

    book = open_book()
    monkeypatch.setattr(LabelLog, "append", endless)
    book.label(np.array([1]), Label.IDC)
    book.label(np.array([2]), Label.IDC)
    book.close(patience=0.2)
    faults = book.faults()
    assert ["too long" in fault for fault in faults] == [True, True]
    assert not (book.state.labels >= 0).any()
    assert not [thread for thread in threading.enumerate() if thread.name == "label-log"]


def test_what_was_told_to_be_lost_is_not_written_after_all(
    open_book: OpenBook, log_path: Path, dataset: Dataset
) -> None:
    book = open_book()
    with closing(sqlite3.connect(log_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        book.label(np.array([1]), Label.IDC)
        book.close(patience=0.2)
        assert ["too long" in fault for fault in book.faults()] == [True]
    for thread in [each for each in threading.enumerate() if each.name == "label-log"]:
        thread.join(20)  # it still waited for the other
    assert not (read_ledger(log_path, dataset).state.labels >= 0).any()


def test_strokes_that_are_only_many_are_all_waited_for(
    open_book: OpenBook, log_path: Path, dataset: Dataset
) -> None:
    book = open_book()
    for number in range(200):
        book.label(np.array([number % 30]), Label(number % 4))
    said = book.state.labels.tolist()
    book.close()
    assert book.faults() == ()
    assert read_ledger(log_path, dataset).state.labels.tolist() == said
