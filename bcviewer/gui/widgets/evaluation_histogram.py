"""Probabilities by class: IDC upwards, not IDC downwards, what is wrong hatched."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QTransform
from PySide6.QtWidgets import QWidget

from bcviewer.evaluation.reliability import Histogram
from bcviewer.gui.style import Tokens, caption_font
from bcviewer.gui.widgets.evaluation_colours import class_colour, hatched, pale
from bcviewer.gui.widgets.evaluation_plot import ENDS, EvaluationPlot
from bcviewer.gui.words import marked, tr, tr_count

TIP: Final = marked(
    "<b>Probabilities by class</b><br>How many patches of each class have which probability: "
    "IDC upwards, not IDC downwards, each as a share of its class. What is on the wrong side of "
    "the threshold is hatched.<br>Drag the line to move the threshold; click a bar to see its "
    "patches."
)
NEAR: Final = 6
"""Pixels from the line within which the pointer takes hold of it."""

ROOM: Final = 1.08
LEAST: Final = 0.3
"""The height of one side, as a share of the other's."""

GAP: Final = 0.1
"""Between bars, as a share of their width."""


class HistogramPlot(EvaluationPlot):
    """Bars in two directions about a middle line, cut by the threshold."""

    threshold_dragged = Signal(float)

    bin_clicked = Signal(float, float, int)
    """Lower and upper edge of a bin, and the class of its patches: 1 for IDC."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Probabilities"), tr(TIP), axes=(tr("probability"), ""), tokens=tokens, parent=parent
        )
        self._counts: Histogram | None = None
        self._threshold = 0.5
        self._bars: dict[tuple[int, bool], Any] = {
            (truth, right): pg.BarGraphItem(x0=[], x1=[], y0=[], y1=[])
            for truth in (1, 0)
            for right in (True, False)
        }
        self._middle: Any = pg.InfiniteLine(pos=0, angle=0)
        self._line: Any = pg.InfiniteLine(angle=90)
        self._names = {
            1: pg.TextItem(tr("IDC"), anchor=(0, 0)),
            0: pg.TextItem(tr("not IDC"), anchor=(0, 1)),
        }
        self.add((*self._bars.values(), self._middle, self._line, *self._names.values()))
        for name in self._names.values():
            name.setFont(caption_font())
        self.set_ticks(ENDS, ())
        self._item.getAxis("left").setWidth(6)
        self.set_tokens(tokens)

    def set_tokens(self, tokens: Tokens) -> None:
        super().set_tokens(tokens)
        self._item.getAxis("left").setPen(pg.mkPen(None))
        self._middle.setPen(pg.mkPen(tokens.control_line, width=1))
        self._line.setPen(pg.mkPen(tokens.text, width=2))
        for truth, name in self._names.items():
            name.setColor(class_colour(tokens, truth))
        self._draw()

    def show_counts(self, counts: Histogram) -> None:
        """Draw other counts."""
        self._counts = counts
        up, down = (max(0.01, float(self._shares()[truth].max())) for truth in (1, 0))
        # The name of a class needs some room even where its bars are low.
        up, down = ROOM * max(up, LEAST * down), ROOM * max(down, LEAST * up)
        self._item.setRange(xRange=(0, 1), yRange=(-down, up), padding=0.01)
        self._names[1].setPos(0.0, up)
        self._names[0].setPos(0.0, -down)
        self._keep_names_clear()
        self._draw()

    def show_threshold(self, threshold: float) -> None:
        """Move the line."""
        self._threshold = threshold
        self._line.setPos(threshold)
        self._draw()

    def arrange(self) -> None:
        self._draw()

    def may_drag(self, at: QPointF) -> bool:
        if self._counts is None or self.place(at) is None:
            return False
        return abs(self.pixels(self._threshold, 0).x() - at.x()) <= NEAR

    def drag(self, at: QPointF) -> None:
        self.threshold_dragged.emit(round(self.clamped(at).x(), 4))

    def click(self, at: QPointF) -> None:
        found = self._bar_at(at)
        if found is not None and self._counts is not None:
            number, truth = found
            low, high = self._counts.edges[number : number + 2]
            self.bin_clicked.emit(float(low), float(high), truth)

    def cursor_at(self, at: QPointF) -> Qt.CursorShape:
        if not self.may_drag(at) and self._bar_at(at) is not None:
            return Qt.CursorShape.PointingHandCursor
        return super().cursor_at(at)

    def words_at(self, at: QPointF) -> str:
        if self._dragging or self.may_drag(at):
            return tr("threshold <b>{threshold:.2f}</b>", threshold=self._threshold)
        found = self._bar_at(at)
        if found is None or self._counts is None:
            return ""
        number, truth = found
        low, high = self._counts.edges[number : number + 2]
        counts = self._counts.idc if truth else self._counts.other
        share = self._shares()[truth][number]
        name = tr("IDC") if truth else tr("not IDC")
        return tr(
            "<b>{low:.2f} to {high:.2f}</b>, {name}<br>{patches}<br>{share:.1f} % of all {name}",
            low=low,
            high=high,
            name=name,
            patches=tr_count(counts[number], "1 patch", "{count:,} patches"),
            share=100 * share,
        )

    def _shares(self) -> dict[int, NDArray[np.float64]]:
        assert self._counts is not None
        of_class = {1: self._counts.idc, 0: self._counts.other}
        return {truth: counts / max(1, counts.sum()) for truth, counts in of_class.items()}

    def _bar_at(self, at: QPointF) -> tuple[int, int] | None:
        """The bin and class under a place, where that has patches."""
        found = self.place(at)
        if found is None or self._counts is None or not 0 <= found.x() <= 1:
            return None
        bins = len(self._counts.idc)
        number, truth = min(int(found.x() * bins), bins - 1), int(found.y() >= 0)
        counts = self._counts.idc if truth else self._counts.other
        return (number, truth) if counts[number] else None

    def _keep_names_clear(self) -> None:
        """Put a class's name to the side where its bars are low."""
        for truth, shares in self._shares().items():
            half = len(shares) // 2
            left = shares[:half].max() <= shares[half:].max()
            place = self._names[truth].pos()
            self._names[truth].setPos(0.0 if left else 1.0, place.y())
            self._names[truth].setAnchor((0 if left else 1, 0 if truth else 1))

    def _draw(self) -> None:
        if self._counts is None:
            return
        edges = self._counts.edges
        inset = GAP * (edges[1] - edges[0]) / 2
        low, high = edges[:-1] + inset, edges[1:] - inset
        cut = np.clip(self._threshold, low, high)
        for truth, shares in self._shares().items():
            up = shares if truth else -shares
            for above in (True, False):
                right = above == bool(truth)
                first, last = (cut, high) if above else (low, cut)
                there = (last > first) & (shares > 0)
                self._bars[truth, right].setOpts(
                    x0=first[there],
                    x1=last[there],
                    y0=np.zeros(int(there.sum())),
                    y1=up[there],
                    brush=self._brush(truth, right),
                    pen=pg.mkPen(class_colour(self._tokens, truth), width=1),
                )

    def _brush(self, truth: int, right: bool) -> QBrush:
        colour = class_colour(self._tokens, truth)
        if right:
            return QBrush(pale(colour, 0.75))
        brush = hatched(QColor(colour))
        across, up = self._item.getViewBox().viewPixelSize()
        brush.setTransform(QTransform.fromScale(across or 1.0, up or 1.0))
        return brush
