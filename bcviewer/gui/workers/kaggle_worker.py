"""The worker that fetches the data set of Kaggle."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from bcviewer.dataset.kaggle import Arrived, download
from bcviewer.gui.workers.worker import Worker


class KaggleWorker(Worker):
    """Fetches the data set into a folder; its result is the folder to open."""

    arrived = Signal(object)
    """The ``Arrived``."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def work(self) -> Path:
        return download(self._folder, progress=self._tell_arrived, cancelled=self.cancelled)

    def _tell_arrived(self, arrived: Arrived) -> None:
        self.arrived.emit(arrived)
