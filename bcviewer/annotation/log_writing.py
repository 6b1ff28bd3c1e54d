"""How a stroke is added to the label log, within a transaction that somebody else began."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation import log_rows
from bcviewer.annotation.log_digest import LAST, NONE, Digest, digest_of, digests_of, packed
from bcviewer.annotation.log_lines import COLUMNS, PatchLine, StrokeLine, name_of, stored_name
from bcviewer.annotation.log_rows import read_rows
from bcviewer.annotation.log_schema import UNSEALED, add_digests, version_of
from bcviewer.annotation.places import MOST_PATIENTS
from bcviewer.errors import StorageError

ADD_DIGEST: Final = "INSERT INTO digests (stroke, patches, digest) VALUES (?, ?, ?)"
ADD_STROKE: Final = """
INSERT INTO strokes
    (id, session, number, reader, time, kind, reason, model, queue, blind, undoes)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
ADD_CHANGE: Final = (
    "INSERT INTO changes (stroke, patient, x, y, old, new) VALUES (?, ?, ?, ?, ?, ?)"
)


class Ids(dict[str, int]):
    """The log's numbers of names; new ones are given when asked for.

    Args:
        connection: The log, in a transaction that is not longer than this lives.
        table: ``patients`` or ``readers``.
    """

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        # Not by the index, which nobody checks: a wrong number would give labels to others.
        known = connection.execute(f"SELECT name, id FROM {table} NOT INDEXED")  # noqa: S608
        super().__init__((name_of(stored), number) for stored, number in known)
        self._connection = connection
        self._add = f"INSERT INTO {table} (name) VALUES (?)"  # noqa: S608  (our own words)

    def __missing__(self, name: str) -> int:
        added = self._connection.execute(self._add, (stored_name(name),)).lastrowid
        assert added is not None
        self[name] = added
        return added


def add_stroke(
    connection: sqlite3.Connection, path: Path, line: StrokeLine, patches: Iterable[PatchLine]
) -> int:
    """Add a stroke with its digest; a log without digests gets them first.

    Returns:
        Its id.

    Raises:
        StorageError: The log is full, damaged or of a newer version.
    """
    if version_of(connection, path) == UNSEALED:
        _add_digests(connection, path)
    last: Digest = connection.execute(LAST).fetchone() or NONE
    line = line._replace(id=last[0] + 1)
    ids = Ids(connection, "patients")
    changes, names = _changes(line.id, ids, list(patches))
    _check_room(path, last, patches=len(changes), patients=len(ids))
    # The digest first: a trigger looks for it.
    connection.execute(ADD_DIGEST, digest_of(last, line, packed(changes, names).tobytes()))
    reader = Ids(connection, "readers")[line.reader]
    about = (*line[:3], reader, *line[4:9], int(line.blind), line.undoes or None)
    connection.execute(ADD_STROKE, about)
    connection.executemany(ADD_CHANGE, changes.tolist())
    return line.id


def _add_digests(connection: sqlite3.Connection, path: Path) -> None:
    """Carry on a log of the version before: its strokes get digests as they are."""
    rows = read_rows(connection, path)
    add_digests(connection)
    connection.executemany(ADD_DIGEST, digests_of(rows))


def _changes(
    stroke: int, ids: Ids, patches: Sequence[PatchLine]
) -> tuple[NDArray[np.int32], dict[int, str | bytes]]:
    """The patches of a stroke, in the order of the log, and its patients, as in ``Rows``."""
    numbers = {name: ids[name] for name in dict.fromkeys(patch[0] for patch in patches)}
    listed = [(stroke, numbers[name], *rest) for name, *rest in patches]
    changes = np.array(listed, np.int32).reshape(-1, len(COLUMNS))
    _, patient, x, y, _, _ = changes.T
    names = {number: stored_name(name) for name, number in numbers.items()}
    return changes[np.lexsort((x, y, patient))], names


def _check_room(path: Path, last: Digest, *, patches: int, patients: int) -> None:
    """Refuse what would make the log so large that it could not be read again.

    Raises:
        StorageError: The stroke is one too many, or has a patch or a patient too many.
    """
    strokes, written, _ = last
    if (
        strokes >= log_rows.MOST_STROKES
        or written + patches > log_rows.MOST_PATCHES
        or patients > MOST_PATIENTS
    ):
        raise StorageError(
            f"The label log {path} is full: it has {strokes:,} strokes with {written:,} labels.",
            hint="Export the labels, open the data with another workspace and import them there.",
        )
