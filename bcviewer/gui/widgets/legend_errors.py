"""The part of the legend that explains right and wrong predictions, and counts them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from bcviewer.gui.style import GRID, Tokens
from bcviewer.gui.widgets.slide_errors import paint_outcome_key
from bcviewer.gui.words import tr, tr_count
from bcviewer.slide.errors import Outcome, OutcomeCounts
from bcviewer.slide.palette import STROMA

# Labels down, predictions across, as in a confusion matrix that is read from the left: what the
# model found first, what it did not find beside it.
_PLACES: Final = (
    (Outcome.TRUE_POSITIVE, Outcome.FALSE_NEGATIVE),
    (Outcome.FALSE_POSITIVE, Outcome.TRUE_NEGATIVE),
)
_SWATCH: Final = QSize(20, 12)
_GAP: Final = 2


@dataclass(frozen=True)
class ErrorKeys:
    """Keys of the four outcomes with their counts, two by two, under a line that sums them up.

    Attributes:
        counts: Of the patches of the slide.
        threshold: At which they were predicted.
    """

    counts: OutcomeCounts
    threshold: float

    @property
    def words(self) -> str:
        """All of it as a sentence."""
        each = ", ".join(
            f"{tr(outcome.title.lower())} {self.counts.of(outcome):,}"
            for row in _PLACES
            for outcome in row
        )
        return f"{self.line}: {each}."

    @property
    def line(self) -> str:
        """The sum, such as "At 0.69: 221 of 2,212 patches are wrong (10 %)"."""
        if not self.counts.judged:
            return tr("At {threshold:.2f}: no patch can be judged", threshold=self.threshold)
        wrong = self.counts.false_positives + self.counts.false_negatives
        return tr_count(
            wrong,
            "At {threshold:.2f}: 1 of {judged:,} patches is wrong ({share:.0f} %)",
            "At {threshold:.2f}: {count:,} of {judged:,} patches are wrong ({share:.0f} %)",
            threshold=self.threshold,
            judged=self.counts.judged,
            share=100 * wrong / self.counts.judged,
        )

    def size(self, metrics: QFontMetrics) -> QSize:
        """What it takes, with the space below it."""
        keys = sum(self._widths(metrics)) + 2 * GRID
        width = max(keys, metrics.horizontalAdvance(self.line) + 1)
        return QSize(width, metrics.height() + _GAP + 2 * _row_height(metrics) + GRID)

    def paint(self, painter: QPainter, at: QPoint, tokens: Tokens) -> None:
        """Paint it, in the painter's font."""
        metrics = painter.fontMetrics()
        first = self._widths(metrics)[0]
        painter.setPen(QColor(tokens.text))
        line = QRect(at, QSize(self.size(metrics).width(), metrics.height()))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self.line)
        height = _row_height(metrics)
        for down, row in enumerate(_PLACES):
            for across, outcome in enumerate(row):
                left = at.x() + across * (first + 2 * GRID)
                top = line.bottom() + 1 + _GAP + down * height
                self._paint_key(painter, QRect(left, top, first * 2, height), outcome, tokens)

    def _paint_key(self, painter: QPainter, row: QRect, outcome: Outcome, tokens: Tokens) -> None:
        swatch = QRect(QPoint(0, 0), _SWATCH)
        swatch.moveCenter(row.center())
        swatch.moveLeft(row.left())
        painter.fillRect(swatch, QColor(STROMA))
        paint_outcome_key(painter, swatch, outcome)
        painter.setPen(QColor(tokens.text))
        beside = row.adjusted(_SWATCH.width() + GRID // 2, 0, 0, 0)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, self._key_words(outcome))

    def _key_words(self, outcome: Outcome) -> str:
        return f"{tr(outcome.title)} {self.counts.of(outcome):,}"

    def _widths(self, metrics: QFontMetrics) -> tuple[int, int]:
        """Of the two columns."""
        first, second = (
            max(metrics.horizontalAdvance(self._key_words(row[column])) for row in _PLACES)
            + _SWATCH.width()
            + GRID // 2
            + 1
            for column in (0, 1)
        )
        return first, second


def _row_height(metrics: QFontMetrics) -> int:
    return max(metrics.height(), _SWATCH.height()) + _GAP
