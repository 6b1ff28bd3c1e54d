"""The lines over a slide as graphics items: truth outline, grid, frames of patches.

All are laid out in screen pixels: their width does not change with the zoom, and their edges fall
on whole pixels, which is crisp and, as filled rectangles, several times faster than pens.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.gui.widgets.slide_strokes import Stroke, paint_ring
from bcviewer.slide.outline import Segments

# Marks may stand out of the mosaic by this much, in slide pixels, at the smallest zoom.
_OVERHANG: Final = 2 * PATCH_SIZE
# A grid finer than this, in screen pixels a cell, would only grey the tissue.
_SMALLEST_CELL: Final = 7
_SMALLEST_FRAME: Final = 9


class SegmentsItem(QGraphicsItem):
    """Straight segments along the cells, in one or more strokes from the casing to the core."""

    def __init__(self, bounds: QRectF, *, smallest_cell: int = 0) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._bounds = bounds
        self._smallest_cell = smallest_cell
        self._segments: Segments = np.empty((0, 4), np.int32)
        self._strokes: tuple[Stroke, ...] = ()

    @property
    def segments(self) -> Segments:
        """What is drawn, in cells of the mosaic."""
        return self._segments

    def set_segments(self, segments: Segments) -> None:
        """Draw int32[k, 4]: column0, row0, column1, row1 of each segment."""
        self._segments = segments
        self.update()

    def set_strokes(self, *strokes: Stroke) -> None:
        """Set the strokes, the widest first."""
        self._strokes = strokes
        self.update()

    def boundingRect(self) -> QRectF:
        """What the item may cover of the scene."""
        return self._bounds.adjusted(-_OVERHANG, -_OVERHANG, _OVERHANG, _OVERHANG)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint what is in view."""
        if len(self._segments) == 0 or _cell_on_screen(painter) < self._smallest_cell:
            return
        ends = self._on_screen(painter.worldTransform(), option.exposedRect)
        painter.save()
        painter.resetTransform()
        for width, colour in self._strokes:
            for rect in bands(ends, width):
                painter.fillRect(rect, colour)
        painter.restore()

    def _on_screen(self, to_screen: QTransform, exposed: QRectF) -> NDArray[np.int64]:
        """Return left, top, right, bottom of the segments in view, in whole screen pixels."""
        left, top = self._bounds.left(), self._bounds.top()
        at_x = (self._segments[:, [0, 2]] * PATCH_SIZE + left) * to_screen.m11() + to_screen.dx()
        at_y = (self._segments[:, [1, 3]] * PATCH_SIZE + top) * to_screen.m22() + to_screen.dy()
        screen = to_screen.mapRect(exposed).toAlignedRect().adjusted(-8, -8, 8, 8)
        # Cut at the edges of the view: far coordinates cost time and, at last, precision.
        x = np.clip(np.sort(np.rint(at_x), axis=1), screen.left(), screen.right())
        y = np.clip(np.sort(np.rint(at_y), axis=1), screen.top(), screen.bottom())
        inside = (x[:, 0] < x[:, 1]) | (y[:, 0] < y[:, 1])
        ends = np.stack([x[:, 0], y[:, 0], x[:, 1], y[:, 1]], axis=1)[inside]
        return np.asarray(ends, np.int64)


class FrameItem(QGraphicsItem):
    """A frame around one patch."""

    def __init__(self, bounds: QRectF) -> None:
        super().__init__()
        self._bounds = bounds
        self._corner: tuple[int, int] | None = None
        self._strokes: tuple[Stroke, ...] = ()

    def set_corner(self, corner: tuple[int, int] | None) -> None:
        """Frame the patch whose top left is at a slide pixel, or none."""
        if corner != self._corner:
            self._corner = corner
            self.update()

    def set_strokes(self, *strokes: Stroke) -> None:
        """Set the frame's rings, the innermost first."""
        self._strokes = strokes
        self.update()

    def boundingRect(self) -> QRectF:
        """What the item may cover of the scene."""
        return self._bounds.adjusted(-_OVERHANG, -_OVERHANG, _OVERHANG, _OVERHANG)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint what is in view."""
        if self._corner is None:
            return
        ring = _cell_rect(painter, self._corner)
        painter.save()
        painter.resetTransform()
        for width, colour in self._strokes:
            outer = ring.adjusted(-width, -width, width, width)
            paint_ring(painter, outer, (width, colour))
            ring = outer
        painter.restore()


def lattice_item(bounds: QRectF) -> SegmentsItem:
    """Return an item for the grid, which is left out where its cells would be too small."""
    return SegmentsItem(bounds, smallest_cell=_SMALLEST_CELL)


def _cell_on_screen(painter: QPainter) -> float:
    return painter.worldTransform().m11() * PATCH_SIZE


def _cell_rect(painter: QPainter, corner: tuple[int, int]) -> QRect:
    """Return a cell in whole screen pixels, or a square large enough to be seen around it."""
    cell = QRectF(corner[0], corner[1], PATCH_SIZE, PATCH_SIZE)
    seen = painter.worldTransform().mapRect(cell)
    left, top = round(seen.left()), round(seen.top())
    found = QRect(left, top, round(seen.right()) - left, round(seen.bottom()) - top)
    lacking = max(_SMALLEST_FRAME - found.width() + 1, 0) // 2
    return found.adjusted(-lacking, -lacking, lacking, lacking)


def bands(ends: NDArray[np.int64], width: int, *, square: bool = True) -> list[QRect]:
    """Return the rectangles of a stroke.

    Args:
        ends: int64[k, 4], left, top, right, bottom of segments, in screen pixels.
        width: Of the stroke.
        square: Whether its ends stand out by half of the width, which closes the corners.
    """
    before = width // 2
    spans = ends[:, 2:] - ends[:, :2]
    more = np.where(square | (spans == 0), width, 0)
    left, top = (ends[:, :2] - np.where(more > 0, before, 0)).T
    spans = (spans + more).T
    return [QRect(*band) for band in np.stack([left, top, *spans], axis=1).tolist()]
