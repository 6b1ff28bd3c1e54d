"""How far readers agree, and the way to the patches on which they do not."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from bcviewer.annotation.agreement import Agreement
from bcviewer.gui.models.agreement_table import AgreementTable
from bcviewer.gui.style import GRID
from bcviewer.gui.widgets.count_table import CountTable
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.words import marked, tr

EMPTY = marked(
    "When two readers have labelled some of the same patches, how far they agree stands here. "
    "Choose the reader in the panel Labels; the random control offers all readers the same patches."
)
ABOUT = marked(
    "Cohen's kappa over the patches that both called IDC or not IDC. "
    "Click a pair to see where they disagree."
)


class AgreementView(QWidget):
    """Shows each pair of readers, or a hint while there is none.

    Signals:
        opened: The ``Agreement`` whose disagreements the user wants to see.
        view_changed: The panel came on screen, or went from it.
    """

    opened = Signal(object)
    view_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = AgreementTable(self)
        self.view = CountTable(self.table, tr("Agreement of readers"))
        about = QLabel(tr(ABOUT), wordWrap=True)
        about.setProperty("role", "caption")
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID // 2)
        column.addWidget(self.view, 1)
        column.addWidget(about)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyHint(tr(EMPTY)))
        self._stack.addWidget(shown)
        self.view.clicked.connect(self._open)
        self.view.activated.connect(self._open)

    def show_agreements(self, pairs: tuple[Agreement, ...]) -> None:
        """Show other comparisons."""
        self.table.show_agreements(pairs)
        self._stack.setCurrentIndex(1 if pairs else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the readers are looked at."""
        super().showEvent(event)
        self.view_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that they are not any more."""
        super().hideEvent(event)
        self.view_changed.emit(False)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        pair = self.table.pair(index.row())
        if len(pair.disagreed):
            self.opened.emit(pair)
