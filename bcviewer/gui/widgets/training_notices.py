"""Warnings and errors of a training, in the panel where they belong and never in a box."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bcviewer.errors import BcviewerError
from bcviewer.gui.icons import SMALL, icon
from bcviewer.gui.style import GRID, body_font, caption_font, set_role
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.words import tr
from bcviewer.gui.words_below import from_below

MOST_LINES = 4


class TrainingNotices(QWidget):
    """One error, or a quiet list of warnings; hidden when there is neither.

    Where height is dear, the warnings share one line, and the tool tip has them all.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._warnings: tuple[str, ...] = ()
        self._compact = False
        self._sign = _Sign("warning")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._line = ElidedLabel()
        self._line.setFont(caption_font())
        set_role(self._line, "warn")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._line, 1)
        self.clear()

    @property
    def warnings(self) -> tuple[str, ...]:
        """The warnings that are shown, also those that there is no room for."""
        return self._warnings

    @property
    def text(self) -> str:
        """What is shown."""
        return self._line.text() or self._text.text()

    def clear(self) -> None:
        """Show nothing."""
        self._warnings = ()
        self._say("", role="")

    def show_error(self, error: BcviewerError) -> None:
        """Show what went wrong and what to do."""
        self._warnings = ()
        self._text.setFont(body_font())
        self._say("\n".join(part for part in (error.message, error.hint) if part), role="danger")

    def show_warnings(self, warnings: tuple[str, ...]) -> None:
        """Show warnings; an empty list hides them."""
        self._warnings = warnings
        warnings = tuple(from_below(text) for text in warnings)
        shown = list(warnings[:MOST_LINES])
        left = len(warnings) - len(shown)
        if left:
            shown[-1] = tr("{text} And {left} more.", text=shown[-1], left=left)
        self._text.setFont(caption_font())
        self._say("" if self._compact else "\n".join(shown), role="warn")
        if self._compact and warnings:
            self._line.setText("  ·  ".join(warnings))
            self._line.show()
            self.show()
        if left or self._compact:
            self.setToolTip("\n".join(warnings))

    def add_warnings(self, warnings: Sequence[str]) -> None:
        """Show these as well, and first: what was said before is known."""
        new = [text for text in warnings if text not in self._warnings]
        if new:
            self.show_warnings((*new, *self._warnings))

    def set_compact(self, compact: bool) -> None:
        """Let the warnings share one line, or give each its own."""
        if compact != self._compact:
            self._compact = compact
            if self._warnings:
                self.show_warnings(self._warnings)

    def _say(self, text: str, *, role: str) -> None:
        set_role(self._text, role)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._line.setText("")
        self._line.hide()
        self.setToolTip("")
        self.setVisible(bool(text))


class _Sign(QWidget):
    """An icon that follows the palette."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._icon = icon(name)
        self.setFixedSize(SMALL)

    def sizeHint(self) -> QSize:
        return SMALL

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, QRect(0, 0, self.width(), self.height()))
        painter.end()
