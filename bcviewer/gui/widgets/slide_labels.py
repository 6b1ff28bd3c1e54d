"""The layer of the labels: a mark on each patch of which a reader said something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.gui.widgets.slide_stamps import stamp
from bcviewer.slide.grid import Grid

# Whole slides are kept as a picture up to this size; a cell is then so small that there are many.
_KEPT_PIXELS: Final = 4_000_000
_KEPT_STAMPS: Final = 256


@dataclass(frozen=True, eq=False)
class _Places:
    """The cells on the screen at one zoom, in whole pixels from the slide's own corner."""

    zoom: float
    scale: float
    size: QSize
    left: NDArray[np.int64]
    top: NDArray[np.int64]
    right: NDArray[np.int64]
    bottom: NDArray[np.int64]

    def rect(self, index: int) -> QRect:
        """The cell of a patch."""
        left, top = int(self.left[index]), int(self.top[index])
        return QRect(left, top, int(self.right[index]) - left, int(self.bottom[index]) - top)


class LabelsItem(QGraphicsItem):
    """Draws the marks of a slide's patches at the size that their cells have on screen.

    Where cells are small, and so in view by the thousand, the whole layer is kept as a picture of
    the present zoom, in which a change is drawn for its own patches only. Where they are large, the
    few in view are stamped at each painting.
    """

    def __init__(self, bounds: QRectF, grid: Grid) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._bounds = bounds
        self._grid = grid
        self._marks = np.zeros(len(grid), np.int8)
        self._places: _Places | None = None
        self._kept = QImage()
        self._stamps: dict[tuple[int, int, int, float], QImage] = {}

    @property
    def marks(self) -> NDArray[np.int8]:
        """int8[n]: the mark of each patch, see ``label_marks``."""
        return self._marks

    def set_marks(self, marks: NDArray[np.int8]) -> None:
        """Show other marks.

        Args:
            marks: int8[n] in the patient's order.

        Raises:
            ValueError: Not as many as the slide has patches.
        """
        if marks.shape != self._marks.shape:
            raise ValueError(f"expected {len(self._marks)} marks, got {marks.shape}")
        changed = np.flatnonzero(marks != self._marks)
        self._marks = marks.copy()
        if len(changed):
            self._redraw(changed)
            self.update()

    def boundingRect(self) -> QRectF:
        """What the item may cover of the scene."""
        return self._bounds.adjusted(-1, -1, PATCH_SIZE, PATCH_SIZE)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint what is in view."""
        if not self._marks.any():
            return
        to_screen = painter.worldTransform()
        places = self._placed(to_screen, painter.device().devicePixelRatioF())
        corner = _corner(self._bounds, to_screen)
        seen = to_screen.mapRect(option.exposedRect).toAlignedRect().translated(-corner)
        painter.save()
        painter.resetTransform()
        if not self._kept.isNull():
            part = seen.intersected(QRect(QPoint(), places.size))
            source = QRectF(part.topLeft() * places.scale, part.size() * places.scale)
            painter.drawImage(QRectF(part.translated(corner)), self._kept, source)
        else:
            painter.translate(corner)
            self._stamp(painter, places, self._marked_within(places, seen))
        painter.restore()

    def _placed(self, to_screen: QTransform, scale: float) -> _Places:
        zoom = to_screen.m11()
        if self._places is None or (self._places.zoom, self._places.scale) != (zoom, scale):
            self._places = self._place(zoom, scale)
            self._stamps.clear()
            self._keep(self._places)
        return self._places

    def _place(self, zoom: float, scale: float) -> _Places:
        # The view puts the scene on whole pixels, so where a cell begins on the screen does not
        # change while the slide is moved: all lines are drawn on these same pixels.
        origin_x, origin_y = (round(zoom * at) for at in (self._bounds.x(), self._bounds.y()))
        step = zoom * PATCH_SIZE
        left, right = (
            np.rint((self._grid.column_of + side) * step).astype(np.int64) - origin_x
            for side in (0, 1)
        )
        top, bottom = (
            np.rint((self._grid.row_of + side) * step).astype(np.int64) - origin_y
            for side in (0, 1)
        )
        size = QSize(int(right.max()), int(bottom.max()))
        return _Places(zoom, scale, size, left, top, right, bottom)

    def _keep(self, places: _Places) -> None:
        size = places.size * places.scale
        self._kept = QImage()
        if size.width() * size.height() <= _KEPT_PIXELS:
            self._kept = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
            self._kept.setDevicePixelRatio(places.scale)
            self._kept.fill(Qt.GlobalColor.transparent)
            with QPainter(self._kept) as painter:
                self._stamp(painter, places, np.flatnonzero(self._marks))

    def _redraw(self, changed: NDArray[np.int64]) -> None:
        if self._places is None or self._kept.isNull():
            return
        with QPainter(self._kept) as painter:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            self._stamp(painter, self._places, changed)

    def _stamp(self, painter: QPainter, places: _Places, patches: NDArray[np.int64]) -> None:
        for index in patches.tolist():
            cell = places.rect(index)
            mark = int(self._marks[index])
            painter.drawImage(cell.topLeft(), self._picture(mark, cell.size(), places.scale))

    def _picture(self, mark: int, size: QSize, scale: float) -> QImage:
        key = (mark, size.width(), size.height(), scale)
        found = self._stamps.get(key)
        if found is None:
            if len(self._stamps) >= _KEPT_STAMPS:
                self._stamps.clear()
            found = self._stamps[key] = stamp(mark, size.width(), size.height(), scale=scale)
        return found

    def _marked_within(self, places: _Places, seen: QRect) -> NDArray[np.int64]:
        return np.flatnonzero(
            (self._marks > 0)
            & (places.right > seen.left())
            & (places.left <= seen.right())
            & (places.bottom > seen.top())
            & (places.top <= seen.bottom())
        )


def _corner(bounds: QRectF, to_screen: QTransform) -> QPoint:
    """Return where the slide's corner is on the screen, on the pixel that all lines use."""
    x = round(bounds.x() * to_screen.m11()) + round(to_screen.dx())
    y = round(bounds.y() * to_screen.m22()) + round(to_screen.dy())
    return QPoint(x, y)
