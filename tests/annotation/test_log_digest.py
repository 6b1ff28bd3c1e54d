"""Each stroke has a digest: what is not as it was written is noticed, and the rest can be saved."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from bcviewer.annotation import log_check, log_rows, log_writing
from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.annotation.log import LabelLog
from bcviewer.annotation.reading import read_ledger
from bcviewer.dataset.dataset import Dataset
from bcviewer.errors import StorageError
from tests.annotation.conftest import OpenBook
from tests.annotation.data import change_behind_its_back, line, log_of, unsealed


def told(path: Path) -> Path:
    """A log of two readers, two patients, and an undo."""
    log = LabelLog(path)
    log.append(line(1), [("p00", 1, 1, -1, 1), ("p01", 51, 1, -1, 1)])
    log.append(line(2, reader="Bea", reason="import x.csv"), [("p00", 51, 1, -1, 2)])
    log.append(line(3), [("p00", 101, 1, -1, 3)])
    log.append(line(4, kind="undo", undoes=1), [])
    log.append(line(5), [("p01", 1, 1, -1, 1)])
    log.close()
    return path


@pytest.mark.parametrize(
    ("change", "spoilt"),
    [
        ("UPDATE changes SET new = 0 WHERE stroke = 3", {3}),
        ("UPDATE changes SET old = 0 WHERE stroke = 3", {3}),
        ("UPDATE changes SET x = 151 WHERE stroke = 3", {3}),
        ("UPDATE changes SET stroke = 3 WHERE stroke = 2", {2, 3}),
        ("DELETE FROM changes WHERE stroke = 1 AND x = 51", {1}),
        ("UPDATE patients SET name = 'p02' WHERE name = 'p01'", {1, 5}),
        ("UPDATE readers SET name = 'Bob' WHERE name = 'Bea'", {2}),
        ("UPDATE strokes SET reader = 1 WHERE id = 2", {2}),
        ("UPDATE strokes SET reader = 7 WHERE id = 2", {2}),
        ("UPDATE strokes SET time = '2027' WHERE id = 1", {1}),
        ("UPDATE strokes SET reason = 'import y.csv' WHERE id = 2", {2}),
        ("UPDATE strokes SET undoes = 3 WHERE id = 4", {4}),
        ("UPDATE strokes SET blind = 1 WHERE id = 5", {5}),
        ("UPDATE strokes SET id = 9 WHERE id = 5", {5, 9}),
        ("DELETE FROM strokes WHERE id = 4", {4}),
        ("UPDATE digests SET digest = x'00' WHERE stroke = 5", {5}),
        ("UPDATE digests SET patches = 7 WHERE stroke = 5", {5}),
    ],
)
def test_what_is_not_as_it_was_written_is_noticed_and_the_rest_is_saved(
    log_path: Path, dataset: Dataset, change: str, spoilt: set[int]
) -> None:
    table = next(word for word in change.split() if word.islower())
    change_behind_its_back(told(log_path), table, change)
    before = log_path.read_bytes()
    with pytest.raises(StorageError, match="not as they were written") as refused:
        read_ledger(log_path, dataset)
    assert "labels export --salvage" in refused.value.hint
    with pytest.raises(StorageError, match="not as they were written"):
        LabelBook(log_path, dataset, reader="Ann")
    saved = read_ledger(log_path, dataset, salvage=True)
    assert {act.line.id for act in saved.acts} == {1, 2, 3, 4, 5} - spoilt
    assert log_path.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        *("UPDATE digests SET digest = x'00'", "UPDATE digests SET digest = 'text'"),
        "DELETE FROM digests",
    ],
)
def test_where_only_a_digest_is_damaged_no_label_is_refused(
    log_path: Path, dataset: Dataset, change: str
) -> None:
    """That of the next stroke tells that all is there."""
    change_behind_its_back(told(log_path), "digests", f"{change} WHERE stroke = 2")
    assert len(read_ledger(log_path, dataset).acts) == 5


@pytest.mark.parametrize("change", ["DELETE FROM digests", "UPDATE digests SET digest = 'text'"])
def test_a_window_that_goes_on_reading_notices_a_digest_that_is_none(
    log_path: Path, change: str
) -> None:
    """That of the last stroke it knows: nothing tells that the next ones belong behind it."""
    log = LabelLog(told(log_path), read_only=True)
    assert log.since(5).last == 5, "where nothing is new it is the last one all the same"
    change_behind_its_back(log_path, "digests", f"{change} WHERE stroke = 2")
    with pytest.raises(StorageError, match="not as they were written"):
        log.since(2)
    log.close()


def test_a_log_of_the_version_before_is_read_and_carried_on(
    log_path: Path, dataset: Dataset, open_book: OpenBook
) -> None:
    unsealed(told(log_path))
    whole = log_path.read_bytes()
    kept = read_ledger(log_path, dataset).state.labels
    book, other = open_book(), open_book("Bea")
    assert book.state.labels.tolist() == kept.tolist()
    assert log_path.read_bytes() == whole, "to look at it does not change it"
    book.label(np.array([9]), Label.UNSURE)
    assert book.flush(10)
    other.poll()
    other.label(np.array([10]), Label.EXCLUDED)
    assert other.flush(10)
    assert (*book.faults(), *other.faults()) == ()
    book.poll()
    later = read_ledger(log_path, dataset)
    assert later.state.labels[9:11].tolist() == [Label.UNSURE, Label.EXCLUDED]
    assert later.state.labels.tolist() == book.state.labels.tolist()
    book.close()
    other.close()
    change_behind_its_back(log_path, "changes", "UPDATE changes SET new = 0 WHERE stroke = 2")
    with pytest.raises(StorageError, match="1 of its 7 strokes .* first number 2"):
        read_ledger(log_path, dataset)


def test_a_program_of_the_version_before_that_has_it_open_can_add_nothing_without_a_digest(
    log_path: Path, dataset: Dataset
) -> None:
    log_of(log_path)
    old = sqlite3.connect(log_path)
    with pytest.raises(sqlite3.IntegrityError, match="use a newer bcviewer"):
        old.execute(
            "INSERT INTO strokes (session, number, reader, time, kind, reason, model, queue, blind)"
            " VALUES ('old', 1, 1, '2026', 'label', '', '', '', 0)"
        )
    old.close()
    assert len(read_ledger(log_path, dataset).acts) == 3


def test_patches_may_come_in_any_order(log_path: Path, dataset: Dataset) -> None:
    """Patients get their numbers as they are labelled, which is not the order of their names."""
    log = LabelLog(log_path)
    log.append(line(1), [("p01", 1, 1, -1, 1)])
    places = [("p00", 1, 51), ("p01", 51, 51), ("p01", 1, 1), ("p00", 51, 1)]
    log.append(line(2), [(*place, -1, 0) for place in places])
    log.close()
    assert len(read_ledger(log_path, dataset).acts) == 2


def test_a_log_of_very_many_readers_is_damaged(
    log_path: Path, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_check, "MOST_NAMES", 1)
    with pytest.raises(StorageError, match="more than 1 readers"):
        read_ledger(told(log_path), dataset)


def test_no_log_gets_more_patients_than_can_be_read(
    log_path: Path, dataset: Dataset, open_book: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_writing, "MOST_PATIENTS", 1)
    book = open_book()
    first, second = dataset.rows("p00").start, dataset.rows("p01").start
    for row in (first, second, first + 1):
        book.label(np.array([row]), Label.IDC)
    book.flush(10)
    (fault,) = book.faults()
    assert "is full" in fault
    monkeypatch.setattr(log_rows, "MOST_PATIENTS", 0)
    with pytest.raises(StorageError, match="more than 0 patients"):
        read_ledger(log_path, dataset)


def test_no_log_grows_larger_than_can_be_read(
    log_path: Path, dataset: Dataset, open_book: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_rows, "MOST_STROKES", 3)
    monkeypatch.setattr(log_rows, "MOST_PATCHES", 20)
    book = open_book()
    book.label(np.arange(19), Label.IDC)
    book.label(np.arange(2), Label.UNSURE)
    book.label(np.array([30]), Label.IDC)
    book.undo()
    book.redo()  # which has no labels
    book.flush(10)
    faults = book.faults()
    assert len(faults) == 2, "two labels too many, and a stroke too many"
    assert all("is full" in fault and "Export" in fault for fault in faults)
    assert len(read_ledger(log_path, dataset).acts) == 3, "what is full can be read"
    monkeypatch.setattr(log_rows, "MOST_PATCHES", 19)
    with pytest.raises(StorageError, match="more than 19 labels"):
        read_ledger(log_path, dataset)
    monkeypatch.setattr(log_rows, "MOST_STROKES", 2)
    with pytest.raises(StorageError, match="more than 2 strokes"):
        read_ledger(log_path, dataset)
