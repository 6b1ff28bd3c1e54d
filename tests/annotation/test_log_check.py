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
        ("changes", "x = x - 1000"),
        ("changes", "y = y + 100000000"),
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


def test_strokes_without_a_session_are_nobodys_own(tmp_path: Path) -> None:
    """Strokes of one's own session are known; those of a log that lost the word are not."""
    path = unsealed(log_of(tmp_path / "labels.sqlite"))
    whole = read_ledger(path, plain_dataset()).state.labels.tolist()
    change_behind_its_back(path, "strokes", "UPDATE strokes SET session = ''")
    for salvage in (False, True):
        found = read_ledger(path, plain_dataset(), salvage=salvage)
        assert found.state.labels.tolist() == whole


def test_a_digest_is_checked_although_the_session_is_gone(tmp_path: Path) -> None:
    path = log_of(tmp_path / "labels.sqlite")
    change_behind_its_back(path, "strokes", "UPDATE strokes SET session = '' WHERE id = 2")
    with pytest.raises(StorageError, match="1 of its 3 strokes .* first number 2"):
        read_ledger(path, plain_dataset())
    salvaged = read_ledger(path, plain_dataset(), salvage=True)
    assert [act.line.id for act in salvaged.acts] == [1, 3]


@pytest.mark.parametrize("change", ["new = 9", "old = -2", "x = x - 1000", "y = y + 100000000"])
def test_what_is_saved_of_a_log_has_no_label_that_cannot_be(tmp_path: Path, change: str) -> None:
    path = unsealed(log_of(tmp_path / "labels.sqlite"))
    change_behind_its_back(path, "changes", f"UPDATE changes SET {change} WHERE stroke = 2")
    saved = read_ledger(path, plain_dataset(), salvage=True)
    assert [len(saved.rows_of(act)) for act in saved.acts] == [1, 0, 1]


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
