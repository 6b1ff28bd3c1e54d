"""Curves outside of the window: a table of their raw values, and a picture of all metrics."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from bcviewer.gui.style import GRID, GROUP, Tokens, body_font, caption_font
from bcviewer.gui.widgets.curve_plot import TITLES, CurvePlot
from bcviewer.gui.words import marked, tr, tr_count
from bcviewer.model.events import EpochDone
from bcviewer.tables import safe_cell

PARTS = ("train", "validation")
UNKNOWN = marked("unknown")
_COUNTED = (
    ("train", marked("training: 1 patient"), marked("training: {count:,} patients")),
    ("validation", marked("validation: 1 patient"), marked("validation: {count:,} patients")),
)
PLOT = QSize(560, 320)
PEN_WIDTH = 2.0
PLOTS = len(TITLES)
COLUMNS = 2
LINE = 20
SCALE = 2.0
"""Pixels of the picture to one of the layout, so that it stays sharp in print."""


@dataclass(frozen=True)
class CurveSource:
    """What curves were measured on: no figure leaves the window without it.

    Attributes:
        name: The run, or the architecture.
        split_title: How patients were split; "" when not known.
        patients: Patients of each part, as far as known.
        data_folder: Where the patches are; nothing is written there.
    """

    name: str
    split_title: str = ""
    patients: dict[str, int] = field(default_factory=dict)
    data_folder: Path | None = None

    @property
    def words(self) -> str:
        """``simple_cnn · training: 145 patients · validation: 41 patients · split by patient``."""
        counted = [
            tr_count(self.patients[part], one, many)
            for part, one, many in _COUNTED
            if part in self.patients
        ]
        split = tr("split {split}", split=tr(self.split_title or UNKNOWN))
        return " · ".join([self.name, *counted, split])

    @property
    def apart(self) -> tuple[Path, ...]:
        """Folders that are never written to."""
        return (self.data_folder,) if self.data_folder is not None else ()

    @property
    def file_name(self) -> str:
        """The name, fit for a file."""
        return re.sub(r"[^\w.-]+", "-", self.name).strip("-.") or "curves"


Curves = Sequence[tuple[CurveSource, Sequence[EpochDone]]]


def curves_csv(curves: Curves) -> str:
    """A table with a row for each finished epoch of each run: values as told, never smoothed.

    A value that was not measured is empty; one that is no number is "nan" or "inf".
    """
    metrics = [(part, metric) for part in PARTS for metric in TITLES]
    table = io.StringIO()
    write = csv.writer(table, lineterminator="\n")
    write.writerow(
        [
            *("run", "split", "train_patients", "validation_patients"),
            *("epoch", "best_epoch", "seconds"),
            *(f"{part}_{metric}" for part, metric in metrics),
        ]
    )
    for source, history in curves:
        named = [safe_cell(source.name), safe_cell(source.split_title)]
        about = [*named, *(source.patients.get(p, "") for p in PARTS)]
        best = history[-1].best_epoch if history else 0
        for epoch in history:
            figures = [getattr(epoch, part).get(metric) for part, metric in metrics]
            told = [epoch.epoch, int(epoch.epoch == best), epoch.seconds]
            write.writerow([*about, *told, *map(_figure, figures)])
    return table.getvalue()


Steps = Iterable[tuple[CurveSource, Iterable[tuple[int, int, float]]]]


def steps_csv(steps: Steps) -> str:
    """A table with a row for each step of each run: epoch and step, from 1, and its own loss."""
    table = io.StringIO()
    write = csv.writer(table, lineterminator="\n")
    write.writerow(["run", "split", "train_patients", "epoch", "step", "train_loss"])
    for source, rows in steps:
        named = [safe_cell(source.name), safe_cell(source.split_title)]
        about = [*named, source.patients.get("train", "")]
        for epoch, step, loss in rows:
            write.writerow([*about, epoch, step, _figure(loss)])
    return table.getvalue()


def curves_picture(
    plots: Iterable[CurvePlot], legend: QWidget, *, words: Sequence[str], tokens: Tokens
) -> Iterator[QImage]:
    """Paint a picture of plots, two in a row, below what they were measured on and their legend.

    It is painted in steps, so that the window stays quick: one for the head, one for each plot.

    Args:
        plots: ``PLOTS`` plots, each drawn at the size ``PLOT`` when it is asked for; they need not
            be on screen.
        legend: What their lines mean; taken as wide as the picture.
        words: Lines above: what was measured on whom, and how the lines are drawn.
        tokens: The colours.

    Yields:
        The picture after each step; the last one is whole.
    """
    width = COLUMNS * (PLOT.width() + GROUP) + GROUP
    legend.setFixedWidth(width - 2 * GROUP)
    legend.adjustSize()
    top = GROUP + LINE * len(words) + GRID + legend.height() + GRID
    height = top + -(-PLOTS // COLUMNS) * (PLOT.height() + GRID) + GRID
    image = QImage(QSize(width, height) * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(QColor(tokens.panel))
    with QPainter(image) as painter:
        painter.setPen(QColor(tokens.text))
        _paint_words(painter, words, width - 2 * GROUP)
        _render(legend, painter, QPoint(GROUP, top - GRID - legend.height()))
    yield image
    for number, plot in enumerate(plots):
        row, column = divmod(number, COLUMNS)
        left, above = column * (PLOT.width() + GROUP), row * (PLOT.height() + GRID)
        with QPainter(image) as painter:
            _render(plot.widget, painter, QPoint(GROUP + left, top + above))
        yield image


def _paint_words(painter: QPainter, words: Sequence[str], width: int) -> None:
    for number, text in enumerate(words):
        painter.setFont(body_font() if number == 0 else caption_font())
        place = QRect(GROUP, GROUP + number * LINE, width, LINE)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, width)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


def _render(widget: QWidget, painter: QPainter, place: QPoint) -> None:
    # A view's own render() would draw its scene; this draws the widget.
    flags = QWidget.RenderFlag.DrawChildren
    QWidget.render(widget, painter, place, QRegion(), flags)


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return repr(float(value)) if not math.isnan(value) else "nan"
