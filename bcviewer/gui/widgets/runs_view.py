"""The two tables of the runs, as Qt shows them: the runs, and their settings side by side."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from bcviewer.gui.models.column_table import Index
from bcviewer.gui.models.run_table import (
    AUC,
    BALANCED,
    EPOCHS,
    MODEL,
    NAME,
    PATIENTS,
    SPLIT,
    STARTED,
    STATE,
    RunOrder,
)
from bcviewer.gui.style import GRID, caption_font
from bcviewer.gui.widgets.runs_lines import SWATCH
from bcviewer.gui.words import marked, tr

ROW_HEIGHT = 24
NAME_LEAST = 120
PADDING = 12
WIDEST = {
    STARTED: "30 Sep 20:00",
    MODEL: "MobileNetV2",
    SPLIT: marked("patch-wise (optimistic)"),
    EPOCHS: "100/100",
    BALANCED: marked("Bal. acc."),
    AUC: "0.900",
    PATIENTS: marked("Patients"),
    STATE: marked("interrupted"),
}
"""The widest text of each column but the name's, which has the rest."""
GIVEN_UP = (STARTED, MODEL, SPLIT)
"""What is left out first where there is no room; name or settings beside the table have it too."""
SPLIT_SHORT = marked("patch-wise…")
"""What the column of the split has room for before another column is left out for it."""
LEAST_SETTING = 192
LEAST_VALUE = 64
LEAST_TITLE = 64


class RunsView(QTableView):
    """Rows of runs; several can be chosen, and F2 edits a name."""

    def __init__(self, order: RunOrder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(order)
        self.setAccessibleName(tr("Runs"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSortingEnabled(True)
        self.sortByColumn(STARTED, Qt.SortOrder.DescendingOrder)
        self.setIconSize(SWATCH)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setMinimumWidth(440)
        self.setItemDelegateForColumn(SPLIT, _EndElided(self))
        _plain(self)
        self._widths = {
            column: self.fontMetrics().horizontalAdvance(tr(text)) + PADDING
            for column, text in WIDEST.items()
        }
        self._split_short = self.fontMetrics().horizontalAdvance(tr(SPLIT_SHORT)) + PADDING
        head = self.horizontalHeader()
        head.setMinimumSectionSize(40)
        head.setHighlightSections(False)
        for column, width in self._widths.items():
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(column, width)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)

    def chosen_rows(self) -> list[int]:
        """The chosen rows, from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedRows(NAME))

    def choose_rows(self, rows: list[int]) -> None:
        """Choose these rows and no others; the first becomes the current one."""
        flags = QItemSelectionModel.SelectionFlag
        choice = self.selectionModel()
        choice.clearSelection()
        for row in rows:
            index = self.model().index(row, NAME)
            choice.select(index, flags.Select | flags.Rows)
        if rows:
            choice.setCurrentIndex(self.model().index(rows[0], NAME), flags.NoUpdate)

    def rename(self, row: int) -> None:
        """Open the editor of a row's name."""
        index = self.model().index(row, NAME)
        self.setCurrentIndex(index)
        self.edit(index)

    @property
    def editing(self) -> bool:
        """Whether a name is being typed."""
        return self.state() == QAbstractItemView.State.EditingState

    def cell_centre(self, row: int, column: int) -> QPoint:
        """Where a cell is, in the viewport."""
        return self.visualRect(self.model().index(row, column)).center()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt would edit the current cell, which may be that of a score.
        if event.key() == Qt.Key.Key_F2 and self.currentIndex().isValid():
            self.rename(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.viewport().width() - NAME_LEAST - sum(self._widths.values())
        split = self._widths[SPLIT] if room >= 0 else self._split_short
        self.horizontalHeader().resizeSection(SPLIT, split)
        room += self._widths[SPLIT] - split
        for column in GIVEN_UP:
            self.setColumnHidden(column, room < 0)
            width = split if column == SPLIT else self._widths[column]
            room += width if room < 0 else 0
        super().resizeEvent(event)


class _EndElided(QStyledItemDelegate):
    """Leaves out the end of a text and not its middle: "patch-wise…"."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideRight


class RunsSettingsView(QTableView):
    """Settings of the chosen runs; nothing in it can be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Settings of the chosen runs"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumWidth(LEAST_SETTING)
        _plain(self)
        self.verticalHeader().setDefaultSectionSize(20)
        self.horizontalHeader().setFont(caption_font())
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.horizontalHeader().setHighlightSections(False)

    def fit_columns(self) -> None:
        """Share the width among the runs; they scroll where there are too many."""
        runs = self.model().columnCount() - 1
        if runs < 1:
            return
        first = max(self.sizeHintForColumn(0), LEAST_TITLE) + GRID
        share = (self.viewport().width() - first) // runs
        self.setColumnWidth(0, first)
        for column in range(1, runs + 1):
            self.setColumnWidth(column, max(LEAST_VALUE, share))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()


def _plain(view: QTableView) -> None:
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setFrameShape(QTableView.Shape.NoFrame)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
