"""One page of a gallery as a list: only what is on screen is made."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot

from bcviewer.annotation.labels import Label
from bcviewer.gui.label_marks import marks_of
from bcviewer.gui.models.queue_table import ENTRY_ROLE, PICTURE_ROLE, QueueEntry, sentence
from bcviewer.gui.queue_pictures import QueuePictures
from bcviewer.gui.session import Session

Index = QModelIndex | QPersistentModelIndex
MARK_ROLE = Qt.ItemDataRole.UserRole + 2
"""The ``Mark`` of what readers say of the patch."""


class GalleryModel(QAbstractListModel):
    """The patches of a page; labels and probabilities are those of the session at any time."""

    def __init__(
        self, session: Session, pictures: QueuePictures, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._pictures = pictures
        self._rows: NDArray[np.int64] = np.empty(0, np.int64)
        self._entries: tuple[QueueEntry, ...] = ()
        self._marks: tuple[int, ...] = ()
        pictures.came.connect(self._repaint)
        session.labels_changed.connect(self._refresh)
        session.predictions_changed.connect(self._refresh)
        session.layers_changed.connect(self._refresh)

    @property
    def rows(self) -> NDArray[np.int64]:
        """int64[k]: the patches of the page, rows of the data set."""
        return self._rows

    def show_rows(self, rows: NDArray[np.int64]) -> None:
        """Show another page: int64[k], rows of the data set in their order."""
        self.beginResetModel()
        self._rows = rows
        self._read()
        self.endResetModel()

    def entry(self, place: int) -> QueueEntry:
        """The patch at a place of the page."""
        return self._entries[place]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        place = index.row()
        if role == ENTRY_ROLE:
            return self._entries[place]
        if role == PICTURE_ROLE:
            return self._pictures.picture(int(self._rows[place]))
        if role == MARK_ROLE:
            return self._marks[place]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return sentence(self._entries[place])
        return None

    def _read(self) -> None:
        """Look up what the session says of the page."""
        session, rows, dataset = self._session, self._rows, self._session.dataset
        if dataset is None or not len(rows):
            self._entries, self._marks = (), ()
            return
        said = np.full(len(rows), Label.CLEARED, np.int8)
        if session.labels is not None:
            said = session.labels.labels[rows]
        truth = dataset.labels[rows]
        self._marks = tuple(marks_of(said, truth).tolist())
        columns = (
            dataset.patient_index[rows],
            dataset.x[rows],
            dataset.y[rows],
            session.shown_predictions()[rows],
        )
        self._entries = tuple(
            QueueEntry(
                row=row,
                patient=dataset.patients[patient],
                x=x,
                y=y,
                truth=Label(true),
                said=Label(label),
                probability=value if np.isfinite(value) else None,
            )
            for row, true, label, patient, x, y, value in zip(
                *(column.tolist() for column in (rows, truth, said, *columns)), strict=True
            )
        )

    @Slot()
    def _refresh(self) -> None:
        dataset = self._session.dataset
        if len(self._rows) and dataset is not None and self._rows.max() < len(dataset):
            self._read()
            self._repaint()

    @Slot()
    def _repaint(self) -> None:
        if len(self._rows):
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
