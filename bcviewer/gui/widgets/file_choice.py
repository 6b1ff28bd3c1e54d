"""A list of choices whose last ones are a file or a folder of the user's."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from bcviewer.gui.widgets.choice import Choice
from bcviewer.gui.words import marked, tr

FROM_FILE = marked("from a file…")
FROM_FOLDER = marked("from a model…")
FILE, FOLDER = "file", "folder"


class FileChoice(Choice):
    """Choices by name, and "from a file…", which asks for the file.

    Args:
        choices: Name and text of each choice.
        caption: The title of the file dialog.
        pattern: The file dialog's filter.
        folder_caption: The title of the dialog for a folder; "" for no such choice.
        tip: What the choice is about; a file or folder that is chosen is told instead.
    """

    def __init__(
        self,
        choices: dict[str, str],
        *,
        caption: str,
        pattern: str,
        folder_caption: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(choices, parent)
        self._caption = caption
        self._pattern = pattern
        self._folder_caption = folder_caption
        self._tip = tip
        self.setToolTip(tip)
        self._paths: dict[str, Path] = {}
        self._last = 0
        if folder_caption:
            self.addItem(tr(FROM_FOLDER), FOLDER)
        self.addItem(tr(FROM_FILE), FILE)

    @property
    def file(self) -> Path | None:
        """The chosen file; None when the choice is another."""
        return self._paths.get(FILE) if self.choice == FILE else None

    @property
    def folder(self) -> Path | None:
        """The chosen folder; None when the choice is another."""
        return self._paths.get(FOLDER) if self.choice == FOLDER else None

    @property
    def problem(self) -> str:
        """What is wrong with the choice, in words; "" when nothing is."""
        if self.file is not None and not self.file.is_file():
            return tr("There is no file {file} any more: choose another.", file=self.file)
        if self.folder is not None and not self.folder.is_dir():
            return tr("There is no folder {folder} any more: choose another.", folder=self.folder)
        return ""

    def allow(self, names: Collection[str]) -> None:
        """As ``Choice.allow``; who closes the dialog without a choice is back at what is shown."""
        before = self.currentIndex()
        super().allow(names)
        if self.currentIndex() != before:
            self._last = self.currentIndex()

    def use_file(self, path: Path) -> None:
        """Choose a file."""
        self._use(FILE, path, path.name)

    def use_folder(self, path: Path) -> None:
        """Choose a folder; one that is called "model" is named by the run it lies in."""
        name = path.parent.name if path.name == "model" and path.parent.name else path.name
        self._use(FOLDER, path, name)

    def _use(self, kind: str, path: Path, name: str) -> None:
        self._paths[kind] = path
        place = self.findData(kind)
        self._own = None
        self.setItemText(place, f"{name}…")
        self.setCurrentIndex(place)
        self._settle()

    @Slot(int)
    def _activate(self, index: int) -> None:
        kind = str(self.itemData(index))
        if kind not in (FILE, FOLDER):
            super()._activate(index)
            return
        path = self._asked(kind)
        if not path:
            self.setCurrentIndex(self._last)
        elif kind == FILE:
            self.use_file(Path(path))
        else:
            self.use_folder(Path(path))

    def _asked(self, kind: str) -> str:
        start = str(self._paths.get(kind, ""))
        if kind == FOLDER:
            return QFileDialog.getExistingDirectory(self, self._folder_caption, start)
        return QFileDialog.getOpenFileName(self, self._caption, start, self._pattern)[0]

    def _settle(self) -> None:
        self._last = self.currentIndex()
        path = self._paths.get(self.choice)
        self.setToolTip(str(path) if path is not None else self._tip)
        self.chosen.emit()
