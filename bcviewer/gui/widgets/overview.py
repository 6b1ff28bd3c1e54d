"""A small picture of the whole slide with the part in view framed; dragging moves the view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bcviewer.gui.style import Tokens
from bcviewer.gui.widgets.slide_overlays import Overlay
from bcviewer.gui.widgets.slide_strokes import paint_ring
from bcviewer.gui.words import tr

_LARGEST: Final = QSize(168, 136)
_PADDING: Final = 4
_SMALLEST_FRAME: Final = QSize(9, 9)


class Overview(Overlay):
    """Where on the slide the view is.

    Signals:
        centre_chosen: The user asks for this scene point (QPointF) at the view's centre.
    """

    centre_chosen = Signal(QPointF)

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(tokens, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Overview of the slide"))
        self._bounds = QRectF()
        self._tissue = QImage()
        self._heatmap = QImage()
        self._seen = QRectF()

    def show_slide(self, tissue: QImage, bounds: QRectF) -> None:
        """Show a slide.

        Args:
            tissue: The mosaic at any size; a smaller copy is kept.
            bounds: What it covers of the scene.
        """
        size = bounds.size().toSize().scaled(_LARGEST, Qt.AspectRatioMode.KeepAspectRatio)
        size = size.expandedTo(QSize(1, 1))
        self._bounds = bounds
        small = tissue.scaled(
            size * self.devicePixelRatio(),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        # Where the size is right already, Qt would share memory that belongs to somebody else.
        self._tissue = small.copy()
        self._heatmap = QImage()
        self.resize(size + QSize(2 * _PADDING, 2 * _PADDING))
        self.update()

    def set_heatmap(self, heatmap: QImage) -> None:
        """Lay a heatmap of one pixel a cell over the slide; a null image removes it."""
        # A copy, for the same reason.
        self._heatmap = heatmap.copy()
        self.update()

    def set_seen(self, seen: QRectF) -> None:
        """Frame the part of the scene that is in view."""
        if seen != self._seen:
            self._seen = seen
            self.update()

    def map_from_scene(self, seen: QRectF) -> QRectF:
        """Return a scene rectangle in this widget's pixels."""
        picture = self._picture()
        scale = picture.width() / self._bounds.width()
        corner = (seen.topLeft() - self._bounds.topLeft()) * scale
        return QRectF(QPointF(picture.topLeft()) + corner, seen.size() * scale)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the view there."""
        self._choose(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the view along."""
        self._choose(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the panel and what is on it."""
        picture = self._picture()
        with QPainter(self) as painter:
            self.paint_panel(painter)
            painter.fillRect(picture, QColor(self.tokens.slide_background))
            painter.drawImage(picture, self._tissue)
            if not self._heatmap.isNull():
                painter.drawImage(picture, self._heatmap)
            self._paint_seen(painter, picture)

    def _paint_seen(self, painter: QPainter, picture: QRect) -> None:
        seen = self.map_from_scene(self._seen).toRect()
        frame = QRect(QPoint(0, 0), seen.size().expandedTo(_SMALLEST_FRAME))
        frame.moveCenter(seen.center())
        frame = frame.intersected(picture)
        paint_ring(painter, frame, (1, QColor("#ffffff")))
        paint_ring(painter, frame.adjusted(1, 1, -1, -1), (2, QColor(self.tokens.accent)))

    def _picture(self) -> QRect:
        return self.rect().adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)

    def _choose(self, event: QMouseEvent) -> None:
        event.accept()
        if not event.buttons() & Qt.MouseButton.LeftButton or self._bounds.isEmpty():
            return
        picture = self._picture()
        scale = self._bounds.width() / picture.width()
        at = (event.position() - QPointF(picture.topLeft())) * scale
        self.centre_chosen.emit(self._bounds.topLeft() + at)
