"""The curves of a training, live: loss, and accuracy or another metric, against epochs."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.style import GRID, Tokens
from bcviewer.gui.widgets.curve_legend import ENTRIES, CurveLegend
from bcviewer.gui.widgets.curve_plot import TITLES, CurvePlot
from bcviewer.gui.widgets.curve_points import EpochPoints, StepPoints
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.model.events import EpochDone, StepDone

EMPTY = "The curves of loss and accuracy are drawn here while a training runs."
SEGMENTS = {"accuracy": "accuracy", "balanced_accuracy": "balanced", "auc": "AUC"}
CHOICES = tuple(SEGMENTS)
DRAW_EVERY_MS = 60
"""Events that come faster than this are drawn together."""
LEAST_WIDTH = 280
LEGEND_LEAST = 2
"""Entries of the legend that are shown before there is room for the title."""


class TrainingCurves(QWidget):
    """Two plots side by side: the loss, and a metric of the user's choice.

    Every point that was told is drawn as it is: nothing is smoothed.
    """

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(LEAST_WIDTH)
        self._epochs = EpochPoints()
        self._steps = StepPoints()
        self._create(tokens)
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=DRAW_EVERY_MS)
        self._timer.timeout.connect(self._draw)
        self.set_tokens(tokens)
        self.clear()

    def _create(self, tokens: Tokens) -> None:
        self._legend = CurveLegend(tokens)
        self._title = ElidedLabel()
        self._title.setProperty("role", "caption")
        self._choice = QButtonGroup(self)
        for number, metric in enumerate(CHOICES):
            button = QToolButton()
            button.setText(SEGMENTS[metric])
            button.setToolTip(TITLES[metric])
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setProperty("segment", "first" if number == 0 else "next")
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._choice.addButton(button, number)
        self._choice.idToggled.connect(self._choose)
        self.loss_plot = CurvePlot("loss", tokens, from_zero=True)
        self.metric_plot = CurvePlot(CHOICES[0], tokens, from_zero=False)
        for plot in (self.loss_plot, self.metric_plot):
            plot.widget.viewport().setMouseTracking(True)
            plot.widget.viewport().installEventFilter(self)
        self._empty = EmptyHint(EMPTY)
        self._read_out = QLabel(self)
        self._read_out.setObjectName("read_out")
        self._read_out.setTextFormat(Qt.TextFormat.RichText)
        self._read_out.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._read_out.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._legend)
        head.addSpacing(GRID)
        head.addWidget(self._title, 1)
        head.addSpacing(GRID)
        for button in self._choice.buttons():
            head.addWidget(button)
        plots = QHBoxLayout()
        plots.setSpacing(GRID)
        plots.addWidget(self.loss_plot.widget)
        plots.addWidget(self.metric_plot.widget)
        drawn = QWidget()
        inside = QVBoxLayout(drawn)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GRID // 2)
        inside.addLayout(head)
        inside.addLayout(plots, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(drawn)

    def clear(self) -> None:
        """Forget all points; the sentence for an empty state comes back."""
        self._epochs = EpochPoints()
        self._steps = StepPoints()
        self._hide_read_out()
        self._stack.setCurrentIndex(0)
        self._timer.start()

    def set_title(self, text: str) -> None:
        """Say what the curves were measured on: patients and split."""
        self._title.setText(text)
        self._share_head()

    def set_empty_text(self, text: str) -> None:
        """Say something else while there are no curves."""
        self._empty.setText(text)

    def step_done(self, event: StepDone) -> None:
        """Add a point within an epoch."""
        self._steps.add(event)
        self._changed()

    def epoch_done(self, event: EpochDone) -> None:
        """Add the results of an epoch."""
        self._epochs.add(event)
        self._changed()

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self._legend.set_tokens(tokens)
        self.loss_plot.set_tokens(tokens)
        self.metric_plot.set_tokens(tokens)
        self._read_out.setStyleSheet(
            f"#read_out {{ background: {tokens.raised}; color: {tokens.text}; padding: 4px 6px;"
            f" font-size: 11px; border: 1px solid {tokens.control_line}; }}"
        )

    def read_out(self, epoch: float) -> str:
        """The values at the finished epoch nearest to ``epoch``, as rich text; "" without any."""
        event = self._epochs.nearest(epoch)
        if event is None:
            return ""
        best = " (best)" if event.epoch == self._epochs.best_epoch else ""
        rows = "".join(
            f"<tr><td>{TITLES[metric]}&nbsp;&nbsp;</td>"
            f"<td align='right'>{_figure(event.train, metric)}&nbsp;&nbsp;</td>"
            f"<td align='right'>{_figure(event.validation, metric)}</td></tr>"
            for metric in TITLES
        )
        return (
            f"<table cellspacing='0'><tr><td><b>epoch {event.epoch}{best}</b>&nbsp;&nbsp;</td>"
            f"<td align='right'>training&nbsp;&nbsp;</td><td align='right'>validation</td></tr>"
            f"{rows}</table>"
        )

    def _changed(self) -> None:
        if not self._timer.isActive() and self.isVisible():
            self._timer.start()

    @Slot()
    def _draw(self) -> None:
        if not len(self._epochs) and not len(self._steps):
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        self.loss_plot.draw(self._epochs, self._steps)
        self.metric_plot.draw(self._epochs, self._steps)

    @Slot(int, bool)
    def _choose(self, number: int, chosen: bool) -> None:
        if chosen:
            self.metric_plot.show_metric(CHOICES[number])
            self._draw()

    def _share_head(self) -> None:
        """Show as much of the legend as there is room for beside the title."""
        buttons = sum(button.sizeHint().width() for button in self._choice.buttons())
        room = self.width() - buttons - 2 * GRID
        title = self._title.sizeHint().width()
        fitting = [
            count
            for count in range(len(ENTRIES) + 1)
            if self._legend.width_of(count) + (title if count > LEGEND_LEAST else 0) <= room
        ]
        self._legend.show_first(max(fitting, default=0))

    def _show_read_out(self, plot: CurvePlot, place: QPointF) -> None:
        x = plot.point_at(plot.widget.mapToScene(place.toPoint()))
        event = self._epochs.nearest(x) if x is not None else None
        if x is None or event is None:
            self._hide_read_out()
            return
        for each in (self.loss_plot, self.metric_plot):
            each.show_cursor(event.epoch)
        self._read_out.setText(self.read_out(x))
        self._read_out.adjustSize()
        here = plot.widget.viewport().mapTo(self, place.toPoint())
        left = here.x() + 2 * GRID
        if left + self._read_out.width() > self.width():
            left = here.x() - 2 * GRID - self._read_out.width()
        top = min(max(0, here.y() - self._read_out.height() // 2), self.height())
        top = min(top, max(0, self.height() - self._read_out.height()))
        self._read_out.move(QPoint(max(0, left), top))
        self._read_out.show()
        self._read_out.raise_()

    def _hide_read_out(self) -> None:
        self._read_out.hide()
        self.loss_plot.show_cursor(None)
        self.metric_plot.show_cursor(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            for plot in (self.loss_plot, self.metric_plot):
                if watched is plot.widget.viewport():
                    self._show_read_out(plot, event.position())
        elif event.type() == QEvent.Type.Leave:
            self._hide_read_out()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_head()
        self._changed()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._draw()
        super().showEvent(event)


def _figure(values: dict[str, float], metric: str) -> str:
    if metric not in values:
        return "–"
    value = values[metric]
    return f"{value:.3f}" if math.isfinite(value) else "not a number"
