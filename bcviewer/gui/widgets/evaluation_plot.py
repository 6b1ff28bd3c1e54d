"""What the plots of an evaluation share: a caption, fixed axes, a read-out, a way to drag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from bcviewer.gui.style import GRID, Tokens, caption_font
from bcviewer.gui.widgets.curve_read_out import CurveReadOut

AXIS_WIDTH: Final = 38
AXIS_HEIGHT: Final = 30
GRID_ALPHA: Final = 40
LEAST: Final = QSize(132, 120)
STALE: Final = 0.3
"""The opacity of figures that are being counted again."""

ENDS: Final = ((0.0, "0"), (0.5, "0.5"), (1.0, "1"))


class EvaluationPlot(QWidget):
    """A plot of 0 to 1 against 0 to 1 under its caption; who derives fills it and may be dragged.

    Args:
        title: Its name.
        tip: What it is, in a sentence or two.
        axes: Titles of the axes, across and up.
        tokens: Colours.
    """

    def __init__(
        self,
        title: str,
        tip: str,
        *,
        axes: tuple[str, str],
        tokens: Tokens,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title, self._axes = title, axes
        self._tokens = tokens
        self._dragging = False
        self._pressed: QPointF | None = None
        self.caption = QLabel()
        self.caption.setProperty("role", "caption")
        self.caption.setTextFormat(Qt.TextFormat.RichText)
        self.caption.setToolTip(tip)
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        self.setAccessibleDescription(tip)
        self.widget: Any = pg.PlotWidget()
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it has no keys
        self._item = self.widget.getPlotItem()
        self._set_up_axes()
        self.set_figure("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 4)
        column.addWidget(self.caption)
        column.addWidget(self.widget, 1)
        self._read_out = CurveReadOut(self)
        viewport = self.widget.viewport()
        viewport.setMouseTracking(True)
        viewport.installEventFilter(self)

    def _set_up_axes(self) -> None:
        item = self._item
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        item.setContentsMargins(0, 6, 10, 0)
        item.getViewBox().setDefaultPadding(0)
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setStyle(
                tickFont=caption_font(), tickLength=-4, maxTickLevel=0, hideOverlappingLabels=False
            )
            axis.enableAutoSIPrefix(False)
        # The lines across come from other axes: one with lines drops the labels at its ends.
        for side in ("right", "top"):
            item.showAxis(side)
            axis = item.getAxis(side)
            axis.setStyle(showValues=False, tickLength=0, maxTickLevel=0)
            axis.setGrid(GRID_ALPHA)
        item.getAxis("right").setWidth(0)
        item.getAxis("top").setHeight(0)
        self.set_ticks(ENDS, ENDS)
        item.getAxis("left").setWidth(AXIS_WIDTH)
        item.getAxis("bottom").setHeight(AXIS_HEIGHT)
        item.setRange(xRange=(0, 1), yRange=(0, 1), padding=0.02)

    def set_ticks(
        self, across: Sequence[tuple[float, str]], up: Sequence[tuple[float, str]]
    ) -> None:
        """Say what stands on the axes."""
        for sides, ticks in ((("bottom", "top"), across), (("left", "right"), up)):
            for side in sides:
                self._item.getAxis(side).setTicks([list(ticks)])

    def set_figure(self, text: str) -> None:
        """Say a figure behind the caption, such as an area; "" for none."""
        said = f" · {text}" if text else ""
        self.caption.setText(f"<b>{self._title}</b>{said}")

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self._tokens = tokens
        self.widget.setBackground(tokens.window)
        for side, title in zip(("bottom", "left"), self._axes, strict=True):
            axis = self._item.getAxis(side)
            axis.setPen(pg.mkPen(tokens.control_line, width=1))
            axis.setTextPen(tokens.muted)
            style = {"color": tokens.muted, "font-size": f"{caption_font().pixelSize()}px"}
            self._item.setLabel(side, title, **style)
        for side in ("right", "top"):
            axis = self._item.getAxis(side)
            axis.setPen(pg.mkPen(None))
            axis.setTickPen(pg.mkPen(tokens.control_line, width=1))
        self._read_out.set_tokens(tokens)

    def set_current(self, current: bool) -> None:
        """Show whether the figures hold, or are being counted again."""
        self._item.setOpacity(1.0 if current else STALE)
        self.caption.setEnabled(current)
        self.widget.viewport().setEnabled(current)
        if not current:
            self._read_out.hide()

    def minimumSizeHint(self) -> QSize:
        return LEAST

    def sizeHint(self) -> QSize:
        return QSize(200, 190)

    def add(self, items: Sequence[Any]) -> None:
        """Put items into the plot, the first at the back."""
        for number, item in enumerate(items):
            item.setZValue(number)
            self._item.addItem(item, ignoreBounds=True)

    def place(self, at: QPointF) -> QPointF | None:
        """Where a place of the viewport is on the axes; None outside of them."""
        scene = self.widget.mapToScene(at.toPoint())
        view = self._item.getViewBox()
        if not view.sceneBoundingRect().contains(scene):
            return None
        return QPointF(view.mapSceneToView(scene))

    def clamped(self, at: QPointF) -> QPointF:
        """The same, with the nearest place on the axes for one outside of them."""
        scene = self.widget.mapToScene(at.toPoint())
        found = self._item.getViewBox().mapSceneToView(scene)
        return QPointF(min(max(found.x(), 0.0), 1.0), found.y())

    def pixels(self, x: float, y: float) -> QPointF:
        """Where a place on the axes is on the viewport."""
        scene = self._item.getViewBox().mapViewToScene(QPointF(x, y))
        return QPointF(self.widget.mapFromScene(scene))

    def may_drag(self, at: QPointF) -> bool:
        """Whether a press here takes hold of something; asked with a place of the viewport."""
        del at
        return False

    def drag(self, at: QPointF) -> None:
        """Move what is held to a place of the viewport."""

    def click(self, at: QPointF) -> None:
        """The user clicked on a place of the viewport."""

    def words_at(self, at: QPointF) -> str:
        """What to say of a place of the viewport, as rich text; "" for nothing."""
        del at
        return ""

    def cursor_at(self, at: QPointF) -> Qt.CursorShape:
        """The pointer over a place of the viewport."""
        hand = Qt.CursorShape.SizeHorCursor
        return hand if self.may_drag(at) else Qt.CursorShape.ArrowCursor

    def arrange(self) -> None:
        """Fit what depends on the size in pixels; called after a change of size."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and self._handle_mouse(event):
            return True
        if event.type() == QEvent.Type.Leave:
            self._read_out.hide()
        return super().eventFilter(watched, event)

    def _handle_mouse(self, event: QMouseEvent) -> bool:
        at, left = event.position(), event.button() == Qt.MouseButton.LeftButton
        if event.type() == QEvent.Type.MouseButtonPress and left:
            self._dragging, self._pressed = self.may_drag(at), at
            if self._dragging:
                self.drag(at)
            return True
        if event.type() == QEvent.Type.MouseMove:
            self._move(at)
            return True
        if event.type() == QEvent.Type.MouseButtonRelease and left:
            clicked = self._pressed is not None and not self._dragging
            self._dragging, self._pressed = False, None
            if clicked:
                self.click(at)
            return True
        return False

    def _move(self, at: QPointF) -> None:
        if self._dragging:
            self.drag(at)
        else:
            self.widget.viewport().setCursor(self.cursor_at(at))
        text = self.words_at(at)
        if not text:
            self._read_out.hide()
            return
        here = self.widget.viewport().mapTo(self, at.toPoint())
        self._read_out.show_at(here, text)
