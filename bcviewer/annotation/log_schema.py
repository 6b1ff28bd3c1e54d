"""The tables of the label log, and how a log of this version is made and known."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from bcviewer.annotation.log_errors import damaged
from bcviewer.errors import StorageError

APPLICATION = 0x6263766C
"""SQLite's ``application_id``: "bcvl"."""

VERSION = 2
UNSEALED = 1
"""The version before: without digests. It is read, and carried on when it is written to."""

MOST_PARTS = 100
"""A log has twenty tables, indexes, views and triggers."""

STATISTICS = frozenset(
    ("table", name, name, f"CREATE TABLE {name}({columns})")
    for name, columns in (
        ("sqlite_stat1", "tbl,idx,stat"),
        ("sqlite_stat3", "tbl,idx,neq,nlt,ndlt,sample"),
        ("sqlite_stat4", "tbl,idx,neq,nlt,ndlt,sample"),
    )
)
"""What an ANALYZE adds, letter by letter: any other part may do something with each stroke."""

TABLES = """
CREATE TABLE readers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE patients (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE strokes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL,
    number INTEGER NOT NULL,
    reader INTEGER NOT NULL REFERENCES readers (id),
    time TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('label', 'undo', 'redo')),
    reason TEXT NOT NULL,
    model TEXT NOT NULL,
    queue TEXT NOT NULL,
    blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
    undoes INTEGER REFERENCES strokes (id),
    UNIQUE (session, number),
    CHECK ((undoes IS NULL) = (kind = 'label'))
);
CREATE TABLE changes (
    stroke INTEGER NOT NULL REFERENCES strokes (id),
    patient INTEGER NOT NULL REFERENCES patients (id),
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    old INTEGER NOT NULL CHECK (old BETWEEN -1 AND 3),
    new INTEGER NOT NULL CHECK (new BETWEEN -1 AND 3),
    PRIMARY KEY (stroke, patient, y, x)
) WITHOUT ROWID;
CREATE TABLE pixels (
    stroke INTEGER NOT NULL REFERENCES strokes (id),
    patient INTEGER NOT NULL REFERENCES patients (id),
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    crc32 INTEGER NOT NULL,
    PRIMARY KEY (patient, y, x, stroke)
) WITHOUT ROWID;
CREATE VIEW entries AS
    SELECT strokes.id AS stroke, strokes.time, readers.name AS reader, strokes.kind,
        strokes.undoes, patients.name AS patient, x, y, old, new, reason, queue, model, blind
    FROM strokes
    JOIN readers ON readers.id = strokes.reader
    LEFT JOIN changes ON changes.stroke = strokes.id
    LEFT JOIN patients ON patients.id = changes.patient;
"""

# A program of the version before would add strokes that have no digest: it is told so.
DIGESTS = """
CREATE TABLE digests (
    stroke INTEGER PRIMARY KEY REFERENCES strokes (id),
    patches INTEGER NOT NULL,
    digest BLOB NOT NULL
);
CREATE TRIGGER strokes_have_digests AFTER INSERT ON strokes
WHEN NOT EXISTS (SELECT 1 FROM digests WHERE stroke = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the label log is of a newer version: use a newer bcviewer'); END;
"""

APPEND_ONLY = """
CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, 'the label log is append-only'); END;
"""


def make_schema(connection: sqlite3.Connection) -> None:
    """Make the tables of a new log, all or none; another process may do the same."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if is_new(connection):
            _make_unsealed(connection)
            add_digests(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def add_digests(connection: sqlite3.Connection) -> None:
    """Make the table of digests in a log that has none; nothing else of it is touched."""
    _run(connection, DIGESTS, "digests")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _make_unsealed(connection: sqlite3.Connection) -> None:
    _run(connection, TABLES, "readers", "patients", "strokes", "changes", "pixels")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {UNSEALED}")


def _run(connection: sqlite3.Connection, statements: str, *append_only: str) -> None:
    """Make tables, and the triggers by which rows of them are only added."""
    triggers = [
        APPEND_ONLY.format(table=table, act=act)
        for table in append_only
        for act in ("UPDATE", "DELETE")
    ]
    for statement in _split(statements + "".join(triggers)):
        connection.execute(statement)


def is_new(connection: sqlite3.Connection) -> bool:
    """Whether the database is empty."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return int(tables) == 0 and _pragma(connection, "application_id") == 0


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Look whether the database is a label log of a known version, and nothing more.

    A view in the place of a table could give rows without end, and a trigger could change what is
    written.

    Raises:
        StorageError: It is something else, or of a newer version.
    """
    if _pragma(connection, "application_id") != APPLICATION:
        raise StorageError(
            f"{path} is a database, but no label log.", hint="Choose another workspace."
        )
    if _described(connection) != _expected(version_of(connection, path)):
        raise damaged(path, "it has other tables or triggers than bcviewer makes")


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The version of a log, now: another program may have carried it on.

    Raises:
        StorageError: It is a newer one than this program knows.
    """
    version = _pragma(connection, "user_version")
    if version not in (UNSEALED, VERSION):
        raise StorageError(
            f"The label log {path} is of version {version}; this bcviewer reads {VERSION}.",
            hint="Use the bcviewer that wrote it, or a newer one.",
        )
    return version


@cache
def _expected(version: int) -> frozenset[tuple[object, ...]]:
    """What a new log has."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _make_unsealed(connection)
        if version > UNSEALED:
            add_digests(connection)
        return _described(connection)


def _described(connection: sqlite3.Connection) -> frozenset[tuple[object, ...]]:
    """All that a database has but for its rows, and the statistics that SQLite may add."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return frozenset(rows.fetchmany(MOST_PARTS)) - STATISTICS


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _split(statements: str) -> list[str]:
    """Single statements, as a script would end the transaction around them."""
    found, text = [], ""
    for line in statements.splitlines():
        text += line + "\n"
        if sqlite3.complete_statement(text):
            found.append(text)
            text = ""
    return found
