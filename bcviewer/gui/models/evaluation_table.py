"""How well a model does patient by patient, as a table sorted in numpy, the worst first."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QObject, Qt

from bcviewer.evaluation.per_patient import PatientTable
from bcviewer.gui.models.column_table import ColumnTable, Index
from bcviewer.gui.style import tabular_font
from bcviewer.gui.words import marked, tr

COLUMNS: Final = (
    marked("Patient"),
    marked("Role"),
    marked("Patches"),
    marked("IDC"),
    marked("Predicted"),
    marked("Off by"),
    marked("Bal. acc."),
    marked("Accuracy"),
    marked("AUC"),
    marked("Missed"),
    marked("Alarms"),
)
(PATIENT, ROLE, PATCHES, IDC, PREDICTED, OFF, BALANCED, ACCURACY, AUC, MISSED, ALARMS) = range(
    len(COLUMNS)
)
HELP: Final = (
    marked("The patient's id; click a row to open it"),
    marked("What the patient was for the model"),
    marked("Patches with a label and a prediction"),
    marked("Share of these patches that is labelled IDC"),
    marked("Share that is predicted IDC at the threshold"),
    marked("Predicted share less labelled share, in percentage points"),
    marked(
        "Mean of sensitivity and specificity; a dash where one class is missing, which is sorted "
        "by its accuracy"
    ),
    marked("Share of the patches that is right"),
    marked("Area under the patient's own ROC curve; a dash where one class is missing"),
    marked("IDC patches that the model does not find"),
    marked("Other patches that the model calls IDC"),
)
LEFT_ALIGNED: Final = (PATIENT, ROLE)
ROLE_ROLE: Final = Qt.ItemDataRole.UserRole
"""The role of the patient, for the badge."""


class EvaluationTable(ColumnTable):
    """A row a patient; it stays sorted as it is when the figures change.

    By balanced accuracy, as at first, the worst stand first, patients of one class by their
    accuracy.
    """

    HEADS = COLUMNS
    TIPS = HELP
    NUMBERS = range(PATCHES, len(COLUMNS))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: PatientTable | None = None
        self._roles: tuple[str, ...] = ()
        self._order: NDArray[np.int64] = np.empty(0, np.int64)
        self._sorted_by, self._descending = BALANCED, False
        self._figures = tabular_font()

    def show_table(self, table: PatientTable | None, roles: tuple[str, ...]) -> None:
        """Show other figures.

        Args:
            table: The figures; None for none.
            roles: What each patient of the table was for the model.
        """
        same = (
            table is not None
            and self._table is not None
            and table.names == self._table.names
            and roles == self._roles
        )
        if not same:
            self.beginResetModel()
        self._table, self._roles = table, roles
        if same:
            self._arrange()
        else:
            self._order = self._sorted()
            self.endResetModel()

    def patient(self, row: int) -> str:
        """The patient of a row."""
        assert self._table is not None
        return self._table.names[int(self._order[row])]

    def row_of(self, patient: str) -> int:
        """The row of a patient, -1 when it is not here."""
        if self._table is None or patient not in self._table.names:
            return -1
        place = self._table.names.index(patient)
        return int(np.flatnonzero(self._order == place)[0])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by balanced accuracy it is that of the worst first."""
        self._sorted_by, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._order)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._table is None:
            return None
        place, column = int(self._order[index.row()]), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(place, column)
        if role == ROLE_ROLE:
            return self._roles[place]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(column)
        if role == Qt.ItemDataRole.FontRole and column not in LEFT_ALIGNED:
            return self._figures
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{self._table.names[place]}: {tr(HELP[column])}"
        return None

    def head(self, column: int) -> str:
        """The name of a column, with a sign where the rows are sorted by it."""
        sign = "▾" if self._descending else "▴"
        name = super().head(column)
        return f"{sign} {name}" if column == self._sorted_by else name

    def _text(self, place: int, column: int) -> str:
        assert self._table is not None
        if column == PATIENT:
            return self._table.names[place]
        if column == ROLE:
            return tr(self._roles[place])
        value = float(self._values(column)[place])
        if np.isnan(value):
            return "–"
        if column in (PATCHES, MISSED, ALARMS):
            return f"{value:,.0f}"
        if column in (IDC, PREDICTED):
            return f"{100 * value:.1f} %"
        if column == OFF:
            return f"{100 * value:+.1f}".replace("-", "−")
        return f"{value:.3f}"

    def _values(self, column: int) -> NDArray[Any]:
        table = self._table
        assert table is not None
        if column == OFF:
            return table.idc_share_predicted - table.idc_share_true
        return {
            PATCHES: table.patches,
            IDC: table.idc_share_true,
            PREDICTED: table.idc_share_predicted,
            BALANCED: table.balanced_accuracy,
            ACCURACY: table.accuracy,
            AUC: table.auc,
            MISSED: table.fn,
            ALARMS: table.fp,
        }[column]

    def _sorted(self) -> NDArray[np.int64]:
        """int64[m]: the patients in the order that is asked for, what is not known at the end."""
        table = self._table
        if table is None:
            return np.empty(0, np.int64)
        column = self._sorted_by
        if column == BALANCED:
            order = np.asarray(table.worst_first, np.int64)
            return order[::-1].copy() if self._descending else order
        if column in LEFT_ALIGNED:
            # Ids are mostly numbers: 8975 stands before 10253.
            named = [name.zfill(20) if name.isdigit() else name for name in table.names]
            keys: NDArray[Any] = np.array(named if column == PATIENT else self._roles)
            order = np.argsort(keys, kind="stable")
            return order[::-1].copy() if self._descending else order
        values = np.asarray(self._values(column), np.float64)
        return np.argsort(-values if self._descending else values, kind="stable")

    def _arrange(self) -> None:
        """Bring the rows into their order; what is selected stays with its patient."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = [int(self._order[index.row()]) for index in before]
        self._order = self._sorted()
        row_of = {int(place): row for row, place in enumerate(self._order)}
        self.changePersistentIndexList(
            before,
            [
                self.index(row_of[place], index.column())
                for place, index in zip(places, before, strict=True)
            ],
        )
        self.layoutChanged.emit()
