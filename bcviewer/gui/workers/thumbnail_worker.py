"""Small pictures of the patients, made one after the other while nothing else is asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import Signal

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.errors import BcviewerError
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.worker import Worker
from bcviewer.progress import stop_if
from bcviewer.slide.grid import grid_of

SIZE = (88, 66)
"""Width and height in pixels: twice the size on screen, for fine screens."""


class ThumbnailWorker(Worker):
    """Makes thumbnails of patients: the mean colour of each patch, scaled to fit."""

    painted = Signal(str, object)
    """A patient and uint8[66, 88, 4], BGRA premultiplied."""

    def __init__(self, data: OpenedData, patients: Sequence[str]) -> None:
        super().__init__()
        self._data = data
        self._waiting = deque(patients)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The patients without a thumbnail yet."""
        return tuple(self._waiting)

    def work(self) -> object:
        count = len(self._waiting)
        while self._waiting:
            stop_if(self.cancelled)
            patient = self._waiting[0]
            # A patient that cannot be drawn has no thumbnail; its slide says why.
            with suppress(BcviewerError):
                self.painted.emit(patient, self._paint(patient))
            self._waiting.popleft()
        return count

    def _paint(self, patient: str) -> NDArray[np.uint8]:
        dataset = self._data.dataset
        rows = dataset.rows(patient)
        grid = grid_of(dataset.x[rows], dataset.y[rows])
        decoded = self._data.store.patient(patient, cancelled=self.cancelled)
        cells = np.zeros((grid.rows, grid.columns, 4), np.uint8)
        # Every fifth pixel is enough for the mean colour of a cell.
        sampled = decoded.pixels[:, 2:PATCH_SIZE:5, 2:PATCH_SIZE:5]
        means = sampled.reshape(len(sampled), -1, 3).mean(axis=1)
        places = grid.row_of - grid.row0, grid.column_of - grid.column0
        cells[(*places, slice(0, 3))] = means[:, ::-1].astype(np.uint8)
        cells[(*places, 3)] = 255
        cells[places] *= decoded.readable[:, None]
        self._data.store.release(patient)
        return _fitted(cells)


def _fitted(
    cells: NDArray[np.uint8],
) -> NDArray[np.uint8]:
    """Scale to fit ``SIZE``, centred, clear around."""
    height, width = cells.shape[:2]
    scale = min(SIZE[0] / width, SIZE[1] / height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    # As "RGBX" Pillow averages the premultiplied channels as they are.
    scaled = Image.frombuffer("RGBX", (width, height), cells.tobytes(), "raw", "RGBX", 0, 1)
    fitted = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    left, top = (SIZE[0] - size[0]) // 2, (SIZE[1] - size[1]) // 2
    small = np.asarray(scaled.resize(size, Image.Resampling.BOX))
    fitted[top : top + size[1], left : left + size[0]] = small
    return fitted
