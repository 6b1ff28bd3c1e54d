"""A scene placed in a view: its zoom, its limits, and which of its points is in the middle."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

MAX_ZOOM: Final = 16.0
"""Most screen pixels a slide pixel."""

_FIT_MARGIN: Final = 16
_SMALLEST_FIT: Final = 0.01


class SlideCanvas(QGraphicsView):
    """A scene that can be panned and zoomed; each point of its content can come to the middle.

    Signals:
        view_changed: Another part of the scene is in view, or at another zoom.
    """

    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = QRectF()
        self._zoom = 1.0
        self._fitted = True
        self._centre = QPointF()
        self.setScene(QGraphicsScene(self))
        self.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setInteractive(False)

    @property
    def zoom(self) -> float:
        """Screen pixels of one slide pixel."""
        return self._zoom

    @property
    def content(self) -> QRectF:
        """What `fit` shows, in scene coordinates; empty when there is nothing."""
        return self._content

    @property
    def seen(self) -> QRectF:
        """The part of the scene in view."""
        corner = self.scene_at(QPointF())
        room = self.viewport().size()
        return QRectF(corner.x(), corner.y(), room.width() / self._zoom, room.height() / self._zoom)

    def set_content(self, content: QRectF) -> None:
        """Set what the view moves about on, and fit it."""
        self._content = content
        self.fit()

    def fit(self) -> None:
        """Show all of the content; holds when the view changes its size."""
        self._fitted = True
        self.place(self._fit_zoom(), self._content.center(), self.middle())

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom about a point of the viewport; its middle by default."""
        pivot = self.middle() if at is None else at
        self.zoom_about(factor, pivot, self.scene_at(pivot))

    def zoom_about(self, factor: float, pivot: QPointF, point: QPointF) -> None:
        """Zoom within the limits so that a scene point lies at a point of the viewport."""
        smallest, largest = self.zoom_limits()
        zoom = min(max(self._zoom * factor, smallest), largest)
        if zoom != self._zoom and not self._content.isEmpty():
            self._fitted = False
            self.place(zoom, point, pivot)

    def pan_by(self, right: float, down: float) -> None:
        """Move the scene by so many screen pixels."""
        self.centre_at(self._centre - QPointF(right, down) * (1 / self._zoom))

    def centre_at(self, point: QPointF) -> None:
        """Bring a scene point to the middle of the view."""
        self._fitted = False
        self.place(self._zoom, point, self.middle())

    def zoom_limits(self) -> tuple[float, float]:
        """Return the smallest and largest zoom."""
        return self._fit_zoom() / 2, MAX_ZOOM

    def scene_at(self, position: QPointF) -> QPointF:
        """Return the scene point at a point of the viewport, to fractions of a pixel."""
        corner = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return (position + corner) * (1 / self._zoom)

    def middle(self) -> QPointF:
        """Return the middle of the viewport."""
        return QPointF(self.viewport().width() / 2, self.viewport().height() / 2)

    def place(self, zoom: float, point: QPointF, pivot: QPointF) -> None:
        """Show the scene at a zoom, with one of its points at a point of the viewport."""
        self._zoom = zoom
        self._centre = self._within(point + (self.middle() - pivot) * (1 / zoom))
        width, height = self.viewport().width() / zoom, self.viewport().height() / zoom
        # As much around the content as lets each of its points come to the middle of the view.
        self.setSceneRect(self._content.adjusted(-width, -height, width, height))
        self.setTransform(QTransform.fromScale(zoom, zoom))
        corner = self._centre * zoom - self.middle()
        self.horizontalScrollBar().setValue(round(corner.x()))
        self.verticalScrollBar().setValue(round(corner.y()))
        self.view_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the content fitted, or the same point in the middle."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
        else:
            self.place(self._zoom, self._centre, self.middle())

    def _within(self, point: QPointF) -> QPointF:
        area = self._content
        return QPointF(
            min(max(point.x(), area.left()), area.right()),
            min(max(point.y(), area.top()), area.bottom()),
        )

    def _fit_zoom(self) -> float:
        if self._content.isEmpty():
            return 1.0
        room = self.viewport().size()
        across = (room.width() - 2 * _FIT_MARGIN) / self._content.width()
        down = (room.height() - 2 * _FIT_MARGIN) / self._content.height()
        return min(max(min(across, down), _SMALLEST_FIT), MAX_ZOOM)
