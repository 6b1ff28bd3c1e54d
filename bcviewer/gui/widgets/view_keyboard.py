"""Lists that get the keyboard by Tab, and choose nothing by that."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView


def take_keyboard(view: QAbstractItemView, event: QFocusEvent) -> None:
    """Take the keyboard, in place of the view's own ``focusInEvent``.

    Qt makes the first entry the current one where there is none. Who only passes with Tab would
    be taken to that entry's patch, on another patient's slide.
    """
    if view.currentIndex().isValid():
        QAbstractItemView.focusInEvent(view, event)
        return
    chosen = view.selectionModel()
    with QSignalBlocker(chosen):
        QAbstractItemView.focusInEvent(view, event)
        chosen.clearCurrentIndex()
