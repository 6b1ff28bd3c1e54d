"""A list of choices whose last one is a file of the user's."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

FROM_FILE = "from a file…"


class FileChoice(QComboBox):
    """Choices by name, and "from a file…", which asks for the file.

    Args:
        choices: Name and text of each choice.
        caption: The title of the file dialog.
        pattern: The file dialog's filter.
    """

    chosen = Signal()
    """Another choice, or another file, was made."""

    def __init__(
        self, choices: dict[str, str], *, caption: str, pattern: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._caption = caption
        self._pattern = pattern
        self._file: Path | None = None
        self._last = 0
        self._own: int | None = None
        for name, text in choices.items():
            self.addItem(text, name)
        self.addItem(FROM_FILE, "file")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(self._activate)

    @property
    def choice(self) -> str:
        """The name of the choice; "file" for a file."""
        return str(self.currentData())

    @property
    def file(self) -> Path | None:
        """The chosen file; None when the choice is another."""
        return self._file if self.choice == "file" else None

    @property
    def problem(self) -> str:
        """What is wrong with the choice, in words; "" when nothing is."""
        if self.file is not None and not self.file.is_file():
            return f"There is no file {self.file} any more: choose another."
        return ""

    def choose(self, name: str) -> None:
        """Make a choice by its name."""
        self.setCurrentIndex(self.findData(name))
        self._settle()

    def force(self, name: str | None) -> None:
        """Show the only choice that is possible and lock it; None gives the user's own back."""
        self.setEnabled(name is None)
        if name is None:
            if self._own is not None:
                self.setCurrentIndex(self._own)
            self._own = None
        elif self._own is None:
            self._own = self.currentIndex()
            self.setCurrentIndex(self.findData(name))

    def use_file(self, path: Path) -> None:
        """Choose a file."""
        self._file = path
        last = self.count() - 1
        self.setItemText(last, f"{path.name}…")
        self.setCurrentIndex(last)
        self._settle()

    def minimumSizeHint(self) -> QSize:
        # A long file name must not widen the form.
        return QSize(120, super().minimumSizeHint().height())

    @Slot(int)
    def _activate(self, index: int) -> None:
        if self.itemData(index) != "file":
            self._settle()
            return
        start = str(self._file) if self._file is not None else ""
        path, _ = QFileDialog.getOpenFileName(self, self._caption, start, self._pattern)
        if path:
            self.use_file(Path(path))
        else:
            self.setCurrentIndex(self._last)

    def _settle(self) -> None:
        self._last = self.currentIndex()
        self.setToolTip(str(self.file) if self.file is not None else "")
        self.chosen.emit()
