"""Whether probabilities mean what they say: of patches said to be so likely, how many are IDC."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from bcviewer.evaluation.reliability import Reliability
from bcviewer.gui.style import Tokens
from bcviewer.gui.widgets.evaluation_colours import pale
from bcviewer.gui.widgets.evaluation_plot import EvaluationPlot
from bcviewer.gui.words import marked, tr, tr_count

TIP: Final = marked(
    "<b>Reliability</b><br>Patches are put into ten bins by their probability; each point tells "
    "how many of a bin really are IDC. On the dotted line probabilities mean what they say; below "
    "it the model says too much, above it too little. Larger points have more patches.<br>"
    "ECE is how far the points are from the line, on average over the patches.<br>"
    "Click a point to see its patches."
)
SMALLEST, LARGEST = 5.0, 14.0
NEAR: Final = 12


class ReliabilityPlot(EvaluationPlot):
    """A point for each bin that has patches, its area by their number."""

    bin_clicked = Signal(float, float)
    """Lower and upper edge of a bin."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Reliability"),
            tr(TIP),
            axes=(tr("probability"), tr("share IDC")),
            tokens=tokens,
            parent=parent,
        )
        self._shown: Reliability | None = None
        self._ideal = pg.PlotDataItem([0, 1], [0, 1], antialias=True)
        self._beside = pg.PlotDataItem(antialias=True)
        self._line = pg.PlotDataItem(antialias=True)
        self._points = pg.ScatterPlotItem(symbol="o", antialias=True)
        self.add((self._ideal, self._beside, self._line, self._points))
        self.set_tokens(tokens)

    def set_tokens(self, tokens: Tokens) -> None:
        super().set_tokens(tokens)
        self._ideal.setPen(pg.mkPen(tokens.control_line, width=1, style=Qt.PenStyle.DotLine))
        self._line.setPen(pg.mkPen(pale(QColor(tokens.accent), 0.6), width=1))
        self._beside.setPen(pg.mkPen(tokens.muted, width=1, dash=[4, 3]))
        self._points.setPen(pg.mkPen(tokens.accent, width=1))
        self._points.setBrush(pale(QColor(tokens.accent), 0.55))

    def show_reliability(
        self, found: Reliability, beside: Reliability | None, *, error: float
    ) -> None:
        """Draw the bins.

        Args:
            found: Of the view on screen.
            beside: Of another view, or None.
            error: The expected calibration error of the first.
        """
        self._shown = found
        there = found.counts > 0
        x, y, counts = (
            array[there] for array in (found.mean_probability, found.idc_share, found.counts)
        )
        sizes = SMALLEST + (LARGEST - SMALLEST) * np.sqrt(counts / max(1, counts.max(initial=1)))
        self._line.setData(x, y)
        self._points.setData(x, y, size=sizes)
        if beside is None:
            self._beside.setData([], [])
        else:
            filled = beside.counts > 0
            self._beside.setData(beside.mean_probability[filled], beside.idc_share[filled])
        self.set_figure(tr("ECE {error:.3f}", error=error) if np.isfinite(error) else "")

    def click(self, at: QPointF) -> None:
        number = self._bin_at(at)
        if number is not None and self._shown is not None:
            low, high = self._shown.edges[number : number + 2]
            self.bin_clicked.emit(float(low), float(high))

    def cursor_at(self, at: QPointF) -> Qt.CursorShape:
        there = self._bin_at(at) is not None
        return Qt.CursorShape.PointingHandCursor if there else Qt.CursorShape.ArrowCursor

    def words_at(self, at: QPointF) -> str:
        number = self._bin_at(at)
        if number is None or self._shown is None:
            return ""
        found = self._shown
        low, high = found.edges[number : number + 2]
        return tr(
            "<b>{low:.1f} to {high:.1f}</b>, {patches}<br>"
            "said to be IDC: {said:.1f} %<br>"
            "are IDC: {share:.1f} %",
            low=low,
            high=high,
            patches=tr_count(found.counts[number], "1 patch", "{count:,} patches"),
            said=100 * found.mean_probability[number],
            share=100 * found.idc_share[number],
        )

    def _bin_at(self, at: QPointF) -> int | None:
        if self._shown is None:
            return None
        best, nearest = None, float(NEAR)
        for number in np.flatnonzero(self._shown.counts):
            point = self.pixels(
                float(self._shown.mean_probability[number]), float(self._shown.idc_share[number])
            )
            away = float(np.hypot(point.x() - at.x(), point.y() - at.y()))
            if away <= nearest:
                best, nearest = int(number), away
        return best
