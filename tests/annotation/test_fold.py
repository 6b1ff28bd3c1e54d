"""Whatever readers do, in whatever windows: the fold of the log is the state in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from tests.annotation.data import plain_dataset

ACTS = st.lists(
    st.tuples(
        st.integers(0, 2),  # the window
        st.sampled_from(["label", "label", "undo", "redo", "poll", "flush"]),
        st.lists(st.integers(0, 5), min_size=1, max_size=4),
        st.sampled_from(list(Label)),
    ),
    max_size=25,
)
READERS = ("Ann", "Bob", "Ann")  # Ann has two windows


@settings(max_examples=60)
@given(acts=ACTS)
def test_all_windows_and_the_log_agree(acts: list[tuple[int, str, list[int], Label]]) -> None:
    dataset = plain_dataset(patients=1, columns=3, rows=2)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "labels.sqlite"
        books = [LabelBook(path, dataset, reader=reader) for reader in READERS]
        for window, act, rows, label in acts:
            book = books[window]
            if act == "label":
                book.label(np.array(rows), label)
            elif act == "poll":
                book.poll()
            elif act == "flush":
                book.flush()
            else:
                book.undo() if act == "undo" else book.redo()
        for book in books:
            book.flush()
        for book in books:
            book.poll()
            assert book.faults() == ()
        fresh = LabelBook(path, dataset, reader="Eve")
        for book in books:
            assert book.state.labels.tolist() == fresh.state.labels.tolist()
            for reader in READERS:
                own = book.state.of_reader(reader)
                assert own.tolist() == fresh.state.of_reader(reader).tolist()
            assert book.history == fresh.history
            book.close()
        fresh.close()


@settings(max_examples=40)
@given(
    strokes=st.lists(
        st.tuples(st.lists(st.integers(0, 5), min_size=1), st.sampled_from(list(Label))),
        max_size=8,
    ),
    restart=st.booleans(),
)
def test_undoing_all_then_redoing_all_goes_through_the_same_states(
    strokes: list[tuple[list[int], Label]], restart: bool
) -> None:
    dataset = plain_dataset(patients=1, columns=3, rows=2)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "labels.sqlite"
        book = LabelBook(path, dataset, reader="Ann")
        states = [book.state.labels.tolist()]
        for rows, label in strokes:
            if book.label(np.array(rows), label) is not None:
                states.append(book.state.labels.tolist())
        back = [book.state.labels.tolist()]
        while book.undo() is not None:
            back.append(book.state.labels.tolist())
        assert back == states[::-1]
        if restart:
            book.close()
            book = LabelBook(path, dataset, reader="Ann")
        again = [book.state.labels.tolist()]
        while book.redo() is not None:
            again.append(book.state.labels.tolist())
        assert again == states
        book.close()
