"""What stands in the corners of the slide: panels, badges, the read-out, the empty view's words."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from bcviewer.gui.style import GRID, Tokens, caption_font, tabular_font

Tone = Literal["text", "warn", "good"]

RADIUS: Final = 4.0
_MESSAGE_WIDTH: Final = 400


class Overlay(QWidget):
    """A panel over the tissue that lets the mouse through to it."""

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFont(caption_font())
        self.tokens = tokens
        self.hide()

    def set_colours(self, tokens: Tokens) -> None:
        """Take other colours."""
        self.tokens = tokens
        self.update()

    def paint_panel(self, painter: QPainter) -> None:
        """Paint the panel's ground and border."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.tokens.line), 1))
        painter.setBrush(QColor(self.tokens.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class Chip(Overlay):
    """A few words on a panel; hidden while there are none."""

    def __init__(self, tokens: Tokens, parent: QWidget, *, strong: bool = False) -> None:
        super().__init__(tokens, parent)
        font = tabular_font(caption_font())
        font.setBold(strong)
        self.setFont(font)
        self._text = ""
        self._tone: Tone = "text"

    @property
    def text(self) -> str:
        """The words."""
        return self._text

    def set_text(self, text: str, *, tone: Tone = "text") -> None:
        """Show other words; none hide the chip."""
        if (text, tone) == (self._text, self._tone):
            return
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.resize(self.sizeHint())
        self.setVisible(bool(text))
        self.update()

    def sizeHint(self) -> QSize:
        """The size that the words need."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 2 * GRID, metrics.height() + GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the panel and what is on it."""
        with QPainter(self) as painter:
            self.paint_panel(painter)
            painter.setPen(QColor(getattr(self.tokens, self._tone)))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


class EmptyMessage(QWidget):
    """What an empty slide will show, in one sentence, and the action that fills it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setProperty("role", "muted")
        self.button = QPushButton(self)
        self.button.setProperty("primary", True)
        self._action: QAction | None = None
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addWidget(self._label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.button.clicked.connect(self._trigger)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence."""
        return self._label.text()

    def show_message(self, text: str, action: QAction | None) -> None:
        """Show a sentence and, when there is an action, a button for it."""
        self._label.setText(text)
        self._action = action
        self.button.setText("" if action is None else action.text())
        self.button.setVisible(action is not None)
        self.setFixedWidth(_MESSAGE_WIDTH)
        self.adjustSize()
        self.show()

    @Slot()
    def _trigger(self) -> None:
        if self._action is not None:
            self._action.trigger()
