"""A queue as a list: a line a patch."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from bcviewer.gui.models.queue_table import COLUMNS, LABEL, QueueTable
from bcviewer.gui.widgets.view_keyboard import take_keyboard
from bcviewer.gui.words import tr

LINE = 22


class QueueList(QTableView):
    """The same patches as the strip, as many lines as there is room for."""

    def __init__(self, table: QueueTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(table)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(LINE)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        for column in range(len(COLUMNS)):
            head.resizeSection(column, 56 if column == 0 else 84)
        head.resizeSection(LABEL, 112)
        head.setStretchLastSection(False)
        self.setAccessibleName(tr("Patches to look at next, as a list"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        take_keyboard(self, event)

    def keyboardSearch(self, search: str) -> None:
        """Letters and figures are keys of the window here, and search nothing."""
