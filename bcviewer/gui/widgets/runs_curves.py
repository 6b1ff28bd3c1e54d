"""The curves of several runs over one another: one validation metric at a time."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Slot
from PySide6.QtGui import QMouseEvent, QShowEvent
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
from bcviewer.gui.widgets.curve_plot import TITLES
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.widgets.runs_legend import RunsLegend
from bcviewer.gui.widgets.runs_lines import swatch
from bcviewer.gui.widgets.runs_plot import DrawnRun, RunsPlot

EMPTY = "Choose runs in the table to see their curves over one another."
NO_EPOCHS = "No epoch was finished yet, so there is no curve."
SEGMENTS = {
    "accuracy": "accuracy",
    "balanced_accuracy": "balanced",
    "auc": "AUC",
    "loss": "loss",
}
CHOICES = tuple(SEGMENTS)
FIRST_CHOICE = CHOICES.index("balanced_accuracy")
LEAST_WIDTH = 248
READ_OUT_NAME = 112
"""Pixels of a name in the read-out, which shall not cover the curves."""


class RunsCurves(QWidget):
    """Every epoch of a run's validation is drawn as it was told: nothing is smoothed."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(LEAST_WIDTH)
        self._drawn: tuple[DrawnRun, ...] = ()
        self._create(tokens)
        self._lay_out()
        self.set_tokens(tokens)

    def _create(self, tokens: Tokens) -> None:
        self.legend = RunsLegend()
        self._title = QLabel("Validation")
        self._title.setProperty("role", "caption")
        self._title.setToolTip("A ring marks the best epoch of each run.")
        self.choice = QButtonGroup(self)
        for number, metric in enumerate(CHOICES):
            button = QToolButton()
            button.setText(SEGMENTS[metric])
            button.setToolTip(TITLES[metric])
            button.setCheckable(True)
            button.setChecked(number == FIRST_CHOICE)
            button.setProperty("segment", "first" if number == 0 else "next")
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self.choice.addButton(button, number)
        self.choice.idToggled.connect(self._choose)
        self.plot = RunsPlot(CHOICES[FIRST_CHOICE], tokens)
        self.plot.widget.viewport().setMouseTracking(True)
        self.plot.widget.viewport().installEventFilter(self)
        self._empty = EmptyHint(EMPTY)
        self._read_out = QLabel(self)
        self._read_out.setObjectName("read_out")
        self._read_out.setTextFormat(Qt.TextFormat.RichText)
        self._read_out.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._read_out.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._title)
        head.addStretch(1)
        for button in self.choice.buttons():
            head.addWidget(button)
        drawn = QWidget()
        inside = QVBoxLayout(drawn)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GRID // 2)
        inside.addLayout(head)
        inside.addWidget(self.legend)
        inside.addWidget(self.plot.widget, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(drawn)

    @property
    def shown_metric(self) -> str:
        """The metric that is drawn."""
        return self.plot.metric

    @property
    def empty_text(self) -> str:
        """The sentence that stands in place of curves; "" while there are some."""
        return self._empty.text() if self._stack.currentIndex() == 0 else ""

    def show_runs(self, drawn: Sequence[DrawnRun], *, no_epochs: str = NO_EPOCHS) -> None:
        """Draw these runs; ``no_epochs`` says why there is nothing to draw of them."""
        self._drawn = tuple(drawn)
        self._hide_read_out()
        self._empty.setText(no_epochs if drawn else EMPTY)
        names = [(swatch(each.line), each.run.record.short_name) for each in drawn]
        self.legend.show_runs(names)
        self._stack.setCurrentIndex(1 if any(len(each.points) for each in drawn) else 0)
        self.plot.draw_runs(self._drawn)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme; ``show_runs`` comes next."""
        self.plot.set_tokens(tokens)
        self._read_out.setStyleSheet(
            f"#read_out {{ background: {tokens.raised}; color: {tokens.text}; padding: 4px 6px;"
            f" font-size: 11px; border: 1px solid {tokens.control_line}; }}"
        )

    def read_out(self, epoch: int) -> str:
        """The values of the runs that finished an epoch, as rich text; "" without any."""
        rows = ""
        for each in self._drawn:
            event = each.points.nearest(epoch)
            if event is None or event.epoch != epoch:
                continue
            best = " (best)" if epoch == each.points.best_epoch else ""
            value = event.validation.get(self.shown_metric, math.nan)
            figure = f"{value:.3f}" if math.isfinite(value) else "not a number"
            name = html.escape(self._shortened(each.run.record.short_name))
            rows += (
                f"<tr><td style='color: {each.line.colour}'>{name}&nbsp;&nbsp;</td>"
                f"<td align='right'>{figure}</td><td>{best}</td></tr>"
            )
        return (
            f"<b>Epoch {epoch}, validation</b><table cellspacing='0'>{rows}</table>" if rows else ""
        )

    def _shortened(self, name: str) -> str:
        middle = Qt.TextElideMode.ElideMiddle
        return self.legend.fontMetrics().elidedText(name, middle, READ_OUT_NAME)

    @Slot(int, bool)
    def _choose(self, number: int, chosen: bool) -> None:
        if chosen:
            self.plot.show_metric(CHOICES[number])
            self.plot.draw_runs(self._drawn)

    def _show_read_out(self, place: QPointF) -> None:
        x = self.plot.point_at(self.plot.widget.mapToScene(place.toPoint()))
        text = self.read_out(round(x)) if x is not None else ""
        if x is None or not text:
            self._hide_read_out()
            return
        self.plot.show_cursor(round(x))
        self._read_out.setText(text)
        self._read_out.adjustSize()
        here = self.plot.widget.viewport().mapTo(self, place.toPoint())
        left = here.x() + 2 * GRID
        if left + self._read_out.width() > self.width():
            left = here.x() - 2 * GRID - self._read_out.width()
        lowest = max(0, self.height() - self._read_out.height())
        top = min(max(0, here.y() - self._read_out.height() // 2), lowest)
        self._read_out.move(max(0, left), top)
        self._read_out.show()
        self._read_out.raise_()

    def _hide_read_out(self) -> None:
        self._read_out.hide()
        self.plot.show_cursor(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._show_read_out(event.position())
        elif event.type() == QEvent.Type.Leave:
            self._hide_read_out()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        self.plot.draw_runs(self._drawn)
        super().showEvent(event)
