"""The dialog of the palettes: it shows what is in use, and sets it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QRadioButton

from bcviewer.gui.main_window import MainWindow
from bcviewer.slide.palette import PALETTES
from bcviewer.slide.palette_vision import EYES


def test_a_palette_is_chosen_where_other_eyes_are_shown(opened: MainWindow) -> None:
    opened.actions_.eyes.trigger()
    dialog = opened.palettes.dialog
    buttons = dialog.findChildren(QRadioButton)
    chosen = [button.text() for button in buttons if button.isChecked()]
    assert chosen == [opened.session.layers.palette.title]
    buttons[2].click()
    assert opened.session.layers.palette == PALETTES[2]
    opened.session.change_layers(palette=PALETTES[1])
    assert buttons[1].isChecked()
    words = [label.text() for label in dialog.findChildren(QLabel) if "apart" in label.text()]
    assert sum(text.endswith(" apart") for text in words) == len(PALETTES) * len(EYES)
