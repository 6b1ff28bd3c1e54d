"""Choosing the colours of the heatmap with other eyes in mind."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from bcviewer.gui.actions import Actions
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.palette_dialog import PaletteDialog
from bcviewer.slide.palette import palette


class PaletteDesk(QObject):
    """Owns the dialog of the palettes; it shows and sets what the session holds."""

    def __init__(self, session: Session, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self.dialog = PaletteDialog(window)
        actions.eyes.triggered.connect(self._open)
        session.layers_changed.connect(self._show)
        self.dialog.palette_chosen.connect(self._choose)

    @Slot()
    def _open(self) -> None:
        self._show()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    @Slot()
    def _show(self) -> None:
        self.dialog.show_chosen(self._session.layers.palette.name)

    @Slot(str)
    def _choose(self, name: str) -> None:
        self._session.change_layers(palette=palette(name))
