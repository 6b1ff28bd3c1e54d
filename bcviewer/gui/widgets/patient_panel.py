"""The list of patients: filter above, sortable table below, a hint while there is none."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.models.patient_table import (
    CORRECTED,
    IDC,
    PART,
    PARTS,
    PATCHES,
    PATIENT,
    PREDICTED,
    PatientFilter,
    PatientTable,
)
from bcviewer.gui.session import Session
from bcviewer.gui.style import GRID
from bcviewer.gui.words import marked, tr, tr_count

THUMBNAIL = QSize(44, 33)
ROW_HEIGHT = 38
CELL_PADDING = 16
ID = "00000"
"""An id of the data set: so much of the first column is to be read, beside its thumbnail."""

LEAST_NEEDED = (CORRECTED, PATCHES, IDC)
"""The columns that go where there is no room for all of them, in this order."""

WIDEST = {
    PATCHES: marked("Patches"),
    IDC: "100 %",
    PREDICTED: "Predict",
    PART: marked("validation"),
    CORRECTED: marked("Fixed"),
}
"""The widest text of each column of figures, which makes its width; the id has the rest."""


class PatientPanel(QWidget):
    """Shows the patients of the session's data set; choosing one opens its slide."""

    thumbnail_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._labelled = False
        self._widths: dict[int, int] = {}
        self._table = PatientTable(self)
        self._filter = PatientFilter(self)
        self._create()
        self._lay_out()
        self._connect()
        self._show_data()

    def add_thumbnail(self, patient: str, picture: QPixmap) -> None:
        """Show a patient's thumbnail."""
        self._table.add_thumbnail(patient, picture)

    def choose_first(self) -> None:
        """Open the slide of the patient that stands first."""
        if self._filter.rowCount():
            self._view.setCurrentIndex(self._filter.index(0, PATIENT))

    def step(self, rows: int) -> None:
        """Go to the next patient (1) or the one before (-1)."""
        row = self._view.currentIndex().row() + rows
        if 0 <= row < self._filter.rowCount():
            self._view.setCurrentIndex(self._filter.index(row, PATIENT))

    def _create(self) -> None:
        self._search = QLineEdit(placeholderText=tr("Find a patient"), clearButtonEnabled=True)
        self._search.setAccessibleName(tr("Find a patient by id"))
        self._part = QComboBox()
        self._part.setAccessibleName(tr("Show patients of one part of the training only"))
        self._part.addItem(tr("All parts"), "")
        for role, part in PARTS.items():
            if role:
                shown = tr(part)
                self._part.addItem(shown[:1].upper() + shown[1:], shown)
        self._filter.setSourceModel(self._table)
        self._view = QTableView()
        self._view.setModel(self._filter)
        self._view.setAccessibleName(tr("Patients"))
        self._view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._view.setSortingEnabled(True)
        self._view.sortByColumn(PATIENT, Qt.SortOrder.AscendingOrder)
        self._view.setShowGrid(False)
        self._view.setAlternatingRowColors(False)
        self._view.setWordWrap(False)
        self._view.setIconSize(THUMBNAIL)
        self._view.setFrameShape(QTableView.Shape.NoFrame)
        self._view.setTabKeyNavigation(False)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.verticalHeader().hide()
        self._view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        head = self._view.horizontalHeader()
        head.setMinimumSectionSize(40)
        for column, sample in WIDEST.items():
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            width = self.fontMetrics().horizontalAdvance(tr(sample)) + CELL_PADDING
            self._widths[column] = width
            head.resizeSection(column, width)
        head.setSectionResizeMode(PATIENT, QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        self._hint = QLabel(tr("Open a folder of patients, or the demo: they are listed here."))
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count = QLabel()
        self._count.setProperty("role", "caption")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self._search, 1)
        top.addWidget(self._part)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self._view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID, GRID, GRID, GRID)
        whole.setSpacing(GRID)
        whole.addLayout(top)
        whole.addLayout(self._stack, 1)
        whole.addWidget(self._count)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._apply_filter)
        self._part.currentIndexChanged.connect(self._apply_filter)
        self._view.selectionModel().currentRowChanged.connect(self._choose)
        self._table.thumbnail_wanted.connect(self.thumbnail_wanted)
        session = self._session
        session.data_changed.connect(self._show_data)
        session.patient_chosen.connect(self._show_choice)
        session.model_changed.connect(self._show_roles)
        session.predictions_changed.connect(self._show_predictions)
        session.layers_changed.connect(self._show_predictions)
        session.labels_changed.connect(self._show_labelled)

    @Slot()
    def _show_data(self) -> None:
        dataset = self._session.dataset
        self._table.show_dataset(dataset)
        self._stack.setCurrentIndex(0 if dataset is None else 1)
        for widget in (self._search, self._part):
            widget.setEnabled(dataset is not None)
        self._show_roles()
        self._show_predictions()
        self._show_labelled()
        self._show_count()

    @Slot()
    def _show_roles(self) -> None:
        dataset = self._session.dataset
        if dataset is not None:
            self._table.show_roles([self._session.role(patient) for patient in dataset.patients])
        self._part.setVisible(self._session.model is not None)
        self._fit_columns()

    @Slot()
    def _show_predictions(self) -> None:
        session = self._session
        self._table.show_predictions(session.shown_predictions(), session.shown_thresholds[1])

    @Slot()
    def _show_labelled(self) -> None:
        labels = self._session.labels
        counts = None if labels is None else labels.corrected | (labels.labels > 1)
        self._table.show_corrected(counts)
        self._labelled = labels is not None and bool((labels.labels >= 0).any())
        self._fit_columns()

    def _fit_columns(self) -> None:
        """The ids come first: beside them the figures stand for which there is room."""
        modelled = self._session.model is not None
        wanted = {PATCHES, IDC}
        wanted |= {PREDICTED, PART} if modelled else set()
        wanted |= {CORRECTED} if self._labelled else set()
        beside = 2 * GRID + self._view.verticalScrollBar().sizeHint().width() + CELL_PADDING
        least = THUMBNAIL.width() + self.fontMetrics().horizontalAdvance(ID)
        room = self.width() - beside - least - sum(self._widths[column] for column in wanted)
        for column in LEAST_NEEDED:
            if room < 0 and column in wanted:
                wanted.remove(column)
                room += self._widths[column]
        for column in self._widths:
            self._view.setColumnHidden(column, column not in wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    @Slot()
    def _apply_filter(self) -> None:
        self._filter.show_only(self._search.text(), str(self._part.currentData()))
        self._show_count()

    def _show_count(self) -> None:
        dataset = self._session.dataset
        if dataset is None:
            self._count.clear()
            return
        shown, total = self._filter.rowCount(), len(dataset.patients)
        patients = (
            tr_count(total, "1 patient", "{count:,} patients")
            if shown == total
            else tr("{shown:,} of {total:,} patients", shown=shown, total=total)
        )
        self._count.setText(
            tr(
                "{patients}, {patches}",
                patients=patients,
                patches=tr_count(len(dataset), "1 patch", "{count:,} patches"),
            )
        )

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            row = self._filter.mapToSource(current).row()
            self._session.choose_patient(self._table.patient(row))

    @Slot(str)
    def _show_choice(self, patient: str) -> None:
        source = self._table.index(self._table.row_of(patient), PATIENT)
        index = self._filter.mapFromSource(source)
        if index.isValid() and index.row() != self._view.currentIndex().row():
            self._view.setCurrentIndex(index)
