"""Rows of a caption and a text that may wrap."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from bcviewer.gui.style import GRID
from bcviewer.gui.words import tr


def fill_captions(widget: QWidget, rows: Mapping[str, QLabel]) -> dict[str, QLabel]:
    """Lay out texts in a widget, each behind its muted caption.

    A grid rather than a form layout, which gives a text that wraps too little height when the text
    changes.

    Returns:
        The captions.
    """
    captions = {key: QLabel(tr(key)) for key in rows}
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(GRID)
    grid.setVerticalSpacing(GRID // 2)
    grid.setColumnStretch(1, 1)
    for number, (key, value) in enumerate(rows.items()):
        captions[key].setProperty("role", "muted")
        value.setWordWrap(True)
        grid.addWidget(captions[key], number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignTop)
    return captions
