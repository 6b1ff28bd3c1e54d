"""Which probabilities are shown: with the neighbourhood, calibrated, or how unsure they are."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from bcviewer.gui.style import GRID

TIPS = {
    "context": "Let neighbouring patches speak: what stands alone fades, what hangs together stays "
    "(N)",
    "calibrated": "Show probabilities that are right as often as they say (V)",
    "uncertainty": "Show where the model is unsure, in place of the heatmap (U)",
}


class ViewButtons(QWidget):
    """Context, Calibrated, Uncertainty; the setters emit nothing.

    Signals:
        context_toggled: Neighbours are to speak or not.
        calibrated_toggled: Probabilities are to be calibrated or raw.
        uncertainty_toggled: The uncertainty is wanted in place of the heatmap, or not.
    """

    context_toggled = Signal(bool)
    calibrated_toggled = Signal(bool)
    uncertainty_toggled = Signal(bool)

    def __init__(self, style: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = _button("Context", style)
        self._calibrated = _button("Calibrated", style)
        self._uncertainty = _button("Uncertainty", style)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        for button in (self._context, self._calibrated, self._uncertainty):
            row.addWidget(button)
        self._context.toggled.connect(self.context_toggled)
        self._calibrated.toggled.connect(self.calibrated_toggled)
        self._uncertainty.toggled.connect(self.uncertainty_toggled)
        keys = {"N": self._context, "V": self._calibrated, "U": self._uncertainty}
        for key, button in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(button.click)
        self.allow("", "")

    def show_view(self, *, context: bool, calibrated: bool, uncertainty: bool) -> None:
        """Show what is on."""
        shown = {
            self._context: context,
            self._calibrated: calibrated,
            self._uncertainty: uncertainty,
        }
        for button, on in shown.items():
            with QSignalBlocker(button):
                button.setChecked(on)

    def allow(self, no_context: str, no_prediction: str) -> None:
        """Enable the buttons; where one is of no use, its tooltip says why.

        Args:
            no_context: Why there is neither context nor calibration; "" where there is.
            no_prediction: Why there is nothing to be unsure of; "" where there is.
        """
        reasons = {
            "context": (self._context, no_prediction or no_context),
            "calibrated": (self._calibrated, no_prediction or no_context),
            "uncertainty": (self._uncertainty, no_prediction),
        }
        for name, (button, reason) in reasons.items():
            button.setEnabled(not reason)
            button.setToolTip(reason or TIPS[name])


def _button(text: str, style: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setStyleSheet(style)
    button.setCheckable(True)
    button.setAccessibleName(f"Layer: {text}")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
