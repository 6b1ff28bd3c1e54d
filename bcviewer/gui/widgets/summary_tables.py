"""The two tables of a training's summary: its parts in figures, and its facts in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from bcviewer.gui.style import GRID, GROUP, caption_font, tabular_font
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.words import marked, tr
from bcviewer.model.training_split import PartCount

TITLES = {"train": marked("Training"), "validation": marked("Validation"), "test": marked("Test")}
HEADS = (marked("patients"), marked("patches"), marked("IDC"))
ROW_HEIGHT = 18


class PartTable(QWidget):
    """Patients, patches and share of IDC of train, validation and test."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GROUP)
        grid.setVerticalSpacing(0)
        for column, text in enumerate(HEADS, start=1):
            head = QLabel(tr(text))
            head.setProperty("role", "caption")
            head.setFont(caption_font())
            grid.addWidget(head, 0, column, _RIGHT)
        grid.setRowMinimumHeight(0, ROW_HEIGHT)
        self._figures: dict[str, list[QLabel]] = {}
        for row, (part, title) in enumerate(TITLES.items(), start=1):
            name = QLabel(tr(title))
            name.setProperty("role", "muted")
            grid.addWidget(name, row, 0)
            self._figures[part] = [QLabel() for _ in HEADS]
            for column, figure in enumerate(self._figures[part], start=1):
                figure.setFont(tabular_font())
                figure.setAccessibleName(f"{tr(title)}: {tr(HEADS[column - 1])}")
                grid.addWidget(figure, row, column, _RIGHT)
            grid.setRowMinimumHeight(row, ROW_HEIGHT)

    def show_parts(self, parts: Sequence[PartCount]) -> None:
        """Show the figures of the parts; dashes for those that are not given."""
        by_name = {part.part: part for part in parts}
        for name, figures in self._figures.items():
            for figure, text in zip(figures, _words(by_name.get(name)), strict=True):
                figure.setText(text)

    def texts(self, part: str) -> tuple[str, ...]:
        """The figures of a part, as they are shown."""
        return tuple(figure.text() for figure in self._figures[part])


class FactTable(QWidget):
    """Names and what is said of each; what has no room ends in dots, and is whole in its tip.

    Args:
        names: The names, from top to bottom.
    """

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        self._texts: dict[str, ElidedLabel] = {}
        for row, title in enumerate(names):
            name = QLabel(tr(title))
            name.setProperty("role", "muted")
            self._texts[title] = ElidedLabel()
            self._texts[title].setAccessibleName(tr(title))
            grid.addWidget(name, row, 0)
            grid.addWidget(self._texts[title], row, 1)
            grid.setRowMinimumHeight(row, ROW_HEIGHT)

    def set_facts(self, facts: Mapping[str, str]) -> None:
        """Say something of each of these names."""
        for name, text in facts.items():
            self.set_fact(name, text)

    def set_fact(self, name: str, text: str) -> None:
        """Say something of one name."""
        self._texts[name].setText(text)

    def text(self, name: str) -> str:
        """What is said of a name."""
        return self._texts[name].text()


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _words(part: PartCount | None) -> tuple[str, str, str]:
    if part is None:
        return ("–", "–", "–")
    share = f"{100 * part.idc_share:.1f} %" if part.patches else "–"
    return (f"{part.patients:,}", f"{part.patches:,}", share)
