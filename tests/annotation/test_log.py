"""The log keeps what it was told, refuses what would harm it, and says so in words."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bcviewer.annotation.log import LabelLog, open_if_there
from bcviewer.annotation.log_file import LONGEST_VALUE
from bcviewer.errors import StorageError
from tests.annotation.data import line, log_of


def test_strokes_come_back_in_their_order(log_path: Path) -> None:
    log = LabelLog(log_path)
    first = log.append(line(1, reason="é", blind=True), [("p1", 51, 1, -1, 2), ("p0", 1, 1, -1, 2)])
    second = log.append(line(2, kind="undo", undoes=first), [])
    batch = log.since(0)
    assert [stroke.id for stroke in batch.strokes] == [first, second]
    assert batch.strokes[0]._replace(id=0) == line(1, reason="é", blind=True)
    assert batch.strokes[1].undoes == first
    names = [batch.patients[number] for number in batch.changes[:, 1].tolist()]
    assert sorted(zip(names, batch.changes[:, 2].tolist(), strict=True)) == [("p0", 1), ("p1", 51)]
    assert batch.last == second
    assert log.since(first).strokes == [batch.strokes[1]]
    own = log.since(0, session="test")
    assert own.own == {1: first, 2: second}
    assert (own.strokes, len(own.changes), own.last) == ([], 0, second)
    log.close()


def test_a_patient_whose_name_is_no_utf8_is_kept(log_path: Path) -> None:
    name = os.fsdecode(b"p\xff1")
    log = LabelLog(log_path)
    log.append(line(1), [(name, 1, 1, -1, 1)])
    log.append(line(2), [(name, 51, 1, -1, 1)])
    log.add_pixels(1, [(name, 1, 1, 77)])
    assert set(log.since(0).patients.values()) == {name}
    assert log.pixels(name) == {(1, 1, 1): 77}
    log.close()


@pytest.mark.parametrize(
    "table", ["readers", "patients", "strokes", "changes", "pixels", "digests"]
)
def test_nothing_in_the_log_can_be_changed_or_deleted(log_path: Path, table: str) -> None:
    log = LabelLog(log_path)
    log.append(line(), [("p00", 1, 1, -1, 1)])
    log.add_pixels(1, [("p00", 1, 1, 5)])
    log.close()
    raw = sqlite3.connect(log_path)
    column = raw.execute(f"PRAGMA table_info({table})").fetchall()[-1][1]
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = {column}"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(statement)
    raw.close()


def test_a_log_is_opened_with_care(log_path: Path) -> None:
    """What is written is on the disk; nothing in it is run, and no value fills the memory."""
    log = LabelLog(log_path)
    connection = log._connection
    (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
    (trusted,) = connection.execute("PRAGMA trusted_schema").fetchone()
    assert (synchronous, trusted) == (2, 0), "full, and off"
    assert connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) == LONGEST_VALUE
    log.close()


def test_a_stroke_is_written_whole_or_not_at_all(log_path: Path) -> None:
    log = LabelLog(log_path)
    with pytest.raises(StorageError):
        log.append(line(), [("p00", 1, 1, -1, 1), ("p00", 51, 1, -1, 9)])
    assert log.since(0).strokes == []
    assert log.append(line(), [("p00", 1, 1, -1, 1)])
    with pytest.raises(StorageError):
        log.append(line(), [("p00", 1, 1, -1, 1)])  # the same stroke of the same session
    log.close()


def test_people_can_read_the_log_with_any_tool(log_path: Path) -> None:
    log_of(log_path, strokes=1)
    raw = sqlite3.connect(log_path)
    raw.row_factory = sqlite3.Row
    entry = dict(raw.execute("SELECT * FROM entries").fetchone())
    raw.close()
    assert (entry["reader"], entry["patient"], entry["x"], entry["new"]) == ("Ann", "p00", 51, 1)


def nonsense(path: Path) -> None:
    path.write_bytes(b"this is no database, but it is long enough to be read as one" * 50)


def torn(path: Path) -> None:
    log_of(path, strokes=300)
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)


def cut(path: Path) -> None:
    log_of(path, strokes=300)
    os.truncate(path, 4096 * 3)


def foreign(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE recipes (id)")
    raw.commit()
    raw.close()


def newer(path: Path) -> None:
    log_of(path)
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 3")
    raw.close()


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (nonsense, "damaged"),
        (torn, "damaged"),
        (cut, "damaged"),
        (foreign, "no label log"),
        (newer, "version 3; this bcviewer reads 2"),
    ],
)
def test_what_is_no_sound_log_is_refused_and_left_as_it_is(
    log_path: Path, harm: Callable[[Path], None], words: str
) -> None:
    log_path.parent.mkdir()
    harm(log_path)
    before = log_path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(StorageError, match=words) as caught:
            LabelLog(log_path, read_only=read_only)
        assert caught.value.hint
    assert log_path.read_bytes() == before


def test_reading_makes_no_file(log_path: Path) -> None:
    assert open_if_there(log_path) is None
    assert not log_path.parent.exists()
    log_path.parent.mkdir()
    log_path.touch()
    assert open_if_there(log_path) is None
    log_path.unlink()
    log_of(log_path)
    log = open_if_there(log_path)
    assert log is not None
    assert len(log.since(0).strokes) == 3
    with pytest.raises(StorageError, match="writing"):
        log.append(line(9), [])
    log.close()


def test_a_log_in_a_place_where_nothing_can_be_written_is_read(
    log_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_of(log_path)
    monkeypatch.setattr(os, "access", lambda *_: False)
    log = open_if_there(log_path)
    assert log is not None
    assert len(log.since(0).strokes) == 3
    log.close()
    assert [path.name for path in log_path.parent.iterdir()] == [log_path.name]


FULL_DISK = """
import resource, sys
from pathlib import Path
from bcviewer.annotation.log import LabelLog
from bcviewer.errors import StorageError
from tests.annotation.data import line
log = LabelLog(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
written = 0
try:
    for number in range(1, 1000):
        written = log.append(line(number), [("p", 50 * k + 1, 1, -1, 1) for k in range(400)])
except StorageError as error:
    print("refused:", error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert len(log.since(0).strokes) == written
assert log.append(line(5000), []) == written + 1
print("went on")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are of Unix")
def test_a_full_disk_is_said_in_words_and_the_log_goes_on_when_there_is_room(
    log_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(log_path)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "refused: The label log" in done.stdout
    assert "Check the disk" in done.stdout or "disk is full" in done.stdout
    assert "went on" in done.stdout
    assert len(LabelLog(log_path).since(0).strokes) >= 2
