"""The small table of values that follows the pointer over curves."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from bcviewer.gui.style import GRID, Tokens


class CurveReadOut(QLabel):
    """Stands beside the pointer, inside of its parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setObjectName("read_out")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self.setStyleSheet(
            f"#read_out {{ background: {tokens.raised}; color: {tokens.text}; padding: 4px 6px;"
            f" font-size: 11px; border: 1px solid {tokens.control_line}; }}"
        )

    def show_at(self, here: QPoint, text: str) -> None:
        """Show values beside a place of the parent."""
        self.setText(text)
        self.adjustSize()
        left = here.x() + 2 * GRID
        if left + self.width() > self._around.width():
            left = here.x() - 2 * GRID - self.width()
        lowest = max(0, self._around.height() - self.height())
        self.move(max(0, left), min(max(0, here.y() - self.height() // 2), lowest))
        self.show()
        self.raise_()
