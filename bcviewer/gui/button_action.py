"""A button as an action: it stands in a menu with its key, and is found by its name."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton

WHY = "why"
"""Property of an action: why it cannot be done, where the one who made it knows better."""


class ButtonAction(QAction):
    """Clicks a button; it is on, and can be done, as the button is.

    Not the button's own shortcut: that takes the keyboard from what has it.

    Args:
        button: What is clicked.
        key: Its shortcut; "" for none.
    """

    def __init__(self, button: QAbstractButton, key: str = "") -> None:
        super().__init__(button.text(), button)
        self._button = button
        self.setCheckable(button.isCheckable())
        if key:
            self.setShortcut(QKeySequence(key))
        button.toggled.connect(self.follow)
        self.triggered.connect(self._click)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Take the button's state; to be called where it changes without a signal."""
        button = self._button
        self.setChecked(button.isChecked())
        self.setEnabled(button.isEnabled())
        # What a grey button says of itself is why it is grey.
        self.setProperty(WHY, "" if button.isEnabled() else button.toolTip())
        self.setStatusTip(button.toolTip())

    @Slot()
    def _click(self) -> None:
        self._button.click()
        self.follow()
