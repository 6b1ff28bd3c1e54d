"""The curves of several runs over one another: one validation metric at a time."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Slot
from PySide6.QtGui import QIcon, QImage, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bcviewer.gui.style import GRID, Tokens
from bcviewer.gui.widgets.curve_export import (
    PEN_WIDTH,
    PLOT,
    CurveSource,
    curves_csv,
    curves_picture,
    steps_csv,
)
from bcviewer.gui.widgets.curve_menu import CurveMenu
from bcviewer.gui.widgets.curve_options import CurveOptions
from bcviewer.gui.widgets.curve_plot import TITLES
from bcviewer.gui.widgets.curve_read_out import CurveReadOut, figure
from bcviewer.gui.widgets.curve_saver import CurveSaver
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.widgets.runs_legend import RunsLegend
from bcviewer.gui.widgets.runs_lines import swatch
from bcviewer.gui.widgets.runs_plot import DrawnRun, RunsPlot
from bcviewer.gui.words import marked, tr
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.step_log import read_steps

EMPTY = marked("Choose runs in the table to see their curves over one another.")
TITLE = marked("Validation")
NO_EPOCHS = marked("No epoch was finished yet, so there is no curve.")
SEGMENTS = {
    "accuracy": marked("accuracy"),
    "balanced_accuracy": marked("balanced"),
    "auc": marked("AUC"),
    "loss": marked("loss"),
}
CHOICES = tuple(SEGMENTS)
FIRST_CHOICE = CHOICES.index("balanced_accuracy")
LEAST_WIDTH = 304
READ_OUT_NAME = 112
"""Pixels of a name in the read-out, which shall not cover the curves."""


class RunsCurves(QWidget):
    """Every epoch of a run's validation is drawn as it was told; the lines may be smoothed."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(LEAST_WIDTH)
        self._tokens = tokens
        self._drawn: tuple[DrawnRun, ...] = ()
        self._create(tokens)
        self._lay_out()
        self.set_tokens(tokens)

    def _create(self, tokens: Tokens) -> None:
        self.legend = RunsLegend()
        self._title = ElidedLabel(tr(TITLE))
        self._title.setProperty("role", "caption")
        self.choice = QButtonGroup(self)
        for number, metric in enumerate(CHOICES):
            button = QToolButton()
            button.setText(tr(SEGMENTS[metric]))
            button.setToolTip(tr(TITLES[metric]))
            button.setCheckable(True)
            button.setChecked(number == FIRST_CHOICE)
            button.setProperty("segment", "first" if number == 0 else "next")
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self.choice.addButton(button, number)
        self.choice.idToggled.connect(self._choose)
        self.menu = CurveMenu()
        self.menu.options_changed.connect(self._take_options)
        self.menu.png_wanted.connect(self._save_png)
        self.menu.csv_wanted.connect(self._save_csv)
        self.menu.steps_wanted.connect(self._save_steps)
        self.saver = CurveSaver(self)
        self.plot = RunsPlot(CHOICES[FIRST_CHOICE], tokens)
        self.plot.widget.viewport().setMouseTracking(True)
        self.plot.widget.viewport().installEventFilter(self)
        self._empty = EmptyHint(tr(EMPTY))
        self._read_out = CurveReadOut(self)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addSpacing(GRID // 2)
        for button in self.choice.buttons():
            head.addWidget(button)
        head.addSpacing(GRID // 2)
        head.addWidget(self.menu)
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

    def show_runs(self, drawn: Sequence[DrawnRun], *, no_epochs: str = "") -> None:
        """Draw these runs; ``no_epochs`` says why there is nothing to draw of them."""
        self._drawn = tuple(drawn)
        self._hide_read_out()
        self._empty.setText((no_epochs or tr(NO_EPOCHS)) if drawn else tr(EMPTY))
        self.legend.show_runs(_names(drawn))
        has_steps = any(each.run.has_steps for each in drawn)
        self.menu.set_savable(any(len(each.points) for each in drawn), steps=has_steps)
        self._stack.setCurrentIndex(1 if any(len(each.points) for each in drawn) else 0)
        self.plot.draw_runs(self._drawn)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme; ``show_runs`` comes next."""
        self.plot.set_tokens(tokens)
        self._tokens = tokens
        self._read_out.set_tokens(tokens)
        self.saver.note.set_tokens(tokens)

    def table(self) -> str:
        """The finished epochs of the drawn runs as CSV, raw."""
        return curves_csv([(_source(each), each.points.events) for each in self._drawn])

    def picture(self) -> Iterator[QImage]:
        """Paint all four metrics of the drawn runs, with what each was measured on.

        The last picture is whole.
        """
        line = self.menu.options.line_words
        head = tr("Validation; a ring marks the best epoch of each run")
        words = [
            tr("{head}; points as measured, line {line}", head=head, line=line) if line else head
        ]
        words += [_source(each).words for each in self._drawn]
        legend = RunsLegend()
        legend.show_runs(_names(self._drawn))
        drawn = self._drawn
        plots = (self._large_plot(metric, drawn) for metric in TITLES)
        return curves_picture(plots, legend, words=words, tokens=self._tokens)

    def _large_plot(self, metric: str, drawn: Sequence[DrawnRun]) -> RunsPlot:
        plot = RunsPlot(metric, self._tokens, pen_width=PEN_WIDTH)
        plot.options = self.menu.options
        plot.widget.resize(PLOT)
        plot.draw_runs(drawn)
        return plot

    def read_out(self, epoch: int) -> str:
        """The values of the runs that finished an epoch, as rich text; "" without any."""
        rows = ""
        for each in self._drawn:
            event = each.points.nearest(epoch)
            if event is None or event.epoch != epoch:
                continue
            best = tr(" (best)") if epoch == each.points.best_epoch else ""
            value = event.validation.get(self.shown_metric, math.nan)
            name = html.escape(self._shortened(each.run.record.short_name))
            rows += (
                f"<tr><td style='color: {each.line.colour}'>{name}&nbsp;&nbsp;</td>"
                f"<td align='right'>{figure(value, self.shown_metric)}</td><td>{best}</td></tr>"
            )
        head = tr("Epoch {epoch}, validation", epoch=epoch)
        return f"<b>{head}</b><table cellspacing='0'>{rows}</table>" if rows else ""

    def _shortened(self, name: str) -> str:
        middle = Qt.TextElideMode.ElideMiddle
        return self.legend.fontMetrics().elidedText(name, middle, READ_OUT_NAME)

    @Slot(int, bool)
    def _choose(self, number: int, chosen: bool) -> None:
        if chosen:
            self.plot.show_metric(CHOICES[number])
            self.plot.draw_runs(self._drawn)

    @Slot(object)
    def _take_options(self, options: CurveOptions) -> None:
        self.plot.options = options
        line = options.line_words
        title = tr(TITLE)
        self._title.setText(f"{title} · {line}" if line else title)
        self.plot.draw_runs(self._drawn)

    @Slot()
    def _save_png(self) -> None:
        path = self.saver.ask("runs-curves", ".png")
        if path is not None:
            self.saver.save(path, self.picture(), apart=self._apart)

    @Slot()
    def _save_csv(self) -> None:
        path = self.saver.ask("runs-curves", ".csv")
        if path is not None:
            self.saver.save(path, self.table(), apart=self._apart)

    @Slot()
    def _save_steps(self) -> None:
        path = self.saver.ask("runs-steps", ".csv")
        if path is not None:
            runs = [(_source(each), each.run.record.path) for each in self._drawn]
            self.saver.save(path, partial(_steps_table, runs), apart=self._apart)

    @property
    def _apart(self) -> tuple[Path, ...]:
        return tuple({folder for each in self._drawn for folder in _source(each).apart})

    def _show_read_out(self, place: QPointF) -> None:
        x = self.plot.point_at(self.plot.widget.mapToScene(place.toPoint()))
        text = self.read_out(round(x)) if x is not None else ""
        if x is None or not text:
            self._hide_read_out()
            return
        self.plot.show_cursor(round(x))
        here = self.plot.widget.viewport().mapTo(self, place.toPoint())
        self._read_out.show_at(here, text)

    def _hide_read_out(self) -> None:
        self._read_out.hide()
        self.plot.show_cursor(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._show_read_out(event.position())
        elif event.type() == QEvent.Type.Leave:
            self._hide_read_out()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.plot.draw_runs(self._drawn)
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self.plot.draw_runs(self._drawn)
        super().showEvent(event)


def _names(drawn: Sequence[DrawnRun]) -> list[tuple[QIcon, str]]:
    return [(swatch(each.line), each.run.record.short_name) for each in drawn]


def _steps_table(runs: Sequence[tuple[CurveSource, Path]]) -> str:
    """What is kept of the steps of runs, as CSV; it is read now, in whatever thread."""
    return steps_csv((source, _steps(run)) for source, run in runs)


def _steps(run: Path) -> Iterator[tuple[int, int, float]]:
    for kept in read_steps(RunFolder(run).steps_path):
        for number, loss in zip(kept.numbers, kept.losses, strict=True):
            yield kept.epoch, number, loss


def _source(drawn: DrawnRun) -> CurveSource:
    record = drawn.run.record
    return CurveSource(
        record.short_name,
        record.split_title,
        record.patients,
        record.job.folder if record.job is not None else None,
    )
