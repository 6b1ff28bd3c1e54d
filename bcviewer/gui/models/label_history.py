"""The strokes of a label log as a list, the newest first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bcviewer.annotation.history import HistoryLine

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole
ABOUT_ROLE = Qt.ItemDataRole.UserRole + 1


class LabelHistory(QAbstractListModel):
    """One row a stroke; those that are undone are grey and struck out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[HistoryLine, ...] = ()

    def show_lines(self, lines: tuple[HistoryLine, ...]) -> None:
        """Show other strokes, given with the newest last."""
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()

    def line(self, row: int) -> HistoryLine:
        """The stroke of a row."""
        return self._lines[len(self._lines) - 1 - row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.line(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == ABOUT_ROLE:
            return f"{when(line.time)} {line.reader}"
        if role == Qt.ItemDataRole.ToolTipRole:
            undone = "; undone" if line.undone else ""
            return f"{line.text}, {line.time.astimezone():%Y-%m-%d %H:%M} by {line.reader}{undone}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.text}{', undone' if line.undone else ''}"
        if role == LINE_ROLE:
            return line
        return None


def when(time: datetime) -> str:
    """A time as people say it: the hour today, the date as well before."""
    told = time.astimezone()
    today = datetime.now(UTC).astimezone().date()
    return f"{told:%H:%M}" if told.date() == today else f"{told:%Y-%m-%d %H:%M}"
