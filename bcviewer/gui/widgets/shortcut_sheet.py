"""All keys on one sheet, by menu."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.commands import Command
from bcviewer.gui.style import GRID, GROUP, caption_font
from bcviewer.gui.words import marked, tr

COLUMNS: Final = 3
ON_THE_SLIDE: Final = (
    (marked("Walk from patch to patch"), (marked("Arrow keys"),)),
    (marked("Zoom at the pointer"), (marked("Wheel"),)),
    (marked("Move the slide"), (marked("Space + drag"),)),
    (marked("Move the slide, too"), (marked("Middle button"),)),
    (marked("Show the whole slide"), (marked("Double-click"),)),
)
"""What the slide does by itself, without an action."""

Group = tuple[str, Sequence[tuple[str, tuple[str, ...]]]]


class ShortcutSheet(QDialog):
    """Lists the commands that have keys; not modal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(tr("Keys by menu"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)

    def show_commands(self, found: tuple[Command, ...]) -> None:
        """Show the keys of these commands, and come to the front."""
        page = _page(groups(found))
        self._area.setWidget(page)
        room = self.screen().availableSize()
        wanted = page.sizeHint().grownBy(self.contentsMargins())
        self.resize(
            min(wanted.width() + GROUP, room.width() - 4 * GRID),
            min(wanted.height() + 4, room.height() - 8 * GRID),
        )
        self.show()
        self.raise_()
        self.activateWindow()


def groups(found: tuple[Command, ...]) -> list[Group]:
    """The commands that have keys, a group a menu, and what the slide does by itself."""
    by_menu: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for command in found:
        if command.keys:
            by_menu.setdefault(command.menu, []).append((command.name, command.keys))
    itself = [(tr(name), tuple(tr(key) for key in keys)) for name, keys in ON_THE_SLIDE]
    return [*by_menu.items(), (tr("On the slide"), itself)]


def _page(shown: list[Group]) -> QWidget:
    page = QWidget()
    page.setBackgroundRole(QPalette.ColorRole.Base)
    page.setAutoFillBackground(True)
    row = QHBoxLayout(page)
    row.setContentsMargins(2 * GROUP, GROUP, 2 * GROUP, GROUP)
    row.setSpacing(3 * GROUP)
    for column in _columns(shown):
        stack = QVBoxLayout()
        stack.setSpacing(GROUP)
        for group in column:
            stack.addLayout(_group(*group))
        stack.addStretch()
        row.addLayout(stack, 1)
    return page


def _columns(shown: list[Group]) -> list[list[Group]]:
    """Share the groups out, in their order, so that the columns are about equally long."""
    share = sum(len(lines) + 2 for _, lines in shown) / COLUMNS
    columns: list[list[Group]] = [[] for _ in range(COLUMNS)]
    before = 0.0
    for group in shown:
        length = len(group[1]) + 2
        columns[min(int((before + length / 2) / share), COLUMNS - 1)].append(group)
        before += length
    return [column for column in columns if column]


def _group(title: str, lines: Sequence[tuple[str, tuple[str, ...]]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(GRID // 2)
    grid.setHorizontalSpacing(GROUP)
    head = QLabel(f"<b>{escape(title)}</b>")
    grid.addWidget(head, 0, 0, 1, 2)
    for place, (name, keys) in enumerate(lines, start=1):
        grid.addWidget(QLabel(name), place, 0)
        grid.addWidget(_keys(keys), place, 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(0, 1)
    return grid


def _keys(keys: tuple[str, ...]) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID // 2)
    for each in keys:
        cap = QLabel(each, alignment=Qt.AlignmentFlag.AlignCenter)
        cap.setFont(caption_font())
        cap.setStyleSheet("border: 1px solid palette(dark); border-radius: 3px; padding: 1px 5px;")
        cap.ensurePolished()  # else it does not know how much its frame needs
        narrowest = QFontMetrics(caption_font()).horizontalAdvance("MM")
        cap.setMinimumWidth(max(narrowest, cap.sizeHint().width()))
        row.addWidget(cap)
    return whole
