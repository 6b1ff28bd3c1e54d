"""The fields of a form in one column or in two, and scrolled where height is dear."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from bcviewer.gui.style import GRID
from bcviewer.gui.widgets.form_field import FormField
from bcviewer.gui.words import tr

ROW_HEIGHT = 26
LINES = 3
"""Rows of the grid for each entry: controls, words of the left one, words of the right one."""

TWO_COLUMNS_FROM = 440

Entry = FormField | QWidget
"""A setting, or what has no name to its left: a tick or a row of buttons."""


class FormGrid(QWidget):
    """Two lists of entries, beside each other where there is room.

    Words of the left ones begin below their controls and may be as long as the form is wide, those
    of the right ones stand below them, and below the words of the left one.
    """

    def __init__(
        self, left: Sequence[Entry], right: Sequence[Entry], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._left, self._right = left, right
        self._content = QWidget()
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, 0, GRID // 2, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(0)
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._content)
        area.setAccessibleName(tr("Settings"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self._columns = 0
        self._revealed: FormField | None = None
        self._flow(columns=2)

    def set_editable(self, editable: bool) -> None:
        """Let the settings be changed, or only be read."""
        self._content.setEnabled(editable)

    def reveal(self, field: FormField) -> None:
        """Scroll to a field and its words, as soon as what was just said has its room."""
        self._revealed = field
        QTimer.singleShot(0, self, self._reveal)

    @Slot()
    def _reveal(self) -> None:
        field, self._revealed = self._revealed, None
        if field is not None:
            for part in (field.control, field.word_label):
                self._area.ensureWidgetVisible(part, 0, GRID // 2)

    def _flow(self, *, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for row in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, 0)
            self._grid.setRowStretch(row, 0)
        if columns == 2:
            places = [(self._left, 0), (self._right, 3)]
        else:
            places = [([*self._left, *self._right], 0)]
        for entries, column in places:
            for row, entry in enumerate(entries):
                self._add(entry, LINES * row, column)
        rows = max(len(entries) for entries, _ in places)
        for row in range(rows):
            self._grid.setRowMinimumHeight(LINES * row, ROW_HEIGHT)
        self._grid.setRowStretch(LINES * rows, 1)
        self._grid.setColumnMinimumWidth(2, GRID if columns == 2 else 0)
        self._grid.setColumnStretch(1, 1)

    def _add(self, entry: Entry, row: int, column: int) -> None:
        if not isinstance(entry, FormField):
            self._grid.addWidget(entry, row, column + 1)
        elif column:
            entry.add_to(self._grid, row, column, word_at=(row + 2, column), word_span=2)
        else:
            span = 3 * self._columns - 2
            entry.add_to(self._grid, row, column, word_at=(row + 1, column + 1), word_span=span)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._flow(columns=2 if self.width() >= TWO_COLUMNS_FROM else 1)
        super().resizeEvent(event)
