"""How far readers agree: a row for each two of them."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from bcviewer.annotation.agreement import Agreement
from bcviewer.gui.models.column_table import ColumnTable, Index
from bcviewer.gui.style import tabular_font
from bcviewer.gui.words import marked, tr

HEADS = (
    marked("Readers"),
    marked("Kappa"),
    marked("In common"),
    marked("Same label"),
    marked("They disagree"),
    marked("Left out"),
)
DISAGREE = 4
TIPS = (
    marked("Two readers who labelled some of the same patches"),
    marked("Cohen's kappa: 1 for full agreement, 0 for what chance would do"),
    marked("Patches that both called IDC or not IDC"),
    marked("Share of these patches with the same label from both"),
    marked("Patches with another label from each; click to look at them"),
    marked("Patches that both looked at and at least one called unsure or excluded"),
)


class AgreementTable(ColumnTable):
    """Those who agree least come first."""

    HEADS = HEADS
    TIPS = TIPS
    NUMBERS = range(1, len(HEADS))

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

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        pair = self._pairs[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _words(pair)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(TIPS[index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.FontRole:
            font = tabular_font()
            opens = index.column() == DISAGREE and len(pair.disagreed) > 0
            font.setUnderline(opens)
            return font
        return None


def _words(pair: Agreement) -> tuple[str, ...]:
    return (
        tr(" and ").join(pair.readers),
        "–" if math.isnan(pair.kappa) else f"{pair.kappa:.2f}",
        f"{pair.patches:,}",
        "–" if math.isnan(pair.share) else f"{100 * pair.share:.0f} %",
        f"{len(pair.disagreed):,}",
        f"{pair.left_out:,}",
    )
