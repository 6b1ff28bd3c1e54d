"""Slides of plain colours, pictures of widgets, and wheels to turn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.slide.grid import Grid, grid_of
from bcviewer.slide.mosaic import MosaicPyramid, assemble, pyramid


@dataclass(frozen=True, eq=False)
class PlainSlide:
    """A slide each of whose patches has one colour of its own."""

    grid: Grid
    mosaic: MosaicPyramid
    colours: NDArray[np.uint8]

    def centre(self, index: int) -> QPointF:
        """The middle of a patch, in slide pixels."""
        x, y = self.grid.corner(index)
        return QPointF(x + PATCH_SIZE / 2, y + PATCH_SIZE / 2)


def plain_slide(cells: list[tuple[int, int]]) -> PlainSlide:
    """A slide with patches in cells (column, row)."""
    ordered = sorted(cells, key=lambda cell: (cell[1], cell[0]))
    places = np.array(ordered, np.int32) * PATCH_SIZE + 1
    x, y = places[:, 0], places[:, 1]
    colours = np.random.default_rng(5).integers(60, 200, (len(ordered), 3), np.uint8)
    pixels = np.broadcast_to(
        colours[:, np.newaxis, np.newaxis], (len(ordered), PATCH_SIZE, PATCH_SIZE, 3)
    )
    return PlainSlide(grid_of(x, y), pyramid(assemble(pixels, x, y, order="bgra")), colours)


def full_slide(columns: int = 12, rows: int = 8) -> PlainSlide:
    """A slide without gaps that begins at column 3, row 2."""
    return plain_slide([(3 + c, 2 + r) for c in range(columns) for r in range(rows)])


def picture(widget: QWidget) -> NDArray[np.uint8]:
    """uint8[height, width, 3], RGB: what a widget looks like now."""
    QApplication.processEvents()
    return rgb(widget.grab().toImage())


def rgb(image: QImage) -> NDArray[np.uint8]:
    """uint8[height, width, 3], RGB, of a picture."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    whole = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1, 4)
    return whole[:, : plain.width(), 2::-1].copy()


def turn_wheel(widget: QWidget, at: QPointF, *, angle: int = 0, pixels: int = 0) -> None:
    """Turn the wheel over a widget (120 a notch), or slide two fingers by so many pixels."""
    event = QWheelEvent(
        at,
        QPointF(widget.mapToGlobal(at.toPoint())),
        QPoint(0, pixels),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
