"""Which probabilities are shown: with the neighbourhood, calibrated, averaged, how unsure."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QHBoxLayout, QToolButton, QWidget

from bcviewer.gui.button_action import ButtonAction
from bcviewer.gui.style import GRID
from bcviewer.gui.words import marked, tr

TIPS = {
    "context": marked(
        "Let neighbouring patches speak: what stands alone fades, what hangs together stays (N)"
    ),
    "calibrated": marked("Show probabilities that are right as often as they say (V)"),
    "averaged": marked(
        "Average over the eight flips and rotations of each patch: steadier, and eight "
        "times as slow"
    ),
    "uncertainty": marked("Show where the model is unsure, in place of the heatmap (U)"),
}


class ViewButtons(QWidget):
    """Context, Calibrated, Uncertainty; the setters emit nothing.

    ``averaged``, which is seldom changed, is for whoever holds the buttons to give a place.

    Signals:
        context_toggled: Neighbours are to speak or not.
        calibrated_toggled: Probabilities are to be calibrated or raw.
        uncertainty_toggled: The uncertainty is wanted in place of the heatmap, or not.
        averaged_toggled: Predictions are to be averaged over flips and rotations, or not.
    """

    context_toggled = Signal(bool)
    calibrated_toggled = Signal(bool)
    uncertainty_toggled = Signal(bool)
    averaged_toggled = Signal(bool)

    def __init__(self, style: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = _button(tr("Context"), style)
        self._calibrated = _button(tr("Calibrated"), style)
        self._uncertainty = _button(tr("Uncertainty"), style)
        self.averaged = QCheckBox(tr("Average flips"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        for button in (self._context, self._calibrated, self._uncertainty):
            row.addWidget(button)
        self._context.toggled.connect(self.context_toggled)
        self._calibrated.toggled.connect(self.calibrated_toggled)
        self._uncertainty.toggled.connect(self.uncertainty_toggled)
        self.averaged.toggled.connect(self.averaged_toggled)
        keys = {"N": self._context, "V": self._calibrated, "U": self._uncertainty}
        keyed = [ButtonAction(button, key) for key, button in keys.items()]
        self.commands = (*keyed, ButtonAction(self.averaged))
        """The buttons as actions, for a menu."""
        self.allow("", "")

    def show_view(
        self, *, context: bool, calibrated: bool, uncertainty: bool, averaged: bool
    ) -> None:
        """Show what is on."""
        shown: dict[QAbstractButton, bool] = {
            self.averaged: averaged,
            self._context: context,
            self._calibrated: calibrated,
            self._uncertainty: uncertainty,
        }
        for button, on in shown.items():
            with QSignalBlocker(button):
                button.setChecked(on)

    def allow(self, no_context: str, no_prediction: str, *, no_model: str = "") -> None:
        """Enable the buttons; where one is of no use, its tooltip says why.

        Args:
            no_context: Why there is neither context nor calibration; "" where there is.
            no_prediction: Why there is nothing to be unsure of; "" where there is.
            no_model: Why there is nothing to ask; "" where there is.
        """
        reasons: dict[str, tuple[QAbstractButton, str]] = {
            "averaged": (self.averaged, no_model),
            "context": (self._context, no_prediction or no_context),
            "calibrated": (self._calibrated, no_prediction or no_context),
            "uncertainty": (self._uncertainty, no_prediction),
        }
        for name, (button, reason) in reasons.items():
            button.setEnabled(not reason)
            button.setToolTip(reason or tr(TIPS[name]))
        for command in self.commands:
            command.follow()


def _button(text: str, style: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setStyleSheet(style)
    button.setCheckable(True)
    button.setAccessibleName(tr("Layer: {text}", text=text))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
