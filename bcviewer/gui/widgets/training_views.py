"""The place beside the form: what a training would come to, or the curves of one."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.style import GRID
from bcviewer.gui.words import marked, tr

TITLES = (marked("Before the start"), marked("Curves"))


class TrainingViews(QWidget):
    """Shows the summary before a training and the curves from its start on.

    Between two trainings both are of use, and the user switches.
    """

    def __init__(self, summary: QWidget, curves: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._switch = QWidget()
        row = QHBoxLayout(self._switch)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._choice = QButtonGroup(self)
        for number, title in enumerate(TITLES):
            button = QToolButton()
            button.setText(tr(title))
            button.setCheckable(True)
            button.setProperty("segment", "first" if number == 0 else "next")
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._choice.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(summary)
        self._stack.addWidget(curves)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID // 2)
        whole.addWidget(self._switch)
        whole.addWidget(self._stack, 1)
        self._choice.idToggled.connect(self._choose)
        self.show_summary()

    def show_summary(self) -> None:
        """Show what comes before a training, and nothing else to choose."""
        self._choice.button(0).setChecked(True)
        self._switch.hide()

    def show_curves(self) -> None:
        """Show the curves of a training that begins."""
        self._choice.button(1).setChecked(True)
        self._switch.hide()

    def set_training(self, training: bool) -> None:
        """Let the user switch, once a training has ended whose curves are there."""
        if self._stack.currentIndex() == 1:
            self._switch.setVisible(not training)

    @Slot(int, bool)
    def _choose(self, number: int, chosen: bool) -> None:
        if chosen:
            self._stack.setCurrentIndex(number)
