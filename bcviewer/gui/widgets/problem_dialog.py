"""A report of a problem: a text to look through, to copy or to save. Nothing is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bcviewer.errors import BcviewerError
from bcviewer.gui.style import CAPTION_PX, GRID, set_role
from bcviewer.gui.words import marked, tr

WORDS: Final = marked(
    "Write what happened, and look the rest through: it has versions, settings and the end of the "
    "log, without names of patients, readers and folders. Nothing is sent: copy or save it, and "
    "pass it on yourself."
)
FILE: Final = "bcviewer-problem.txt"


class ProblemDialog(QDialog):
    """Shows the text, which may be changed; not modal.

    Signals:
        save_requested: The text, and the file to save it to.
    """

    save_requested = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Report a problem"))
        self.resize(760, 560)
        self._create()
        self._lay_out()
        self._connect()

    @property
    def note(self) -> str:
        """What is said below the text."""
        return self._note.text()

    def show_waiting(self) -> None:
        """Show that the text is being gathered."""
        self.text.clear()
        self.text.setPlaceholderText(tr("Gathering what is known…"))
        self._say("", "caption")
        self._enable()

    def show_text(self, text: str) -> None:
        """Show the text of a report."""
        self.text.setPlainText(text)
        self._enable()

    def tell_saved(self, path: Path) -> None:
        """Say where the text was saved."""
        self._say(tr("Saved as {path}.", path=path), "caption")

    def tell_error(self, error: BcviewerError) -> None:
        """Say what went wrong."""
        self._say(str(error), "danger")

    def _create(self) -> None:
        self._words = QLabel(tr(WORDS))
        self._words.setWordWrap(True)
        self.text = QPlainTextEdit()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(CAPTION_PX + 1)
        self.text.setFont(font)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(tr("Text of the report"))
        self._note = QLabel()
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self.copy = QPushButton(tr("&Copy"))
        self.save = QPushButton(tr("&Save…"))
        self.close_ = QPushButton(tr("Close"))
        self.copy.setProperty("primary", "true")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.copy)
        buttons.addWidget(self.save)
        buttons.addStretch(1)
        buttons.addWidget(self.close_)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        whole.setSpacing(GRID)
        whole.addWidget(self._words)
        whole.addWidget(self.text, 1)
        whole.addWidget(self._note)
        whole.addLayout(buttons)

    def _connect(self) -> None:
        self.copy.clicked.connect(self._copy_text)
        self.save.clicked.connect(self._choose_file)
        self.close_.clicked.connect(self.close)
        self.text.textChanged.connect(self._enable)

    @Slot()
    def _enable(self) -> None:
        there = not self.text.document().isEmpty()
        self.copy.setEnabled(there)
        self.save.setEnabled(there)

    @Slot()
    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._say(tr("Copied."), "caption")

    @Slot()
    def _choose_file(self) -> None:
        place = QStandardPaths.StandardLocation.DocumentsLocation
        start = Path(QStandardPaths.writableLocation(place) or Path.home()) / FILE
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save the report"), str(start), tr("Text (*.txt);;All files (*)")
        )
        if chosen:
            self.save_requested.emit(self.text.toPlainText(), Path(chosen))

    def _say(self, text: str, role: str) -> None:
        set_role(self._note, role)
        self._note.setText(text)
        self._note.setVisible(bool(text))
