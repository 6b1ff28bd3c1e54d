"""A queue as a film strip: the patches side by side, each with patient, label and probability."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from bcviewer.annotation.labels import Label
from bcviewer.gui.models.queue_table import ENTRY_ROLE, PICTURE_ROLE, QueueEntry, QueueTable
from bcviewer.gui.style import GRID, caption_font, tabular_font
from bcviewer.gui.widgets.view_keyboard import take_keyboard
from bcviewer.gui.words import tr

PICTURE: Final = 75
"""Side of a picture in pixels: one and a half times its own, crisp enough and quick to scan."""

WIDTH: Final = 100
ANSWERED: Final = 0.45
"""Opacity of a patch that has been answered: it steps back."""

Index = QModelIndex | QPersistentModelIndex


class QueueStrip(QListView):
    """Shows as many patches as there is room for, line under line."""

    def __init__(self, table: QueueTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(table)
        self.setItemDelegate(_Frame(self))
        # Not the icon mode: that keeps a place for each patch and lays all of them out anew.
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        # Whole rows, as the list has them: both share what is selected.
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(PICTURE // 2)
        self.setAccessibleName(tr("Patches to look at next"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        take_keyboard(self, event)

    def keyboardSearch(self, search: str) -> None:
        """Letters and figures are keys of the window here, and search nothing."""


class _Frame(QStyledItemDelegate):
    """One frame of the strip."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetrics(caption_font()).height()
        return QSize(WIDTH, PICTURE + 2 * line + 2 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, QueueEntry):
            return
        area = option.rect.adjusted(2, 2, -2, -2)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, option.palette.color(QPalette.ColorRole.Highlight))
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Accent), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        self._paint_picture(painter, area, index, option.palette)
        self._paint_words(painter, area, entry, option.palette)
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, area: QRect, index: Index, palette: QPalette
    ) -> None:
        frame = QRect(0, area.top() + GRID // 2 + 1, PICTURE, PICTURE)
        frame.moveLeft(area.left() + (area.width() - PICTURE) // 2)
        picture = index.data(PICTURE_ROLE)
        if picture is None:
            painter.fillRect(frame, palette.color(QPalette.ColorRole.Mid))
            return
        answered = index.data(ENTRY_ROLE).said is not Label.CLEARED
        painter.setOpacity(ANSWERED if answered else 1)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(frame, picture)
        painter.setOpacity(1)

    def _paint_words(
        self, painter: QPainter, area: QRect, entry: QueueEntry, palette: QPalette
    ) -> None:
        painter.setFont(tabular_font(caption_font()))
        line = painter.fontMetrics().height()
        row = QRect(area.left() + 6, area.top() + PICTURE + GRID, area.width() - 12, line)
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        strong = palette.color(QPalette.ColorRole.Text)
        _write(painter, row, entry.patient, colour=muted)
        right = Qt.AlignmentFlag.AlignRight
        _write(painter, row, entry.probability_words, colour=strong, side=right)
        row.translate(0, line)
        _write(painter, row, entry.label_words, colour=strong)


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
