"""The strokes of a label log as a list, the newest first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bcviewer.annotation.history import HistoryLine
from bcviewer.gui.words import marked, tr
from bcviewer.gui.words_below import from_below

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
            return from_below(line.text)
        if role == ABOUT_ROLE:
            return f"{when(line.time)} {line.reader}"
        if role == Qt.ItemDataRole.ToolTipRole:
            known = marked("{text}, {time:%Y-%m-%d %H:%M} by {reader}")
            undone = marked("{text}, {time:%Y-%m-%d %H:%M} by {reader}; undone")
            time = line.time.astimezone()
            return tr(
                undone if line.undone else known,
                text=from_below(line.text),
                time=time,
                reader=line.reader,
            )
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = from_below(line.text)
            return tr("{text}, undone", text=text) if line.undone else text
        if role == LINE_ROLE:
            return line
        return None


def when(time: datetime) -> str:
    """A time as people say it: the hour today, the date as well before."""
    told = time.astimezone()
    today = datetime.now(UTC).astimezone().date()
    return f"{told:%H:%M}" if told.date() == today else f"{told:%Y-%m-%d %H:%M}"
