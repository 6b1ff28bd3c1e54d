"""The colours of judging: a hue for each class as on the slide, hatching for what is wrong."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from bcviewer.gui.style import Tokens

IDC: Final = ("#c8102e", "#ff8089")
"""In light and in dark: the hue of the label IDC, readable on both."""

OTHER: Final = ("#00707c", "#4cc3cf")

PALE: Final = 0.20
"""How much of the hue is under the hatching."""


def class_colour(tokens: Tokens, truth: int) -> QColor:
    """The colour of a class: 1 for IDC, 0 for not IDC."""
    return QColor((IDC if truth else OTHER)[tokens.dark])


def pale(colour: QColor, share: float = PALE) -> QColor:
    """A colour that lets most of what is under it through."""
    found = QColor(colour)
    found.setAlphaF(share)
    return found


def hatched(colour: QColor) -> QBrush:
    """The brush of what is wrong."""
    return QBrush(colour, Qt.BrushStyle.BDiagPattern)
