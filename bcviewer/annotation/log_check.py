"""Looking whether the rows of a label log belong together; SQLite itself takes nearly anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.log_errors import damaged
from bcviewer.annotation.log_lines import StrokeLine
from bcviewer.annotation.places import LIMIT

KINDS: Final = frozenset({"label", "undo", "redo"})
LEAST, MOST = -1, 3
"""Of a label."""

MOST_NAMES: Final = 30_000
"""Readers, and queues: states count them in 16 bits."""


def check_rows(path: Path, strokes: Sequence[StrokeLine], changes: NDArray[np.int32]) -> None:
    """Look through rows as they were read.

    Args:
        path: The log.
        strokes: The strokes, by id.
        changes: int32[k, 6], their patches.

    Raises:
        StorageError: They are not what this program writes.
    """
    if {stroke.kind for stroke in strokes} - KINDS:
        raise damaged(path, "a stroke is of no known kind")
    readers, queues = ({stroke.reader for stroke in strokes}, {stroke.queue for stroke in strokes})
    for names, what in ((readers, "readers"), (queues, "queues")):
        if len(names) > MOST_NAMES:
            raise damaged(path, f"it has more than {MOST_NAMES:,} {what}")
    known = np.fromiter((stroke.id for stroke in strokes), np.int64, len(strokes))
    if (np.diff(known) <= 0).any():
        raise damaged(path, "strokes are not in their order")
    if not np.isin(changes[:, 0], known).all():
        raise damaged(path, "a patch belongs to no stroke")
    places, labels = changes[:, 2:4], changes[:, 4:6]
    if len(places) and (places.min() < 0 or places.max() >= LIMIT):
        raise damaged(path, "a patch lies where none can")
    if len(labels) and (labels.min() < LEAST or labels.max() > MOST):
        raise damaged(path, "a label is none")
