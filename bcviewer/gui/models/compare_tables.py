"""A comparison of two models as tables: scores with their difference, and disagreements."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QModelIndex, QObject, Qt

from bcviewer.evaluation.comparison import Difference
from bcviewer.evaluation.model_comparison import ModelComparison
from bcviewer.evaluation.report_words import in_order, score_meaning, score_title
from bcviewer.gui.models.column_table import ColumnTable, Index
from bcviewer.gui.style import body_font, tabular_font
from bcviewer.gui.words import marked, tr

SCORE_HEADS: Final = (
    marked("Score"),
    marked("Model 1"),
    marked("Model 2"),
    marked("2 less 1"),
    marked("95 % interval"),
    marked("Better"),
)
NAME, FIRST, SECOND, DIFFERENCE, INTERVAL, BETTER = range(len(SCORE_HEADS))
SCORE_TIPS: Final = (
    "",
    "",
    "",
    marked("The second model's score less the first's, on the same patches"),
    marked(
        "Of the difference, from a bootstrap over patients: both models are judged on the same "
        "resampled patients. An interval that holds 0 tells of no difference"
    ),
    marked("The model that the difference speaks for; empty where it may be chance"),
)
PATCH_HEADS: Final = (
    marked("Patient"),
    "x",
    "y",
    marked("Label"),
    marked("Model 1"),
    marked("Model 2"),
    marked("Right"),
)
PATCH_TIPS: Final = (
    marked("Click a row to see the patch in its tissue"),
    marked("Left edge in slide pixels"),
    marked("Top edge in slide pixels"),
    marked("What the patch was judged by"),
    marked("Probability of IDC by the first model"),
    marked("Probability of IDC by the second model"),
    marked("The model that agrees with the label"),
)
PATCH_NUMBERS: Final = (1, 2, 4, 5)
NOTHING: Final = "–"


class CompareScores(ColumnTable):
    """A row a score, then threshold, parameters and speed."""

    HEADS = SCORE_HEADS
    TIPS = SCORE_TIPS
    NUMBERS = range(1, len(SCORE_HEADS))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, ...]] = []
        self._tips: list[str] = []
        self._names: tuple[str, str] = ("", "")

    def show_comparison(self, found: ModelComparison | None) -> None:
        """Show a comparison, or none."""
        self.beginResetModel()
        self._rows, self._tips = [], []
        if found is not None:
            self._names = found.names
            for name in in_order(list(found.compared.differences)):
                self._rows.append(_score_row(found, name))
                self._tips.append(score_meaning(name))
            for row, tip in _other_rows(found):
                self._rows.append(row)
                self._tips.append(tip)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def tip(self, column: int) -> str | None:
        """For the columns of the two models their whole names."""
        model = column in (FIRST, SECOND)
        return self._names[column - FIRST] if model else super().tip(column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tips[index.row()] or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.FontRole:
            return _font(strong=bool(row[BETTER]) and index.column() in (DIFFERENCE, BETTER))
        return None


class DisagreementTable(ColumnTable):
    """The patches that one model predicts IDC and the other does not, the strongest first."""

    HEADS = PATCH_HEADS
    TIPS = PATCH_TIPS
    NUMBERS = PATCH_NUMBERS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: ModelComparison | None = None

    def show_comparison(self, found: ModelComparison | None) -> None:
        """Show the disagreements of a comparison, or none."""
        self.beginResetModel()
        self._found = found
        self.endResetModel()

    def row_of_data(self, place: int) -> int:
        """The row of the data set that stands at a place."""
        assert self._found is not None
        return int(self._found.compared.disagreement.rows[place])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if parent.isValid() or self._found is None:
            return 0
        return len(self._found.compared.disagreement)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._found is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _patch_row(self._found, index.row())[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(PATCH_TIPS[0])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        return tabular_font() if role == Qt.ItemDataRole.FontRole else None


def _score_row(found: ModelComparison, name: str) -> tuple[str, ...]:
    one, other = found.compared.evaluations
    difference = found.compared.differences[name]
    return (
        tr(score_title(name)),
        _figure(one.scores[name]),
        _figure(other.scores[name]),
        _signed(difference.value),
        _interval(difference),
        ("", tr("model 1"), tr("model 2"))[difference.favours(name)],
    )


def _other_rows(found: ModelComparison) -> list[tuple[tuple[str, ...], str]]:
    one, other = found.compared.evaluations
    first, second = found.costs
    return [
        (
            (tr("Threshold"), _figure(one.threshold), _figure(other.threshold), "", "", ""),
            tr("Each model is judged at its own threshold"),
        ),
        (
            (tr("Parameters"), f"{first.parameters:,}", f"{second.parameters:,}", "", "", ""),
            tr("Numbers that the network has learned"),
        ),
        (
            (
                tr("Patches/s"),
                *(_speed(cost.patches_per_second) for cost in found.costs),
                "",
                "",
                "",
            ),
            tr("Measured here on a few hundred patches, in turns; reading of pictures not counted"),
        ),
    ]


def _patch_row(found: ModelComparison, place: int) -> tuple[str, ...]:
    dataset, differ = found.dataset, found.compared.disagreement
    row = int(differ.rows[place])
    return (
        dataset.patients[int(dataset.patient_index[row])],
        f"{int(dataset.x[row]):,}",
        f"{int(dataset.y[row]):,}",
        tr("IDC") if differ.labels[place] == 1 else tr("not IDC"),
        f"{float(differ.probabilities[0, place]):.2f}",
        f"{float(differ.probabilities[1, place]):.2f}",
        tr("model 2") if differ.second_right[place] else tr("model 1"),
    )


def _figure(value: float) -> str:
    return f"{value:.3f}" if math.isfinite(value) else NOTHING


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−") if math.isfinite(value) else NOTHING


def _interval(difference: Difference) -> str:
    if not np.isfinite(difference.low):
        return ""
    return tr("{low} to {high}", low=_signed(difference.low), high=_signed(difference.high))


def _speed(value: float) -> str:
    return f"{value:,.0f}" if math.isfinite(value) else NOTHING


def _font(*, strong: bool) -> Any:
    font = tabular_font(body_font())
    font.setBold(strong)
    return font
