"""What the tests of labels have: data without files, and books that are closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bcviewer.annotation.book import LabelBook
from bcviewer.dataset.dataset import Dataset
from tests.annotation.data import plain_dataset

OpenBook = Callable[..., LabelBook]


@pytest.fixture
def dataset() -> Dataset:
    """Three patients of twelve patches each."""
    return plain_dataset()


@pytest.fixture
def log_path(tmp_path: Path) -> Path:
    """Where the label log will be."""
    return tmp_path / "work" / "labels.sqlite"


@pytest.fixture
def open_book(log_path: Path, dataset: Dataset) -> Iterator[OpenBook]:
    """Opens books on one log, as windows do; by default Ann's."""
    opened: list[LabelBook] = []

    def make(reader: str = "Ann", *, on: Dataset = dataset) -> LabelBook:
        opened.append(LabelBook(log_path, on, reader=reader))
        return opened[-1]

    yield make
    for book in opened:
        book.close()
