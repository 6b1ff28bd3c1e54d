"""The list of strokes: what was done, when and by whom; a click goes there."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from bcviewer.annotation.history import HistoryLine
from bcviewer.gui.models.label_history import ABOUT_ROLE, LINE_ROLE, LabelHistory
from bcviewer.gui.style import GRID, caption_font
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.words import marked, tr

EMPTY = marked(
    "Press A and label patches: every stroke will be listed here, and can be undone whenever it "
    "was made."
)


class LabelHistoryView(QWidget):
    """Shows strokes with the newest first, or a hint while there are none.

    Signals:
        line_chosen: The ``HistoryLine`` that the user wants to see.
    """

    line_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = LabelHistory(self)
        self._list = QListView()
        self._list.setModel(self.model)
        self._list.setItemDelegate(_OneLine(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QListView.Shape.NoFrame)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(tr("History of the labels"))
        self._list.setMinimumHeight(0)
        self._stack = QStackedLayout(self)
        hint = EmptyHint(tr(EMPTY))
        hint.setMargin(GRID)  # in a small window there is room for its words alone
        self._stack.addWidget(hint)
        self._stack.addWidget(self._list)
        self._list.clicked.connect(self._chosen)
        self._list.activated.connect(self._chosen)

    def show_lines(self, lines: tuple[HistoryLine, ...]) -> None:
        """Show strokes, given with the newest last."""
        self.model.show_lines(lines)
        self._stack.setCurrentIndex(1 if lines else 0)

    @Slot(QModelIndex)
    def _chosen(self, index: QModelIndex) -> None:
        self.line_chosen.emit(index.data(LINE_ROLE))


class _OneLine(QStyledItemDelegate):
    """What was done, and at the end of the line, smaller, when and by whom."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, option.fontMetrics.height() + GRID // 2)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, option.palette.highlight())
        undone = bool(index.data(LINE_ROLE).undone)
        strong = QPalette.ColorRole.PlaceholderText if undone else QPalette.ColorRole.Text
        area = option.rect.adjusted(GRID // 2, 0, -GRID // 2, 0)
        about = str(index.data(ABOUT_ROLE))
        font = option.font
        font.setStrikeOut(undone)
        painter.save()
        painter.setFont(caption_font())
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        told = min(painter.fontMetrics().horizontalAdvance(about) + 2, area.width() // 2)
        _write(painter, area.adjusted(area.width() - told, 0, 0, 0), about)
        painter.setFont(font)
        painter.setPen(option.palette.color(strong))
        _write(painter, area.adjusted(0, 0, -told - GRID, 0), str(index.data()))
        painter.restore()


def _write(painter: QPainter, area: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
