"""Looking whether the rows of a label log belong together; SQLite itself takes nearly anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.log_errors import damaged

STROKE: Final = (int, str, int, str, str, str, str, str, str, int, int)
"""What the columns of a stroke are; see ``StrokeLine``."""

KINDS: Final = frozenset({"label", "undo", "redo"})
LEAST, MOST = -1, 3
"""Of a label."""

MOST_NAMES: Final = 30_000
"""Readers, and queues: states count them in 16 bits."""


def check_rows(
    path: Path,
    strokes: Sequence[tuple[Any, ...]],
    changes: NDArray[np.int64],
    patients: Mapping[Any, Any],
) -> None:
    """Look through rows as they were read.

    Args:
        path: The log.
        strokes: The strokes, by id.
        changes: int64[k, 6], their patches.
        patients: The names of patients, by number.

    Raises:
        StorageError: They are not what this program writes.
    """
    if {tuple(map(type, stroke)) for stroke in strokes} - {STROKE}:
        raise damaged(path, "a stroke has something else in a column")
    if {stroke[5] for stroke in strokes} - KINDS:
        raise damaged(path, "a stroke is of no known kind")
    for column, what in ((3, "readers"), (8, "queues")):
        if len({stroke[column] for stroke in strokes}) > MOST_NAMES:
            raise damaged(path, f"it has more than {MOST_NAMES:,} {what}")
    if not all(isinstance(name, str | bytes) for name in patients.values()):
        raise damaged(path, "a patient has no name")
    known = np.fromiter((stroke[0] for stroke in strokes), np.int64, len(strokes))
    if not np.isin(changes[:, 0], known).all():
        raise damaged(path, "a patch belongs to no stroke")
    labels = changes[:, 4:6]
    if len(labels) and (labels.min() < LEAST or labels.max() > MOST):
        raise damaged(path, "a label is none")
