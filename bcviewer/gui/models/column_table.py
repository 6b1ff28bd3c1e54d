"""A table with named columns: what its header says, and on which side its cells stand."""

from __future__ import annotations

from collections.abc import Container
from typing import Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from bcviewer.gui.words import tr

Index = QModelIndex | QPersistentModelIndex


class ColumnTable(QAbstractTableModel):
    """What all tables of the window share; each has rows and cells of its own.

    Attributes:
        HEADS: The name of each column, marked.
        TIPS: What each column means, marked; none for no tips.
        NUMBERS: Columns of figures, which stand on the right.
    """

    HEADS: ClassVar[tuple[str, ...]]
    TIPS: ClassVar[tuple[str, ...]] = ()
    NUMBERS: ClassVar[Container[int]]

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.HEADS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.head(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(section)
        return self.alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def head(self, column: int) -> str:
        """The name of a column."""
        return tr(self.HEADS[column])

    def tip(self, column: int) -> str | None:
        """What a column means; None where nothing is to be said."""
        return tr(self.TIPS[column]) or None if self.TIPS else None

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Figures stand on the right, words on the left."""
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        return (right if column in self.NUMBERS else left) | Qt.AlignmentFlag.AlignVCenter
