"""Moving about on a slide by wheel, trackpad, mouse and keys."""

from __future__ import annotations

import math
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from bcviewer.gui.widgets.focus_ring import OWN_RING
from bcviewer.gui.widgets.slide_canvas import SlideCanvas
from bcviewer.gui.widgets.slide_strokes import paint_ring

CLICK_SLACK: Final = 4
"""A press that moves less than this many screen pixels is a click."""

_NOTCH: Final = 1.2
_NOTCH_ANGLE: Final = 120
_KEY_STEP: Final = 1.25
# So many pixels on a trackpad zoom by e.
_TRACKPAD_SPAN: Final = 250.0
_FOCUS_WIDTH: Final = 2

_BY_KEYBOARD: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_BACK_AGAIN: Final = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class PointerTool(Protocol):
    """What the left button does in place of clicking and panning; points are scene points."""

    @property
    def cursor(self) -> QCursor:
        """The pointer's shape."""

    def hover(self, point: QPointF | None) -> None:
        """The pointer is over a point with no button held; None when it has left."""

    def press(self, point: QPointF) -> None:
        """A gesture begins."""

    def drag(self, point: QPointF) -> None:
        """The gesture goes on."""

    def release(self) -> None:
        """The gesture ends, and does what it is for."""

    def abandon(self) -> None:
        """The gesture ends, and does nothing."""


class SlideNavigation(SlideCanvas):
    """The wheel zooms at the pointer; dragging pans; a double click fits; + - 0 zoom and fit.

    The left button drags once it has moved; the middle button, or any while space is held, at once.
    With a tool the left button is the tool's: Escape abandons what it is at.

    Signals:
        point_clicked: The scene point (QPointF) of a left click that was no drag.
        point_hovered: The scene point (QPointF) under the pointer; None when it has left.
    """

    point_clicked = Signal(QPointF)
    point_hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._focus_colour = QColor()
        self._focus_seen = False
        self._pointer: QPointF | None = None
        self._pressed_at: QPoint | None = None
        self._panned_at: QPoint | None = None
        self._held_space = False
        self._wheel_anchor: tuple[QPointF, QPointF] | None = None
        self._tool: PointerTool | None = None
        self._gesturing = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(OWN_RING, True)

    def set_focus_colour(self, colour: QColor) -> None:
        """Set the colour of the frame that shows the keyboard's focus."""
        self._focus_colour = colour

    def set_tool(self, tool: PointerTool | None) -> None:
        """Give the left button to a tool; None gives it back."""
        self.abandon_gesture()
        if self._tool is not None:
            self._tool.hover(None)
        self._tool = tool
        self._set_cursor()
        self._tell_pointer()

    def abandon_gesture(self) -> bool:
        """Break off what the tool is at; returns whether it was at anything."""
        was, self._gesturing = self._gesturing, False
        if was and self._tool is not None:
            self._tool.abandon()
        return was

    def place(self, zoom: float, point: QPointF, pivot: QPointF) -> None:
        """Show the scene at a zoom, with one of its points at a point of the viewport."""
        self._wheel_anchor = None
        super().place(zoom, point, pivot)
        if self._pointer is not None and self._panned_at is None:
            self._tell_pointer()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        event.accept()
        pixels = event.pixelDelta().y()
        if pixels:
            factor = math.exp(pixels / _TRACKPAD_SPAN)
        else:
            factor = _NOTCH ** (event.angleDelta().y() / _NOTCH_ANGLE)
        if factor != 1:
            self._zoom_at_pointer(factor, event.position())

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom by a pinch; notice the pointer leaving."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom_at_pointer(1 + event.value(), event.position())
            return True
        if event.type() == QEvent.Type.Leave:
            self._pointer = None
            self._tell_pointer()
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        event.accept()
        at = event.position().toPoint()
        if event.button() == Qt.MouseButton.MiddleButton or self._held_space:
            self._panned_at = at
        elif event.button() == Qt.MouseButton.LeftButton:
            self._begin(event)
        self._set_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or tell what is under the pointer."""
        event.accept()
        self._pointer = event.position()
        at = event.position().toPoint()
        pressed = self._pressed_at
        if pressed is not None and (at - pressed).manhattanLength() >= CLICK_SLACK:
            self._pressed_at, self._panned_at = None, pressed
            self._set_cursor()
        if self._panned_at is not None:
            way = at - self._panned_at
            self._panned_at = at
            self.pan_by(way.x(), way.y())
        elif self._pressed_at is None:
            self._tell_pointer()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag, or tell the click."""
        event.accept()
        clicked, self._pressed_at, self._panned_at = self._pressed_at, None, None
        self._set_cursor()
        if clicked is not None:
            self.point_clicked.emit(self.scene_at(QPointF(clicked)))
        if self._gesturing and event.button() == Qt.MouseButton.LeftButton:
            self._gesturing = False
            if self._tool is not None:
                self._tool.release()
            self._tell_pointer()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit; to a tool, the second click is one more."""
        if self._tool is not None:
            self.mousePressEvent(event)
            return
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, fit, hold the hand, or break a gesture off."""
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(_KEY_STEP)
            case Qt.Key.Key_Minus:
                self.zoom_by(1 / _KEY_STEP)
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_Space:
                self._held_space = True
                self._set_cursor()
            case Qt.Key.Key_Escape if self.abandon_gesture():
                self._tell_pointer()
            case _:
                event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of the hand."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._held_space = False
            self._set_cursor()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus when it came by the keyboard."""
        super().focusInEvent(event)
        # Coming back from another window or from a menu is no new beginning.
        if event.reason() not in _BACK_AGAIN:
            self._focus_seen = event.reason() in _BY_KEYBOARD
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of the hand with the focus, and of a gesture: its end may never be told."""
        super().focusOutEvent(event)
        self.abandon_gesture()
        self._held_space = False
        self._set_cursor()
        self.viewport().update()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Frame the view that has the keyboard."""
        if self._focus_seen and self.hasFocus():
            painter.resetTransform()
            paint_ring(painter, self.viewport().rect(), (_FOCUS_WIDTH, self._focus_colour))

    def _begin(self, event: QMouseEvent) -> None:
        if self._tool is None:
            self._pressed_at = event.position().toPoint()
        else:
            self._gesturing = True
            self._tool.press(self.scene_at(event.position()))

    def _tell_pointer(self) -> None:
        """Tell what is under the pointer: to the tool, and to whoever reads values out."""
        point = None if self._pointer is None else self.scene_at(self._pointer)
        self.point_hovered.emit(point)
        if self._tool is not None and self._gesturing and point is not None:
            self._tool.drag(point)
        elif self._tool is not None and not self._gesturing:
            self._tool.hover(point)

    def _zoom_at_pointer(self, factor: float, pointer: QPointF) -> None:
        # The scene is placed on whole pixels. Turning the wheel back and forth at one place would
        # gather those roundings, so the point that was meant is kept until the pointer moves.
        if self._wheel_anchor is None or self._wheel_anchor[0] != pointer:
            self._wheel_anchor = (pointer, self.scene_at(pointer))
        anchor = self._wheel_anchor
        self.zoom_about(factor, pointer, anchor[1])
        self._wheel_anchor = anchor

    def _set_cursor(self) -> None:
        if self._panned_at is not None:
            shape: QCursor | Qt.CursorShape = Qt.CursorShape.ClosedHandCursor
        elif self._held_space:
            shape = Qt.CursorShape.OpenHandCursor
        elif self._tool is not None:
            shape = self._tool.cursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
