"""A log that somebody else has written to is read only where its rows belong together."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.log import LabelLog
from bcviewer.annotation.reading import read_ledger
from bcviewer.errors import StorageError
from tests.annotation.data import change_behind_its_back, log_of, plain_dataset, unsealed


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("strokes", "id = id + 100"),
        ("strokes", "kind = 'other'"),
        ("strokes", "time = x'ff'"),
        ("strokes", "number = 'x' || id"),
        ("strokes", "blind = 7.5"),
        ("changes", "new = 9"),
        ("changes", "old = -2"),
        ("readers", "name = x'00ff'"),
    ],
)
def test_rows_that_do_not_belong_together_are_damage(
    tmp_path: Path, table: str, change: str
) -> None:
    """So they are in a log without digests, and in one of somebody who made digests for them."""
    path = unsealed(log_of(tmp_path / "labels.sqlite"))
    change_behind_its_back(path, table, f"UPDATE {table} SET {change}")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="is damaged") as refused:
        read_ledger(path, plain_dataset())
    assert refused.value.hint
    with pytest.raises(StorageError):
        LabelBook(path, plain_dataset(), reader="Ann")
    assert path.read_bytes() == before


def test_text_that_is_none_is_damage_wherever_it_stands(tmp_path: Path) -> None:
    """Even what SQLite says of a damaged schema quotes bytes that are no text."""
    path = log_of(tmp_path / "labels.sqlite")
    # Wherever it stands: newer SQLites leave an older copy on the page, which nobody reads.
    whole = b"tablereadersreaders"
    content = path.read_bytes()
    assert whole in content
    path.write_bytes(content.replace(whole, b"tablereader" + b"\xff" * 4 + b"ders"))
    with pytest.raises(StorageError):
        LabelLog(path, read_only=True)


def test_statistics_that_sqlite_keeps_do_no_harm(tmp_path: Path) -> None:
    path = log_of(tmp_path / "labels.sqlite")
    raw = sqlite3.connect(path)
    raw.execute("ANALYZE")
    raw.close()
    assert len(read_ledger(path, plain_dataset()).acts) == 3
