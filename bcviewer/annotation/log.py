"""The label log: an SQLite file that strokes are only ever added to.

Each stroke is one transaction, flushed to the disk before it counts as written. Several processes
may write and read at once.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.log_check import check_rows
from bcviewer.annotation.log_errors import BUSY_SECONDS, damaged, in_words
from bcviewer.annotation.log_schema import check_schema, is_new, make_schema
from bcviewer.annotation.stroke import Kind
from bcviewer.errors import StorageError

LONGEST_VALUE = 2**20
"""Bytes of a row; reasons and names have some hundred."""

COLUMNS = ("stroke", "patient", "x", "y", "old", "new")
STROKES = """
SELECT strokes.id, session, number, readers.name, time, kind, reason, model, queue, blind,
    ifnull(undoes, 0)
FROM strokes JOIN readers ON readers.id = strokes.reader
WHERE strokes.id > ? ORDER BY strokes.id
"""
CHANGES = """
SELECT stroke, patient, x, y, old, new FROM changes
WHERE stroke > ? AND stroke NOT IN (SELECT id FROM strokes WHERE id > ? AND session = ?)
ORDER BY stroke, patient, y, x
"""


class StrokeLine(NamedTuple):
    """A stroke as the log has it, without its patches.

    ``id`` is its place in the log, 0 before it is written; ``session`` and ``number`` name it from
    the start. ``undoes`` is the id of the label stroke that an undo takes out or a redo puts back,
    0 for none; ``time`` is UTC in ISO 8601.
    """

    id: int
    session: str
    number: int
    reader: str
    time: str
    kind: Kind
    reason: str
    model: str
    queue: str
    blind: bool
    undoes: int


@dataclass(frozen=True, eq=False)
class Batch:
    """Strokes of the log, in its order.

    Attributes:
        strokes: The strokes.
        changes: int64[k, 6], their patches: the columns of ``COLUMNS``, by stroke.
        patients: The names of the patients, by the number in ``changes``.
        own: Strokes of the session that asked, by number: their ids. They are not in ``strokes``.
        last: Id of the last stroke of the log.
    """

    strokes: list[StrokeLine]
    changes: NDArray[np.int64]
    patients: dict[int, str]
    own: dict[int, int]
    last: int


PatchLine = tuple[str, int, int, int, int]
"""Patient, x, y, old and new label of a patch."""


class LabelLog:
    """A connection to the log, for one thread at a time.

    Args:
        path: The file; made, with its folder, when it is not there.
        read_only: Change nothing, not even to make the file.
        check: Look the file through for damage.
        patience: Seconds to wait for the writes of others.

    Raises:
        StorageError: The log cannot be opened or made, is damaged, or is of a newer version.
    """

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        check: bool = True,
        patience: float = BUSY_SECONDS,
    ) -> None:
        self.path = path
        self._patience = patience
        with self._translated():
            self._connection = _opened(path, read_only=read_only, patience=patience)
            try:
                self._prepare(read_only=read_only, check=check)
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self, *, read_only: bool, check: bool) -> None:
        connection = self._connection
        new = not read_only and is_new(connection)
        if not new:
            self._look_through(check=check)
        if not read_only:
            # Only now: what is no sound log of ours is not touched.
            _to_wal(connection)
            connection.execute("PRAGMA synchronous = FULL")
        if new:
            make_schema(connection)
            check_schema(connection, self.path)
        self._file = _identity(self.path)

    def _look_through(self, *, check: bool) -> None:
        check_schema(self._connection, self.path)
        if check:
            (found,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise damaged(self.path, str(found))

    def append(self, line: StrokeLine, patches: Iterable[PatchLine]) -> int:
        """Add a stroke; when this returns, it is on the disk.

        Returns:
            Its id.

        Raises:
            StorageError: It could not be written; nothing of it is.
        """
        connection = self._connection
        with self._translated(), self._transaction():
            self._check_there()
            reader = self._id_of("readers", line.reader)
            cursor = connection.execute(
                "INSERT INTO strokes (session, number, reader, time, kind, reason, model, queue, "
                "blind, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (line.session, line.number, reader, *line[4:9], int(line.blind), line[10] or None),
            )
            stroke = cursor.lastrowid
            assert stroke is not None
            ids = _Ids(self)
            connection.executemany(
                "INSERT INTO changes (stroke, patient, x, y, old, new) VALUES (?, ?, ?, ?, ?, ?)",
                ((stroke, ids[patient], *rest) for patient, *rest in patches),
            )
        return stroke

    def since(self, stroke: int, *, session: str = "") -> Batch:
        """All strokes after one, 0 for all.

        Args:
            stroke: Id of the last stroke that is known.
            session: Whose strokes are known, so that their ids are enough.

        Raises:
            StorageError: The log cannot be read.
        """
        connection = self._connection
        with self._translated(), self._transaction("BEGIN"):
            lines = connection.execute(STROKES, (stroke,)).fetchall()
            rows = connection.execute(CHANGES, (stroke, stroke, session))
            changes = self._integers(rows)
            names = dict(connection.execute("SELECT id, name FROM patients").fetchall())
        check_rows(self.path, lines, changes, names)
        return Batch(
            strokes=[StrokeLine._make(line) for line in lines if line[1] != session],
            changes=changes,
            patients={key: _name(stored) for key, stored in names.items()},
            own={line[2]: line[0] for line in lines if line[1] == session},
            last=max([stroke, *(line[0] for line in lines[-1:])]),
        )

    def extent(self) -> tuple[int, str]:
        """How many strokes there are, and the time of the last: "" for none.

        Raises:
            StorageError: The log cannot be read.
        """
        with self._translated():
            (count,) = self._connection.execute("SELECT count(*) FROM strokes").fetchone()
            last = self._connection.execute(
                "SELECT time FROM strokes ORDER BY id DESC LIMIT 1"
            ).fetchone()
        return int(count), str(last[0]) if last else ""

    def changed(self) -> int:
        """A number that is another one after others wrote to the log; cheap.

        Raises:
            StorageError: The log cannot be read.
        """
        with self._translated():
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def add_pixels(self, stroke: int, marks: Iterable[tuple[str, int, int, int]]) -> None:
        """Note what the patches of a stroke looked like: patient, x, y, crc32 of the pixels.

        Raises:
            StorageError: It could not be written.
        """
        with self._translated(), self._transaction():
            ids = _Ids(self)
            self._connection.executemany(
                "INSERT OR IGNORE INTO pixels (stroke, patient, x, y, crc32) "
                "VALUES (?, ?, ?, ?, ?)",
                ((stroke, ids[patient], *rest) for patient, *rest in marks),
            )

    def pixels(self, patient: str) -> dict[tuple[int, int, int], int]:
        """What a patient's patches looked like: the crc32 by stroke, x and y.

        Raises:
            StorageError: The log cannot be read.
        """
        with self._translated():
            rows = self._connection.execute(
                "SELECT stroke, x, y, crc32 FROM pixels "
                "WHERE patient = (SELECT id FROM patients WHERE name = ?)",
                (_stored(patient),),
            )
            return {(stroke, x, y): crc for stroke, x, y, crc in rows}

    def tidy(self) -> bool:
        """Bring all into the one file, so that a copy of it alone is whole; wait for nobody.

        Returns:
            Whether that is done; not while others read or write.
        """
        run = self._connection.execute
        with suppress(sqlite3.Error):
            run("PRAGMA busy_timeout = 0")
            try:
                return not run("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                run(f"PRAGMA busy_timeout = {int(1000 * self._patience)}")
        return False

    def close(self) -> None:
        """Close the connection; SQLite tidies up after the last one."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def _integers(self, rows: Iterable[tuple[int, ...]]) -> NDArray[np.int64]:
        try:
            flat = np.fromiter(chain.from_iterable(rows), np.int64)
        except (ValueError, TypeError, OverflowError) as error:
            raise damaged(self.path, str(error)) from error
        return flat.reshape(-1, len(COLUMNS))

    def _id_of(self, table: str, name: str) -> int:
        stored = _stored(name)
        self._connection.execute(
            f"INSERT INTO {table} (name) SELECT ? WHERE NOT EXISTS "  # noqa: S608  (our own words)
            f"(SELECT 1 FROM {table} WHERE name = ?)",
            (stored, stored),
        )
        found = self._connection.execute(
            f"SELECT id FROM {table} WHERE name = ?",  # noqa: S608
            (stored,),
        )
        return int(found.fetchone()[0])

    def _check_there(self) -> None:
        """Look whether the file is still what was opened: SQLite would write to a lost one.

        Raises:
            StorageError: It was moved, deleted or exchanged.
        """
        if _identity(self.path) != self._file:
            raise StorageError(
                f"The label log {self.path} was moved or deleted while it was open.",
                hint="Put it back, or open the data folder again.",
            )

    @contextmanager
    def _transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
        connection = self._connection
        connection.execute(begin)
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise in_words(self.path, error) from error
        except UnicodeDecodeError as error:  # even the words of an error may be damaged
            raise damaged(self.path, "it has text that is none") from error


class _Ids(dict[str, int]):
    """The log's numbers of patients; new ones are given when asked for."""

    def __init__(self, log: LabelLog) -> None:
        super().__init__()
        self._log = log

    def __missing__(self, name: str) -> int:
        self[name] = self._log._id_of("patients", name)
        return self[name]


def open_if_there(path: Path) -> LabelLog | None:
    """Open a log to read it; None when there is none.

    Raises:
        StorageError: There is one that cannot be read.
    """
    # An empty file is what a crash leaves before anything is written.
    try:
        if path.stat().st_size == 0 and not _beside(path, "-wal").exists():
            return None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise in_words(path, error) from error
    return LabelLog(path, read_only=True)


def _opened(path: Path, *, read_only: bool, patience: float) -> sqlite3.Connection:
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
    name = path.absolute().as_uri()
    mode = "ro" if read_only else "rwc"
    if read_only and not os.access(path.parent, os.W_OK) and not _beside(path, "-wal").exists():
        # Where nothing can be written nobody writes, and the file alone is the log.
        mode = "ro&immutable=1"
    connection = sqlite3.connect(
        f"{name}?mode={mode}",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
    )
    # The file may be another's: nothing in it is run, and no value in it fills the memory.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    return connection


def _to_wal(connection: sqlite3.Connection) -> None:
    """Set the journal; for this SQLite does not wait while others have the file open."""
    ends = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            # Disks of other machines may refuse; then the older journal is used, as safe.
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > ends:
                raise
            time.sleep(0.02)
        else:
            return


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _stored(name: str) -> str | bytes:
    """A name as SQLite takes it: one that is no UTF-8 goes as bytes."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogateescape")
    return name


def _name(stored: str | bytes) -> str:
    return stored if isinstance(stored, str) else stored.decode("utf-8", "surrogateescape")
