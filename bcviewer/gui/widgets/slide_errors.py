"""The layer of the errors: hatching where prediction and label contradict each other.

A false positive is hatched one way, a false negative both ways, a true positive has a dot, a true
negative nothing: so they are told apart without their colours, and from "no data", which is hatched
the other way. Patterns are laid out in screen pixels, so that they stay legible at every zoom, and
run on from cell to cell; where cells are large they are wider, so that the tissue can be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.slide.errors import DOT_HUES, FALLING, HUES, RISING, Outcome, outcome_grid, runs_of
from bcviewer.slide.grid import Grid

HATCHED: Final = tuple(HUES)
"""The outcomes that have a hatch; a true positive has a dot."""

_CORE: Final = 1.6
_CASING: Final = 3.4
_NARROWEST: Final = 8
_WIDEST: Final = 32
# Lines that cross leave less of the tissue than lines that do not.
_CROSSED: Final = 1.25
_CELL_SHARE: Final = 0.4
_DOT: Final = 2.0
_LARGEST_DOT: Final = 4.0
_DOT_SHARE: Final = 0.22
_DOT_GROWTH: Final = 0.05
_KEPT_BRUSHES: Final = 16


@dataclass(frozen=True)
class _Frame:
    """One painting: from cells to whole pixels of the screen, and the part that is painted."""

    to_screen: QTransform
    bounds: QRectF
    seen: QRect

    @property
    def cell(self) -> float:
        """Side of a cell."""
        return self.to_screen.m11() * PATCH_SIZE

    @property
    def corner(self) -> QPoint:
        """Where patterns begin, so that they move with the slide."""
        return self.to_screen.map(self.bounds.topLeft()).toPoint()

    def across(self, columns: NDArray[np.number]) -> NDArray[np.float64]:
        """Left edges of columns."""
        at = columns * float(PATCH_SIZE) + self.bounds.left()
        return np.asarray(at * self.to_screen.m11() + self.to_screen.dx())

    def down(self, rows: NDArray[np.number]) -> NDArray[np.float64]:
        """Top edges of rows."""
        at = rows * float(PATCH_SIZE) + self.bounds.top()
        return np.asarray(at * self.to_screen.m22() + self.to_screen.dy())


class ErrorsItem(QGraphicsItem):
    """Draws the outcomes of a slide's patches."""

    def __init__(self, bounds: QRectF, grid: Grid) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._bounds = bounds
        self._grid = grid
        self._outcomes = np.zeros(len(grid), np.int8)
        self._runs: dict[Outcome, NDArray[np.int32]] = {}
        self._dots: NDArray[np.int64] = np.empty((0, 2), np.int64)
        self._brushes: dict[tuple[Outcome, int, float], QBrush] = {}

    @property
    def outcomes(self) -> NDArray[np.int8]:
        """int8[n]: the ``Outcome`` of each patch."""
        return self._outcomes

    def set_outcomes(self, outcomes: NDArray[np.int8]) -> None:
        """Show other outcomes.

        Args:
            outcomes: int8[n] in the patient's order, see ``Outcome``; 0 draws nothing.

        Raises:
            ValueError: Not as many as the slide has patches.
        """
        if outcomes.shape != self._outcomes.shape:
            raise ValueError(f"expected {len(self._outcomes)} outcomes, got {outcomes.shape}")
        if np.array_equal(outcomes, self._outcomes):
            return
        self._outcomes = outcomes.copy()
        laid = outcome_grid(self._grid, outcomes)
        self._runs = {each: runs_of(laid == each) for each in HATCHED}
        self._dots = np.argwhere(laid == Outcome.TRUE_POSITIVE)
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
        if not self._outcomes.any():
            return
        to_screen = painter.worldTransform()
        seen = to_screen.mapRect(option.exposedRect).toAlignedRect().adjusted(-2, -2, 2, 2)
        frame = _Frame(to_screen, self._bounds, seen)
        scale = painter.device().devicePixelRatioF()
        painter.save()
        painter.resetTransform()
        self._paint_dots(painter, frame)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrushOrigin(frame.corner)
        for outcome, runs in self._runs.items():
            painter.setBrush(self._brush(outcome, period_of(outcome, frame.cell), scale))
            painter.drawRects(_rects(runs, frame))
        painter.restore()

    def _paint_dots(self, painter: QPainter, frame: _Frame) -> None:
        x, y = frame.across(self._dots[:, 1] + 0.5), frame.down(self._dots[:, 0] + 0.5)
        within = (x >= frame.seen.left()) & (x <= frame.seen.right() + 1)
        within &= (y >= frame.seen.top()) & (y <= frame.seen.bottom() + 1)
        points = [QPointF(*at) for at in np.stack([x, y], axis=1)[within].tolist()]
        if points:
            _paint_dots(painter, points, dot_size(frame.cell))

    def _brush(self, outcome: Outcome, period: int, scale: float) -> QBrush:
        key = (outcome, period, scale)
        found = self._brushes.get(key)
        if found is None:
            if len(self._brushes) >= _KEPT_BRUSHES:
                self._brushes.clear()
            found = self._brushes[key] = hatch(outcome, period, scale=scale)
        return found


def period_of(outcome: Outcome, cell: float) -> int:
    """Return the pixels from line to line of a hatch, over cells of so many pixels."""
    period = min(max(_CELL_SHARE * cell, _NARROWEST), _WIDEST)
    return round(period * (_CROSSED if outcome is Outcome.FALSE_NEGATIVE else 1))


def dot_size(cell: float) -> float:
    """Return the size of the dot of a true positive, in cells of so many pixels."""
    return min(max(_DOT, _DOT_GROWTH * cell), _DOT_SHARE * cell, _LARGEST_DOT)


def hatch(outcome: Outcome, period: int, *, scale: float = 1.0) -> QBrush:
    """Return the hatch of a wrong outcome.

    Args:
        outcome: False positive or false negative.
        period: From line to line, across, in pixels of the layout.
        scale: Device pixels of a pixel of the layout.
    """
    side = round(period * scale)
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    core, casing = HUES[outcome]
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for width, colour in ((_CASING, casing), (_CORE, core)):
            painter.setPen(QPen(QColor(colour), width * scale))
            painter.drawLines(_hatch_lines(outcome, side))
    brush = QBrush(drawn)
    brush.setTransform(QTransform.fromScale(period / side, period / side))
    return brush


def paint_outcome_key(painter: QPainter, swatch: QRect, outcome: Outcome) -> None:
    """Paint a sample of what an outcome looks like, on a ground that is there already."""
    if outcome is Outcome.TRUE_POSITIVE:
        centre = QRectF(swatch).center()
        _paint_dots(painter, [centre - QPointF(4, 0), centre + QPointF(4, 0)], _DOT)
    elif outcome in HATCHED:
        painter.save()
        painter.setBrushOrigin(swatch.topLeft())
        scale = painter.device().devicePixelRatioF()
        painter.fillRect(swatch, hatch(outcome, _NARROWEST, scale=scale))
        painter.restore()


def _hatch_lines(outcome: Outcome, side: int) -> list[QLineF]:
    """The lines of one square of the pattern, and those of the squares beside it."""
    lines = []
    for shift in (-side, 0, side):
        if outcome in FALLING:
            lines.append(QLineF(shift - 2, -2, shift + side + 2, side + 2))
        if outcome in RISING:
            lines.append(QLineF(shift - 2, side + 2, shift + side + 2, -2))
    return lines


def _rects(runs: NDArray[np.int32], frame: _Frame) -> list[QRect]:
    """Return the runs of cells in view, in whole pixels, cut at the edges of the view."""
    seen = frame.seen
    left, right = (np.rint(frame.across(runs[:, side])) for side in (1, 2))
    top, bottom = (np.rint(frame.down(runs[:, 0] + side)) for side in (0, 1))
    left, right = np.maximum(left, seen.left()), np.minimum(right, seen.right() + 1)
    top, bottom = np.maximum(top, seen.top()), np.minimum(bottom, seen.bottom() + 1)
    shown = (left < right) & (top < bottom)
    places = np.stack([left, top, right - left, bottom - top], axis=1)[shown]
    return [QRect(*place) for place in places.astype(int).tolist()]


def _paint_dots(painter: QPainter, points: list[QPointF], size: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    core, casing = DOT_HUES
    for width, colour in ((size + 1.8, casing), (size, core)):
        pen = QPen(QColor(colour), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints(points)
    painter.restore()
