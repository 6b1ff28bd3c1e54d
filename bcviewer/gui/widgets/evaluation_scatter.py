"""The share of IDC of each patient: predicted against labelled."""

from __future__ import annotations

from html import escape
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from bcviewer.evaluation.per_patient import PatientTable, share_agreement
from bcviewer.gui.style import Tokens
from bcviewer.gui.widgets.evaluation_colours import pale
from bcviewer.gui.widgets.evaluation_plot import EvaluationPlot
from bcviewer.gui.words import marked, tr, tr_count

TIP: Final = marked(
    "<b>Share of IDC by patient</b><br>How much of a patient's tissue is predicted IDC against how "
    "much is labelled so. On the dotted line both agree; above it the model sees too much, below "
    "it too little. r is the correlation over patients, the error their mean distance from the "
    "line in percentage points.<br>Click a point to open the patient."
)
NEAR: Final = 12
PERCENTS: Final = ((0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %"))
SMALLEST, LARGEST = 5.0, 13.0


class ShareScatter(EvaluationPlot):
    """A point a patient, its area by the number of patches."""

    patient_clicked = Signal(str)

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Share of IDC"),
            tr(TIP),
            axes=(tr("labelled"), tr("predicted")),
            tokens=tokens,
            parent=parent,
        )
        self._table: PatientTable | None = None
        self._open = ""
        self._ideal = pg.PlotDataItem([0, 1], [0, 1], antialias=True)
        self._points = pg.ScatterPlotItem(symbol="o", antialias=True)
        self._ring = pg.ScatterPlotItem(symbol="o", size=LARGEST + 5, antialias=True)
        self.add((self._ideal, self._points, self._ring))
        self.set_ticks(PERCENTS, PERCENTS)
        self._item.getAxis("left").setWidth(56)
        self.set_tokens(tokens)

    def set_tokens(self, tokens: Tokens) -> None:
        super().set_tokens(tokens)
        self._ideal.setPen(pg.mkPen(tokens.control_line, width=1, style=Qt.PenStyle.DotLine))
        self._points.setPen(pg.mkPen(tokens.accent, width=1))
        self._points.setBrush(pale(QColor(tokens.accent), 0.4))
        self._ring.setPen(pg.mkPen(tokens.text, width=2))
        self._ring.setBrush(None)

    def show_table(self, table: PatientTable, patient: str) -> None:
        """Draw the patients, and a ring around the one on screen."""
        self._table, self._open = table, patient
        sizes = SMALLEST + (LARGEST - SMALLEST) * np.sqrt(
            table.patches / max(1, int(table.patches.max(initial=1)))
        )
        self._points.setData(table.idc_share_true, table.idc_share_predicted, size=sizes)
        agreement = share_agreement(table)
        error = tr("off by {points:.1f} points", points=100 * agreement.mean_absolute_error)
        known = np.isfinite(agreement.correlation)
        self.set_figure(f"r {agreement.correlation:.2f} · {error}" if known else error)
        self.show_open(patient)

    def show_open(self, patient: str) -> None:
        """Put the ring around another patient."""
        self._open = patient
        table = self._table
        if table is None or patient not in table.names:
            self._ring.setData([], [])
            return
        place = table.names.index(patient)
        self._ring.setData([table.idc_share_true[place]], [table.idc_share_predicted[place]])

    def click(self, at: QPointF) -> None:
        place = self._patient_at(at)
        if place is not None and self._table is not None:
            self.patient_clicked.emit(self._table.names[place])

    def cursor_at(self, at: QPointF) -> Qt.CursorShape:
        there = self._patient_at(at) is not None
        return Qt.CursorShape.PointingHandCursor if there else Qt.CursorShape.ArrowCursor

    def words_at(self, at: QPointF) -> str:
        place = self._patient_at(at)
        if place is None or self._table is None:
            return ""
        table = self._table
        return tr(
            "<b>{patient}</b>, {patches}<br>"
            "labelled IDC {labelled:.1f} %<br>"
            "predicted IDC {predicted:.1f} %",
            patient=escape(table.names[place]),
            patches=tr_count(table.patches[place], "1 patch", "{count:,} patches"),
            labelled=100 * table.idc_share_true[place],
            predicted=100 * table.idc_share_predicted[place],
        )

    def _patient_at(self, at: QPointF) -> int | None:
        table = self._table
        if table is None or not len(table):
            return None
        origin, unit = self.pixels(0, 0), self.pixels(1, 1)
        dx = origin.x() + table.idc_share_true * (unit.x() - origin.x()) - at.x()
        dy = origin.y() + table.idc_share_predicted * (unit.y() - origin.y()) - at.y()
        away = np.hypot(dx, dy)
        nearest = int(away.argmin())
        return nearest if away[nearest] <= NEAR else None
