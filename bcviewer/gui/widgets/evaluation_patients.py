"""The tab "Patients": a table, the worst first, beside the shares of IDC as a picture."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from bcviewer.evaluation.per_patient import PatientTable
from bcviewer.gui.models.evaluation_table import (
    BALANCED,
    COLUMNS,
    PATIENT,
    ROLE,
    ROLE_ROLE,
    EvaluationTable,
)
from bcviewer.gui.style import GRID, Tokens, caption_font
from bcviewer.gui.widgets.evaluation_scatter import ShareScatter
from bcviewer.gui.words import marked, tr

LINE: Final = 22
PADDING: Final = 12
ARROW: Final = 12
"""Beside the name of a column, for the sign that it is sorted by."""

NO_ARROWS: Final = """
QHeaderView::up-arrow, QHeaderView::down-arrow { image: none; width: 0; height: 0; }
"""

SAMPLES: Final = {PATIENT: "000000", ROLE: marked("VALIDATION")}
"""The widest text of columns that their names are too short for."""


class RoleBadge(QStyledItemDelegate):
    """Paints a role as the badge that it is elsewhere."""

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(parent)
        self._tokens = tokens

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self._tokens = tokens

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        text = str(index.data(ROLE_ROLE) or "")
        empty = QStyleOptionViewItem(option)
        super().initStyleOption(empty, index)
        empty.text = ""
        style = empty.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, empty, painter, empty.widget)
        if not text:
            return
        painter.save()
        font = caption_font()
        font.setBold(True)
        painter.setFont(font)
        cell: QRect = option.rect
        width = painter.fontMetrics().horizontalAdvance(tr(text)) + 10
        badge = QRect(cell.left() + 2, cell.center().y() - 7, width, 16)
        fair = text == "HELD OUT"
        painter.setPen(QColor(self._tokens.control_line if fair else self._tokens.warn))
        painter.drawRoundedRect(badge.adjusted(0, 0, -1, -1), 3, 3)
        painter.setPen(QColor(self._tokens.text if fair else self._tokens.warn))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, tr(text))
        painter.restore()


class PatientsPage(QWidget):
    """Clicking a row or a point asks for that patient.

    Signals:
        patient_clicked: The patient that the user wants to see.
        came_into_view: The page is on screen.
    """

    patient_clicked = Signal(str)
    came_into_view = Signal()

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = EvaluationTable(self)
        self.view = QTableView()
        self.scatter = ShareScatter(tokens)
        self._badge = RoleBadge(tokens, self.view)
        self._set_up_view()
        self._lay_out()
        self.view.clicked.connect(self._open)
        self.view.activated.connect(self._open)
        self.scatter.patient_clicked.connect(self.patient_clicked)

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self.table)
        view.setAccessibleName(tr("How well the model does, patient by patient"))
        view.setItemDelegateForColumn(ROLE, self._badge)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setFrameShape(QTableView.Shape.NoFrame)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setCornerButtonEnabled(False)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(LINE)
        head = view.horizontalHeader()
        head.setHighlightSections(False)
        for column, name in enumerate(COLUMNS):
            texts = (tr(name), tr(SAMPLES.get(column, "0.000")))
            width = max(view.fontMetrics().horizontalAdvance(text) for text in texts)
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(column, width + ARROW + PADDING)
        # They would cover names that are aligned to the right; the table says it in the names.
        head.setStyleSheet(NO_ARROWS)
        view.setSortingEnabled(True)
        view.sortByColumn(BALANCED, Qt.SortOrder.AscendingOrder)

    def _lay_out(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        whole.setSpacing(2 * GRID)
        whole.addWidget(self.view)
        whole.addWidget(self.scatter, 1)
        bar = self.view.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.view.setFixedWidth(self.view.horizontalHeader().length() + bar + 4)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self._badge.set_tokens(tokens)
        self.scatter.set_tokens(tokens)
        self.view.viewport().update()

    def set_current(self, current: bool) -> None:
        """Show whether the figures hold, or are being counted again."""
        self.view.setEnabled(current)
        self.scatter.set_current(current)

    def show_table(self, table: PatientTable, roles: tuple[str, ...], patient: str) -> None:
        """Show the figures, and which patient is on screen."""
        self.table.show_table(table, roles)
        self.scatter.show_table(table, patient)
        self.show_open(patient)

    def show_open(self, patient: str) -> None:
        """Mark the patient on screen."""
        self.scatter.show_open(patient)
        row = self.table.row_of(patient)
        if row < 0:
            self.view.clearSelection()
        else:
            self.view.selectRow(row)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.patient_clicked.emit(self.table.patient(index.row()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came_into_view.emit()
