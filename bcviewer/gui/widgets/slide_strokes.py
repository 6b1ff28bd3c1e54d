"""The strokes and the hatch that slide, legend and overview share."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from bcviewer.gui.style import Tokens

Stroke = tuple[int, QColor]
"""Width in screen pixels, and colour."""

# Tissue is never black and seldom white: black on white reads on pink and purple, and under every
# palette, in light and in dark windows alike.
TRUTH: Final[tuple[Stroke, ...]] = ((4, QColor("#ffffff")), (2, QColor("#101014")))
"""The outline of the true regions: casing, then core."""

CONTOUR: Final[tuple[Stroke, Stroke]] = ((2, QColor("#0b3c8c")), (2, QColor("#6fe3ff")))
"""The contour of the predicted regions: the line, and the dashes on it."""

LATTICE: Final[tuple[Stroke, ...]] = ((1, QColor(20, 10, 30, 90)),)
"""The grid."""

_HATCH: Final = 8
_HATCH_WIDTH: Final = 1.5


def selection_strokes(tokens: Tokens) -> tuple[Stroke, ...]:
    """Return the rings of the selected patch's frame, the innermost first."""
    return (1, QColor("#ffffff")), (3, QColor(tokens.accent)), (1, QColor("#101014"))


def hover_strokes() -> tuple[Stroke, ...]:
    """Return the rings around the patch under the pointer."""
    return (1, QColor("#ffffff")), (1, QColor("#101014"))


def hatch_brush(tokens: Tokens) -> QBrush:
    """Return the diagonal hatch that means "no data"."""
    cell = QPixmap(_HATCH, _HATCH)
    cell.fill(QColor(tokens.slide_background))
    with QPainter(cell) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.hatch), _HATCH_WIDTH))
        # The line itself and its neighbours, which reach into the corners.
        for shift in (-_HATCH, 0, _HATCH):
            painter.drawLine(shift - 1, _HATCH + 1, shift + _HATCH + 1, -1)
    return QBrush(cell)


def paint_ring(painter: QPainter, outer: QRect, stroke: Stroke) -> None:
    """Paint a frame whose outer edge is a rectangle's."""
    width, colour = stroke
    inner = outer.adjusted(width, width, -width, -width)
    for side in (
        QRect(outer.left(), outer.top(), outer.width(), width),
        QRect(outer.left(), inner.bottom() + 1, outer.width(), width),
        QRect(outer.left(), inner.top(), width, inner.height()),
        QRect(inner.right() + 1, inner.top(), width, inner.height()),
    ):
        painter.fillRect(side, colour)


def paint_truth_key(painter: QPainter, swatch: QRect) -> None:
    """Paint a sample of the truth outline."""
    (casing, casing_colour), (core, core_colour) = TRUTH
    inset = (casing - core) // 2
    paint_ring(painter, swatch, (casing, casing_colour))
    paint_ring(painter, swatch.adjusted(inset, inset, -inset, -inset), (core, core_colour))


def paint_contour_key(painter: QPainter, swatch: QRect) -> None:
    """Paint a sample of the contour."""
    (under, under_colour), (core, colour) = CONTOUR
    paint_ring(painter, swatch, (under, under_colour))
    painter.save()
    # Without square ends, so that the dashes stay apart.
    pen = QPen(colour, core, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([2.0, 1.5])
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(swatch.adjusted(1, 1, -1, -1))
    painter.restore()
