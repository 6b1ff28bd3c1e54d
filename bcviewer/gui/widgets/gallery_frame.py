"""One patch of a gallery: its picture with the mark of its label, and three facts below it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bcviewer.annotation.labels import Label
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.gui.models.gallery_model import MARK_ROLE
from bcviewer.gui.models.queue_table import ENTRY_ROLE, PICTURE_ROLE, QueueEntry
from bcviewer.gui.style import GRID, caption_font, tabular_font
from bcviewer.gui.widgets.slide_stamps import stamp
from bcviewer.gui.words import tr

SCALES: Final = (1.5, 2.0)
"""How much larger than they are patches may be shown."""

_NARROWEST: Final = 104
_BESIDE: Final = 6
_AROUND: Final = 2
_RING: Final = 2

Index = QModelIndex | QPersistentModelIndex


class GalleryFrame(QStyledItemDelegate):
    """Paints the patches of a gallery, all of one size."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._side = round(SCALES[0] * PATCH_SIZE)

    @property
    def side(self) -> int:
        """Side of a picture, in pixels."""
        return self._side

    @property
    def size(self) -> QSize:
        """The size of a frame."""
        line = QFontMetrics(caption_font()).height()
        width = max(_NARROWEST, self._side + 2 * GRID)
        return QSize(width, self._side + 2 * line + 2 * GRID)

    def set_scale(self, scale: float) -> None:
        """Show patches so much larger than they are."""
        self._side = round(scale * PATCH_SIZE)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, QueueEntry):
            return
        area = option.rect.adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND)
        painter.save()
        self._paint_ground(painter, area, option, index)
        self._paint_picture(painter, area, index, option.palette)
        self._paint_words(painter, area, entry, option.palette)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, area: QRect, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """A selected patch has a ground, the current one a ring as well."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, option.palette.color(QPalette.ColorRole.Highlight))
        view = option.widget
        if isinstance(view, QAbstractItemView) and view.currentIndex() == index:
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Accent), _RING))
            painter.drawRect(area.adjusted(1, 1, -1, -1))

    def _paint_picture(
        self, painter: QPainter, area: QRect, index: Index, palette: QPalette
    ) -> None:
        frame = QRect(0, area.top() + GRID // 2 + 1, self._side, self._side)
        frame.moveLeft(area.left() + (area.width() - self._side) // 2)
        picture = index.data(PICTURE_ROLE)
        if picture is None:
            painter.fillRect(frame, palette.color(QPalette.ColorRole.Mid))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(frame, picture)
        mark = index.data(MARK_ROLE)
        if mark:
            scale = painter.device().devicePixelRatioF()
            painter.drawImage(frame.topLeft(), stamp(mark, self._side, self._side, scale=scale))

    def _paint_words(
        self, painter: QPainter, area: QRect, entry: QueueEntry, palette: QPalette
    ) -> None:
        painter.setFont(tabular_font(caption_font()))
        line = painter.fontMetrics().height()
        top = area.top() + self._side + GRID
        row = QRect(area.left() + _BESIDE, top, area.width() - 2 * _BESIDE, line)
        strong = palette.color(QPalette.ColorRole.Text)
        right = Qt.AlignmentFlag.AlignRight
        _write(painter, row, entry.probability_words, colour=strong, side=right)
        taken = painter.fontMetrics().horizontalAdvance(entry.probability_words) + _BESIDE
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        _write(painter, row.adjusted(0, 0, -taken, 0), entry.patient, colour=muted)
        row.translate(0, line)
        whole = truth_words(entry)
        fits = painter.fontMetrics().horizontalAdvance(whole) <= row.width()
        _write(painter, row, whole if fits else entry.label_words, colour=strong)


def truth_words(entry: QueueEntry) -> str:
    """The truth and, where a reader said something, that: "IDC", "IDC ✓", "IDC → not IDC"."""
    if entry.said is Label.CLEARED:
        return tr(entry.truth.title)
    if entry.said is entry.truth:
        return f"{tr(entry.truth.title)} ✓"
    return f"{tr(entry.truth.title)} → {tr(entry.said.title)}"


def _write(
    painter: QPainter,
    row: QRect,
    text: str,
    *,
    colour: QColor,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, row.width())
    painter.drawText(row, side | Qt.AlignmentFlag.AlignVCenter, shown)
