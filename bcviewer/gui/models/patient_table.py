"""The patients as a table: id, patches, share of IDC, part in the training, predicted share."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QPixmap

from bcviewer.dataset.dataset import Dataset
from bcviewer.gui.models.column_table import ColumnTable, Index
from bcviewer.gui.style import tabular_font
from bcviewer.gui.words import marked, tr, tr_count

COLUMNS = (
    marked("Patient"),
    marked("Patches"),
    marked("IDC"),
    marked("Predicted"),
    marked("Part"),
    marked("Fixed"),
)
PATIENT, PATCHES, IDC, PREDICTED, PART, CORRECTED = range(len(COLUMNS))
HELP = (
    marked("The patient's id"),
    marked("Number of patches"),
    marked("Share of patches labelled IDC"),
    marked("Share of patches that the model predicts IDC at the threshold; empty until predicted"),
    marked("The patient's part in the training of the model in use"),
    marked("Number of patches that readers corrected, or left out as unsure or excluded"),
)
SORT_ROLE = Qt.ItemDataRole.UserRole
PARTS = {
    "TRAIN": marked("train"),
    "VALIDATION": marked("validation"),
    "HELD OUT": marked("held out"),
    "UNKNOWN": marked("unknown"),
    "": "–",
}


class PatientTable(ColumnTable):
    """The patients of a data set, one row each, in the order of the data set."""

    HEADS = COLUMNS
    TIPS = HELP
    NUMBERS = (PATCHES, IDC, PREDICTED, CORRECTED)

    thumbnail_wanted = Signal(str)
    """A row without a thumbnail is on screen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._roles: list[str] = []
        self._predicted: NDArray[np.float64] = np.empty(0)
        self._corrected: NDArray[np.int64] = np.empty(0, np.int64)
        self._thumbnails: dict[str, QPixmap] = {}
        self._wanted: set[str] = set()
        self._figures = tabular_font()

    def show_dataset(self, dataset: Dataset | None) -> None:
        """Show the patients of a data set."""
        self.beginResetModel()
        self._dataset = dataset
        count = len(dataset.patients) if dataset else 0
        self._roles = [""] * count
        self._predicted = np.full(count, np.nan)
        self._corrected = np.zeros(count, np.int64)
        self._thumbnails.clear()
        self._wanted.clear()
        self.endResetModel()

    def show_roles(self, roles: list[str]) -> None:
        """Set the part of each patient in the training of the model in use."""
        self._roles = roles
        self._column_changed(PART)

    def show_predictions(self, predictions: NDArray[np.float32], threshold: float) -> None:
        """Set the predicted shares from the probabilities of all patches (NaN where none)."""
        if self._dataset is None or not len(predictions):
            return
        self._predicted = predicted_shares(self._dataset, predictions, threshold)
        self._column_changed(PREDICTED)

    def show_corrected(self, corrected: NDArray[np.bool_] | None) -> None:
        """Set which patches readers gave another label than the original; None for none."""
        if self._dataset is None:
            return
        counts = np.zeros(len(self._dataset.patients), np.int64)
        if corrected is not None and len(corrected) == len(self._dataset):
            counts = np.add.reduceat(corrected, self._dataset.starts[:-1], dtype=np.int64)
        if not np.array_equal(counts, self._corrected):
            self._corrected = counts
            self._column_changed(CORRECTED)

    def add_thumbnail(self, patient: str, picture: QPixmap) -> None:
        """Show a patient's thumbnail."""
        if self._dataset is None or patient not in self._dataset.patients:
            return
        self._thumbnails[patient] = picture
        index = self.index(self._dataset.patient_number(patient), PATIENT)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])

    def patient(self, row: int) -> str:
        """The patient of a row of this model."""
        return self._dataset.patients[row] if self._dataset is not None else ""

    def part(self, row: int) -> str:
        """The part of a row's patient in the training of the model in use, in words."""
        return tr(PARTS[self._roles[row]])

    def row_of(self, patient: str) -> int:
        """The row of a patient, -1 when it is not here."""
        if self._dataset is None or patient not in self._dataset.patients:
            return -1
        return self._dataset.patient_number(patient)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._dataset is None else len(self._dataset.patients)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._dataset is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == SORT_ROLE:
            return self._sort_key(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(column)
        if role == Qt.ItemDataRole.FontRole and column != PATIENT:
            return self._figures
        if role == Qt.ItemDataRole.ToolTipRole and self._corrected[row]:
            return tr_count(
                self._corrected[row],
                "{patient}: 1 patch corrected or left out",
                "{patient}: {count:,} patches corrected or left out",
                patient=self.patient(row),
            )
        if role == Qt.ItemDataRole.DecorationRole and column == PATIENT:
            return self._thumbnail(row)
        return None

    def _text(self, row: int, column: int) -> str:
        if column == PATIENT:
            return self.patient(row)
        key = self._sort_key(row, column)
        if column == PATCHES:
            return f"{key:,}"
        if column == IDC:
            return f"{100 * float(key):.0f} %"
        if column == PREDICTED:
            return f"{100 * float(key):.0f} %" if float(key) >= 0 else ""
        if column == CORRECTED:
            return f"{key:,}" if key else ""
        return str(key)

    def _sort_key(self, row: int, column: int) -> str | int | float:
        assert self._dataset is not None
        patient = self._dataset.patients[row]
        if column == PATIENT:
            # Ids are mostly numbers: 8975 stands before 10253.
            return patient.zfill(20) if patient.isdigit() else patient
        if column == PATCHES:
            return int(self._dataset.starts[row + 1] - self._dataset.starts[row])
        if column == IDC:
            return self._dataset.idc_share(patient)
        if column == PREDICTED:
            share = float(self._predicted[row])
            return share if np.isfinite(share) else -1.0
        if column == CORRECTED:
            return int(self._corrected[row])
        return self.part(row)

    def _thumbnail(self, row: int) -> QPixmap | None:
        patient = self.patient(row)
        if patient not in self._thumbnails and patient not in self._wanted:
            self._wanted.add(patient)
            self.thumbnail_wanted.emit(patient)
        return self._thumbnails.get(patient)

    def _column_changed(self, column: int) -> None:
        if self.rowCount():
            last = self.index(self.rowCount() - 1, column)
            self.dataChanged.emit(self.index(0, column), last)


class PatientFilter(QSortFilterProxyModel):
    """Sorts the patients by any column, and shows those whose id and part are asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._part = ""
        self.setSortRole(SORT_ROLE)

    def show_only(self, text: str, part: str) -> None:
        """Show patients whose id holds ``text``, of a part in the training ("" for all)."""
        self.beginFilterChange()
        self._text, self._part = text.strip().casefold(), part
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        # Asked for each row whenever a column changes, so not by way of indices and their data.
        model = self.sourceModel()
        if not isinstance(model, PatientTable):
            return True
        part = self._part in ("", model.part(source_row))
        return part and self._text in model.patient(source_row).casefold()


def predicted_shares(
    dataset: Dataset, predictions: NDArray[np.float32], threshold: float
) -> NDArray[np.float64]:
    """float64[P]: share of each patient's predicted patches at or above the threshold, or NaN."""
    known = np.isfinite(predictions)
    above = predictions >= threshold  # NaN is not
    starts = dataset.starts[:-1]
    with np.errstate(invalid="ignore"):
        shares: NDArray[np.float64] = np.add.reduceat(above, starts, dtype=np.float64)
        shares /= np.add.reduceat(known, starts, dtype=np.float64)
    return shares
