"""A plot of one validation metric of several runs against epochs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from bcviewer.gui.style import Tokens
from bcviewer.gui.widgets.curve_plot import BEST_SIZE, LEAST_EPOCHS, MARK_SIZE, CurvePlot
from bcviewer.gui.widgets.curve_points import EpochPoints
from bcviewer.gui.widgets.runs_lines import RunLine
from bcviewer.gui.workers.runs_worker import RunCurve

TITLE_LEAST = 88
"""Below this height in pixels the axis has no room for its title; the choice above says it."""


@dataclass(frozen=True)
class DrawnRun:
    """A run, its points, and how it is drawn."""

    run: RunCurve
    line: RunLine
    points: EpochPoints


def drawn_run(run: RunCurve, line: RunLine) -> DrawnRun:
    """Collect the points of a run."""
    points = EpochPoints()
    for event in run.history:
        points.add(event)
    return DrawnRun(run, line, points)


class RunsPlot(CurvePlot):
    """The axes of ``CurvePlot``, with a curve for each run in place of the curves of one."""

    def __init__(self, metric: str, tokens: Tokens, *, pen_width: float = 1) -> None:
        self._curves: list[Any] = []
        super().__init__(metric, tokens, pen_width=pen_width)

    def _label(self) -> None:
        super()._label()
        if self._height < TITLE_LEAST:
            self._item.setLabel("left", "")

    def draw_runs(self, drawn: Sequence[DrawnRun]) -> None:
        """Draw the validation of these runs; a ring marks the best epoch of each.

        Every epoch keeps its mark; smoothing moves the line only.
        """
        for curve in self._curves:
            self._item.removeItem(curve)
        self._curves = []
        last, values = LEAST_EPOCHS, [np.empty(0)]
        for each in drawn:
            x, y = each.points.series("validation", self.metric)
            self._add(self._line(x, self._line_up(y), each.line))
            self._add(self._marks(x, self._up(y), each.line))
            best = x == each.points.best_epoch
            self._add(self._ring(x[best], self._up(y[best])))
            last = max([last, *x[-1:]])
            values.append(y)
        self._label()
        self._set_ranges(float(last), np.concatenate(values))

    def drawn_points(self) -> list[list[tuple[float, float]]]:
        """The points of each run's curve, as they are drawn."""
        marks = [curve.getData() for curve in self._curves if isinstance(curve, pg.PlotDataItem)]
        return [
            [] if x is None else list(zip(x.tolist(), y.tolist(), strict=True))
            for x, y in marks[1::2]
        ]

    def _add(self, curve: Any) -> None:
        self._item.addItem(curve, ignoreBounds=True)
        self._curves.append(curve)

    def _line(self, x: Any, y: Any, line: RunLine) -> Any:
        pen = line.pen()
        pen.setWidthF(self.pen_width)
        return pg.PlotDataItem(x, y, connect="finite", antialias=True, pen=pen)

    def _marks(self, x: Any, y: Any, line: RunLine) -> Any:
        return pg.PlotDataItem(
            x,
            y,
            antialias=True,
            pen=None,
            symbol=line.symbol,
            symbolSize=MARK_SIZE,
            symbolBrush=QColor(line.colour),
            symbolPen=None,
        )

    def _ring(self, x: Any, y: Any) -> Any:
        pen = pg.mkPen(self._tokens.text, width=1)
        return pg.ScatterPlotItem(
            x, y, symbol="o", size=BEST_SIZE, antialias=True, pen=pen, brush=None
        )
