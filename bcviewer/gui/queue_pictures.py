"""Pictures of single patches: read when they come into view, and the last ones kept."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from bcviewer.dataset.dataset import Dataset
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.queue_workers import PatchPictures, PatchPicturesWorker

KEPT = 2048
"""Pictures in memory, of 7.5 kB each."""

PAGE = 64
"""Pictures that are read at once: about what a window shows."""


class QueuePictures(QObject):
    """Gives the pictures it has, and has those read that were asked for last."""

    came = Signal()
    """There are pictures that were asked for."""

    def __init__(self, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._crew = crew
        self._dataset: Dataset | None = None
        self._kept: OrderedDict[int, QImage | None] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._worker: PatchPicturesWorker | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read)

    def set_dataset(self, dataset: Dataset | None) -> None:
        """Forget all pictures and give those of another data set."""
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None
        self._dataset = dataset
        self._kept.clear()
        self._wanted.clear()

    def picture(self, row: int) -> QImage | None:
        """The picture of a patch; None when it is not there (yet), and then it is read."""
        if row in self._kept:
            self._kept.move_to_end(row)
            return self._kept[row]
        self._wanted[row] = None
        self._wanted.move_to_end(row)
        if self._worker is None:
            self._soon.start()
        return None

    @property
    def count(self) -> int:
        """Pictures in memory."""
        return len(self._kept)

    @Slot()
    def _read(self) -> None:
        if self._dataset is None or not self._wanted or self._worker is not None:
            return
        # What was asked for before the last page has left the view meanwhile.
        rows = np.array(list(self._wanted)[-PAGE:], np.int64)
        self._wanted.clear()
        self._worker = PatchPicturesWorker(self._dataset, rows)
        self._worker.succeeded.connect(self._take)
        self._worker.failed.connect(self._give_up)
        self._crew.start(self._worker)

    @Slot(object)
    def _take(self, pictures: PatchPictures) -> None:
        if self.sender() is not self._worker:
            return
        self._worker = None
        for place, row in enumerate(pictures.rows.tolist()):
            self._kept[row] = _image(pictures, place)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.came.emit()
        if self._wanted:
            self._soon.start()

    @Slot(object)
    def _give_up(self, _error: object) -> None:
        if self.sender() is self._worker:
            self._worker = None


def _image(pictures: PatchPictures, place: int) -> QImage | None:
    if not pictures.readable[place]:
        return None
    pixels = np.ascontiguousarray(pictures.pixels[place])
    height, width = pixels.shape[:2]
    # A copy: the picture only borrows the array's memory.
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
