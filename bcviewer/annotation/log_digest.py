"""A digest for each stroke of the label log: a bit that is another one is noticed, wherever.

SQLite looks at the order of its pages, not at what is in them. So each stroke has a digest of all
that is read of it, the names of its reader and patients among it, and of the digest before: a
stroke that is missing is noticed too. This is against disks and hasty tools, not against somebody
who means it: who can write to the log can make digests.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.log_lines import StrokeLine
from bcviewer.annotation.log_rows import Rows

Digest = tuple[int, int, bytes]
"""Id of a stroke, how many patches it and all before it have, and the digest."""

NONE: Final[Digest] = (0, 0, b"")
"""What is before the first stroke."""

SIZE = 16
"""Bytes."""

TEXT: Final = "%d\0%s\0%d\0%s\0%s\0%s\0%s\0%s\0%s\0%d\0%d"
PATCH_BYTES = 20

DIGESTS: Final = "SELECT stroke, patches, digest FROM digests WHERE stroke >= ?"
AT: Final = "SELECT stroke, patches, digest FROM digests WHERE stroke = ?"
COUNT: Final = "SELECT count(*) FROM digests WHERE stroke > ?"
LAST: Final = "SELECT stroke, patches, digest FROM digests ORDER BY stroke DESC LIMIT 1"


def digest_of(before: Digest, line: StrokeLine, patches: bytes | memoryview) -> Digest:
    """The digest of a stroke.

    Args:
        before: That of the stroke before it.
        line: The stroke.
        patches: Its patches, as ``packed``.
    """
    count = len(patches) // PATCH_BYTES
    return line.id, before[1] + count, _digest(before[2], line, patches)


def digests_of(rows: Rows) -> Iterator[Digest]:
    """The digests of all strokes of a log that has none yet."""
    before = NONE
    for line, patches in zip(rows.strokes, _by_stroke(rows), strict=True):
        before = digest_of(before, line, patches)
        yield before


def packed(changes: NDArray[np.int32], patients: Mapping[int, str | bytes]) -> NDArray[np.int32]:
    """int32[k, 5], little-endian: crc32 of the patient's name, x, y, old and new label.

    Args:
        changes: int32[k, 6], see ``COLUMNS``.
        patients: The names, by number, as they are stored.
    """
    numbers = np.array(sorted(patients), np.int64)
    names = [patients[number] for number in numbers.tolist()]
    sums = [crc32(name if isinstance(name, bytes) else name.encode()) for name in names]
    known = np.array([0, *sums], np.uint32).view(np.int32)
    of = changes[:, 1]
    at = np.searchsorted(numbers, of, side="right")
    there = np.append(-1, numbers)[at] == of
    result = changes[:, 1:].astype("<i4")
    result[:, 0] = np.where(there, known[at], 0)
    return result


def all_whole(connection: sqlite3.Connection, rows: Rows, *, after: int) -> bool:
    """Whether all strokes are as they were written: quick, as the last digest is of all.

    Args:
        connection: The log, in the transaction that ``rows`` were read in.
        rows: What was read, of all sessions.
        after: The stroke after which it was read.
    """
    (count,) = connection.execute(COUNT, (after,)).fetchone()
    before = _sound(connection.execute(AT, (after,)).fetchone()) if after else NONE
    if count != len(rows.strokes) or before is None:
        return False
    digest = before[2]
    for line, patches in zip(rows.strokes, _by_stroke(rows), strict=True):
        digest = _digest(digest, line, patches)
    last = rows.strokes[-1].id if rows.strokes else after
    found = connection.execute(LAST).fetchone() or NONE
    return found == (last, before[1] + len(rows.changes), digest)


def spoilt_strokes(
    connection: sqlite3.Connection, rows: Rows, *, after: int, session: str
) -> list[int]:
    """Ids of the strokes that are not as they were written, or are missing.

    Args:
        connection: The log, in the transaction that ``rows`` were read in.
        rows: What was read.
        after: The stroke after which it was read.
        session: Whose strokes were read without their patches; they are taken as they are. ""
            for nobody's, also where a damaged stroke has no session.
    """
    found = _stored(connection, after)
    by_stroke = zip(rows.strokes, _by_stroke(rows), strict=True)
    read = {line.id: (line, patches) for line, patches in by_stroke}
    spoilt: list[int] = []
    stored = made = found.pop(after, NONE)  # of the stroke before
    for stroke in sorted({*found, *read}):
        digest = due = found.get(stroke, NONE)
        if stroke not in read:
            spoilt.append(stroke)
        elif not session or read[stroke][0].session != session:
            due = digest_of(stored, *read[stroke])
            if digest != due and stored != made and digest == digest_of(made, *read[stroke]):
                # The stroke before is whole, only its digest is not.
                spoilt.pop()
                due = digest
            elif digest != due:
                spoilt.append(stroke)
        stored, made = digest, due
    return spoilt


def _digest(before: bytes, line: StrokeLine, patches: bytes | memoryview) -> bytes:
    text = (TEXT % line).encode()
    return blake2b(b"".join((before, text, patches)), digest_size=SIZE).digest()


def _stored(connection: sqlite3.Connection, after: int) -> dict[int, Digest]:
    """The digests of a stroke and all after it; what is none is as good as not there."""
    digests = map(_sound, connection.execute(DIGESTS, (after,)))
    return {digest[0]: digest for digest in digests if digest is not None}


def _sound(row: Any) -> Digest | None:
    """A digest as it was read; SQLite could give anything."""
    return row if row and tuple(map(type, row)) == (int, int, bytes) else None


def _by_stroke(rows: Rows) -> Iterator[memoryview]:
    """The packed patches of each stroke."""
    buffer = packed(rows.changes, rows.patients).reshape(-1).view(np.uint8).data
    ids = np.fromiter((line.id for line in rows.strokes), np.int64, len(rows.strokes))
    strokes = rows.changes[:, 0].astype(np.int64)
    starts = np.searchsorted(strokes, ids) * PATCH_BYTES
    ends = np.searchsorted(strokes, ids, side="right") * PATCH_BYTES
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield buffer[start:end]
