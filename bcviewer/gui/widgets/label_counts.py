"""How many patches are corrected, confirmed, unsure and excluded: of this patient, and of all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from bcviewer.annotation.labels import Label
from bcviewer.gui.style import GRID, tabular_font
from bcviewer.gui.words import marked, tr

KINDS = (marked("Corrected"), marked("Confirmed"), marked("Unsure"), marked("Excluded"))


class LabelCounts(QWidget):
    """A small table of numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers = {(kind, part): QLabel("0") for kind in KINDS for part in (0, 1)}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight
        for part, text in enumerate((tr("This patient"), tr("All patients"))):
            name = QLabel(text)
            name.setProperty("role", "muted")
            grid.addWidget(name, part + 1, 0)
        for column, kind in enumerate(KINDS, 1):
            caption = QLabel(tr(kind))
            caption.setProperty("role", "caption")
            grid.addWidget(caption, 0, column, right)
            for part in (0, 1):
                self._numbers[kind, part].setFont(tabular_font())
                grid.addWidget(self._numbers[kind, part], part + 1, column, right)

    def show_labels(
        self, labels: NDArray[np.int8], truth: NDArray[np.int8], patient: slice
    ) -> None:
        """Count labels.

        Args:
            labels: int8[N], values of ``Label``.
            truth: int8[N], the original labels.
            patient: The rows of the patient on screen.
        """
        for part, rows in enumerate((patient, slice(None))):
            said, original = labels[rows], truth[rows]
            known = (said == Label.IDC) | (said == Label.NOT_IDC)
            counts = (
                known & (said != original),
                known & (said == original),
                said == Label.UNSURE,
                said == Label.EXCLUDED,
            )
            for kind, found in zip(KINDS, counts, strict=True):
                self._numbers[kind, part].setText(f"{int(np.count_nonzero(found)):,}")

    def number(self, kind: str, *, of_all: bool = False) -> str:
        """What stands for a kind, of this patient or of all."""
        return self._numbers[kind, int(of_all)].text()
