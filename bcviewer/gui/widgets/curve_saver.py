"""Saving curves where the user wants them: asks for the file, writes it in a worker, tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QCoreApplication,
    QIODevice,
    QObject,
    QStandardPaths,
    QTimer,
    Slot,
)
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from bcviewer.errors import BcviewerError, StorageError
from bcviewer.gui.widgets.curve_note import CurveNote
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.worker import Worker
from bcviewer.storage import write_bytes

_Content = str | Callable[[], str] | QImage

KINDS = {".png": marked("PNG picture (*.png)"), ".csv": marked("CSV table (*.csv)")}


class CurveSaver(QObject):
    """Says in ``note``, over the foot of its window, what became of a file."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.note = CurveNote(window)
        self._window = window
        self._crew = Crew(self)
        self._folder = ""
        self._painting: list[_Painting] = []
        self._painter = QTimer(self, singleShot=True, interval=0)
        self._painter.timeout.connect(self._paint)
        app = QCoreApplication.instance()
        if app is not None:  # a thread that is destroyed while it runs aborts the program
            app.aboutToQuit.connect(self.stop)

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
            self._window, tr("Save the curves"), start, tr(KINDS[ending])
        )
        if not chosen:
            return None
        path = Path(chosen)
        self._folder = str(path.parent)
        return path if path.suffix.lower() == ending else path.with_name(path.name + ending)

    def save(
        self,
        path: Path,
        content: str | Callable[[], str] | Iterator[QImage],
        *,
        apart: tuple[Path, ...] = (),
    ) -> None:
        """Write text or a picture; the note says what became of it.

        Args:
            path: The file.
            content: Text, or what makes it in the worker, or a picture that is painted in steps, of
                which the last one is whole.
            apart: Folders that are never written to.
        """
        if isinstance(content, str) or callable(content):
            self._write(path, content, apart)
            return
        self._painting.append(_Painting(path, content, apart))
        self._painter.start()

    @Slot()
    def _paint(self) -> None:
        """Do a step, and the rest when the window had its turn."""
        painting = self._painting[0]
        image = next(painting.steps, None)
        if image is not None:
            painting.image = image
        else:
            self._painting.pop(0)
            if painting.image is not None:
                self._write(painting.path, painting.image, painting.apart)
        if self._painting:
            self._painter.start()

    def _write(self, path: Path, content: _Content, apart: tuple[Path, ...]) -> None:
        worker = _Writer(path, content, apart)
        worker.succeeded.connect(self._tell_saved)
        worker.failed.connect(self._tell_failed)
        self._crew.start(worker)

    @Slot()
    def stop(self) -> None:
        """Wait for what is being written; nothing is written afterwards."""
        self._painter.stop()
        self._crew.stop()

    @Slot(object)
    def _tell_saved(self, path: Path) -> None:
        self.note.tell(tr("Saved as {path}", path=path), failed=False)

    @Slot(object)
    def _tell_failed(self, error: BcviewerError) -> None:
        self.note.tell(f"{error.message} {error.hint}".strip(), failed=True)


@dataclass
class _Painting:
    """A picture that is being painted."""

    path: Path
    steps: Iterator[QImage]
    apart: tuple[Path, ...]
    image: QImage | None = None


class _Writer(Worker):
    def __init__(self, path: Path, content: _Content, apart: tuple[Path, ...]) -> None:
        super().__init__()
        self._path = path
        self._content = content
        self._apart = apart

    def work(self) -> Path:
        for folder in self._apart:
            if self._path.resolve().is_relative_to(folder.resolve()):
                raise StorageError(
                    tr(
                        "{path} lies in the data folder, which is never written to.",
                        path=self._path,
                    ),
                    hint=tr("Choose a folder outside of it."),
                )
        content = self._content() if callable(self._content) else self._content
        # With a mark of its encoding: spreadsheets would take it for another one.
        text = content.encode("utf-8-sig") if isinstance(content, str) else _png(content)
        write_bytes(self._path, text)
        return self._path


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())
