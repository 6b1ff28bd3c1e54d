"""The folders that were opened before; those that are gone are grey, and say so."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from bcviewer.errors import unmarked
from bcviewer.gui.style import GRID, body_font, caption_font
from bcviewer.gui.words import marked, tr

GONE: Final = marked("not found")
_PATH: Final = Qt.ItemDataRole.UserRole


class RecentFolders(QListWidget):
    """A line a folder: its name, and under it where it is.

    Signals:
        folder_chosen: Path of a folder that was clicked, or chosen with Return.
    """

    folder_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Recent folders"))
        self.setItemDelegate(_TwoLines(self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders, the latest first."""
        return tuple(str(self.item(row).data(_PATH)) for row in range(self.count()))

    def show_folders(self, folders: tuple[str, ...]) -> None:
        """Show other folders, all of them as if they were there."""
        self.clear()
        for folder in folders:
            line = QListWidgetItem(Path(folder).name or folder)
            line.setData(_PATH, folder)
            line.setToolTip(unmarked(folder))
            line.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.text()}, {folder}")
            self.addItem(line)

    def mark_gone(self, gone: frozenset[str]) -> None:
        """Grey the folders that are not there; they cannot be chosen."""
        for row in range(self.count()):
            line = self.item(row)
            folder = str(line.data(_PATH))
            if folder in gone:
                line.setFlags(Qt.ItemFlag.NoItemFlags)
                line.setToolTip(
                    tr(
                        "{folder} was not found: it was moved, or its disk is not here.",
                        folder=folder,
                    )
                )
                line.setData(
                    Qt.ItemDataRole.AccessibleTextRole, f"{line.text()}, {folder}, {tr(GONE)}"
                )

    @Slot(QListWidgetItem)
    def _choose(self, line: QListWidgetItem) -> None:
        if line.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.folder_chosen.emit(str(line.data(_PATH)))


class _TwoLines(QStyledItemDelegate):
    """Draws a folder's name, and in small its path, cut in the middle where it is long."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, 5 * GRID)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self._paint_ground(painter, option)
        rect: QRect = option.rect.adjusted(GRID, 3, -GRID, -3)
        palette: QPalette = option.palette
        there = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        group = QPalette.ColorGroup.Active if there else QPalette.ColorGroup.Disabled
        name, path = str(index.data()), str(index.data(_PATH))
        above = QRect(rect.left(), rect.top(), rect.width(), rect.height() // 2)
        below = above.translated(0, rect.height() // 2)
        painter.save()
        painter.setFont(body_font())
        painter.setPen(palette.color(group, QPalette.ColorRole.Text))
        self._write(painter, above, name if there else f"{name}  ({tr(GONE)})")
        painter.setFont(caption_font())
        painter.setPen(palette.color(group, QPalette.ColorRole.PlaceholderText))
        self._write(painter, below, path)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state = option.state
        lit = state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus)
        if lit and state & QStyle.StateFlag.State_Enabled:
            palette: QPalette = option.palette
            painter.fillRect(option.rect, palette.highlight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(option.palette.accent().color())
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))

    def _write(self, painter: QPainter, rect: QRect, text: str) -> None:
        fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitting)
