"""The rows of a label log as they are read: not more than may be, and only such as belong there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.log_errors import damaged
from bcviewer.annotation.log_lines import COLUMNS, StrokeLine
from bcviewer.annotation.places import MOST_PATIENTS
from bcviewer.errors import StorageError

MOST_STROKES = 4_000_000
"""Every patch of the public data set fourteen times, one by one. Each takes 600 bytes of memory,
and a log is read as a whole. No log grows larger than this: see ``log_writing``."""

MOST_PATCHES = 20_000_000
"""Of all strokes together: the public data set seventy times. Each takes 90 to 140 bytes."""

CHUNK = 10_000
"""Strokes that are fetched at once."""

STROKES: Final = """
SELECT strokes.id, session, number, readers.name, time, kind, reason, model, queue, blind,
    ifnull(undoes, 0)
FROM strokes JOIN readers ON readers.id = strokes.reader
WHERE strokes.id > ? ORDER BY strokes.id
"""
CHANGES: Final = """
SELECT stroke, patient, x, y, old, new FROM changes WHERE stroke > :after
"""
NOT_OWN: Final = " AND stroke NOT IN (SELECT id FROM strokes WHERE id > :after AND session = :own)"
IN_ORDER: Final = " ORDER BY stroke, patient, y, x"
# Not the index that SQLite has of the names too: the table is what is checked, and written by.
PATIENTS: Final = "SELECT id, name FROM patients NOT INDEXED"

INTEGERS: Final = "".join(f" AND typeof({column}) = 'integer'" for column in COLUMNS)
"""Of a change, of which SQLite could give anything."""

STROKE_TYPES: Final = (int, str, int, str, str, str, str, str, str, int, int)
"""What the columns of a stroke are; see ``StrokeLine``."""

ONE_TYPE_EACH: Final = tuple({kind} for kind in STROKE_TYPES)

SHARED: Final = (1, 3, 5, 6, 7, 8)
"""Columns of a stroke in which many have the same words: session, reader, kind, reason, model,
queue. They are kept once."""


class Rows(NamedTuple):
    """Strokes, int32[k, 6] patches with the columns of ``COLUMNS``, and patients as stored."""

    strokes: list[StrokeLine]
    changes: NDArray[np.int32]
    patients: dict[int, str | bytes]


def read_rows(
    connection: sqlite3.Connection,
    path: Path,
    *,
    after: int = 0,
    session: str = "",
    salvage: bool = False,
) -> Rows:
    """Read all strokes after one, and the patches of those that another session made.

    Args:
        connection: The log.
        path: The log.
        after: Id of the stroke.
        session: The session.
        salvage: Leave out rows with something else in a column.

    Raises:
        StorageError: There are more than may be, or one has something else in a column.
    """
    _check_counts(connection, path, after)
    strokes = _strokes(connection, path, after, salvage=salvage)
    changes = CHANGES + NOT_OWN * bool(session) + INTEGERS * salvage + IN_ORDER
    patients = {
        number: name
        for number, name in connection.execute(PATIENTS)
        if isinstance(name, str | bytes) or not salvage
    }
    if not all(isinstance(name, str | bytes) for name in patients.values()):
        raise damaged(path, "a patient has no name")
    found = connection.execute(changes, {"after": after, "own": session})
    rows = Rows(strokes, _integers(path, found), patients)
    return _in_order(rows) if salvage else rows


def too_many(path: Path, count: int, what: str) -> StorageError:
    """The error of a log that has more rows than can be held in memory."""
    return StorageError(
        f"The label log {path} has more than {count:,} {what}, which years of work do not make.",
        hint="Choose another workspace; if this log is yours, tell the makers of bcviewer.",
    )


def _check_counts(connection: sqlite3.Connection, path: Path, after: int) -> None:
    """Count before anything is held; not further than matters."""
    for rows, most, what in (
        (f"strokes WHERE id > {after:d}", MOST_STROKES, "strokes"),
        (f"changes WHERE stroke > {after:d}", MOST_PATCHES, "labels"),
        ("patients", MOST_PATIENTS, "patients"),
    ):
        counting = f"SELECT count(*) FROM (SELECT 1 FROM {rows} LIMIT {most + 1:d})"  # noqa: S608
        (count,) = connection.execute(counting).fetchone()
        if count > most:
            raise too_many(path, most, what)


def _strokes(
    connection: sqlite3.Connection, path: Path, after: int, *, salvage: bool
) -> list[StrokeLine]:
    strokes: list[StrokeLine] = []
    shared: Any = {}.setdefault
    cursor = connection.execute(STROKES, (after,))
    while chunk := cursor.fetchmany(CHUNK):
        if salvage:
            chunk = [stroke for stroke in chunk if tuple(map(type, stroke)) == STROKE_TYPES]
        columns: list[Iterable[Any]] = list(zip(*chunk, strict=True))
        if chunk and tuple(set(map(type, column)) for column in columns) != ONE_TYPE_EACH:
            raise damaged(path, "a stroke has something else in a column")
        for at in SHARED if chunk else ():
            columns[at] = map(shared, columns[at], columns[at])
        strokes += map(StrokeLine._make, zip(*columns, strict=True))
    return strokes


def _in_order(rows: Rows) -> Rows:
    """Rows as they should have come: a damaged log may give them in any order, or twice."""
    strokes = {line.id: line for line in rows.strokes}
    stroke, patient, x, y, _, _ = rows.changes.T
    return Rows(
        [strokes[number] for number in sorted(strokes)],
        rows.changes[np.lexsort((x, y, patient, stroke))],
        rows.patients,
    )


def _integers(path: Path, rows: Iterable[tuple[int, ...]]) -> NDArray[np.int32]:
    try:
        flat = np.fromiter(chain.from_iterable(rows), np.int32)
    except (ValueError, TypeError, OverflowError) as error:
        raise damaged(path, str(error)) from error
    return flat.reshape(-1, len(COLUMNS))
