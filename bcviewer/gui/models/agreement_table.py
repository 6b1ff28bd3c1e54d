"""How far readers agree: a row for each two of them."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bcviewer.annotation.agreement import Agreement
from bcviewer.gui.style import tabular_font

Index = QModelIndex | QPersistentModelIndex

HEADS = ("Readers", "Kappa", "In common", "Same label", "They disagree", "Left out")
TIPS = (
    "Two readers who labelled some of the same patches",
    "Cohen's kappa: 1 for full agreement, 0 for what chance would do",
    "Patches that both called IDC or not IDC",
    "Share of these patches with the same label from both",
    "Patches with another label from each; click to look at them",
    "Patches that both looked at and at least one called unsure or excluded",
)


class AgreementTable(QAbstractTableModel):
    """Those who agree least come first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[Agreement] = []

    def show_agreements(self, pairs: tuple[Agreement, ...]) -> None:
        """Show other comparisons."""
        self.beginResetModel()
        self._pairs = sorted(pairs, key=lambda pair: (math.isnan(pair.kappa), pair.kappa))
        self.endResetModel()

    def pair(self, row: int) -> Agreement:
        """The comparison of a row."""
        return self._pairs[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._pairs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return TIPS[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        pair = self._pairs[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _words(pair)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return TIPS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.FontRole:
            font = tabular_font()
            opens = index.column() == HEADS.index("They disagree") and len(pair.disagreed) > 0
            font.setUnderline(opens)
            return font
        return None


def _words(pair: Agreement) -> tuple[str, ...]:
    return (
        " and ".join(pair.readers),
        "–" if math.isnan(pair.kappa) else f"{pair.kappa:.2f}",
        f"{pair.patches:,}",
        "–" if math.isnan(pair.share) else f"{100 * pair.share:.0f} %",
        f"{len(pair.disagreed):,}",
        f"{pair.left_out:,}",
    )


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
