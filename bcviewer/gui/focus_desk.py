"""Going from panel to panel with a key, where Tab would take many steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from bcviewer.gui.focus_order import first_stop, give_keyboard, next_panel
from bcviewer.gui.words import tr


class FocusDesk(QObject):
    """Owns the two actions that give the keyboard to the next panel and to the one before.

    Args:
        window: Whose panels they are.
        panels: The slide and the docks, in the order in which the keys go through them.
    """

    def __init__(self, window: QWidget, panels: Sequence[QWidget]) -> None:
        super().__init__(window)
        self._window, self._panels = window, tuple(panels)
        self.next = self._make(
            tr("Ne&xt panel"), "F6", tr("Give the keyboard to the next panel in sight")
        )
        self.previous = self._make(
            tr("Pre&vious panel"), "Shift+F6", tr("Give the keyboard to the panel before")
        )
        self.next.triggered.connect(self._go_on)
        self.previous.triggered.connect(self._go_back)
        window.addActions([self.next, self.previous])

    def add_to(self, menus: QMenuBar, *, before: QAction) -> None:
        """Put the actions into the menu that has another one, before that."""
        for menu in menus.findChildren(QMenu):
            if before in menu.actions():
                menu.insertActions(before, [self.next, self.previous])
                menu.insertSeparator(before)

    def _make(self, text: str, key: str, tip: str) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setToolTip(f"{tip} ({key})")
        action.setStatusTip(action.toolTip())
        return action

    @Slot()
    def _go_on(self) -> None:
        self._go(forward=True)

    @Slot()
    def _go_back(self) -> None:
        self._go(forward=False)

    def _go(self, *, forward: bool) -> None:
        panel = next_panel(self._panels, self._window, forward=forward)
        target = None if panel is None else first_stop(panel, self._window)
        if target is not None:
            give_keyboard(target, forward=forward)
