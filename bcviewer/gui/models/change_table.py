"""What a model changed against another, counted: a row a role, a column an outcome."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from bcviewer.annotation.changes import ChangeCounts
from bcviewer.gui.models.column_table import ColumnTable, Index
from bcviewer.gui.style import tabular_font
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.change_worker import HONESTY, ChangeCounted

HEADS = (
    marked("Patients were"),
    marked("Patients"),
    marked("Patches"),
    marked("Fixed"),
    marked("Broken"),
    marked("Right as before"),
    marked("Wrong as before"),
)
TIPS = (
    marked("What the patients were to the two models: the less honest of the two"),
    marked("Patients with a prediction by both models"),
    marked("Patches with a prediction by both models and a label"),
    marked("Wrong before, right now; click to look at them"),
    marked("Right before, wrong now; click to look at them"),
    marked("Right both times"),
    marked("Wrong both times"),
)
OPENS = {3: "fixed", 4: "broken"}


class ChangeTable(ColumnTable):
    """Roles that no patient has are left out; held-out patients come first."""

    HEADS = HEADS
    TIPS = TIPS
    NUMBERS = range(1, len(HEADS))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, ChangeCounts]] = []

    def show_counts(self, counted: ChangeCounted | None) -> None:
        """Show the counts of a comparison, or none."""
        self.beginResetModel()
        counts = {} if counted is None else counted.change.counts
        self._rows = [
            (role, counts[role])
            for role in reversed(HONESTY)
            if role in counts and counts[role].patches
        ]
        self.endResetModel()

    def role_name(self, row: int) -> str:
        """The role of a row."""
        return self._rows[row][0]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        name, counts = self._rows[index.row()]
        figures = (
            *(counts.patients, counts.patches, counts.fixed),
            *(counts.broken, counts.right, counts.wrong),
        )
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{figures[index.column() - 1]:,}" if index.column() else tr(name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(TIPS[index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.FontRole:
            font = tabular_font()
            font.setUnderline(index.column() in OPENS and figures[index.column() - 1] > 0)
            return font
        return None
