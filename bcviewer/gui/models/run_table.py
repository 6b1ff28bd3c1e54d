"""The runs as a table: name, date, model, split, epochs, scores with their patients, state."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon

from bcviewer.gui.models.column_table import ColumnTable, Index
from bcviewer.gui.style import Tokens, tabular_font
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.runs_worker import RunCurve
from bcviewer.model.catalog import architecture
from bcviewer.model.runs import RunRecord

COLUMNS = (
    marked("Run"),
    marked("State"),
    marked("Started"),
    marked("Model"),
    marked("Split"),
    marked("Epochs"),
    marked("Bal. acc."),
    marked("AUC"),
    marked("Patients"),
)
NAME, STATE, STARTED, MODEL, SPLIT, EPOCHS, BALANCED, AUC, PATIENTS = range(len(COLUMNS))
HELP = (
    marked("The run's name; F2 changes it"),
    marked("How the training ended"),
    marked("When the training was started"),
    marked("The network that was trained"),
    marked("How patients were divided; scores of a patch-wise split are optimistic"),
    marked("Epochs done, of those asked for"),
    marked("Balanced accuracy in validation at the best epoch, at a threshold of 0.5"),
    marked("Area under the ROC curve in validation at the best epoch"),
    marked("Patients of the validation part, that the scores were measured on"),
)
FIGURES = (EPOCHS, BALANCED, AUC, PATIENTS)
SORT_ROLE = Qt.ItemDataRole.UserRole
UNKNOWN = "–"
OPTIMISTIC = "optimistic"
UNREADABLE = marked("unreadable")


class RunTable(ColumnTable):
    """The runs of a workspace, one row each, the newest first."""

    HEADS = COLUMNS
    TIPS = HELP
    NUMBERS = FIGURES

    rename_wanted = Signal(str, str)
    """The user typed a name for the run of this folder."""

    def __init__(self, tokens: Tokens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[RunCurve, ...] = ()
        self._marks: dict[Path, QIcon] = {}
        self._tokens = tokens
        self._figures = tabular_font()

    def show_runs(self, runs: Sequence[RunCurve]) -> None:
        """Show these runs."""
        self.beginResetModel()
        self._runs = tuple(runs)
        self.endResetModel()

    def show_marks(self, marks: dict[Path, QIcon]) -> None:
        """Set the pictures of the lines that some runs are drawn with, by their folder."""
        self._marks = marks
        self._changed(NAME)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self._tokens = tokens
        for column in (SPLIT, STATE, BALANCED, AUC):
            self._changed(column)

    @property
    def runs(self) -> tuple[RunCurve, ...]:
        """All runs, in the order of the rows."""
        return self._runs

    def run(self, row: int) -> RunCurve:
        """The run of a row of this model."""
        return self._runs[row]

    def row_of(self, path: Path) -> int:
        """The row of the run of a folder, -1 when it is not here."""
        found = (row for row, run in enumerate(self._runs) if run.record.path == path)
        return next(found, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._runs)

    def flags(self, index: Index) -> Qt.ItemFlag:
        named = index.isValid() and index.column() == NAME
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if named else Qt.ItemFlag(0))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or index.column() != NAME or role != Qt.ItemDataRole.EditRole:
            return False
        record = self._runs[index.row()].record
        if str(value) != record.short_name:
            self.rename_wanted.emit(str(record.path), str(value))
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = index.column()
        record = self._runs[index.row()].record
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(record, column)
        if role == Qt.ItemDataRole.EditRole and column == NAME:
            return record.short_name
        if role == SORT_ROLE:
            return _sort_key(record, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _help(record, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(column)
        if role == Qt.ItemDataRole.FontRole and column in (STARTED, *FIGURES):
            return self._figures
        if role == Qt.ItemDataRole.DecorationRole and column == NAME:
            return self._marks.get(record.path)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(record, column)
        return None

    def _colour(self, record: RunRecord, column: int) -> QColor | None:
        tokens = self._tokens
        if column in (SPLIT, BALANCED, AUC) and OPTIMISTIC in record.split_title:
            return QColor(tokens.warn)
        if column != STATE:
            return None
        if record.problem:
            return QColor(tokens.danger)
        colours = {"failed": tokens.danger, "interrupted": tokens.warn, "running": tokens.accent}
        return QColor(colours[record.state]) if record.state in colours else None

    def _changed(self, column: int) -> None:
        if self._runs:
            self.dataChanged.emit(self.index(0, column), self.index(len(self._runs) - 1, column))


class RunOrder(QSortFilterProxyModel):
    """Sorts the runs by any column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT_ROLE)
        self.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)


def model_title(record: RunRecord) -> str:
    """The network of a run by its title; "" when its job cannot be read."""
    return architecture(record.job.model).title if record.job else ""


def _text(record: RunRecord, column: int) -> str:
    if column == NAME:
        return record.short_name
    if column == STARTED:
        return f"{record.started:%d %b %H:%M}"
    if column == EPOCHS:
        asked = f"/{record.epochs}" if record.epochs else ""
        return f"{record.epochs_done}{asked}" if asked or record.epochs_done else UNKNOWN
    if column in (BALANCED, AUC):
        score = _sort_key(record, column)
        return f"{score:.3f}" if isinstance(score, float) and score >= 0 else UNKNOWN
    if column == PATIENTS:
        return str(record.patients.get("validation", UNKNOWN))
    if column == SPLIT:
        return tr(record.split_title) or UNKNOWN
    return tr(str(_sort_key(record, column))) or UNKNOWN


def _sort_key(record: RunRecord, column: int) -> str | int | float:
    if column == NAME:
        return record.short_name
    if column == STARTED:
        return record.started.timestamp()
    if column == MODEL:
        return model_title(record)
    if column == SPLIT:
        return record.split_title.split(" (")[0]
    if column == EPOCHS:
        return record.epochs_done
    if column in (BALANCED, AUC):
        score = record.best.get("auc" if column == AUC else "balanced_accuracy", math.nan)
        return score if math.isfinite(score) else -1.0
    if column == PATIENTS:
        return record.patients.get("validation", -1)
    return UNREADABLE if record.problem else record.state


def _help(record: RunRecord, column: int) -> str | None:
    if column == NAME:
        return f"{record.name}\n{record.path}"
    if column == STARTED:
        return f"{record.started:%d %B %Y, %H:%M:%S}"
    if column == SPLIT:
        return tr("Split {split}", split=tr(record.split_title)) if record.split_title else None
    if column in (BALANCED, AUC) and record.best_epoch:
        return tr(
            "At epoch {epoch}, the best; split {split}",
            epoch=record.best_epoch,
            split=tr(record.split_title),
        )
    if column == STATE:
        return record.problem or record.message or None
    return None
