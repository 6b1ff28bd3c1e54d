"""The patches of a queue as a table of any length: rows of the data set, fetched in pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QModelIndex,
    QObject,
    Qt,
    Slot,
)
from PySide6.QtGui import QImage

from bcviewer.annotation.labels import Label
from bcviewer.gui.models.column_table import ColumnTable, Index
from bcviewer.gui.queue_pictures import QueuePictures
from bcviewer.gui.session import Session
from bcviewer.gui.style import tabular_font
from bcviewer.gui.words import marked, tr

ENTRY_ROLE = Qt.ItemDataRole.UserRole
PICTURE_ROLE = Qt.ItemDataRole.UserRole + 1
PAGE = 256
"""Rows that a view gets at once: more than it shows, and few enough to be laid out at once."""

COLUMNS = ("", marked("Patient"), "x", "y", marked("Truth"), marked("Label"), marked("Predicted"))
NUMBER, PATIENT, X, Y, TRUTH, LABEL, PREDICTED = range(len(COLUMNS))
RIGHT = (NUMBER, X, Y, PREDICTED)


@dataclass(frozen=True)
class QueueEntry:
    """A patch of a queue as it is now.

    Attributes:
        row: Of the data set.
        patient: Its id.
        x: Left edge, 1-based.
        y: Top edge, 1-based.
        truth: The original label.
        said: What readers say; ``Label.CLEARED`` for nothing.
        probability: None when there is none, or it is hidden from the reader.
    """

    row: int
    patient: str
    x: int
    y: int
    truth: Label
    said: Label
    probability: float | None

    @property
    def label_words(self) -> str:
        """The label that holds, with a tick when confirmed and an arrow when corrected."""
        if self.said is Label.CLEARED:
            return tr(self.truth.title)
        if self.said is self.truth:
            return f"{tr(self.said.title)} ✓"
        return f"→ {tr(self.said.title)}"

    @property
    def probability_words(self) -> str:
        """The probability with two figures; "" for none."""
        return "" if self.probability is None else f"{self.probability:.2f}"


class QueueTable(ColumnTable):
    """One row a patch; labels and probabilities are those of the session at any time."""

    HEADS = COLUMNS
    NUMBERS = RIGHT

    def __init__(
        self, session: Session, pictures: QueuePictures, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._pictures = pictures
        self._rows: NDArray[np.int64] = np.empty(0, np.int64)
        self._judged: NDArray[np.float32] | None = None
        self._fetched = 0
        pictures.came.connect(self._repaint)
        session.labels_changed.connect(self._repaint)
        session.predictions_changed.connect(self._repaint)

    @property
    def rows(self) -> NDArray[np.int64]:
        """int64[k]: all patches of the queue, those that no view has seen among them."""
        return self._rows

    def show_rows(
        self, rows: NDArray[np.int64], *, judged: NDArray[np.float32] | None = None
    ) -> None:
        """Show other patches.

        Args:
            rows: int64[k], rows of the data set in their order.
            judged: float32[N], what they were sorted by where that are not the session's
                predictions.
        """
        self.beginResetModel()
        self._rows, self._judged = rows, judged
        self._fetched = min(PAGE, len(rows))
        self.endResetModel()

    def place_of(self, row: int) -> int:
        """The place of a patch in the queue, -1 when it is not in it."""
        found = np.flatnonzero(self._rows == row)
        return int(found[0]) if len(found) else -1

    def place(self, number: int, column: int = 0) -> QModelIndex:
        """The index of a place of the queue; its page is fetched when it is not there yet."""
        while self._fetched <= number and self.canFetchMore(QModelIndex()):
            self.fetchMore(QModelIndex())
        return self.index(number, column)

    def entry(self, number: int) -> QueueEntry:
        """The patch at a place of the queue."""
        session, row = self._session, int(self._rows[number])
        dataset = session.dataset
        assert dataset is not None
        said = Label.CLEARED if session.labels is None else Label(int(session.labels.labels[row]))
        return QueueEntry(
            row=row,
            patient=dataset.patients[int(dataset.patient_index[row])],
            x=int(dataset.x[row]),
            y=int(dataset.y[row]),
            truth=Label(int(dataset.labels[row])),
            said=said,
            probability=self._probability(row),
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._fetched

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._fetched < len(self._rows)

    def fetchMore(self, parent: Index) -> None:
        last = min(self._fetched + PAGE, len(self._rows))
        self.beginInsertRows(QModelIndex(), self._fetched, last - 1)
        self._fetched = last
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role == ENTRY_ROLE:
            return self.entry(index.row())
        if role == PICTURE_ROLE:
            return self.picture(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(index)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return sentence(self.entry(index.row()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.FontRole and index.column() in RIGHT:
            return tabular_font()
        return None

    def picture(self, number: int) -> QImage | None:
        """The picture of the patch at a place; None until it is read."""
        return self._pictures.picture(int(self._rows[number]))

    def _words(self, index: Index) -> str:
        entry = self.entry(index.row())
        words = {
            NUMBER: f"{index.row() + 1:,}",
            PATIENT: entry.patient,
            X: f"{entry.x:,}",
            Y: f"{entry.y:,}",
            TRUTH: tr(entry.truth.title),
            LABEL: "" if entry.said is Label.CLEARED else entry.label_words,
            PREDICTED: entry.probability_words,
        }
        return words[index.column()]

    def _probability(self, row: int) -> float | None:
        session = self._session
        judged = session.predictions if self._judged is None else self._judged
        value = float(judged[row])
        hidden = session.blindness.on and bool(session.hidden(slice(row, row + 1))[0])
        return None if hidden or not np.isfinite(value) else value

    @Slot()
    def _repaint(self) -> None:
        if self._fetched:
            self.dataChanged.emit(self.index(0, 0), self.index(self._fetched - 1, len(COLUMNS) - 1))


def sentence(entry: QueueEntry) -> str:
    """What is known of a patch, for tool tips and for those who do not see the screen."""
    parts = [
        tr("Patient {patient}, x {x:,}, y {y:,}", patient=entry.patient, x=entry.x, y=entry.y),
        tr("truth {label}", label=tr(entry.truth.title)),
    ]
    if entry.said is not Label.CLEARED:
        parts.append(tr("label {label}", label=tr(entry.said.title)))
    if entry.probability is not None:
        parts.append(tr("predicted {probability}", probability=entry.probability_words))
    return " · ".join(parts)
