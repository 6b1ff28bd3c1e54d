"""The tab "Scores": table, confusion matrix and four plots, all at the threshold in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from bcviewer.evaluation.evaluation import Evaluation
from bcviewer.evaluation.operating import OperatingPoint
from bcviewer.gui.evaluation_measured import MeasuredView
from bcviewer.gui.style import GRID, Tokens
from bcviewer.gui.widgets.evaluation_curve import PRECISION_RECALL, ROC, TradeOffPlot
from bcviewer.gui.widgets.evaluation_histogram import HistogramPlot
from bcviewer.gui.widgets.evaluation_matrix import ConfusionMatrix
from bcviewer.gui.widgets.evaluation_reliability import ReliabilityPlot
from bcviewer.gui.widgets.evaluation_scores import AT_THRESHOLD, Column, ScoreTable
from bcviewer.gui.words import tr
from bcviewer.model.context import View

TALL: Final = 340
"""From this height on the plots stand in two rows, and the matrix below the table."""


class ScoresPage(QWidget):
    """Shows what was measured; a new threshold changes what depends on it, at once.

    Signals:
        threshold_dragged: The threshold that the user drags to, 0 to 1.
        cell_clicked: Truth and prediction of a cell of the matrix.
        bin_clicked: Lower and upper edge of a bin, and its class: 1, 0, or None for both.
    """

    threshold_dragged = Signal(float)
    cell_clicked = Signal(int, int)
    bin_clicked = Signal(float, float, object)

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views: tuple[MeasuredView, ...] = ()
        self._shown: MeasuredView | None = None
        self._evaluations: dict[View, Evaluation] = {}
        self._threshold = 0.5
        self.table = ScoreTable()
        self.matrix = ConfusionMatrix(tokens)
        self.histogram = HistogramPlot(tokens)
        self.roc = TradeOffPlot(ROC, tokens)
        self.precision_recall = TradeOffPlot(PRECISION_RECALL, tokens)
        self.reliability = ReliabilityPlot(tokens)
        self.plots = (self.histogram, self.roc, self.precision_recall, self.reliability)
        self._parts = (self.table, self.matrix, *self.plots)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._left, self._right = QGridLayout(), QGridLayout()
        self._left.setHorizontalSpacing(2 * GRID)
        self._left.setVerticalSpacing(GRID)
        self._right.setSpacing(GRID)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(2 * GRID)
        row.addLayout(self._left)
        row.addLayout(self._right, 1)
        self._tall: bool | None = None
        self._arrange(tall=False)

    def _connect(self) -> None:
        self.matrix.cell_clicked.connect(self.cell_clicked)
        self.histogram.bin_clicked.connect(self._click_bar)
        self.reliability.bin_clicked.connect(self._click_point)
        for plot in (self.histogram, self.roc, self.precision_recall):
            plot.threshold_dragged.connect(self.threshold_dragged)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self.matrix.set_tokens(tokens)
        for plot in self.plots:
            plot.set_tokens(tokens)

    def set_current(self, current: bool) -> None:
        """Show whether the figures hold, or are being counted again."""
        for part in self._parts:
            part.set_current(current)

    def show_views(
        self, views: tuple[MeasuredView, ...], *, shown: MeasuredView, threshold: float
    ) -> None:
        """Draw what was measured; the intervals come later.

        Args:
            views: One view of the model or two.
            shown: The one of them that is on screen, which the threshold belongs to.
            threshold: The threshold in use.
        """
        self.views, self._shown, self._evaluations = views, shown, {}
        beside = next((each for each in views if each is not shown), None)
        base = float((shown.judged.labels == 1).mean())
        operating = shown.operating
        self.roc.show_curves(
            shown.roc, None if beside is None else beside.roc, area=operating.auc, base=base
        )
        self.precision_recall.show_curves(
            shown.precision_recall,
            None if beside is None else beside.precision_recall,
            area=operating.average_precision,
            base=base,
        )
        self.reliability.show_reliability(
            shown.reliability,
            None if beside is None else beside.reliability,
            error=shown.scores["calibration_error"],
        )
        self.histogram.show_counts(shown.histogram)
        self.show_threshold(threshold)

    def show_threshold(self, threshold: float) -> None:
        """Move all that depends on the threshold."""
        self._threshold = threshold
        if self._shown is None:
            return
        point = self._shown.operating.point(threshold)
        self.matrix.show_counts(point.confusion)
        self.histogram.show_threshold(threshold)
        self.roc.show_point(1 - point.specificity, point.sensitivity)
        self.precision_recall.show_point(point.sensitivity, point.precision)
        self.table.show_columns([self._column(each, point) for each in self.views])

    def show_intervals(self, evaluations: Mapping[View, Evaluation]) -> None:
        """Add the intervals of some views; those of another threshold are not shown."""
        self._evaluations.update(evaluations)
        self.show_threshold(self._threshold)

    @property
    def threshold(self) -> float:
        """The threshold that the figures are shown at."""
        return self._threshold

    @property
    def has_intervals(self) -> bool:
        """Whether the intervals of the view on screen are those of the threshold in use."""
        if self._shown is None:
            return False
        found = self._evaluations.get(self._shown.view)
        return found is not None and found.threshold == self._threshold

    def _column(self, measured: MeasuredView, point: OperatingPoint) -> Column:
        live = measured is self._shown
        at = self._threshold if live else measured.threshold
        found = self._evaluations.get(measured.view)
        scores = dict(measured.scores)
        if live:
            scores |= {name: getattr(point, name) for name in AT_THRESHOLD}
        intervals = None
        if found is not None:
            intervals = dict(found.intervals)
            if found.threshold == at:
                scores = dict(found.scores)
            else:
                intervals = {k: v for k, v in intervals.items() if k not in AT_THRESHOLD}
        return Column(_title(measured.view, at, live=live), live, scores, intervals)

    @Slot(float, float, int)
    def _click_bar(self, low: float, high: float, truth: int) -> None:
        self.bin_clicked.emit(low, high, truth)

    @Slot(float, float)
    def _click_point(self, low: float, high: float) -> None:
        self.bin_clicked.emit(low, high, None)

    def _arrange(self, *, tall: bool) -> None:
        if tall == self._tall:
            return
        self._tall = tall
        top = Qt.AlignmentFlag.AlignTop
        self._left.addWidget(self.table, 0, 0, top if tall else Qt.AlignmentFlag(0))
        self._left.addWidget(self.matrix, *((1, 0) if tall else (0, 1)))
        self._left.setRowStretch(1, int(tall))
        for number, plot in enumerate(self.plots):
            self._right.addWidget(plot, *(divmod(number, 2) if tall else (0, number)))
        for column in range(4):
            self._right.setColumnStretch(column, int(not tall or column < 2))

    def minimumSizeHint(self) -> QSize:
        # That of one row: what stands in two would else never let itself be made lower again.
        height = max(part.minimumSizeHint().height() for part in self._parts)
        margins = self._row.contentsMargins()
        width = super().minimumSizeHint().width()
        return QSize(width, height + margins.top() + margins.bottom())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(tall=event.size().height() >= TALL)


def _title(view: View, threshold: float, *, live: bool) -> str:
    line = "━" if live else "┄"  # as the curves are drawn
    name = tr("With context") if view.context else tr("Single patch")
    return f"{line} {name} ≥ {threshold:.2f}"
