"""What lies over the window while something is held over it: what would be done with it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from bcviewer.gui.style import GRID, GROUP, title_font

VEILED: Final = 0.86
"""Opacity of the veil: what lies under it steps back, and the words are easy to read."""

WIDEST: Final = 520


class DropVeil(QWidget):
    """Covers its parent while it is shown; the mouse passes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._refused = False
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self.accessibleName()

    def tell(self, words: str, *, refused: bool) -> None:
        """Cover the parent and say something.

        Args:
            words: What would be done, or why nothing can be.
            refused: Whether it is the latter.
        """
        self._refused = refused
        self.setAccessibleName(words)
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        role = QPalette.ColorRole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self.palette().color(role.Window))
        veil.setAlphaF(VEILED)
        painter.fillRect(self.rect(), veil)
        edge = self.palette().color(role.Dark if self._refused else role.Accent)
        painter.setPen(QPen(edge, 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(GROUP, GROUP, -GROUP, -GROUP), 6, 6)
        painter.setFont(title_font())
        painter.setPen(self.palette().color(role.WindowText))
        width = min(WIDEST, self.width() - 4 * GROUP)
        place = QRect((self.width() - width) // 2, GRID, width, self.height() - 2 * GRID)
        wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(place, int(wrapped), self.text)
        painter.end()
