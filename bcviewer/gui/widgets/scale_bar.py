"""A bar of a round length, in slide pixels or, when the scale is known, in micrometres."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bcviewer.gui.style import GRID, Tokens
from bcviewer.gui.widgets.slide_overlays import Overlay
from bcviewer.gui.words import tr
from bcviewer.slide.scale import length_words, round_below

_LONGEST: Final = 120
_TICK: Final = 6
_THICK: Final = 2


class ScaleBar(Overlay):
    """Says how long a stretch on the screen is on the slide."""

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(tokens, parent)
        self._zoom = 1.0
        self._um_per_px: float | None = None
        self._estimated = False
        self._length = 0
        self._text = ""

    @property
    def text(self) -> str:
        """What stands over the bar, such as "500 px"."""
        return self._text

    @property
    def length(self) -> int:
        """Length of the bar in screen pixels."""
        return self._length

    def set_zoom(self, zoom: float) -> None:
        """Set the screen pixels of one slide pixel."""
        self._zoom = zoom
        self._measure()

    def set_scale(self, um_per_px: float | None, *, estimated: bool = False) -> None:
        """Set the micrometres of one slide pixel; None shows pixels."""
        self._um_per_px, self._estimated = um_per_px, estimated
        self._measure()

    def sizeHint(self) -> QSize:
        """The size that the words need."""
        width = max(self._length, self.fontMetrics().horizontalAdvance(self._text))
        return QSize(width + 2 * GRID, self.fontMetrics().height() + _TICK + 2 * GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar and its length."""
        with QPainter(self) as painter:
            self.paint_panel(painter)
            colour = QColor(self.tokens.text)
            painter.setPen(colour)
            words = self.rect().adjusted(0, GRID // 2, 0, -GRID - _TICK)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._text)
            left = (self.width() - self._length) // 2
            bottom = self.height() - GRID
            painter.fillRect(QRect(left, bottom - _THICK, self._length, _THICK), colour)
            for end in (left, left + self._length - _THICK):
                painter.fillRect(QRect(end, bottom - _TICK, _THICK, _TICK), colour)

    def _measure(self) -> None:
        unit = self._um_per_px or 1.0
        span = round_below(_LONGEST / self._zoom * unit)
        self._length = round(span / unit * self._zoom)
        self._text = self._words(span)
        self.setAccessibleName(tr("Scale bar: {text}", text=self._text))
        self.resize(self.sizeHint())
        self.update()

    def _words(self, span: float) -> str:
        return length_words(span, known=self._um_per_px is not None, estimated=self._estimated)
