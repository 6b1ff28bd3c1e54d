"""Pictures of a patch: enlarged, and in its neighbourhood."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.gui.style import Tokens, light
from bcviewer.gui.widgets.slide_strokes import hatch_brush

RADIUS = 2
SIDE = 2 * RADIUS + 1
ENLARGED = 3 * PATCH_SIZE
"""Side of the pictures, in pixels of the screen."""


class PatchPicture(QWidget):
    """A square of the mosaic scaled without smoothing; gaps are hatched."""

    def __init__(self, name: str, side: int = ENLARGED, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedSize(QSize(side, side))
        self._image: QImage | None = None
        self._pixels: NDArray[np.uint8] | None = None
        self._hatch: QBrush | None = None
        self._tokens = light()

    def set_colours(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self._tokens, self._hatch = tokens, None
        self.update()

    def show_pixels(self, pixels: NDArray[np.uint8] | None) -> None:
        """Show uint8[h, w, 4], BGRA premultiplied; None for nothing."""
        self._pixels, self._image = pixels, None
        if pixels is not None:
            height, width = pixels.shape[:2]
            self._image = QImage(
                pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied
            )
        self.update()

    def paint_over(self, painter: QPainter) -> None:
        """Paint what lies over the picture."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._hatch is None:
            self._hatch = hatch_brush(self._tokens)
        painter.fillRect(self.rect(), self._hatch)
        if self._image is not None:
            painter.drawImage(QRectF(self.rect()), self._image)
            self.paint_over(painter)


class NeighbourhoodPicture(PatchPicture):
    """The 5x5 patches around one, which is outlined.

    Signals:
        patch_clicked: A neighbour was clicked: its index in the patient's order.
    """

    patch_clicked = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self._patches = np.full((SIDE, SIDE), -1, np.int32)
        self.setMouseTracking(True)

    def show_patches(self, patches: NDArray[np.int32]) -> None:
        """Take int32[5, 5]: which patch lies where, -1 for a gap."""
        self._patches = patches

    def paint_over(self, painter: QPainter) -> None:
        cell = self.width() / SIDE
        frame = QRectF(RADIUS * cell, RADIUS * cell, cell, cell)
        # Two lines, so that one is seen on any tissue.
        painter.setPen(QPen(QColor(Qt.GlobalColor.white), 4))
        painter.drawRect(frame)
        painter.setPen(QPen(QColor(self._tokens.accent), 2))
        painter.drawRect(frame)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._patch_at(event) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        patch = self._patch_at(event)
        if event.button() is Qt.MouseButton.LeftButton and patch >= 0:
            self.patch_clicked.emit(patch)

    def _patch_at(self, event: QMouseEvent) -> int:
        """The neighbour under the pointer; -1 over a gap and over the patch itself."""
        at = event.position()
        column, row = (int(value * SIDE // self.width()) for value in (at.x(), at.y()))
        if not (0 <= column < SIDE and 0 <= row < SIDE) or column == row == RADIUS:
            return -1
        return int(self._patches[row, column])


def cut(mosaic: NDArray[np.uint8], left: int, top: int, side: int) -> NDArray[np.uint8]:
    """uint8[side, side, 4]: a square of the mosaic, clear where it has nothing."""
    height, width = mosaic.shape[:2]
    square = np.zeros((side, side, 4), np.uint8)
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + side, width), min(top + side, height)
    if x0 < x1 and y0 < y1:
        square[y0 - top : y1 - top, x0 - left : x1 - left] = mosaic[y0:y1, x0:x1]
    return square
