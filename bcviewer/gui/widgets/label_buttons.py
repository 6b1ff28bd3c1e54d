"""A button for each label, with its key: they label the patch that is looked at."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from bcviewer.annotation.labels import Label
from bcviewer.gui.icons import icon
from bcviewer.gui.label_actions import LABEL_ICONS, LABEL_KEYS, LABEL_NAMES, LABEL_TIPS
from bcviewer.gui.style import CAPTION_PX
from bcviewer.gui.words import tr


class LabelButtons(QWidget):
    """One row of buttons side by side; the one of the label that holds is pressed.

    Signals:
        label_chosen: The ``Label`` of the button that was clicked.
    """

    label_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Label.CLEARED
        self._buttons = {label: self._button(label) for label in LABEL_KEYS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in self._buttons.values():
            row.addWidget(button)
        row.addStretch(1)

    def show_label(self, label: Label) -> None:
        """Show which label holds; for the original none is pressed."""
        for of, button in self._buttons.items():
            button.setChecked(of is label and label is not Label.CLEARED)
        self._buttons[Label.CLEARED].setEnabled(label is not Label.CLEARED)
        self._shown = label

    def button(self, label: Label) -> QToolButton:
        """The button of a label."""
        return self._buttons[label]

    def _button(self, label: Label) -> QToolButton:
        button = QToolButton()
        button.setText(f"{LABEL_KEYS[label]} {tr(LABEL_NAMES[label])}")
        if label is Label.CLEARED:  # there is no room for its name
            button.setText(LABEL_KEYS[label])
            button.setIcon(icon(LABEL_ICONS[label]))
            button.setIconSize(QSize(CAPTION_PX, CAPTION_PX))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(
            tr(
                "{tip} ({key} with the tool Select)",
                tip=tr(LABEL_TIPS[label]),
                key=LABEL_KEYS[label],
            )
        )
        button.setAccessibleName(tr(LABEL_TIPS[label]))
        button.setProperty("segment", "first" if label is Label.IDC else "next")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._clicked)
        return button

    @Slot()
    def _clicked(self) -> None:
        clicked = self.sender()
        for label, button in self._buttons.items():
            if button is clicked:
                self.show_label(self._shown)  # it is the label that presses a button
                self.label_chosen.emit(int(label))
