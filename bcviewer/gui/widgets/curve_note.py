"""A line of words over the foot of the curves, for a while: it takes no room from them."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from bcviewer.gui.style import GRID, Tokens, set_role
from bcviewer.gui.widgets.elided_label import ElidedLabel

NOTE_MS = 10_000
FAILURE_MS = 30_000
PADDING = GRID


class CurveNote(ElidedLabel):
    """Goes by itself, or when it is clicked; a failure stays longer."""

    def __init__(self, around: QWidget) -> None:
        super().__init__("", around)
        self._around = around
        self.setObjectName("note")
        self.hide()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self.setStyleSheet(
            f"#note {{ background: {tokens.raised}; padding: 3px {PADDING}px; font-size: 11px;"
            f" border: 1px solid {tokens.control_line}; }}"
        )

    def tell(self, text: str, *, failed: bool) -> None:
        """Say how something ended."""
        set_role(self, "danger" if failed else "")
        self.setText(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(FAILURE_MS if failed else NOTE_MS)

    def _place(self) -> None:
        room = self._around.width() - 2 * GRID
        words = self.fontMetrics().horizontalAdvance(self.text())
        self.resize(min(words + 2 * PADDING + GRID, room), self.sizeHint().height())
        self.move(GRID, self._around.height() - self.height() - GRID // 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()
