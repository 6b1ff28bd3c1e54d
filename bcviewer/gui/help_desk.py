"""Finding one's way: the command palette and the sheet of keys, made of the menus' own actions."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMainWindow

from bcviewer.gui.actions import Actions
from bcviewer.gui.commands import Reasons, commands
from bcviewer.gui.widgets.command_palette import CommandPalette
from bcviewer.gui.widgets.shortcut_sheet import ShortcutSheet


class HelpDesk(QObject):
    """Owns palette and sheet.

    Args:
        actions: Those of the window.
        reasons: Why a command cannot be done.
        window: Whose menus are shown.
    """

    def __init__(self, actions: Actions, reasons: Reasons, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.palette = CommandPalette(reasons, window)
        self.sheet = ShortcutSheet(window)
        actions.commands.triggered.connect(self._open_palette)
        actions.keys.triggered.connect(self._open_sheet)

    @Slot()
    def _open_palette(self) -> None:
        self.palette.ask(commands(self._window.menuBar()))

    @Slot()
    def _open_sheet(self) -> None:
        self.sheet.show_commands(commands(self._window.menuBar()))
