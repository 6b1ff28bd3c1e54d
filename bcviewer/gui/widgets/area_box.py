"""How much of a slide is predicted IDC, in percent; another share can be asked for."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from bcviewer.gui.style import tabular_font
from bcviewer.gui.words import marked, tr
from bcviewer.slide.positive import PositiveArea

TIP: Final = marked(
    "Positive area: how many of the predicted patches are at or above the threshold. Type another "
    "share to move the threshold there"
)
_NONE: Final = -1.0
_FINE_BELOW: Final = 9.95
"""Percent: from here on whole ones are enough."""


class AreaBox(QDoubleSpinBox):
    """The positive area; the setter emits nothing.

    Signals:
        share_chosen: The share that is wanted, 0 to 1.
    """

    share_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(tabular_font())
        self.setDecimals(1)
        self.setSuffix(" %")
        self.setSpecialValueText("–")
        # Else the first figure typed would move the threshold, and its area stand under the rest.
        self.setKeyboardTracking(False)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(tr("Positive area in percent"))
        self.setRange(_NONE, 100)
        self.valueChanged.connect(self._chosen)
        self.show_area(None)

    def show_area(self, area: PositiveArea | None) -> None:
        """Show an area; None for no prediction."""
        percent = _NONE if area is None or not area.known else 100 * area.share
        with QSignalBlocker(self):
            self.setMinimum(0 if percent >= 0 else _NONE)
            # As it is shown: else Enter would take what is shown for another share.
            self.setValue(round(percent, _decimals(percent)))
        self.setAccessibleDescription("" if area is None else area.words)
        if area is not None and area.known:
            # An arrow key goes a percent, or a patch where that is more.
            self.setSingleStep(max(1.0, math.ceil(1000 / area.known) / 10))

    def textFromValue(self, value: float) -> str:
        """The figures that matter."""
        return self.locale().toString(value, "f", _decimals(value))

    @Slot(float)
    def _chosen(self, percent: float) -> None:
        self.share_chosen.emit(percent / 100)


def _decimals(percent: float) -> int:
    return 1 if percent < _FINE_BELOW else 0
