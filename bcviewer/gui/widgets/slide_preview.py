"""What a gesture is about to change, shown before it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from bcviewer.annotation.labels import Label
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.gui.widgets.slide_items import image_of
from bcviewer.gui.widgets.slide_stamps import CASING, HUES, INK, label_pen
from bcviewer.slide.grid import Grid
from bcviewer.slide.outline import Segments, region_outline

_FILL: Final = 84
_OVERHANG: Final = 2 * PATCH_SIZE


@dataclass(frozen=True, eq=False)
class Preview:
    """What a gesture covers, and what of that it would change.

    Attributes:
        cells: bool[rows, columns] of the slide's cells under the gesture, gaps too.
        changes: bool[n], the patches that would get another label.
        label: The label they would get.
        line: The way of a lasso so far, in slide pixels.
    """

    cells: NDArray[np.bool_]
    changes: NDArray[np.bool_]
    label: Label
    line: Sequence[tuple[float, float]] = ()


class PreviewItem(QGraphicsItem):
    """Tints the patches that would change, and outlines what the gesture covers."""

    def __init__(self, bounds: QRectF, grid: Grid) -> None:
        super().__init__()
        self._bounds = bounds
        self._grid = grid
        self._preview: Preview | None = None
        self._segments: Segments = np.empty((0, 4), np.int32)
        self._tint = np.zeros((grid.rows, grid.columns, 4), np.uint8)

    @property
    def preview(self) -> Preview | None:
        """What is shown."""
        return self._preview

    def show_preview(self, preview: Preview | None) -> None:
        """Show what a gesture would change, or nothing."""
        if preview is None and self._preview is None:
            return
        self._preview = preview
        if preview is not None:
            self._segments = region_outline(preview.cells)
            self._tint = self._tinted(preview)
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
        """Paint tint, outline and line."""
        if self._preview is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        cells = QRectF(QPointF(*self._grid.origin), QSizeF(*self._grid.size))
        image = image_of(self._tint)
        painter.drawImage(cells, image, QRectF(image.rect()))
        to_screen = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        self._draw_outline(painter, to_screen, self._preview.label)
        if self._preview.line:
            _draw_line(painter, to_screen, self._preview.line)
        painter.restore()

    def _tinted(self, preview: Preview) -> NDArray[np.uint8]:
        hue = HUES[preview.label]
        share = _FILL / 255
        colour = [*(round(share * part) for part in (hue.blue(), hue.green(), hue.red())), _FILL]
        tint = np.zeros((self._grid.rows, self._grid.columns, 4), np.uint8)
        rows = self._grid.row_of[preview.changes] - self._grid.row0
        columns = self._grid.column_of[preview.changes] - self._grid.column0
        tint[rows, columns] = colour
        return tint

    def _draw_outline(self, painter: QPainter, to_screen: QTransform, label: Label) -> None:
        corner = np.array([self._grid.column0, self._grid.row0] * 2)
        ends = np.rint((self._segments + corner) * (PATCH_SIZE * to_screen.m11()))
        ends += np.array([to_screen.dx(), to_screen.dy()] * 2)
        lines = [QLineF(*end) for end in ends.tolist()]
        casing = QPen(CASING, 4)
        casing.setCapStyle(Qt.PenCapStyle.SquareCap)
        for pen in (casing, label_pen(label, 2)):
            painter.setPen(pen)
            painter.drawLines(lines)


def _draw_line(
    painter: QPainter, to_screen: QTransform, line: Sequence[tuple[float, float]]
) -> None:
    way = to_screen.map(QPolygonF([QPointF(*point) for point in line]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for width, colour in ((3, CASING), (1, INK)):
        painter.setPen(QPen(colour, width))
        painter.drawPolyline(way)
    closing = QPen(INK, 1)
    closing.setDashPattern([4, 4])
    painter.setPen(closing)
    painter.drawLine(way.last(), way.first())
