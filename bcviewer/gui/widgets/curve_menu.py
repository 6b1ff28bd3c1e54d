"""The button of the curves: how they are drawn, and saving them."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from bcviewer.gui.icons import SMALL, icon
from bcviewer.gui.widgets.curve_options import STRENGTHS, CurveOptions
from bcviewer.gui.words import marked, tr

LABELS = (
    marked("Line: as measured"),
    marked("Line: smoothed 0.3"),
    marked("Line: smoothed 0.6"),
    marked("Line: smoothed 0.9"),
)


class CurveMenu(QToolButton):
    """A small button with a menu: log axis, smoothing, save as PNG and as CSV."""

    options_changed = Signal(object)
    """``CurveOptions``."""

    png_wanted = Signal()
    csv_wanted = Signal()
    steps_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(icon("settings"))
        self.setIconSize(SMALL)
        self.setAutoRaise(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAccessibleName(tr("Curves: axis, smoothing, save"))
        self.setToolTip(tr("Log axis, smoothing, save as PNG or CSV"))
        self._create()
        self._connect()

    def _create(self) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.log_action = menu.addAction(tr("Log axis for the loss"))
        self.log_action.setCheckable(True)
        menu.addSeparator()
        self._strengths = QActionGroup(menu)
        self.strength_actions: list[QAction] = []
        for label, strength in zip(LABELS, STRENGTHS, strict=True):
            action = menu.addAction(tr(label))
            action.setCheckable(True)
            action.setChecked(strength == 0)
            action.setData(strength)
            action.setToolTip(
                tr("The line joins the points")
                if not strength
                else tr(
                    "The line is a moving mean, {strength:.0%} of it from the past; "
                    "the points stay as measured",
                    strength=strength,
                )
            )
            self._strengths.addAction(action)
            self.strength_actions.append(action)
        menu.addSeparator()
        self.png_action = menu.addAction(icon("export"), tr("Save as PNG…"))
        self.csv_action = menu.addAction(icon("export"), tr("Save as CSV…"))
        self.steps_action = menu.addAction(icon("export"), tr("Save each step as CSV…"))
        self.steps_action.setToolTip(
            tr("The loss of each single step; of long epochs some hundred of them are kept")
        )
        self.setMenu(menu)

    def _connect(self) -> None:
        self.log_action.toggled.connect(self._tell)
        self._strengths.triggered.connect(self._tell)
        self.png_action.triggered.connect(self.png_wanted)
        self.csv_action.triggered.connect(self.csv_wanted)
        self.steps_action.triggered.connect(self.steps_wanted)

    @property
    def options(self) -> CurveOptions:
        """What is chosen."""
        chosen = self._strengths.checkedAction()
        return CurveOptions(self.log_action.isChecked(), float(chosen.data()))

    def set_savable(self, savable: bool, *, steps: bool = False) -> None:
        """Let the curves be saved, or not while there are none; single steps only where known."""
        self.png_action.setEnabled(savable)
        self.csv_action.setEnabled(savable)
        self.steps_action.setVisible(steps)

    @Slot()
    def _tell(self) -> None:
        self.options_changed.emit(self.options)
