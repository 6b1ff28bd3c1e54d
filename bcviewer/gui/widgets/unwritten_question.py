"""The question before a window closes whose last labels cannot be written: nothing is lost unasked.

First it only says that they are being written; most often it goes by itself then.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bcviewer.errors import BcviewerError
from bcviewer.gui.style import GRID, GROUP
from bcviewer.gui.words import marked, tr
from bcviewer.gui.words_below import from_below

WAITING = marked("Writing the last labels to the disk…")
TITLE = marked("Labels are not on the disk")
AGAIN = marked("Try again")
SAVE = marked("Save all labels as a table…")
CLOSE = marked("Close, and lose them")
STAY = marked("Stay")
WIDTH = 640


class UnwrittenQuestion(QDialog):
    """Waits for the last labels, and asks what to do when they cannot be written.

    Accepted, the window may close; closing the question stays.
    """

    again_requested = Signal()
    """The labels are to be written once more."""

    save_requested = Signal()
    """The labels are to be written to another place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Close the window"))
        self.setModal(True)
        self.setMinimumWidth(WIDTH)
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.words, self.saved = _words(), _words()
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 0)
        self.again, self.save = QPushButton(tr(AGAIN)), QPushButton(tr(SAVE))
        self.close_, self.stay = QPushButton(tr(CLOSE)), QPushButton(tr(STAY))
        self._lay_out()
        self.again.clicked.connect(self.again_requested)
        self.save.clicked.connect(self.save_requested)
        self.close_.clicked.connect(self.accept)
        self.stay.clicked.connect(self.reject)
        self.show_waiting()

    def ask(self) -> bool:
        """Show the question; whether the window may close."""
        answer = self.exec()
        self.deleteLater()
        return answer == QDialog.DialogCode.Accepted

    def show_waiting(self) -> None:
        """Say that labels are being written."""
        self.title.setText(tr(WAITING))
        self.bar.show()
        for widget in (self.words, self.saved, self.again, self.save, self.close_):
            widget.hide()
        self.adjustSize()

    def show_trouble(self, words: str, *, pending: bool) -> None:
        """Say what is wrong, and ask.

        Args:
            words: What cannot be written, and why.
            pending: Whether it may still be.
        """
        self.title.setText(tr(TITLE))
        self.words.setText(words)
        self.bar.hide()
        self.words.show()
        self.close_.show()
        self.again.setVisible(pending)
        self.save.setVisible(pending)
        preferred = self.again if pending else self.stay
        preferred.setDefault(True)
        preferred.setFocus()
        self.adjustSize()

    @Slot(object)
    def tell_saved(self, words: str) -> None:
        """Say what became of the table."""
        self.saved.setText(words)
        self.saved.show()
        self.adjustSize()

    @Slot(object)
    def tell_error(self, error: BcviewerError) -> None:
        """Say why there is no table."""
        self.tell_saved(from_below(str(error)))

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GROUP, GROUP, GROUP, GROUP)
        whole.setSpacing(GRID)
        for widget in (self.title, self.words, self.bar, self.saved):
            whole.addWidget(widget)
        last = QHBoxLayout()
        last.setSpacing(GRID)
        last.addStretch(1)
        for button in (self.again, self.save, self.close_, self.stay):
            last.addWidget(button)
        whole.addLayout(last)


def _words() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
