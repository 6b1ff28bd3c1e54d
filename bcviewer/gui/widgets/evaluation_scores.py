"""The scores as a compact table, each with its interval, one or two views side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from bcviewer.gui.style import GRID, caption_font, set_role, tabular_font
from bcviewer.gui.words import marked, tr
from bcviewer.model.bootstrap import Interval

PENDING: Final = "…"
NONE: Final = "–"

HELP: Final = {
    "balanced_accuracy": (
        marked("Balanced accuracy"),
        marked(
            "The mean of sensitivity and specificity: 0.5 is guessing, however many patches are IDC"
        ),
    ),
    "f1": (
        marked("F1 of IDC"),
        marked("The harmonic mean of precision and sensitivity for the class IDC"),
    ),
    "sensitivity": (marked("Sensitivity"), marked("The share of the IDC patches that is found")),
    "specificity": (
        marked("Specificity"),
        marked("The share of the other patches that is left alone"),
    ),
    "auc": (
        marked("AUC"),
        marked(
            "The chance that an IDC patch gets a higher probability than another patch: 0.5 is "
            "guessing. It does not depend on the threshold"
        ),
    ),
    "average_precision": (
        marked("Average precision"),
        marked(
            "Precision averaged over all sensitivities; guessing gives the share of IDC. It does "
            "not depend on the threshold"
        ),
    ),
    "accuracy": (
        marked("Accuracy"),
        marked("The share of all patches that is right; flattering where one class is rare"),
    ),
    "brier": (
        marked("Brier score"),
        marked("The mean squared distance of the probability from the truth: lower is better"),
    ),
    "calibration_error": (
        marked("Calibration error"),
        marked(
            "How far probabilities are from the share that is IDC, on average (ECE): lower is "
            "better"
        ),
    ),
}
"""Name and meaning of each score, from top to bottom."""

AT_THRESHOLD: Final = ("balanced_accuracy", "f1", "sensitivity", "specificity", "accuracy")
"""The scores that move with the threshold."""

NO_INTERVAL: Final = marked("An interval needs two patients or more.")
INTERVAL: Final = marked(
    "95 % interval: so far the score may be off, by a bootstrap over patients. Patches of one "
    "patient are alike, so patients are drawn, not patches."
)
HEAD_TIP: Final = marked(
    "Which probabilities, and the threshold that they are judged at. The view on screen is bold; "
    "its curves are drawn solid, those beside it dashed."
)
LEAST_ROW: Final = 16


@dataclass(frozen=True)
class Column:
    """What is shown of a view.

    Attributes:
        title: Its name, with its threshold.
        live: Whether it is the view on screen.
        scores: By name; NaN where one is not defined.
        intervals: By name; None, or without a name, while they are being counted.
    """

    title: str
    live: bool
    scores: Mapping[str, float]
    intervals: Mapping[str, Interval] | None


class ScoreTable(QWidget):
    """Names left, then for each view the value and its interval."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)
        self._heads: list[QLabel] = []
        self._values: list[dict[str, QLabel]] = []
        self._intervals: list[dict[str, QLabel]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID // 2)
        grid.setVerticalSpacing(0)
        for row, (marked_title, tip) in enumerate(HELP.values(), start=1):
            title = tr(marked_title)
            name = QLabel(title)
            name.setProperty("role", "muted")
            name.setToolTip(f"<b>{title}</b><br>{tr(tip)}.")
            grid.addWidget(name, row, 0)
            grid.setRowMinimumHeight(row, LEAST_ROW)
        for number in range(2):
            self._add_column(grid, number)
        grid.setRowStretch(len(HELP) + 1, 1)

    def _add_column(self, grid: QGridLayout, number: int) -> None:
        head = QLabel()
        head.setFont(caption_font())
        head.setToolTip(tr(HEAD_TIP))
        grid.addWidget(head, 0, 2 * number + 1, 1, 2, _LEFT)
        self._heads.append(head)
        values, intervals = {}, {}
        for row, (name, (marked_title, tip)) in enumerate(HELP.items(), start=1):
            title = tr(marked_title)
            value, interval = QLabel(), QLabel()
            value.setFont(tabular_font())
            value.setMinimumWidth(value.fontMetrics().horizontalAdvance("0.000") + 2 + GRID)
            value.setAlignment(_RIGHT)
            value.setAccessibleName(title)
            value.setToolTip(f"<b>{title}</b><br>{tr(tip)}.")
            interval.setFont(tabular_font(caption_font()))
            interval.setProperty("role", "caption")
            interval.setMinimumWidth(interval.fontMetrics().horizontalAdvance("0.000–0.000") + 6)
            interval.setToolTip(tr(INTERVAL))
            grid.addWidget(value, row, 2 * number + 1)
            grid.addWidget(interval, row, 2 * number + 2)
            values[name], intervals[name] = value, interval
        self._values.append(values)
        self._intervals.append(intervals)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show one or two views."""
        for number, head in enumerate(self._heads):
            column = columns[number] if number < len(columns) else None
            widgets = (
                head,
                *self._values[number].values(),
                *self._intervals[number].values(),
            )
            for widget in widgets:
                widget.setVisible(column is not None)
            if column is not None:
                self._show(number, column)

    def text(self, name: str, number: int = 0) -> tuple[str, str]:
        """Value and interval of a score as they are shown in a column."""
        return self._values[number][name].text(), self._intervals[number][name].text()

    def head(self, number: int = 0) -> str:
        """What stands over a column."""
        return self._heads[number].text() if self._heads[number].isVisibleTo(self) else ""

    def set_current(self, current: bool) -> None:
        """Show whether the figures hold, or are being counted again."""
        self.setEnabled(current)

    def _show(self, number: int, column: Column) -> None:
        words = f"<b>{column.title}</b>" if column.live else column.title
        self._heads[number].setText(words)
        set_role(self._heads[number], "" if column.live else "muted")
        for name, value in self._values[number].items():
            value.setText(_figure(column.scores.get(name, math.nan)))
            interval = self._intervals[number][name]
            found = None if column.intervals is None else column.intervals.get(name)
            interval.setText(_interval(found))
            missing = found is not None and math.isnan(found[0])
            interval.setToolTip(tr(NO_INTERVAL) if missing else tr(INTERVAL))


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _figure(value: float) -> str:
    return NONE if math.isnan(value) else f"{value:.3f}"


def _interval(found: Interval | None) -> str:
    if found is None:
        return PENDING
    return "" if math.isnan(found[0]) else f"{found[0]:.3f}–{found[1]:.3f}"
