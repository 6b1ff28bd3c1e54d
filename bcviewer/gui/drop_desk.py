"""Dragging a folder or a model onto the window: says what would be done, and does it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from bcviewer.gui.dropped import Dropped, Kind, look_at
from bcviewer.gui.widgets.drop_veil import DropVeil


class DropDesk(QObject):
    """Owns the veil; the window hands its drags on to it.

    Args:
        window: What is covered while something is held over it.
    """

    data_dropped = Signal(object)
    """A data folder (``Path``) is to be opened."""

    model_dropped = Signal(str)
    """A model folder, or that of a run, is to be used."""

    file_dropped = Signal(object)
    """A file of Keras (``Path``) is to be imported."""

    said = Signal(str)
    """Something for the status line."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.veil = DropVeil(window)

    def enter(self, event: QDragEnterEvent) -> None:
        """Say what would be done with what is held over the window."""
        if not event.mimeData().hasUrls():
            return
        dropped = _look_at(event.mimeData())
        self.veil.tell(dropped.words, refused=dropped.kind is Kind.REFUSED)
        # Also where it is refused: else nobody tells when it has gone, and the words would stay.
        event.acceptProposedAction()

    def leave(self) -> None:
        """It is gone again."""
        self.veil.hide()

    def drop(self, event: QDropEvent) -> None:
        """Do what was said."""
        self.veil.hide()
        if not event.mimeData().hasUrls():
            return
        event.acceptProposedAction()
        dropped = _look_at(event.mimeData())
        match dropped.kind:
            case Kind.DATA:
                self.data_dropped.emit(dropped.path)
            case Kind.MODEL:
                self.model_dropped.emit(str(dropped.path))
            case Kind.IMPORT:
                self.file_dropped.emit(dropped.path)
            case Kind.REFUSED:
                self.said.emit(dropped.words)


def _look_at(held: QMimeData) -> Dropped:
    return look_at([Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()])
