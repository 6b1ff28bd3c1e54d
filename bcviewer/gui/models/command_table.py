"""The commands as a list model: those that fit what was typed, best first."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bcviewer.gui.commands import Command, Reasons
from bcviewer.gui.fuzzy import ranked

NAME: Final = Qt.ItemDataRole.DisplayRole
PLACE: Final = Qt.ItemDataRole.UserRole
KEYS: Final = Qt.ItemDataRole.UserRole + 1
WORDS: Final = Qt.ItemDataRole.UserRole + 2
"""What it does; or why it cannot be done now."""

POSSIBLE: Final = Qt.ItemDataRole.UserRole + 3
"""Whether it can be done now. All rows are enabled for Qt: its views let nobody walk to others."""

_Index = QModelIndex | QPersistentModelIndex


class CommandTable(QAbstractListModel):
    """A row a command that fits."""

    def __init__(self, reasons: Reasons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reasons = reasons
        self._all: tuple[Command, ...] = ()
        self._rows: list[Command] = []

    def set_commands(self, found: tuple[Command, ...]) -> None:
        """Show other commands, all of them."""
        self._all = found
        self.look_for("")

    def look_for(self, typed: str) -> None:
        """Show the commands that fit, those that can be done before those that cannot."""
        self.beginResetModel()
        names = [f"{command.name} {command.menu}" for command in self._all]
        fitting = [self._all[place] for place in ranked(typed, names)]
        if not typed:
            fitting = sorted(fitting, key=_grey)
        self._rows = fitting
        self.endResetModel()

    def command(self, row: int) -> Command | None:
        """The command of a row, if there is such a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        command = self.command(index.row())
        if command is None:
            return None
        if role == NAME:
            checked = command.action.isCheckable() and command.action.isChecked()
            return f"{command.name}  ✓" if checked else command.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (command.name, *command.keys, self._words(command))))
        told: dict[int, object] = {
            PLACE: command.menu,
            KEYS: "  ".join(command.keys),
            WORDS: self._words(command),
            POSSIBLE: command.action.isEnabled(),
        }
        return told.get(role)

    def _words(self, command: Command) -> str:
        return self._reasons.of(command.action) or command.about


def _grey(command: Command) -> bool:
    return not command.action.isEnabled()
