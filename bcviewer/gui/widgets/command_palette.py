"""The command palette: type some letters of a command, press Return."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.commands import Command, Reasons
from bcviewer.gui.models.command_table import KEYS, PLACE, POSSIBLE, WORDS, CommandTable
from bcviewer.gui.style import GRID, body_font, caption_font
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.words import marked, tr

NOTHING: Final = marked("No command has these letters.")
_FRAME: Final = "#palette { border: 1px solid palette(dark); background: palette(base); }"
_WIDTH: Final = 560
_ROWS: Final = 9
_ROW: Final = 5 * GRID
_MOVES: Final = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


class CommandPalette(QFrame):
    """Lists all commands over the window; letters narrow them down, Return does one.

    It is a part of the window, not a window of its own: those may take the keyboard from it.
    """

    def __init__(self, reasons: Reasons, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self._window = parent
        self.setAccessibleName(tr("Commands"))
        self.setAutoFillBackground(True)
        self.setStyleSheet(_FRAME)
        self.hide()
        self._before: QWidget | None = None
        self._table = CommandTable(reasons, self)
        self.line = QLineEdit(placeholderText=tr("Type a command"))
        self.line.setAccessibleName(tr("Command"))
        self.list = QListView()
        self.list.setAccessibleName(tr("Commands that fit"))
        self.list.setModel(self._table)
        self.list.setItemDelegate(_CommandLine(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._narrow)
        self.line.returnPressed.connect(self._do_current)
        self.list.clicked.connect(self._do)

    def ask(self, found: tuple[Command, ...]) -> None:
        """Open over the upper middle of the window, with all commands."""
        self._table.set_commands(found)
        self.line.clear()
        self._narrow("")
        window = self._window
        width = min(_WIDTH, window.width() - 4 * GRID)
        self.resize(width, self._height())
        self.move((window.width() - width) // 2, 9 * GRID)
        if not self.isVisible():
            self._before = window.focusWidget()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Close, and give the keyboard back to what had it."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def _height(self) -> int:
        """As high as the commands that fit, up to so many; as two for the words that none does."""
        rows = min(self._table.rowCount() or 2, _ROWS)
        return min(rows * _ROW + 7 * GRID, self._window.height() - 12 * GRID)

    def _lay_out(self) -> None:
        self._below = QStackedLayout()
        self._below.addWidget(self.list)
        self._below.addWidget(EmptyHint(tr(NOTHING)))
        inner = QVBoxLayout(self)
        inner.setContentsMargins(GRID, GRID, GRID, GRID)
        inner.setSpacing(GRID)
        inner.addWidget(self.line)
        inner.addLayout(self._below, 1)

    @Slot(str)
    def _narrow(self, typed: str) -> None:
        self._table.look_for(typed.strip())
        found = self._table.rowCount()
        self.resize(self.width(), self._height())
        self._below.setCurrentIndex(0 if found else 1)
        if found:
            self.list.setCurrentIndex(self._table.index(0))
            self.list.scrollToTop()

    @Slot()
    def _do_current(self) -> None:
        self._do(self.list.currentIndex())

    @Slot(QModelIndex)
    def _do(self, index: QModelIndex) -> None:
        """Do a command; one that cannot be done stays, with its reason in view."""
        command = self._table.command(index.row()) if index.isValid() else None
        if command is not None and command.action.isEnabled():
            self.leave()
            command.action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list from the line, where the letters go."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in _MOVES:
                self._step(_ROWS - 1 if event.key() == Qt.Key.Key_PageDown else 1 - _ROWS)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        if event.type() == QEvent.Type.FocusOut and self.line.isVisible():
            self._leave_if_left()
        return super().eventFilter(watched, event)

    def _leave_if_left(self) -> None:
        """Close when another part of the window has been clicked; another window is no reason."""
        if self.window().isActiveWindow() and not self.line.hasFocus():
            self._before = None
            self.hide()

    def _step(self, rows: int) -> None:
        last = self._table.rowCount() - 1
        row = min(max(self.list.currentIndex().row() + rows, 0), last)
        if last >= 0:
            self.list.setCurrentIndex(self._table.index(row))


class _CommandLine(QStyledItemDelegate):
    """Name and keys above; menu, and what it does or why it cannot be done, below."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, _ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        whole: QRect = option.rect
        palette: QPalette = option.palette
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(whole, palette.highlight())
            painter.fillRect(QRect(whole.topLeft(), QSize(3, whole.height())), palette.accent())
        enabled = bool(index.data(POSSIBLE))
        group = QPalette.ColorGroup.Active if enabled else QPalette.ColorGroup.Disabled
        text = palette.color(group, QPalette.ColorRole.Text)
        # Also where the command is grey: the reason is there to be read.
        muted = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.PlaceholderText)
        rect = whole.adjusted(GRID + 2, 3, -GRID, -3)
        above = QRect(rect.left(), rect.top(), rect.width(), rect.height() // 2)
        below = above.translated(0, rect.height() // 2)
        painter.save()
        used = _write(painter, above, str(index.data(KEYS)), caption_font(), muted, right=True)
        above.setRight(above.right() - used - GRID)
        _write(painter, above, str(index.data()), body_font(), text)
        words = " – ".join(filter(None, (index.data(PLACE), index.data(WORDS))))
        _write(painter, below, words, caption_font(), muted)
        painter.restore()


def _write(
    painter: QPainter, rect: QRect, text: str, font: QFont, colour: QColor, *, right: bool = False
) -> int:
    """Write one line, cut where it has no room; return its width."""
    painter.setFont(font)
    painter.setPen(colour)
    metrics = painter.fontMetrics()
    fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | side, fitting)
    return metrics.horizontalAdvance(fitting)
