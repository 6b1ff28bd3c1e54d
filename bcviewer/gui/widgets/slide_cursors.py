"""The pointers of the tools that no system has a pointer for."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPainterPath, QPen, QPixmap

_SIDE: Final = 24
_CASING: Final = QPen(QColor("#ffffff"), 3)
_INK: Final = QPen(QColor("#101014"), 1.25)


def brush_cursor() -> QCursor:
    """Return a small ring about a point: the brush's own outline is drawn on the slide."""
    ring = QPainterPath()
    ring.addEllipse(QPointF(_SIDE / 2, _SIDE / 2), 4, 4)
    return QCursor(_drawn(ring), _SIDE // 2, _SIDE // 2)


def lasso_cursor() -> QCursor:
    """Return a loop whose end is the pointer's tip, at the top left."""
    loop = QPainterPath(QPointF(3, 3))
    loop.quadTo(QPointF(4, 9), QPointF(8, 10))
    loop.addEllipse(QRectF(8, 8, 13, 10))
    return QCursor(_drawn(loop), 3, 3)


def _drawn(path: QPainterPath) -> QPixmap:
    pixmap = QPixmap(_SIDE, _SIDE)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pen in (_CASING, _INK):
            painter.setPen(pen)
            painter.drawPath(path)
    return pixmap
