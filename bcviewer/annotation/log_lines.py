"""What the label log is told, and tells: strokes as lines, and their patches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.stroke import Kind

COLUMNS = ("stroke", "patient", "x", "y", "old", "new")
"""Of the changes in a ``Batch``."""

PatchLine = tuple[str, int, int, int, int]
"""Patient, x, y, old and new label of a patch."""


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
        changes: int32[k, 6], their patches: the columns of ``COLUMNS``, by stroke.
        patients: The names of the patients, by the number in ``changes``.
        own: Strokes of the session that asked, by number: their ids. They are not in ``strokes``.
        last: Id of the last stroke of the log.
        spoilt: Ids of strokes that are not as they were written, and were left out.
    """

    strokes: list[StrokeLine]
    changes: NDArray[np.int32]
    patients: dict[int, str]
    own: dict[int, int]
    last: int
    spoilt: tuple[int, ...] = ()


def stored_name(name: str) -> str | bytes:
    """A name as SQLite takes it: one that is no UTF-8 goes as bytes."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogateescape")
    return name


def name_of(stored: str | bytes) -> str:
    """A name as it was before it was stored."""
    return stored if isinstance(stored, str) else stored.decode("utf-8", "surrogateescape")
