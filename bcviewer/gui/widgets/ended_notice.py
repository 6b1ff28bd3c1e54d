"""A line above the slide that says how the last window ended; it goes when it has been read."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from bcviewer.gui.icons import SMALL, icon
from bcviewer.gui.style import GRID
from bcviewer.gui.words import tr


class EndedNotice(QFrame):
    """Says a sentence, and offers what helps; hidden until there is something to say.

    Signals:
        reopen_requested: Open the data again that were open.
        report_requested: Report the problem.
    """

    reopen_requested = Signal()
    report_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("How the last window ended"))
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reopen = QPushButton()
        self.report = QPushButton(tr("Report a problem…"))
        self.dismiss = QPushButton(tr("Dismiss"))
        self._lay_out()
        self.reopen.clicked.connect(self.reopen_requested)
        self.reopen.clicked.connect(self.hide)
        self.report.clicked.connect(self.report_requested)
        self.dismiss.clicked.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def tell(self, text: str, *, data: str) -> None:
        """Say how the last window ended.

        Args:
            text: The sentences.
            data: The name of the data folder that can be opened again; "" for none.
        """
        self._text.setText(text)
        name = data if len(data) <= 24 else f"{data[:23]}…"
        self.reopen.setText(tr("Open {name} again", name=name.replace("&", "&&")))
        self.reopen.setVisible(bool(data))
        self.show()

    def _lay_out(self) -> None:
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.reopen)
        buttons.addWidget(self.report)
        buttons.addWidget(self.dismiss)
        buttons.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        grid.setSpacing(GRID)
        grid.addWidget(_Sign(), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._text, 0, 1)
        grid.addLayout(buttons, 1, 1)
        grid.setColumnStretch(1, 1)


class _Sign(QWidget):
    """An icon that follows the palette."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = icon("warning")
        self.setFixedSize(SMALL)

    def sizeHint(self) -> QSize:
        return SMALL

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, QRect(0, 0, self.width(), self.height()))
        painter.end()
