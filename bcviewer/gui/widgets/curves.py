"""The curves of a training, live: loss, and accuracy or another metric, against epochs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer, Slot
from PySide6.QtGui import QImage, QMouseEvent, QResizeEvent, QShowEvent
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
from bcviewer.gui.widgets.curve_legend import ENTRIES, CurveLegend
from bcviewer.gui.widgets.curve_menu import CurveMenu
from bcviewer.gui.widgets.curve_options import CurveOptions
from bcviewer.gui.widgets.curve_plot import TITLES, CurvePlot
from bcviewer.gui.widgets.curve_points import EpochPoints, StepPoints
from bcviewer.gui.widgets.curve_read_out import CurveReadOut, epoch_table, step_table
from bcviewer.gui.widgets.curve_saver import CurveSaver
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.widgets.step_losses import StepLoss, StepLosses
from bcviewer.gui.words import marked, tr
from bcviewer.model.events import EpochDone, EpochSteps, StepDone

EMPTY = marked("The curves of loss and accuracy are drawn here while a training runs.")
SEGMENTS = {
    "accuracy": marked("accuracy"),
    "balanced_accuracy": marked("balanced"),
    "auc": marked("AUC"),
}
CHOICES = tuple(SEGMENTS)
DRAW_EVERY_MS = 60
"""Events that come faster than this are drawn together."""
LEAST_WIDTH = 280
NEAR_EPOCH = 0.5
EPOCH_REACH = 4
"""So many pixels beside a finished epoch its values are read out, and not those of a step."""

LEGEND_LEAST = 2
"""Entries of the legend that are shown before there is room for the title."""


class TrainingCurves(QWidget):
    """Two plots side by side: the loss, and a metric of the user's choice.

    Every point that was told is drawn as it is; the user may have the line smoothed.
    """

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(LEAST_WIDTH)
        self._tokens = tokens
        self._about = ""
        self._source = CurveSource("training")
        self._epochs = EpochPoints()
        self._steps = StepPoints()
        self._losses = StepLosses()
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
            button.setText(tr(SEGMENTS[metric]))
            button.setToolTip(tr(TITLES[metric]))
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setProperty("segment", "first" if number == 0 else "next")
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._choice.addButton(button, number)
        self._choice.idToggled.connect(self._choose)
        self.menu = CurveMenu()
        self.menu.options_changed.connect(self._take_options)
        self.menu.png_wanted.connect(self._save_png)
        self.menu.csv_wanted.connect(self._save_csv)
        self.menu.steps_wanted.connect(self._save_steps)
        self.saver = CurveSaver(self)
        self.loss_plot = CurvePlot("loss", tokens)
        self.metric_plot = CurvePlot(CHOICES[0], tokens)
        for plot in (self.loss_plot, self.metric_plot):
            plot.widget.viewport().setMouseTracking(True)
            plot.widget.viewport().installEventFilter(self)
        self._empty = EmptyHint(tr(EMPTY))
        self._read_out = CurveReadOut(self)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._legend)
        head.addSpacing(GRID)
        head.addWidget(self._title, 1)
        head.addSpacing(GRID)
        for button in self._choice.buttons():
            head.addWidget(button)
        head.addSpacing(GRID // 2)
        head.addWidget(self.menu)
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
        self._losses = StepLosses()
        self._hide_read_out()
        self._stack.setCurrentIndex(0)
        self._timer.start()

    def set_title(self, text: str) -> None:
        """Say what the curves were measured on: patients and split."""
        self._about = text
        self._say_title()

    def set_source(self, source: CurveSource) -> None:
        """Name the training, for what is saved of its curves."""
        self._source = source

    def set_empty_text(self, text: str) -> None:
        """Say something else while there are no curves."""
        self._empty.setText(text)

    def step_done(self, event: StepDone) -> None:
        """Add a point within an epoch."""
        self._steps.add(event)
        self._losses.add(event)
        self._changed()

    def steps_kept(self, event: EpochSteps) -> None:
        """Add what is kept of the steps of an earlier epoch."""
        self._losses.add_kept(event)
        self._changed()

    def epoch_done(self, event: EpochDone) -> None:
        """Add the results of an epoch."""
        self._epochs.add(event)
        self._changed()

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self._tokens = tokens
        self._legend.set_tokens(tokens)
        self.loss_plot.set_tokens(tokens)
        self.metric_plot.set_tokens(tokens)
        self._read_out.set_tokens(tokens)
        self.saver.note.set_tokens(tokens)

    def table(self) -> str:
        """The finished epochs as CSV, raw."""
        return curves_csv([(self._source, self._epochs.events)])

    def steps_table(self) -> str:
        """The loss of each step as CSV, raw."""
        return steps_csv([(self._source, self._losses.rows())])

    def picture(self) -> Iterator[QImage]:
        """Paint all four metrics, with what they were measured on; the last picture is whole."""
        words = [self._source.words, self.menu.options.picture_words]
        plots = (self._large_plot(metric) for metric in TITLES)
        return curves_picture(plots, CurveLegend(self._tokens), words=words, tokens=self._tokens)

    def _large_plot(self, metric: str) -> CurvePlot:
        plot = CurvePlot(metric, self._tokens, pen_width=PEN_WIDTH)
        plot.options = self.menu.options
        plot.widget.resize(PLOT)
        plot.draw(self._epochs, self._steps, self._losses)
        return plot

    def read_out(self, epoch: float) -> str:
        """The values nearest to a place on the axis, as rich text; "" without any."""
        found = self._nearest(epoch)
        return "" if found is None else self._table(found)

    def _nearest(self, x: float) -> EpochDone | StepLoss | None:
        """A finished epoch within half an epoch, else a step where one is nearer."""
        epoch, step = self._epochs.nearest(x), self._losses.nearest(x)
        if epoch is None or step is None:
            return epoch or step
        far = abs(epoch.epoch - x)
        return epoch if far <= NEAR_EPOCH or far <= abs(step.x - x) else step

    def _under(self, plot: CurvePlot, place: QPointF) -> EpochDone | StepLoss | None:
        """What is read out at a place of a plot's scene."""
        x = plot.point_at(place)
        if x is None:
            return None
        epoch, dot = self._epochs.nearest(x), plot.dot_at(place)
        if epoch is not None and abs(epoch.epoch - x) <= plot.epochs_across(EPOCH_REACH):
            return epoch
        return self._nearest(x) if dot is None else self._losses.nearest(dot)

    def _table(self, found: EpochDone | StepLoss) -> str:
        if isinstance(found, StepLoss):
            return step_table(found)
        return epoch_table(found, best=found.epoch == self._epochs.best_epoch)

    def _changed(self) -> None:
        if not self._timer.isActive() and self.isVisible():
            self._timer.start()

    @Slot()
    def _draw(self) -> None:
        self.menu.set_savable(len(self._epochs) > 0, steps=len(self._losses) > 0)
        if not len(self._epochs) and not len(self._steps):
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        self.loss_plot.draw(self._epochs, self._steps, self._losses)
        self.metric_plot.draw(self._epochs, self._steps, self._losses)

    @Slot(int, bool)
    def _choose(self, number: int, chosen: bool) -> None:
        if chosen:
            self.metric_plot.show_metric(CHOICES[number])
            self._draw()

    @Slot(object)
    def _take_options(self, options: CurveOptions) -> None:
        for plot in (self.loss_plot, self.metric_plot):
            plot.options = options
        self._say_title()
        self._draw()

    def _say_title(self) -> None:
        parts = [self.menu.options.line_words, self._about]
        self._title.setText(" · ".join(part for part in parts if part))
        self._share_head()

    @Slot()
    def _save_png(self) -> None:
        path = self.saver.ask(f"{self._source.file_name}-curves", ".png")
        if path is not None:
            self.saver.save(path, self.picture(), apart=self._source.apart)

    @Slot()
    def _save_csv(self) -> None:
        self._save_table("curves", self.table)

    @Slot()
    def _save_steps(self) -> None:
        self._save_table("steps", self.steps_table)

    def _save_table(self, what: str, table: Callable[[], str]) -> None:
        path = self.saver.ask(f"{self._source.file_name}-{what}", ".csv")
        if path is not None:
            self.saver.save(path, table(), apart=self._source.apart)

    def _share_head(self) -> None:
        """Show as much of the legend as there is room for beside the title."""
        buttons = sum(button.sizeHint().width() for button in self._choice.buttons())
        menu = self.menu.sizeHint().width() + GRID // 2
        room = self.width() - buttons - menu - 2 * GRID
        title = self._title.sizeHint().width()
        fitting = [
            count
            for count in range(len(ENTRIES) + 1)
            if self._legend.width_of(count) + (title if count > LEGEND_LEAST else 0) <= room
        ]
        self._legend.show_first(max(fitting, default=0))

    def _show_read_out(self, plot: CurvePlot, place: QPointF) -> None:
        found = self._under(plot, plot.widget.mapToScene(place.toPoint()))
        if found is None:
            self._hide_read_out()
            return
        for each in (self.loss_plot, self.metric_plot):
            each.show_cursor(found.x if isinstance(found, StepLoss) else found.epoch)
        here = plot.widget.viewport().mapTo(self, place.toPoint())
        self._read_out.show_at(here, self._table(found))

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
