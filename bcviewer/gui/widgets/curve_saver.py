"""Saving curves where the user wants them: asks for the file, writes it in a worker, tells."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, QStandardPaths, QTimer, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from bcviewer.errors import BcviewerError, StorageError
from bcviewer.gui.style import set_role
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.worker import Worker
from bcviewer.storage import write_bytes

KINDS = {".png": "PNG picture (*.png)", ".csv": "CSV table (*.csv)"}


NOTE_MS = 10_000
"""How long it stays said that a file was written; what failed stays until the next time."""


class CurveSaver(QObject):
    """Has a line of words, ``note``, for the owner to lay out; it is hidden while it is empty."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.note = ElidedLabel()
        self.note.setProperty("role", "caption")
        self.note.hide()
        self._window = window
        self._crew = Crew(self)
        self._folder = ""
        self._timer = QTimer(self, singleShot=True, interval=NOTE_MS)
        self._timer.timeout.connect(self.note.hide)

    def ask(self, name: str, ending: str) -> Path | None:
        """Ask where to save; None when the user would rather not.

        Args:
            name: The name to begin with, without its ending.
            ending: ".png" or ".csv"; a chosen name without it gets it.
        """
        place = QStandardPaths.StandardLocation.DocumentsLocation
        folder = self._folder or QStandardPaths.writableLocation(place)
        start = str(Path(folder) / f"{name}{ending}")
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "Save the curves", start, KINDS[ending]
        )
        if not chosen:
            return None
        path = Path(chosen)
        self._folder = str(path.parent)
        return path if path.suffix.lower() == ending else path.with_name(path.name + ending)

    def save(self, path: Path, content: str | QImage, *, apart: tuple[Path, ...] = ()) -> None:
        """Write text or a picture; the note says what became of it.

        Args:
            path: The file.
            content: What to write.
            apart: Folders that are never written to.
        """
        worker = _Writer(path, content, apart)
        worker.succeeded.connect(self._tell_saved)
        worker.failed.connect(self._tell_failed)
        self._crew.start(worker)

    def stop(self) -> None:
        """Wait for what is being written; nothing is written afterwards."""
        self._crew.stop()

    @Slot(object)
    def _tell_saved(self, path: Path) -> None:
        set_role(self.note, "caption")
        self._say(f"Saved as {path}")
        self._timer.start()

    @Slot(object)
    def _tell_failed(self, error: BcviewerError) -> None:
        set_role(self.note, "danger")
        self._say(f"{error.message} {error.hint}".strip())
        self._timer.stop()

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.show()


class _Writer(Worker):
    def __init__(self, path: Path, content: str | QImage, apart: tuple[Path, ...]) -> None:
        super().__init__()
        self._path = path
        self._content = content
        self._apart = apart

    def work(self) -> Path:
        for folder in self._apart:
            if self._path.resolve().is_relative_to(folder.resolve()):
                raise StorageError(
                    f"{self._path} lies in the data folder, which is never written to.",
                    hint="Choose a folder outside of it.",
                )
        content = self._content
        # With a mark of its encoding: spreadsheets would take it for another one.
        text = content.encode("utf-8-sig") if isinstance(content, str) else _png(content)
        write_bytes(self._path, text)
        return self._path


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())
