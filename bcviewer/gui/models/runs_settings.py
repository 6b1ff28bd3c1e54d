"""The settings of a few runs side by side: a row a setting, a column a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QIcon

from bcviewer.gui.models.run_table import UNKNOWN, model_title
from bcviewer.gui.style import Tokens, caption_font, tabular_font
from bcviewer.gui.words import marked, tr
from bcviewer.model.job import TrainingJob
from bcviewer.model.runs import RunRecord
from bcviewer.model.start_model import weights_name

Index = QModelIndex | QPersistentModelIndex

NOT_SETTINGS = ("kind", "version", "folder", "workspace", "run", "model", "split", "labels")
TITLES = {
    "alpha": marked("Width"),
    "weights": marked("Start weights"),
    "steps_per_epoch": marked("Steps an epoch"),
    "learning_rate": marked("Learning rate"),
}
PARTS_ORDER = marked("of training / validation / test")
PATIENTS = marked("Patients")
WORDS: dict[object, str] = {True: marked("yes"), False: marked("no")}


class RunsSettings(QAbstractTableModel):
    """Settings that differ come first and stand out; without a second run none differs."""

    def __init__(self, tokens: Tokens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[RunRecord, ...] = ()
        self._rows: list[tuple[str, list[str]]] = []
        self._marks: dict[Path, QIcon] = {}
        self._tokens = tokens

    def show_runs(self, runs: Sequence[RunRecord], marks: dict[Path, QIcon]) -> None:
        """Show the settings of these runs, with the pictures of their lines."""
        self.beginResetModel()
        self._runs, self._marks = tuple(runs), marks
        words = [settings_words(run) for run in runs]
        titles = list(dict.fromkeys(title for each in words for title in each))
        rows = [(title, [each.get(title, "") for each in words]) for title in titles]
        self._rows = sorted(rows, key=lambda row: not _differ(row[1]))
        self.endResetModel()

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self.beginResetModel()
        self._tokens = tokens
        self.endResetModel()

    def differing(self) -> list[str]:
        """The settings in which the runs differ."""
        return [title for title, values in self._rows if _differ(values)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not self._runs else 1 + len(self._runs)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section > len(self._runs):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if section == 0:
            return tr("Setting") if role == Qt.ItemDataRole.DisplayRole else None
        record = self._runs[section - 1]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return record.short_name
        if role == Qt.ItemDataRole.DecorationRole:
            return self._marks.get(record.path)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        title, values = self._rows[index.row()]
        text = (values[index.column() - 1] or UNKNOWN) if index.column() else title
        differ = _differ(values)
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{text}\n{tr(PARTS_ORDER)}" if title == tr(PATIENTS) else text
        if role == Qt.ItemDataRole.FontRole:
            return _font(bold=differ) if index.column() else caption_font()
        if role == Qt.ItemDataRole.BackgroundRole and differ:
            return QColor(self._tokens.accent_soft)
        if role == Qt.ItemDataRole.ForegroundRole and not differ and not index.column():
            return QColor(self._tokens.muted)
        return None


def settings_words(run: RunRecord) -> dict[str, str]:
    """The settings of a run by their titles, in words; empty when its job cannot be read."""
    if run.job is None:
        return {}
    parts = [str(count) for count in run.patients.values()]
    words = {
        tr("Model"): model_title(run),
        tr("Split"): tr(run.split_title) or UNKNOWN,
        tr(PATIENTS): "/".join(parts) or UNKNOWN,
    }
    for name in TrainingJob.model_fields:
        if name not in NOT_SETTINGS:
            title = tr(TITLES.get(name, name.replace("_", " ").capitalize()))
            words[title] = _word(run.job, name)
    return {**words, tr("Computed on"): run.device or UNKNOWN}


def _word(job: TrainingJob, name: str) -> str:
    value = getattr(job, name)
    if name == "weights":
        trained_from_nothing = job.model == "simple_cnn" and value in ("imagenet", "none")
        return UNKNOWN if trained_from_nothing else weights_name(value)
    if name == "learning_rate":
        return f"{job.peak_learning_rate:g}"
    if name == "steps_per_epoch" and value is None:
        return tr("all patches")
    if isinstance(value, bool):
        return tr(WORDS[value])
    return UNKNOWN if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def _differ(values: list[str]) -> bool:
    # What a run whose job cannot be read was asked is not known, so it differs from nothing.
    return len(set(values) - {""}) > 1


def _font(*, bold: bool) -> QFont:
    font = tabular_font()
    font.setBold(bold)
    return font
