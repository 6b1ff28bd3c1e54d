"""Strokes as they are read from the label log: checked, and all or, of a damaged log, the whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bcviewer.annotation.log_check import LEAST, MOST, check_rows
from bcviewer.annotation.log_digest import all_whole, spoilt_strokes
from bcviewer.annotation.log_errors import spoilt_log
from bcviewer.annotation.log_lines import Batch, name_of
from bcviewer.annotation.log_rows import Rows, read_rows
from bcviewer.annotation.log_schema import UNSEALED, version_of
from bcviewer.annotation.places import LIMIT


def read_batch(
    connection: sqlite3.Connection, path: Path, *, after: int, session: str, salvage: bool
) -> Batch:
    """Read all strokes after one, in a transaction that somebody else began.

    Args:
        connection: The log.
        path: The log.
        after: Id of the last stroke that is known, 0 for none.
        session: Whose strokes are known, so that their ids are enough; "" for nobody's.
        salvage: Leave out what is damaged.

    Raises:
        StorageError: The log is damaged, too large or of a newer version.
    """
    rows = read_rows(connection, path, after=after, session=session, salvage=salvage)
    # The session of a damaged log may be "" too.
    known = {line.id for line in rows.strokes if line.session == session} if session else set()
    spoilt: list[int] = []
    sealed = version_of(connection, path) != UNSEALED
    if sealed and (known or not all_whole(connection, rows, after=after)):
        spoilt = spoilt_strokes(connection, rows, after=after, session=session)
    if salvage:
        rows = _whole(rows, spoilt)
    elif spoilt:
        raise spoilt_log(path, spoilt, len(rows.strokes))
    check_rows(path, rows.strokes, rows.changes)
    lines = rows.strokes
    return Batch(
        strokes=[line for line in lines if line.id not in known],
        changes=rows.changes,
        patients={key: name_of(stored) for key, stored in rows.patients.items()},
        own={line.number: line.id for line in lines if line.id in known},
        last=max([after, *(line.id for line in lines[-1:])]),
        spoilt=tuple(spoilt),
    )


def _whole(rows: Rows, spoilt: Sequence[int]) -> Rows:
    """The strokes that are as they were written, and such patches as a stroke can have."""
    without = set(spoilt)
    strokes = [line for line in rows.strokes if line.id not in without]
    places, labels = rows.changes[:, 2:4], rows.changes[:, 4:6]
    fit = ((labels >= LEAST) & (labels <= MOST)).all(axis=1)
    fit &= ((places >= 0) & (places < LIMIT)).all(axis=1)
    fit &= np.isin(rows.changes[:, 0], [line.id for line in strokes])
    return rows._replace(strokes=strokes, changes=rows.changes[fit])
