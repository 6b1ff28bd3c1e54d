"""A log that somebody else has written to is read only where its rows belong together."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.log import LabelLog
from bcviewer.annotation.reading import read_ledger
from bcviewer.errors import StorageError
from tests.annotation.data import log_of, plain_dataset

TRIGGER = """CREATE TRIGGER {table}_no_UPDATE BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'the label log is append-only'); END"""


def changed(path: Path, table: str, change: str) -> Path:
    """A log in which rows were changed behind the program's back."""
    log_of(path)
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA ignore_check_constraints = ON")
    raw.execute(f"DROP TRIGGER {table}_no_UPDATE")
    raw.execute(f"UPDATE {table} SET {change}")
    raw.execute(TRIGGER.format(table=table))
    raw.close()
    return path


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
    path = changed(tmp_path / "labels.sqlite", table, change)
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
    content = path.read_bytes()
    at = content.index(b"CREATE TABLE readers")
    path.write_bytes(content[: at - 9] + b"\xff" * 4 + content[at - 5 :])
    with pytest.raises(StorageError):
        LabelLog(path, read_only=True)


def test_statistics_that_sqlite_keeps_do_no_harm(tmp_path: Path) -> None:
    path = log_of(tmp_path / "labels.sqlite")
    raw = sqlite3.connect(path)
    raw.execute("ANALYZE")
    raw.close()
    assert len(read_ledger(path, plain_dataset()).acts) == 3
