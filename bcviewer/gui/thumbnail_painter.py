"""Thumbnails for the patients that are on screen, a few at a time, in the background."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from bcviewer.gui.session import Session
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.thumbnail_worker import SIZE, ThumbnailWorker

START_AFTER_MS = 400
"""The slide comes first: thumbnails wait until the user has stopped scrolling or choosing."""

SCALE = 2.0


class ThumbnailPainter(QObject):
    """Collects the patients a thumbnail is wanted for, and has them painted."""

    painted = Signal(str, QPixmap)

    def __init__(self, session: Session, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._crew = crew
        self._wanted: list[str] = []
        self._worker: ThumbnailWorker | None = None
        self._timer = QTimer(self, singleShot=True, interval=START_AFTER_MS)
        self._timer.timeout.connect(self._start)
        session.data_changed.connect(self.forget)
        session.patient_chosen.connect(self._give_way)
        session.slide_changed.connect(self._wait_again)

    @Slot(str)
    def want(self, patient: str) -> None:
        """Ask for a patient's thumbnail."""
        self._wanted.append(patient)
        if self._session.slide_is_shown and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def forget(self) -> None:
        """Paint none of those that are still wanted."""
        self._wanted.clear()
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None

    @Slot()
    def _give_way(self) -> None:
        """Leave the processor to the slide that is being loaded; go on once it is there."""
        self._timer.stop()
        if self._worker is not None:
            self._worker.cancel()
            self._wanted = [*self._worker.waiting, *self._wanted]
            self._worker = None

    @Slot()
    def _wait_again(self) -> None:
        if self._wanted:
            self._timer.start()

    @Slot()
    def _start(self) -> None:
        if self._worker is not None or not self._wanted or self._session.data is None:
            return
        worker = ThumbnailWorker(self._session.data, self._wanted)
        self._wanted = []
        worker.painted.connect(self._show)
        worker.finished.connect(self._ended)
        self._worker = worker
        self._crew.start(worker)

    @Slot(str, object)
    def _show(self, patient: str, pixels: NDArray[np.uint8]) -> None:
        if self.sender() is not self._worker:
            return
        width, height = SIZE
        image = QImage(
            pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied
        )
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(SCALE)
        self.painted.emit(patient, picture)

    @Slot()
    def _ended(self) -> None:
        if self.sender() is self._worker:
            self._worker = None
            if self._wanted:
                self._timer.start()
