"""Rows of a caption and a text that may wrap."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from bcviewer.gui.style import GRID
from bcviewer.gui.words import tr


def fill_captions(widget: QWidget, rows: Mapping[str, QLabel]) -> None:
    """Lay out texts in a widget, each behind its muted caption.

    A grid rather than a form layout, which gives a text that wraps too little height when the text
    changes.
    """
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(GRID)
    grid.setVerticalSpacing(GRID // 2)
    grid.setColumnStretch(1, 1)
    for number, (key, value) in enumerate(rows.items()):
        caption = QLabel(tr(key))
        caption.setProperty("role", "muted")
        value.setWordWrap(True)
        grid.addWidget(caption, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignTop)
