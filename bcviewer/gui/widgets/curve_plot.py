"""One plot of a training: a metric against epochs, of training and validation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor

from bcviewer.gui.style import Tokens, caption_font
from bcviewer.gui.widgets.curve_options import CurveOptions, smoothed
from bcviewer.gui.widgets.curve_points import (
    EpochPoints,
    Points,
    StepPoints,
    epoch_ticks,
    log_ticks,
    value_ticks,
)
from bcviewer.gui.widgets.step_losses import StepLosses
from bcviewer.gui.words import marked, tr

TITLES = {
    "loss": marked("loss"),
    "accuracy": marked("accuracy"),
    "balanced_accuracy": marked("balanced accuracy"),
    "auc": marked("AUC"),
}
SHORT_TITLES = TITLES | {"balanced_accuracy": marked("bal. accuracy")}
MARK_SIZE = 6
BEST_SIZE = 13
DOT_SIZE = 2.5
REACH = 5
"""So many pixels from a dot the pointer is on it."""

GRID_ALPHA = 46
LEAST_EPOCHS = 3.0
AXIS_WIDTH = 52
AXIS_HEIGHT = 32
LOW_AXIS_HEIGHT = 18
LOW_BELOW = 120
"""Below this height in pixels the points need the room of the word "epoch"."""

MOST_TICKS = 8
TICK_EVERY = 18
SHORT_BELOW = 120
LOG_MARGIN = 0.03
"""Room above and below the points of a logarithmic axis, as a share of its span."""
LEAST_DECADES = 0.1


class CurvePlot:
    """A pyqtgraph plot with fixed axes: nothing in it moves but the curves.

    Training is drawn solid with round marks, validation dashed with square ones, so that the two
    differ without colour. Every epoch keeps its mark; smoothing moves the line only. Small dots are
    the losses of single steps.
    """

    def __init__(self, metric: str, tokens: Tokens, *, pen_width: float = 1) -> None:
        self.metric = metric
        self.pen_width = pen_width
        self.options = CurveOptions()
        self._tokens = tokens
        self.widget: Any = pg.PlotWidget()
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it has no keys
        self._item = self.widget.getPlotItem()
        self._item.setMenuEnabled(False)
        self._item.hideButtons()
        self._item.setMouseEnabled(x=False, y=False)
        self._item.setContentsMargins(0, 6, 8, 0)
        for side in ("left", "bottom"):
            axis = self._item.getAxis(side)
            axis.setStyle(
                tickFont=caption_font(), tickLength=-4, maxTickLevel=0, hideOverlappingLabels=False
            )
            axis.enableAutoSIPrefix(False)
        self._item.getAxis("left").setWidth(AXIS_WIDTH)
        # The lines across come from an axis of their own: an axis with lines drops its end labels.
        self._item.showAxis("right")
        self._across = self._item.getAxis("right")
        self._across.setStyle(showValues=False, tickLength=0, maxTickLevel=0)
        self._across.setWidth(0)
        self._across.setGrid(GRID_ALPHA)
        self._dots = pg.ScatterPlotItem(symbol="o", size=DOT_SIZE, pen=None, antialias=True)
        self._steps = pg.PlotDataItem(antialias=True)
        self._train = pg.PlotDataItem(antialias=True, symbol="o", symbolSize=MARK_SIZE)
        self._validation = pg.PlotDataItem(antialias=True, symbol="s", symbolSize=MARK_SIZE)
        self._train_line = pg.PlotDataItem(antialias=True)
        self._validation_line = pg.PlotDataItem(antialias=True)
        self._best_line = pg.InfiniteLine(angle=90)
        self._best_mark = pg.ScatterPlotItem(symbol="o", size=BEST_SIZE, antialias=True)
        self._cursor = pg.InfiniteLine(angle=90)
        for number, item in enumerate(self._items()):
            item.setZValue(number)
            self._item.addItem(item, ignoreBounds=True)
        self._cursor.hide()
        self._best_line.hide()
        self.set_tokens(tokens)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self._tokens = tokens
        training, validation = QColor(tokens.curve_training), QColor(tokens.curve_validation)
        self.widget.setBackground(tokens.panel)
        for side in ("left", "bottom"):
            axis = self._item.getAxis(side)
            axis.setPen(pg.mkPen(tokens.control_line, width=1))
            axis.setTextPen(tokens.muted)
        self._across.setPen(pg.mkPen(tokens.panel, width=1))
        self._across.setTickPen(pg.mkPen(tokens.control_line, width=1))
        pale = QColor(training)
        pale.setAlphaF(0.55)
        self._steps.setPen(pg.mkPen(pale, width=1))
        self._dots.setBrush(pg.mkBrush(pale))
        self._train_line.setPen(pg.mkPen(training, width=self.pen_width))
        self._train.setPen(None)
        self._train.setSymbolBrush(training)
        self._train.setSymbolPen(None)
        self._validation_line.setPen(pg.mkPen(validation, width=self.pen_width, dash=[5, 3]))
        self._validation.setPen(None)
        self._validation.setSymbolBrush(validation)
        self._validation.setSymbolPen(None)
        self._best_mark.setPen(pg.mkPen(tokens.text, width=1))
        self._best_mark.setBrush(None)
        self._best_line.setPen(pg.mkPen(tokens.muted, width=1, style=Qt.PenStyle.DotLine))
        self._cursor.setPen(pg.mkPen(tokens.control_line, width=1))
        self._label()

    def show_metric(self, metric: str) -> None:
        """Show another metric; ``draw`` comes next."""
        self.metric = metric
        self._label()

    def draw(self, epochs: EpochPoints, steps: StepPoints, losses: StepLosses) -> None:
        """Draw all points anew."""
        dot_x, dot_y = losses.drawn() if self.metric == "loss" else (np.empty(0), np.empty(0))
        self._dots.setData(dot_x, self._up(dot_y))
        step_x, step_y, joined = steps.series(self.metric)
        self._steps.setData(step_x, self._up(step_y), connect=self._joined(step_y, joined))
        train, validation = (epochs.series(part, self.metric) for part in ("train", "validation"))
        for points, marks, line in (
            (train, self._train, self._train_line),
            (validation, self._validation, self._validation_line),
        ):
            marks.setData(points[0], self._up(points[1]))
            line.setData(points[0], self._line_up(points[1]), connect="finite")
        self._mark_best(epochs.best_epoch, validation)
        last = max([LEAST_EPOCHS, *train[0][-1:], *validation[0][-1:], *np.ceil(step_x[-1:])])
        self._label()
        self._set_ranges(float(last), np.concatenate([dot_y, step_y, train[1], validation[1]]))

    def point_at(self, place: QPointF) -> float | None:
        """The epoch, with fractions, under a place of the scene; None outside of the axes."""
        view = self._item.getViewBox()
        if not view.sceneBoundingRect().contains(place):
            return None
        return float(view.mapSceneToView(place).x())

    def epochs_across(self, pixels: float) -> float:
        """How many epochs, with fractions, so many pixels are."""
        return float(self._item.getViewBox().viewPixelSize()[0]) * pixels

    def dot_at(self, place: QPointF) -> float | None:
        """The epoch, with fractions, of the dot under a place of the scene; None without one."""
        x, y = self._dots.getData()
        if not len(x):
            return None
        view = self._item.getViewBox()
        here, (across, up) = view.mapSceneToView(place), view.viewPixelSize()
        far = np.hypot((x - here.x()) / across, (y - here.y()) / up)
        nearest = int(np.argmin(np.where(np.isfinite(far), far, np.inf)))
        return float(x[nearest]) if far[nearest] <= REACH else None

    def show_cursor(self, epoch: float | None) -> None:
        """Draw a line through a place between epochs, or an epoch; None for no line."""
        self._cursor.setVisible(epoch is not None)
        if epoch is not None:
            self._cursor.setPos(epoch)

    def _items(self) -> tuple[Any, ...]:
        return (
            self._cursor,
            self._best_line,
            self._dots,
            self._steps,
            self._train_line,
            self._validation_line,
            self._train,
            self._validation,
            self._best_mark,
        )

    @property
    def _log(self) -> bool:
        return self.options.log_loss and self.metric == "loss"

    def _up(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where values stand on the axis; NaN for what has no place on a logarithmic one."""
        if not self._log:
            return values
        return np.log10(values, where=values > 0, out=np.full(len(values), np.nan))

    def _line_up(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """The same for the line through the values."""
        strength = self.options.smoothing
        return self._up(smoothed(values, strength) if strength else values)

    def _joined(self, values: NDArray[np.float64], joined: NDArray[np.bool_]) -> NDArray[np.int32]:
        placed = np.isfinite(self._up(values))
        return np.asarray(joined & placed & np.append(placed[1:], False), np.int32)

    def _label(self) -> None:
        style = {"color": self._tokens.muted, "font-size": f"{caption_font().pixelSize()}px"}
        titles = SHORT_TITLES if self._height < SHORT_BELOW else TITLES
        title = tr(titles[self.metric])
        if self._log:
            title = tr("{title} (log)", title=title)
        self._item.setLabel("left", title, **style)
        self._item.setLabel("bottom", "" if self._low else tr("epoch"), **style)
        self._item.getAxis("bottom").setHeight(self._axis_height)

    def _mark_best(self, best: int, validation: Points) -> None:
        self._best_line.setVisible(best > 0)
        self._best_line.setPos(best)
        chosen = validation[0] == best
        self._best_mark.setData(validation[0][chosen], self._up(validation[1][chosen]))

    def _set_ranges(self, last: float, values: NDArray[np.float64]) -> None:
        self._item.setXRange(0, last * 1.02, padding=0)
        across = [(epoch, str(epoch)) for epoch in epoch_ticks(last, most=MOST_TICKS)]
        self._item.getAxis("bottom").setTicks([across])
        most = max(2, self._height // TICK_EVERY)
        labels = self._log_range(values, most) if self._log else self._plain_range(values, most)
        self._item.getAxis("left").setTicks([labels])
        self._across.setTicks([labels])

    def _plain_range(self, values: NDArray[np.float64], most: int) -> list[tuple[float, str]]:
        """Fit the axis to the values; returns what to write on it."""
        known = values[np.isfinite(values)]
        low, high = (float(known.min()), float(known.max())) if len(known) else (0.5, 1.0)
        if self.metric == "loss":
            bottom, top = 0.0, max(high * 1.08, 0.1)
        else:
            bottom, top = max(0.0, np.floor(low * 10 - 0.2) / 10), 1.0
        self._item.setYRange(bottom, top, padding=0.02)
        up = value_ticks(bottom, top, most=most)
        digits = 1 if len(up) < 2 or up[1] - up[0] > 0.099 else 2
        return [(value, f"{value:.{digits}f}") for value in up]

    def _log_range(self, values: NDArray[np.float64], most: int) -> list[tuple[float, str]]:
        """The same for a logarithmic axis, whose places are powers of ten."""
        placed = self._up(values)
        known = placed[np.isfinite(placed)]
        low, high = (float(known.min()), float(known.max())) if len(known) else (-1.0, 0.0)
        room = max(0.0, LEAST_DECADES - (high - low)) / 2 + LOG_MARGIN * (high - low)
        bottom, top = low - room, high + room
        self._item.setYRange(bottom, top, padding=0)
        up = log_ticks(10**bottom, 10**top, most=most)
        return [(float(np.log10(value)), f"{value:.3g}") for value in up]

    @property
    def _low(self) -> bool:
        return int(self.widget.height()) < LOW_BELOW

    @property
    def _axis_height(self) -> int:
        return LOW_AXIS_HEIGHT if self._low else AXIS_HEIGHT

    @property
    def _height(self) -> int:
        """The height of the axes in pixels."""
        return int(self.widget.height()) - self._axis_height
