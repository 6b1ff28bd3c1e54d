"""The palettes side by side as different eyes see them; one is chosen here."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.style import GRID, GROUP, set_role
from bcviewer.gui.words import marked, tr
from bcviewer.gui.words_below import from_below
from bcviewer.slide.palette import PALETTES, Palette, colours
from bcviewer.slide.palette_vision import EYES, Eye, apart, seen_by

ABOUT: Final = marked(
    "Each palette from 0 to 1 as different eyes see it. The number says how far apart its two "
    "ends are (CIEDE2000); over 20 nobody takes one for the other."
)
_SWATCH: Final = QSize(136, 24)


class PaletteDialog(QDialog):
    """Shows and chooses the palette of the heatmap; not modal.

    Signals:
        palette_chosen: Name of a palette.
    """

    palette_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Colours of the heatmap"))
        self._group = QButtonGroup(self)
        about = QLabel(tr(ABOUT), wordWrap=True)
        set_role(about, "muted")
        grid = QGridLayout()
        grid.setHorizontalSpacing(GROUP)
        grid.setVerticalSpacing(GRID)
        for column, title in enumerate(EYES.values(), start=1):
            head = QLabel(from_below(title))
            set_role(head, "caption")
            grid.addWidget(head, 0, column)
        for row, palette in enumerate(PALETTES, start=1):
            self._add(grid, row, palette)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GROUP, GROUP, GROUP, GROUP)
        whole.setSpacing(GROUP)
        whole.addWidget(about)
        whole.addLayout(grid)
        self._group.idClicked.connect(self._choose)

    def show_chosen(self, name: str) -> None:
        """Show which palette is in use."""
        for number, palette in enumerate(PALETTES):
            if palette.name == name:
                self._group.button(number).setChecked(True)

    def _add(self, grid: QGridLayout, row: int, palette: Palette) -> None:
        button = QRadioButton(from_below(palette.title))
        self._group.addButton(button, row - 1)
        grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignTop)
        for column, eye in enumerate(EYES, start=1):
            grid.addWidget(_seen(palette, eye), row, column)

    @Slot(int)
    def _choose(self, number: int) -> None:
        self.palette_chosen.emit(PALETTES[number].name)


def _seen(palette: Palette, eye: Eye) -> QWidget:
    """A palette to an eye, and how far apart its ends are."""
    values = np.linspace(0, 1, _SWATCH.width())
    ramp = colours(values, palette=palette, threshold=0.5)
    line = np.ascontiguousarray(seen_by(ramp, eye)[np.newaxis])
    image = QImage(line.data, line.shape[1], 1, line.nbytes, QImage.Format.Format_RGB888)
    # As a pixmap of its own: the picture only borrows the array's memory.
    picture, words = (
        QLabel(),
        QLabel(tr("{distance:.0f} apart", distance=apart(ramp[0], ramp[-1], eye))),
    )
    picture.setPixmap(QPixmap.fromImage(image.scaled(_SWATCH)))
    picture.setAccessibleName(
        f"{from_below(palette.title)}, {from_below(EYES[eye])}, {words.text()}"
    )
    set_role(words, "caption")
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(picture)
    column.addWidget(words)
    return whole
