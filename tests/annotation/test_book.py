"""Readers label, undo and redo; nothing waits for a save."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from bcviewer.annotation import writer
from bcviewer.annotation.labels import Label, LabelError
from bcviewer.annotation.log import LabelLog
from bcviewer.annotation.reading import read_ledger
from bcviewer.annotation.state import labels_fingerprint
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.errors import StorageError
from tests.annotation.conftest import OpenBook
from tests.annotation.data import copy_of, plain_dataset
from tests.factories import picture_bytes

ROWS = np.array([1, 2, 3])
SHOWN = 10


def test_a_label_holds_at_once_and_after_a_restart(open_book: OpenBook) -> None:
    book = open_book()
    stroke = book.label(np.array([3, 1, 2, 1]), Label.IDC, model="m1", reason="why")
    assert stroke is not None
    assert stroke.rows.tolist() == [1, 2, 3]
    assert stroke.old.tolist() == [-1, -1, -1]
    assert stroke.new.tolist() == [1, 1, 1]
    assert (stroke.title, stroke.model, stroke.reason) == ("IDC: 3 patches of p00", "m1", "why")
    assert book.state.labels[:5].tolist() == [-1, 1, 1, 1, -1]
    assert book.flush(10)
    assert book.pending == 0
    again = open_book()
    assert again.state.labels.tolist() == book.state.labels.tolist()
    assert again.state.readers == ("Ann",)


def test_original_corrected_confirmed_unsure_and_excluded_are_told_apart(
    open_book: OpenBook, dataset: Dataset
) -> None:
    book = open_book()
    assert dataset.labels[:4].tolist() == [1, 0, 0, 1]
    book.label(np.array([0, 1]), Label.IDC)
    book.label(np.array([2]), Label.UNSURE)
    book.label(np.array([3]), Label.EXCLUDED)
    state = book.state
    assert np.flatnonzero(state.confirmed).tolist() == [0]
    assert np.flatnonzero(state.corrected).tolist() == [1]
    assert state.effective()[:5].tolist() == [1, 1, -1, -1, 0]
    assert dataset.labels[:4].tolist() == [1, 0, 0, 1]
    book.label(np.arange(4), Label.CLEARED)
    assert (book.state.labels == -1).all()
    assert (book.state.reader_of == -1).all()
    assert (book.state.effective() == dataset.labels).all()
    assert state.labels[0] == 1, "a state that was asked for stays as it was"


def test_what_changes_nothing_is_no_stroke(open_book: OpenBook) -> None:
    book = open_book()
    assert book.label(np.empty(0, np.int64), Label.IDC) is None
    assert book.label(ROWS, Label.CLEARED) is None
    book.label(ROWS, Label.IDC)
    assert book.label(ROWS, Label.IDC) is None
    stroke = book.label(np.arange(5), Label.IDC)
    assert stroke is not None
    assert stroke.rows.tolist() == [0, 4]
    assert len(book.history) == 2


def test_a_second_reader_who_agrees_is_heard(open_book: OpenBook) -> None:
    ann = open_book()
    ann.label(ROWS, Label.IDC)
    ann.flush()
    bob = open_book("Bob")
    stroke = bob.label(ROWS, Label.IDC)
    assert stroke is not None
    assert (stroke.old == stroke.new).all()
    assert bob.state.of_reader("Bob")[1:4].tolist() == [1, 1, 1]
    bob.flush()
    ann.undo()
    ann.poll()
    assert ann.state.labels[1:4].tolist() == [1, 1, 1], "Bob's word stands"


def test_confirming_says_the_label_that_holds(open_book: OpenBook, dataset: Dataset) -> None:
    book = open_book()
    book.label(np.array([1]), Label.UNSURE)
    book.confirm(np.arange(3), reason="seen", queue="least_certain")
    assert book.state.labels[:4].tolist() == [1, 2, 0, -1]
    assert np.flatnonzero(book.state.confirmed).tolist() == [0, 2]


def test_undo_and_redo_go_on_across_restarts(open_book: OpenBook) -> None:
    book = open_book()
    assert not book.can_undo
    assert book.undo() is None
    assert book.redo() is None
    for label in (Label.IDC, Label.UNSURE, Label.EXCLUDED):
        book.label(ROWS, label)
    undone = book.undo()
    assert undone is not None
    assert undone.title == "Undo excluded: 3 patches of p00"
    assert undone.new.tolist() == [2, 2, 2]
    book.flush()
    book = open_book()
    assert (book.can_undo, book.can_redo) == (True, True)
    redone = book.redo()
    assert redone is not None
    assert redone.title == "Redo excluded: 3 patches of p00"
    for _ in range(3):
        book.undo()
    assert not book.can_undo
    assert (book.state.labels == -1).all()
    book.flush()
    book = open_book()
    for expected in (1, 2, 3):
        assert book.redo() is not None
        assert book.state.labels[1] == expected
    assert not book.can_redo


def test_a_new_label_ends_what_could_be_redone(open_book: OpenBook) -> None:
    book = open_book()
    book.label(ROWS, Label.IDC)
    book.undo()
    book.label(np.array([7]), Label.IDC)
    assert not book.can_redo
    assert book.undo_words == "IDC: 1 patch of p00"
    assert [line.undone for line in book.history] == [True, False]


def test_nobody_undoes_what_another_reader_did(open_book: OpenBook) -> None:
    ann, bob = open_book("Ann"), open_book("Bob")
    ann.label(ROWS, Label.IDC)
    ann.flush()
    assert bob.poll().tolist() == [1, 2, 3]
    assert not bob.can_undo
    bob.label(np.array([2]), Label.UNSURE)
    bob.flush()
    assert ann.poll().tolist() == [2]
    undone = ann.undo()
    assert undone is not None
    assert undone.kept == 1
    assert ann.state.labels[1:4].tolist() == [-1, 2, -1]
    bob.undo()
    bob.flush()
    ann.flush()
    assert bob.poll().tolist() == [1, 2, 3]
    assert ann.poll().tolist() == [2]
    assert ann.state.labels.tolist() == bob.state.labels.tolist() == [-1] * 36
    ann.redo()
    assert ann.state.labels[1:4].tolist() == [1, 1, 1]


def test_the_history_reads_well(open_book: OpenBook) -> None:
    book = open_book()
    book.label(np.arange(24), Label.EXCLUDED)
    book.apply(np.array([0, 30]), np.array([0, 1]), reason="import labels.csv")
    book.apply(np.array([1, 2]), np.array([0, 1]))
    texts = [line.text for line in book.history]
    assert texts == [
        "excluded: 24 patches of 2 patients",
        "import labels.csv: 2 patches of 2 patients",
        "several labels: 2 patches of p00",
    ]
    assert {line.reader for line in book.history} == {"Ann"}
    assert [line.patches for line in book.history] == [24, 2, 2]


def test_the_history_shows_the_last_strokes_and_undo_goes_further(
    open_book: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bcviewer.annotation.book.SHOWN", SHOWN)
    book = open_book()
    for number in range(SHOWN + 5):
        book.label(np.array([number % 3]), (Label.IDC, Label.UNSURE)[number // 3 % 2])
    assert len(book.history) == SHOWN
    for _ in range(SHOWN + 5):
        assert book.undo() is not None
    assert book.undo() is None
    assert (book.state.labels == -1).all()


def test_labels_of_patches_that_are_gone_are_kept(open_book: OpenBook) -> None:
    book = open_book()
    book.label(np.array([0, 13]), Label.UNSURE)
    book.label(np.array([1, 14]), Label.IDC)
    book.label(np.array([1]), Label.CLEARED)
    book.flush()
    fewer = open_book(on=plain_dataset(patients=2, first=1))
    assert fewer.state.labels[1:4].tolist() == [2, 1, -1], "found by patient and place"
    assert [(label.patient, label.x, label.y) for label in fewer.state.missing] == [("p00", 1, 1)]
    assert fewer.state.missing[0].label is Label.UNSURE
    assert fewer.state.missing[0].reader == "Ann"
    assert fewer.history[0].text == "unsure: 2 patches of 2 patients"
    fewer.undo()
    fewer.undo()
    assert fewer.state.labels[2] == -1
    fewer.flush()
    assert open_book().state.labels[:3].tolist() == [2, -1, -1]


def test_the_fingerprint_is_of_what_differs_from_the_original(open_book: OpenBook) -> None:
    book = open_book()
    assert book.state.fingerprint == ""
    book.confirm(np.arange(10))
    assert book.state.fingerprint == ""
    book.label(np.array([1, 2]), Label.IDC)
    first = book.state.fingerprint
    book.label(np.array([4]), Label.UNSURE)
    second = book.state.fingerprint
    assert len({"", first, second}) == 3
    book.label(np.array([1, 2, 4]), Label.CLEARED)
    book.label(np.array([4]), Label.EXCLUDED)
    book.label(np.array([2]), Label.IDC)
    book.label(np.array([1]), Label.IDC)
    assert book.state.fingerprint == second, "the order does not count, nor why it is left out"


def test_other_labels_places_or_patients_have_another_fingerprint() -> None:
    dataset = plain_dataset()
    first, second = (dataset.rows(patient).start for patient in ("p00", "p01"))
    found = set()
    for row, label in ((first, 0), (first, -1), (first + 1, -1), (first + 4, -1), (second, -1)):
        effective = dataset.labels.copy()
        effective[row] = label
        found.add(labels_fingerprint(dataset, effective))
    assert len(found) == 5


def test_blind_answers_are_kept_beside_the_final_ones(open_book: OpenBook) -> None:
    book = open_book()
    book.label(np.array([0]), Label.IDC)
    book.label(np.array([0, 1]), Label.IDC, blind=True)
    book.label(np.array([1]), Label.UNSURE)
    book.label(np.array([2]), Label.IDC)
    state = book.state
    assert state.blind_of_reader("Ann")[:4].tolist() == [1, 1, -1, -1]
    assert state.of_reader("Ann")[:4].tolist() == [1, 2, 1, -1]
    assert (state.of_reader("nobody") == -1).all()
    book.undo()
    book.undo()
    book.undo()
    assert (book.state.blind_of_reader("Ann") == -1).all(), "a slip that was undone is no answer"


def test_a_stroke_that_cannot_be_written_is_taken_back_in_words(
    open_book: OpenBook, log_path: Path
) -> None:
    book = open_book()
    book.label(ROWS, Label.IDC)
    book.flush()
    other = sqlite3.connect(log_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    book.label(np.array([1, 5]), Label.UNSURE)
    book.undo()
    moved = log_path.rename(log_path.with_name("moved.sqlite"))
    other.execute("ROLLBACK")
    other.close()
    book.flush()
    assert sorted(book.poll().tolist()) == [1, 5]
    first, second = book.faults()
    assert "Not saved and taken back: unsure: 2 patches of p00" in first
    assert "moved or deleted" in first
    assert "Undo unsure" in second
    assert book.faults() == ()
    assert book.state.labels[:6].tolist() == [-1, 1, 1, 1, -1, -1]
    assert [line.text for line in book.history] == ["IDC: 3 patches of p00"]
    moved.rename(log_path)
    book.undo()
    book.flush()
    assert book.faults() == ()
    assert (open_book().state.labels == -1).all()


def test_a_fault_of_the_program_takes_a_stroke_back_and_the_next_is_written(
    open_book: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object) -> int:
        raise RuntimeError("a fault")

    book = open_book()
    with monkeypatch.context() as broken:
        broken.setattr(LabelLog, "append", faulty)
        book.label(ROWS, Label.IDC)
        assert book.flush(10)
    (fault,) = book.faults()
    assert "A fault of the program" in fault
    assert (book.state.labels == -1).all()
    book.label(ROWS, Label.IDC)
    assert book.flush(10)
    assert (open_book().state.labels[ROWS] == Label.IDC).all()


def test_an_undo_that_cannot_be_written_may_be_tried_again(
    open_book: OpenBook, log_path: Path
) -> None:
    book = open_book()
    book.label(ROWS, Label.IDC)
    book.flush()
    moved = log_path.rename(log_path.with_name("moved.sqlite"))
    book.undo()
    book.flush()
    assert book.poll().tolist() == [1, 2, 3]
    assert book.state.labels[1] == 1
    assert not book.can_redo
    moved.rename(log_path)
    assert book.undo() is not None
    assert book.state.labels[1] == -1


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b"])
def test_a_reader_needs_a_name(open_book: OpenBook, name: str) -> None:
    with pytest.raises(LabelError, match="name"):
        open_book(name)


def test_rows_of_another_data_set_are_refused(open_book: OpenBook) -> None:
    book = open_book()
    for rows in ([-1], [36]):
        with pytest.raises(ValueError, match="row"):
            book.label(np.array(rows), Label.IDC)
    with pytest.raises(ValueError, match="unique"):
        book.apply(np.array([2, 1]), np.array([0, 1]))
    with pytest.raises(ValueError, match="Label"):
        book.apply(np.array([1]), np.array([4]))


def test_pixels_that_change_under_a_label_are_noticed(tmp_path: Path, data_folder: Path) -> None:
    from bcviewer.annotation.book import LabelBook

    dataset, workspace = open_dataset(data_folder, workspace=tmp_path / "work")
    pixels = PixelStore(workspace.pixels_folder, dataset)
    book = LabelBook(workspace.labels_path, dataset, reader="Ann", pixels=pixels)
    book.label(np.array([1, 2, 30]), Label.UNSURE)
    book.label(np.array([2]), Label.IDC)
    book.flush()
    book.close()
    kept = LabelBook(workspace.labels_path, dataset, reader="Ann", pixels=pixels)
    try:
        assert kept.changed_pixels("p00").tolist() == []
        for row in (2, 3):
            dataset.path(row).write_bytes(picture_bytes(1, seed=99))
        dataset.path(1).unlink()
        assert kept.changed_pixels("p00").tolist() == [1, 2], "row 3 has no label"
        assert kept.changed_pixels("p01").tolist() == []
        kept.label(np.array([2]), Label.UNSURE)
        kept.flush()
    finally:
        kept.close()
    last = LabelBook(workspace.labels_path, dataset, reader="Ann", pixels=pixels)
    assert last.changed_pixels("p00").tolist() == [1], "labelled again as it looks now"
    last.close()


def test_the_window_is_not_needed_to_end_the_thread(open_book: OpenBook) -> None:
    book = open_book()
    book.label(ROWS, Label.IDC)
    book.close()
    assert "label-log" not in [thread.name for thread in threading.enumerate()]


def test_a_copy_of_the_one_file_is_whole_soon_even_while_others_have_it_open(
    open_book: OpenBook, log_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_book("Bob")
    ann = open_book("Ann")
    ann.label(ROWS, Label.IDC)
    ann.close()
    copied = read_ledger(copy_of(log_path, tmp_path), ann.dataset).state
    assert copied.readers == ("Ann",)
    monkeypatch.setattr(writer, "IDLE_SECONDS", 0.02)
    eve = open_book("Eve")
    eve.label(ROWS, Label.UNSURE)
    eve.flush()
    ends = time.monotonic() + 10
    while log_path.with_name(log_path.name + "-wal").stat().st_size:
        assert time.monotonic() < ends, "an idle window leaves labels beside the file"
        time.sleep(0.01)
    copied = read_ledger(copy_of(log_path, tmp_path), ann.dataset).state
    assert copied.labels.tolist() == eve.state.labels.tolist()


def test_a_workspace_that_cannot_be_written_is_an_error_in_words(
    dataset: Dataset, tmp_path: Path
) -> None:
    from bcviewer.annotation.book import LabelBook

    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="cannot be opened"):
        LabelBook(tmp_path / "file" / "labels.sqlite", dataset, reader="Ann")
    (tmp_path / "labels.sqlite").mkdir()
    with pytest.raises(StorageError, match="cannot be"):
        LabelBook(tmp_path / "labels.sqlite", dataset, reader="Ann")


def test_a_log_that_is_in_use_delays_a_stroke_but_loses_none(
    open_book: OpenBook, log_path: Path
) -> None:
    book = open_book()
    other = sqlite3.connect(log_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    book.label(ROWS, Label.IDC)
    assert not book.flush(0.2)
    assert book.pending == 1
    assert book.poll().tolist() == []
    assert book.state.labels[1] == 1
    other.execute("ROLLBACK")
    other.close()
    assert book.flush(5)
    assert book.faults() == ()
