"""The lines of runs: a colour, a dash and a mark each, to differ without colour too."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from bcviewer.gui.style import Tokens

SWATCH = QSize(26, 14)
MARK = 6.0
SCALE = 3.0
"""Pixels of a swatch's picture to one of the layout, so that it stays sharp when enlarged."""

LIGHT = ("#205fb4", "#b54708", "#00705f", "#a12a78", "#44444b", "#7d6200")
DARK = ("#7db1ff", "#ffa05a", "#4fc9b3", "#f294cd", "#d6d6db", "#e2c44c")
DASHES: tuple[tuple[int, ...], ...] = (
    (),
    (5, 3),
    (1, 3),
    (6, 3, 1, 3),
    (10, 4),
    (6, 2, 1, 2, 1, 2),
)
SYMBOLS = ("o", "s", "t1", "d", "t", "p")
"""Marks as pyqtgraph names them: circle, square, triangle, diamond, triangle down, pentagon."""
MOST_RUNS = len(SYMBOLS)


@dataclass(frozen=True)
class RunLine:
    """How one run is drawn.

    Attributes:
        colour: As "#rrggbb".
        dash: Lengths of dashes and gaps in widths of the pen; empty for a solid line.
        symbol: The mark of an epoch, as pyqtgraph names it.
    """

    colour: str
    dash: tuple[int, ...]
    symbol: str

    def pen(self) -> QPen:
        """The pen of the line, of one pixel on any screen."""
        pen = QPen(QColor(self.colour), 1)
        pen.setCosmetic(True)
        if self.dash:
            pen.setDashPattern(list(self.dash))
        return pen


def run_line(slot: int, tokens: Tokens) -> RunLine:
    """The line of a slot, 0 to MOST_RUNS - 1."""
    return RunLine((DARK if tokens.dark else LIGHT)[slot], DASHES[slot], SYMBOLS[slot])


def swatch(line: RunLine) -> QIcon:
    """A small picture of a line and its mark; the same when selected."""
    picture = QPixmap(SWATCH * SCALE)
    picture.setDevicePixelRatio(SCALE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre = QPointF(SWATCH.width() / 2, SWATCH.height() / 2)
    pen = line.pen()
    pen.setCosmetic(False)
    painter.setPen(pen)
    reach = QPointF(SWATCH.width() / 2 - 1, 0)
    painter.drawLine(centre - reach, centre + reach)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(line.colour))
    painter.drawPath(_mark(line.symbol, centre))
    painter.end()
    drawn = QIcon(picture)
    drawn.addPixmap(picture, QIcon.Mode.Selected)
    return drawn


def _mark(symbol: str, centre: QPointF) -> QPainterPath:
    path = QPainterPath()
    half = MARK / 2
    corners: dict[str, list[tuple[float, float]]] = {
        "t1": [(0, -1.1), (1.1, 1), (-1.1, 1)],
        "t": [(0, 1.1), (1.1, -1), (-1.1, -1)],
        "d": [(0, -1.3), (1, 0), (0, 1.3), (-1, 0)],
        "p": [(0, -1.2), (1.15, -0.35), (0.7, 1), (-0.7, 1), (-1.15, -0.35)],
    }
    if symbol == "o":
        path.addEllipse(centre, half, half)
    elif symbol == "s":
        path.addRect(QRectF(centre.x() - half, centre.y() - half, MARK, MARK))
    else:
        places = [centre + QPointF(x * half, y * half) for x, y in corners[symbol]]
        path.addPolygon(QPolygonF(places))
        path.closeSubpath()
    return path
