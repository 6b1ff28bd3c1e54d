"""Which line is which run: a small drawing and the name of each, in one row or two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bcviewer.gui.style import GRID, caption_font
from bcviewer.gui.widgets.runs_lines import SWATCH

ROW_HEIGHT = 16
LEAST_ENTRY = 96
BETWEEN = GRID // 2


class RunsLegend(QWidget):
    """Names are shortened where there is no room; the tool tip has them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(caption_font())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._entries: tuple[tuple[QIcon, str], ...] = ()
        self._arrange()

    def show_runs(self, entries: Sequence[tuple[QIcon, str]]) -> None:
        """Show these pictures of lines, with the names of their runs."""
        self._entries = tuple(entries)
        self.setToolTip("\n".join(self.names))
        self._arrange()
        self.update()

    @property
    def names(self) -> list[str]:
        """The names, unshortened."""
        return [name for _, name in self._entries]

    def _arrange(self) -> None:
        count = max(1, len(self._entries))
        whole = sum(self._width_of(name) for name in self.names)
        self._rows = 1 if whole <= self.width() or count * LEAST_ENTRY <= self.width() else 2
        self._rows = min(self._rows, count)
        self._fits = whole <= self.width()
        self.setFixedHeight(self._rows * ROW_HEIGHT)

    def _width_of(self, name: str) -> int:
        words = self.fontMetrics().horizontalAdvance(name)
        return int(SWATCH.width() + BETWEEN + words + 2 * GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        columns = -(-len(self._entries) // self._rows)
        x = 0
        for number, (picture, name) in enumerate(self._entries):
            row, column = divmod(number, columns)
            width = self._width_of(name) if self._fits else self.width() // columns
            x = x if column else 0
            self._paint_entry(painter, QRect(x, row * ROW_HEIGHT, width, ROW_HEIGHT), picture, name)
            x += width
        painter.end()

    def _paint_entry(self, painter: QPainter, place: QRect, picture: QIcon, name: str) -> None:
        left = QRect(place.left(), place.top(), SWATCH.width(), place.height())
        picture.paint(painter, left)
        words = place.adjusted(SWATCH.width() + BETWEEN, 0, -GRID, 0)
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, words.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)

    def sizeHint(self) -> QSize:
        return QSize(LEAST_ENTRY, self._rows * ROW_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)
