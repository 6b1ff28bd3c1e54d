"""A tab of the evaluation: its page, or why there is none and what to do about that."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.words import tr


class EvaluationStack(QWidget):
    """Shows a page or a sentence in its place.

    Signals:
        predict_requested: The patients are to be predicted.
        came_into_view: The tab is on screen.
    """

    predict_requested = Signal()
    came_into_view = Signal()

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = EmptyHint("")
        self.predict = QPushButton(tr("Predict them"))
        self.predict.setProperty("primary", "true")
        self.predict.clicked.connect(self.predict_requested)
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.addStretch(1)
        column.addWidget(self.hint)
        column.addWidget(self.predict, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(page)

    @property
    def hint_text(self) -> str:
        """The sentence that stands in place of the page; "" while the page is shown."""
        return self.hint.text() if self._stack.currentIndex() == 0 else ""

    def show_hint(self, text: str, *, predict: bool = False, busy: bool = False) -> None:
        """Say why there are no figures.

        Args:
            text: One sentence.
            predict: Whether predictions are what is missing.
            busy: Whether they are being made.
        """
        self.hint.setText(text)
        self.predict.setVisible(predict)
        self.predict.setEnabled(not busy)
        self.predict.setText(tr("Predicting…") if busy else tr("Predict them"))
        self._stack.setCurrentIndex(0)

    def show_page(self) -> None:
        """Show the page."""
        self._stack.setCurrentIndex(1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came_into_view.emit()
