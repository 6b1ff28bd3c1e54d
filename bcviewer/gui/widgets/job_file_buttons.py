"""Two buttons for the settings as a file: open one, save one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from bcviewer.gui.style import GRID
from bcviewer.gui.widgets.form_field import CONTROL_HEIGHT
from bcviewer.gui.words import marked, tr

PATTERN = marked("Job files (*.json);;All files (*)")
FIRST_NAME = "job.json"


class JobFileButtons(QWidget):
    """Asks for the file, and tells which one it is to be."""

    open_requested = Signal(object)
    """The ``Path`` of a job file to take the settings from."""

    save_requested = Signal(object)
    """The ``Path`` that the settings are to be saved to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = Path(FIRST_NAME)
        self.open_button = QPushButton(tr("Open…"))
        self.open_button.setToolTip(tr("Take the settings from a job file"))
        self.save_button = QPushButton(tr("Save as…"))
        self.save_button.setToolTip(
            tr("Save the settings as a job file; elsewhere: bcviewer train FOLDER --job FILE")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for button in (self.open_button, self.save_button):
            button.setFixedHeight(CONTROL_HEIGHT)
            # Narrower than the style would have it, for a form of one column.
            text = button.fontMetrics().horizontalAdvance(button.text())
            button.setMinimumWidth(text + 2 * GRID)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        self.open_button.clicked.connect(self._open)
        self.save_button.clicked.connect(self._save)

    @Slot()
    def _open(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, tr("Open a job file"), str(self._last), tr(PATTERN)
        )
        if path:
            self._last = Path(path)
            self.open_requested.emit(self._last)

    @Slot()
    def _save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Save as a job file"), str(self._last), tr(PATTERN)
        )
        if path:
            chosen = Path(path)
            self._last = chosen if chosen.suffix else chosen.with_suffix(".json")
            self.save_requested.emit(self._last)
