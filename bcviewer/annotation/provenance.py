"""Where a stroke of the history lies, and which stroke gave a patch its label."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.history import HistoryLine, history_line


def rows_of_line(book: LabelBook, line: HistoryLine) -> NDArray[np.int64]:
    """int64[k]: the patches that a stroke of the history labelled, ascending; none if unknown."""
    with book._lock:
        ledger = book._ledger
        for act in reversed(ledger.acts):
            # Undone or not, it is the same stroke.
            if act.target is None and history_line(act, ledger)[:4] == line[:4]:
                return np.sort(ledger.rows_of(act))
    return np.empty(0, np.int64)


def line_of_row(book: LabelBook, row: int) -> HistoryLine | None:
    """The stroke by which the label of a patch holds; None where nobody said anything."""
    with book._lock:
        rows = np.array([row], np.int64)
        if book._ledger.labels_at(rows)[0] < 0:
            return None
        return history_line(book._ledger.acts_at(rows)[0], book._ledger)
