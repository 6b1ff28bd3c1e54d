"""A dock whose buttons are drawn like all other icons: Qt's own are grey on grey on dark."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QWidget

from bcviewer.gui.icons import icon

_DRAWN: Final = {
    "qt_dockwidget_closebutton": "dock-close",
    "qt_dockwidget_floatbutton": "dock-float",
}
"""Drawn bolder than others: Qt gives them ten pixels."""


class Dock(QDockWidget):
    """Closes and floats as any dock does."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._icons = {name: icon(drawn) for name, drawn in _DRAWN.items()}
        for name in self._icons:
            button = self.findChild(QAbstractButton, name)
            if isinstance(button, QAbstractButton):
                button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Qt puts its own icons back whenever a dock is shown, floats or gets another style.
        if event.type() == QEvent.Type.Paint and isinstance(watched, QAbstractButton):
            drawn = self._icons[watched.objectName()]
            if watched.icon().cacheKey() != drawn.cacheKey():
                watched.setIcon(drawn)
        return super().eventFilter(watched, event)
