"""The marks of labelled patches, as small pictures of the size that a cell has on screen.

A label is told by outline as well as by hue: IDC solid, not IDC dashed, unsure dotted, excluded
crossed. A corrected patch has a corner, a confirmed one a tick; changed pixels have a triangle.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from bcviewer.annotation.labels import Label
from bcviewer.gui.label_marks import CHANGED, Mark
from bcviewer.gui.words import marked

# Over pink and purple tissue and both palettes; in light and dark windows alike. Apart in lightness
# and, for people who do not tell red from green, in hue: red turns brown, teal turns blue.
HUES: Final[dict[Label, QColor]] = {
    Label.IDC: QColor("#c8102e"),
    Label.NOT_IDC: QColor("#00707c"),
    Label.UNSURE: QColor("#6a3fb5"),
    Label.EXCLUDED: QColor("#3a3a40"),
    Label.CLEARED: QColor("#3a3a40"),
}
WARNING: Final = QColor("#ffb000")
CASING: Final = QColor("#ffffff")
INK: Final = QColor("#101014")

DASHES: Final[dict[Label, tuple[float, ...]]] = {
    Label.NOT_IDC: (2.5, 1.5),
    Label.UNSURE: (1.0, 1.25),
    Label.CLEARED: (1.0, 1.25),
}
"""Dash and gap in widths of the pen; a label that is not named has a solid outline."""

# From this size on a mark is drawn in full; below, its most telling part alone.
_FULL: Final = 16
_LETTER: Final = 22
_HOLLOW: Final = 7
_EXCLAIMS: Final = 9


def stamp(mark: int, width: int, height: int, *, scale: float = 1.0) -> QImage:
    """Draw the mark of a cell.

    Args:
        mark: A ``Mark``, with ``CHANGED`` added where it applies.
        width: Of the cell, in pixels of the layout.
        height: Likewise.
        scale: Device pixels of a pixel of the layout.
    """
    form = QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(max(round(width * scale), 1), max(round(height * scale), 1), form)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent)
    kind = Mark(mark % CHANGED)
    if kind is Mark.NONE:
        return image
    area = QRectF(0, 0, width, height)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if min(width, height) >= _FULL:
            _draw_full(painter, area, kind)
        else:
            _draw_small(painter, area, kind)
        if mark >= CHANGED:
            _draw_warning(painter, area)
    return image


class MarkKey(StrEnum):
    """What the parts of a mark mean, for a legend."""

    IDC = marked("IDC")
    NOT_IDC = marked("Not IDC")
    UNSURE = marked("Unsure")
    EXCLUDED = marked("Excluded")
    CORRECTED = marked("Corrected")
    CONFIRMED = marked("Confirmed")
    CHANGED = marked("New pixels")


_KEY_LABELS: Final = {
    MarkKey.IDC: Label.IDC,
    MarkKey.NOT_IDC: Label.NOT_IDC,
    MarkKey.UNSURE: Label.UNSURE,
}


def keys_of(marks: Sequence[int]) -> tuple[MarkKey, ...]:
    """Return what there is to explain of some marks, in the order of a legend."""
    kinds = [Mark(mark % CHANGED) for mark in marks]
    labels = {kind.label for kind in kinds}
    there = {
        MarkKey.IDC: Label.IDC in labels,
        MarkKey.NOT_IDC: Label.NOT_IDC in labels,
        MarkKey.UNSURE: Label.UNSURE in labels,
        MarkKey.CORRECTED: any(kind.corrected for kind in kinds),
        MarkKey.CONFIRMED: any(kind.confirmed for kind in kinds),
        MarkKey.EXCLUDED: Label.EXCLUDED in labels,
        MarkKey.CHANGED: any(mark >= CHANGED for mark in marks),
    }
    return tuple(key for key, found in there.items() if found)


def key_picture(key: MarkKey, side: int, *, scale: float = 1.0) -> QImage:
    """Draw one part of a mark by itself."""
    if key is MarkKey.EXCLUDED:
        return stamp(Mark.EXCLUDED, side, side, scale=scale)
    image = stamp(Mark.NONE, side, side, scale=scale)
    area = QRectF(0, 0, side, side)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if key in _KEY_LABELS:
            draw_outline(painter, area, _KEY_LABELS[key])
        elif key is MarkKey.CORRECTED:
            _draw_corner(painter, area, 0.6, INK)
        elif key is MarkKey.CONFIRMED:
            _draw_tick(painter, area.adjusted(0, 0, 1, 1))
        else:
            _draw_warning(painter, area)
    return image


def draw_outline(painter: QPainter, area: QRectF, label: Label) -> None:
    """Draw the outline of a label just within an area."""
    thick = 2.0 if area.width() >= _LETTER else 1.5
    inner = area.adjusted(thick, thick, -thick, -thick)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(CASING, thick + 1.5))
    painter.drawRect(inner)
    painter.setPen(label_pen(label, thick))
    painter.drawRect(inner)


def label_pen(label: Label, width: float) -> QPen:
    """Return the pen of a label's outline: its hue, solid, dashed or dotted."""
    pen = QPen(HUES[label], width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if label in DASHES:
        pen.setDashPattern(list(DASHES[label]))
    return pen


def _draw_full(painter: QPainter, area: QRectF, kind: Mark) -> None:
    if kind is Mark.EXCLUDED:
        _draw_cross(painter, area.adjusted(3, 3, -3, -3), 2.0)
        return
    draw_outline(painter, area, kind.label)
    if kind.corrected:
        _draw_corner(painter, area, 0.42, HUES[kind.label])
    elif kind.confirmed:
        _draw_tick(painter, area)
    else:
        _draw_question(painter, area)


def _draw_small(painter: QPainter, area: QRectF, kind: Mark) -> None:
    """Corner, dot, ring, bar or cross: shapes that a few pixels can still tell apart."""
    side = min(area.width(), area.height())
    if kind is Mark.EXCLUDED:
        _draw_cross(painter, area.adjusted(1.5, 1.5, -1.5, -1.5), 1.5)
    elif kind.corrected:
        # Hollow, or smaller yet, where a dash would not show.
        hollow = kind.label is Label.NOT_IDC
        share = 0.5 if hollow and side < _HOLLOW else 0.9
        _draw_corner(painter, area, share, HUES[kind.label])
        if hollow and side >= _HOLLOW:
            _draw_corner(painter, area.adjusted(1.5, 1.5, 0, 0), 0.3, CASING)
    elif kind is Mark.UNSURE:
        painter.setPen(QPen(CASING, 1))
        painter.setBrush(HUES[Label.UNSURE])
        painter.drawRect(area.adjusted(1, 0.34 * side, -1, -0.34 * side))
    else:
        radius = max(0.26 * side, 1.2)
        hollow = kind.label is Label.NOT_IDC
        painter.setPen(QPen(HUES[kind.label] if hollow else CASING, 1.25 if hollow else 1))
        painter.setBrush(CASING if hollow else HUES[kind.label])
        painter.drawEllipse(area.center(), radius, radius)


def _draw_corner(painter: QPainter, area: QRectF, share: float, colour: QColor) -> None:
    reach = share * min(area.width(), area.height())
    at = area.topLeft()
    painter.setPen(QPen(CASING, 1.25))
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([at, at + QPointF(reach, 0), at + QPointF(0, reach)]))


def _draw_tick(painter: QPainter, area: QRectF) -> None:
    side = min(max(0.34 * area.width(), 7.0), 16.0)
    box = QRectF(area.right() - side - 3, area.bottom() - side - 3, side, side)
    corners = ((0.05, 0.5), (0.38, 0.85), (0.98, 0.12))
    tick = QPolygonF([box.topLeft() + QPointF(x, y) * side for x, y in corners])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, colour in ((4.5, CASING), (2.0, INK)):
        painter.setPen(QPen(colour, width))
        painter.drawPolyline(tick)


def _draw_cross(painter: QPainter, area: QRectF, width: float) -> None:
    falling = QLineF(area.topLeft(), area.bottomRight())
    rising = QLineF(area.bottomLeft(), area.topRight())
    for thick, colour in ((width + 2, CASING), (width, HUES[Label.EXCLUDED])):
        painter.setPen(QPen(colour, thick))
        painter.drawLines([falling, rising])


def _draw_question(painter: QPainter, area: QRectF) -> None:
    _write(painter, area, "?", min(0.6 * area.height(), 20.0), HUES[Label.UNSURE])


def _draw_warning(painter: QPainter, area: QRectF) -> None:
    side = min(max(0.34 * area.width(), 6.0), 16.0)
    box = QRectF(area.left() + 3, area.bottom() - side - 3, side, side)
    painter.setPen(QPen(INK, 1.25))
    painter.setBrush(WARNING)
    top = QPointF(box.center().x(), box.top())
    painter.drawPolygon(QPolygonF([top, box.bottomRight(), box.bottomLeft()]))
    if side > _EXCLAIMS:
        _write(painter, box.adjusted(0, side / 5, 0, side / 5), "!", 0.7 * side, INK, cased=False)


def _write(
    painter: QPainter, area: QRectF, text: str, size: float, colour: QColor, *, cased: bool = True
) -> None:
    font = painter.font()
    font.setPixelSize(max(round(size), 1))
    font.setBold(True)
    outline = QPainterPath()
    outline.addText(QPointF(), font, text)
    outline.translate(area.center() - outline.boundingRect().center())
    if cased:
        painter.strokePath(outline, QPen(CASING, 3.0))
    painter.fillPath(outline, colour)
