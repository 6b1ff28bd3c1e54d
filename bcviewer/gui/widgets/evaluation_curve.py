"""A curve over all thresholds, ROC or precision and recall, with the point of the one in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from bcviewer.evaluation.operating import Curve
from bcviewer.gui.style import Tokens
from bcviewer.gui.widgets.evaluation_plot import EvaluationPlot
from bcviewer.gui.words import marked, tr

ROC_TIP: Final = marked(
    "<b>ROC curve</b><br>Over all thresholds: how much IDC is found (sensitivity) against how much "
    "healthy tissue is taken for it. The area under it (AUC) is the chance that an IDC patch gets "
    "a higher probability than another: 1 is perfect, 0.5 is guessing (dotted line).<br>"
    "Drag the point along the curve to move the threshold."
)
PR_TIP: Final = marked(
    "<b>Precision and recall</b><br>Over all thresholds: which share of what is called IDC is IDC "
    "(precision) against how much IDC is found (recall, the same as sensitivity). The dotted line "
    "is what calling everything IDC gives.<br>Drag the point along the curve to move the threshold."
)
NEAR: Final = 14
"""Pixels from the curve within which the pointer takes hold of it."""

POINT: Final = 11


@dataclass(frozen=True)
class CurveKind:
    """What distinguishes the two plots."""

    title: str
    tip: str
    axes: tuple[str, str]
    area: str


ROC: Final = CurveKind(
    marked("ROC"), ROC_TIP, (marked("1 − specificity"), marked("sensitivity")), marked("AUC")
)
PRECISION_RECALL: Final = CurveKind(
    marked("PR curve"), PR_TIP, (marked("recall"), marked("precision")), marked("AP")
)


class TradeOffPlot(EvaluationPlot):
    """Draws the view on screen as a line and the one beside it dashed and paler."""

    threshold_dragged = Signal(float)

    def __init__(self, kind: CurveKind, tokens: Tokens, parent: QWidget | None = None) -> None:
        across, up = kind.axes
        super().__init__(
            tr(kind.title), tr(kind.tip), axes=(tr(across), tr(up)), tokens=tokens, parent=parent
        )
        self._kind = kind
        self._curve: Curve | None = None
        self._base = pg.PlotDataItem(antialias=True)
        self._beside = pg.PlotDataItem(antialias=True)
        self._line = pg.PlotDataItem(antialias=True)
        self._across: Any = pg.InfiniteLine(angle=0)
        self._up: Any = pg.InfiniteLine(angle=90)
        self._point = pg.ScatterPlotItem(symbol="o", size=POINT, antialias=True)
        self.add((self._base, self._up, self._across, self._beside, self._line, self._point))
        self.set_tokens(tokens)

    def set_tokens(self, tokens: Tokens) -> None:
        super().set_tokens(tokens)
        dotted = pg.mkPen(tokens.control_line, width=1, style=Qt.PenStyle.DotLine)
        self._base.setPen(dotted)
        for line in (self._across, self._up):
            line.setPen(pg.mkPen(tokens.line, width=1))
        self._line.setPen(pg.mkPen(tokens.accent, width=2))
        self._beside.setPen(pg.mkPen(tokens.muted, width=1, dash=[4, 3]))
        self._point.setBrush(QColor(tokens.raised))
        self._point.setPen(pg.mkPen(tokens.text, width=2))

    def show_curves(self, curve: Curve, beside: Curve | None, *, area: float, base: float) -> None:
        """Draw the curves.

        Args:
            curve: Of the view on screen.
            beside: Of another view, or None.
            area: Under the first curve; NaN where it is not defined.
            base: Share of IDC, which guessing has for its precision.
        """
        self._curve = curve if len(curve.x) else None
        self._line.setData(curve.x, curve.y)
        self._beside.setData(*((beside.x, beside.y) if beside is not None else ([], [])))
        self._base.setData([0, 1], [0, 1] if self._kind is ROC else [base, base])
        self.set_figure(
            f"{tr(self._kind.area)} {area:.3f}" if np.isfinite(area) else tr("not defined")
        )

    def show_point(self, x: float, y: float) -> None:
        """Show where the threshold in use is; NaN where it is nowhere."""
        there = bool(np.isfinite(x) and np.isfinite(y))
        self._point.setData([x] if there else [], [y] if there else [])
        for line, at in ((self._up, x), (self._across, y)):
            line.setVisible(there)
            if there:
                line.setPos(at)

    def may_drag(self, at: QPointF) -> bool:
        found = self._nearest(at)
        return found is not None and found[1] <= NEAR

    def drag(self, at: QPointF) -> None:
        found = self._nearest(at)
        if found is not None and self._curve is not None:
            threshold = float(self._curve.thresholds[found[0]])
            self.threshold_dragged.emit(min(max(threshold, 0.0), 1.0))

    def cursor_at(self, at: QPointF) -> Qt.CursorShape:
        hand = Qt.CursorShape.PointingHandCursor
        return hand if self.may_drag(at) else Qt.CursorShape.ArrowCursor

    def words_at(self, at: QPointF) -> str:
        found = self._nearest(at)
        if found is None or self._curve is None or (found[1] > NEAR and not self._dragging):
            return ""
        number = found[0]
        x, y = float(self._curve.x[number]), float(self._curve.y[number])
        threshold = min(float(self._curve.thresholds[number]), 1.0)
        names = self._kind.axes
        if self._kind is ROC:
            return tr(
                "threshold <b>{threshold:.2f}</b><br>sensitivity {y:.3f}<br>specificity {x:.3f}",
                threshold=threshold,
                y=y,
                x=1 - x,
            )
        return tr(
            "threshold <b>{threshold:.2f}</b><br>{second} {y:.3f}<br>{first} {x:.3f}",
            threshold=threshold,
            second=tr(names[1]),
            y=y,
            first=tr(names[0]),
            x=x,
        )

    def _nearest(self, at: QPointF) -> tuple[int, float] | None:
        """The point of the curve that is nearest to a place, and how many pixels away."""
        if self._curve is None:
            return None
        origin, unit = self.pixels(0, 0), self.pixels(1, 1)
        dx = origin.x() + self._curve.x * (unit.x() - origin.x()) - at.x()
        dy = origin.y() + self._curve.y * (unit.y() - origin.y()) - at.y()
        away = np.hypot(dx, dy)
        nearest = int(away.argmin())
        return nearest, float(away[nearest])
