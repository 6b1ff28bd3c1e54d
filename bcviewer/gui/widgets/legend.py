"""What the colours over the tissue mean: ramp with its threshold, model, outline, no data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QPolygon
from PySide6.QtWidgets import QWidget

from bcviewer.gui.style import GRID, Tokens
from bcviewer.gui.widgets.legend_errors import ErrorKeys
from bcviewer.gui.widgets.slide_items import image_of
from bcviewer.gui.widgets.slide_overlays import Overlay
from bcviewer.gui.widgets.slide_stamps import MarkKey, key_picture, keys_of
from bcviewer.gui.widgets.slide_strokes import hatch_brush, paint_contour_key, paint_truth_key
from bcviewer.gui.words import marked, tr
from bcviewer.slide.errors import OutcomeCounts
from bcviewer.slide.heatmap import paint
from bcviewer.slide.palette import NUCLEI, STROMA, Palette

SMOOTHED: Final = marked("Smoothed view; no number changes")
TRUTH_KEY: Final = marked("IDC, ground truth")
CONTOUR_KEY: Final = marked("IDC, predicted")

_RAMP: Final = QSize(216, 16)
_WIDEST: Final = 320
_TICK: Final = 4
_SWATCH: Final = QSize(20, 12)
_MARK: Final = 16
_COLUMN: Final = 82
_COLUMNS: Final = 3
_MARK_GAP: Final = 2


@dataclass(frozen=True)
class HeatmapLook:
    """How a heatmap is painted, and by which model.

    Attributes:
        palette: Its ramp.
        threshold: 0 to 1.
        opacity: 0 to 1.
        hide_below: Whether cells below the threshold are left clear.
        model: Name of the model; may be empty.
        area: How many patches are at or above the threshold, in words; may be empty.
        smooth: Whether it is drawn smoothed.
        notes: More to know of the values, a line each.
        uncertainty: Whether it is the uncertainty, which has no threshold.
        full_change: 0 for probabilities; else it is their change, from minus this to plus this.
    """

    palette: Palette
    threshold: float
    opacity: float
    hide_below: bool = False
    model: str = ""
    area: str = ""
    smooth: bool = False
    notes: tuple[str, ...] = ()
    full_change: float = 0
    uncertainty: bool = False

    @property
    def title(self) -> str:
        """What the colours stand for."""
        if self.uncertainty:
            return tr("Uncertainty")
        return tr("Change of probability") if self.full_change else tr("Probability of IDC")

    @property
    def ends(self) -> tuple[str, str]:
        """The values at the two ends of the ramp."""
        if self.uncertainty:
            return (tr("sure"), tr("unsure"))
        full = self.full_change
        return (f"−{full:g}", f"+{full:g}") if full else ("0", "1")

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands under the ramp."""
        area = (f"≥ {self.threshold:.2f}: {self.area}",) if self.area else ()
        return (*area, *((tr(SMOOTHED),) if self.smooth else ()), *self.notes)


class Legend(Overlay):
    """Shows the ramp as it looks on tissue: at its opacity, over stroma and over nuclei."""

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(tokens, parent)
        self.setAccessibleName(tr("Legend"))
        self._look: HeatmapLook | None = None
        self._truth = self._contour = False
        self._marks: tuple[MarkKey, ...] = ()
        self._errors: ErrorKeys | None = None
        self._drawn: QPixmap | None = None

    @property
    def look(self) -> HeatmapLook | None:
        """The heatmap explained, or None."""
        return self._look

    def set_look(self, look: HeatmapLook | None) -> None:
        """Explain a heatmap, or none."""
        self._look = look
        self._settle()

    def set_truth_shown(self, shown: bool) -> None:
        """Explain the outline of the true regions, or not."""
        self._truth = shown
        self._settle()

    def set_contour_shown(self, shown: bool) -> None:
        """Explain the contour of the predicted regions, or not."""
        if shown != self._contour:
            self._contour = shown
            self._settle()

    def set_errors(self, counts: OutcomeCounts | None, threshold: float) -> None:
        """Explain right and wrong predictions, or not.

        Args:
            counts: How many there are; None where they are not shown.
            threshold: At which they were predicted.
        """
        shown = None if counts is None else ErrorKeys(counts, threshold)
        if shown != self._errors:
            self._errors = shown
            self._settle()

    def set_marks(self, marks: NDArray[np.int8] | None) -> None:
        """Explain the marks of labelled patches: those that are on the slide, no others.

        Args:
            marks: int8[n] of the slide's patches, see ``label_marks``; None for none.
        """
        shown = () if marks is None else keys_of(np.unique(marks).tolist())
        if shown != self._marks:
            self._marks = shown
            self._settle()

    def sizeHint(self) -> QSize:
        """The size that the parts need."""
        line = self.fontMetrics().height()
        errors = self._errors_size()
        height = 2 * GRID + self._keys_height() + self._marks_height() + errors.height()
        least = max(self._keys_width(), errors.width())
        if self._look is None:
            return QSize(least + 2 * GRID, height)
        lines = 3 + bool(self._look.model) + len(self._look.lines)
        advance = self.fontMetrics().horizontalAdvance
        told = max((advance(text) for text in self._look.lines), default=0) + 2
        width = max(_RAMP.width(), least, min(told, _WIDEST))
        return QSize(width + 2 * GRID, height + lines * line + _TICK + _RAMP.height() + GRID + 2)

    def set_colours(self, tokens: Tokens) -> None:
        """Take other colours."""
        self._drawn = None
        super().set_colours(tokens)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the panel, which is drawn once for many frames of the slide beneath it."""
        scale = self.devicePixelRatioF()
        if self._drawn is None or self._drawn.devicePixelRatio() != scale:
            self._drawn = self._draw(scale)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._drawn)

    def _draw(self, scale: float) -> QPixmap:
        drawn = QPixmap(self.size() * scale)
        drawn.setDevicePixelRatio(scale)
        drawn.fill(Qt.GlobalColor.transparent)
        with QPainter(drawn) as painter:
            painter.setFont(self.font())
            self.paint_panel(painter)
            area = self.rect().adjusted(GRID, GRID, -GRID, -GRID)
            if self._look is not None:
                self._paint_look(painter, area, self._look)
            self._paint_marks(painter, area)
            area.adjust(0, 0, 0, -self._marks_height())
            self._paint_keys(painter, area)
            if self._errors is not None:
                bottom = area.bottom() + 1 - self._keys_height()
                top = bottom - self._errors_size().height()
                self._errors.paint(painter, QPoint(area.left(), top), self.tokens)
        return drawn

    def _settle(self) -> None:
        self._drawn = None
        self.resize(self.sizeHint())
        self.setAccessibleDescription(self._words())
        self.update()

    def _errors_size(self) -> QSize:
        return QSize(0, 0) if self._errors is None else self._errors.size(self.fontMetrics())

    def _words(self) -> str:
        return " ".join(
            part
            for part in (self._look_words(), "" if self._errors is None else self._errors.words)
            if part
        )

    def _look_words(self) -> str:
        if self._look is None:
            return ""
        if self._look.full_change or self._look.uncertainty:
            first, last = self._look.ends
            words = tr(
                "{title} from {first} to {last}. {model}",
                title=self._look.title,
                first=first,
                last=last,
                model=self._look.model,
            )
            return ". ".join((words, *self._look.lines))
        return tr(
            "Probability of IDC from 0 to 1, threshold {threshold:.2f}, opacity {opacity:.0f} %. ",
            threshold=self._look.threshold,
            opacity=100 * self._look.opacity,
        ) + ". ".join((self._look.model, *self._look.lines))

    def _paint_look(self, painter: QPainter, area: QRect, look: HeatmapLook) -> None:
        line = self.fontMetrics().height()
        row = QRect(area.left(), area.top(), area.width(), line)
        self._write(painter, row, look.title, strong=True)
        if look.model:
            row.translate(0, line)
            self._write(painter, row, look.model, muted=True)
        row.translate(0, line + 2)
        ramp = QRect(QPoint(area.left(), row.bottom() + 1 + _TICK), _RAMP)
        if not look.uncertainty:
            self._paint_threshold(painter, row, ramp)
        self._paint_ramp(painter, ramp)
        row.moveTop(ramp.bottom() + 2)
        ramp_row = QRect(row.topLeft(), QSize(ramp.width(), line))
        first, last = look.ends
        self._write(painter, ramp_row, first, muted=True)
        self._write(painter, ramp_row, last, muted=True, align=Qt.AlignmentFlag.AlignRight)
        words = tr("at {opacity:.0f} % over tissue", opacity=100 * look.opacity)
        self._write(painter, ramp_row, words, muted=True, align=Qt.AlignmentFlag.AlignHCenter)
        for text in look.lines:
            row.translate(0, line)
            self._write(painter, row, text, muted=text != look.lines[0] or not look.area)

    def _paint_threshold(self, painter: QPainter, row: QRect, ramp: QRect) -> None:
        assert self._look is not None
        text = tr("no change") if self._look.full_change else f"{self._look.threshold:.2f}"
        at = ramp.left() + round(self._look.threshold * (ramp.width() - 1))
        width = self.fontMetrics().horizontalAdvance(text)
        left = min(max(at - width // 2, ramp.left()), ramp.right() + 1 - width)
        painter.setPen(QColor(self.tokens.text))
        painter.drawText(QPoint(left, row.top() + self.fontMetrics().ascent()), text)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.tokens.text))
        tip = ramp.top() - 1
        painter.drawPolygon(
            QPolygon([QPoint(at - 4, tip - 4), QPoint(at + 4, tip - 4), QPoint(at, tip)])
        )

    def _paint_ramp(self, painter: QPainter, ramp: QRect) -> None:
        assert self._look is not None
        look = self._look
        half = ramp.height() // 2
        painter.fillRect(ramp, QColor(STROMA))
        painter.fillRect(ramp.adjusted(0, half, 0, 0), QColor(NUCLEI))
        values = np.linspace(0, 1, ramp.width(), dtype=np.float32)[np.newaxis]
        colours = paint(
            values,
            palette=look.palette,
            threshold=look.threshold,
            opacity=look.opacity,
            hide_below=look.hide_below,
        )
        painter.drawImage(ramp, image_of(colours))

    def _paint_keys(self, painter: QPainter, area: QRect) -> None:
        rows = self._key_rows()
        top = area.bottom() + 1 - self._keys_height()
        for number, row in enumerate(rows):
            left = area.left()
            for text, width in row:
                line = QRect(left, top + number * self._key_line(), width, self._key_line())
                self._paint_key(painter, line, text)
                left += width + 2 * GRID

    def _paint_key(self, painter: QPainter, line: QRect, text: str) -> None:
        swatch = QRect(QPoint(0, 0), _SWATCH)
        swatch.moveCenter(line.center())
        swatch.moveLeft(line.left())
        painter.fillRect(swatch, QColor(self.tokens.control_line))
        painter.fillRect(swatch.adjusted(1, 1, -1, -1), hatch_brush(self.tokens))
        if text == tr(TRUTH_KEY):
            paint_truth_key(painter, swatch)
        elif text == tr(CONTOUR_KEY):
            paint_contour_key(painter, swatch)
        self._write(painter, line.adjusted(_SWATCH.width() + GRID // 2, 0, 0, 0), text)

    def _key_rows(self) -> list[list[tuple[str, int]]]:
        """Text and width of the keys, two to a row."""
        texts = [tr("No data")] + [tr(TRUTH_KEY)] * self._truth + [tr(CONTOUR_KEY)] * self._contour
        advance = self.fontMetrics().horizontalAdvance
        keys = [(text, _SWATCH.width() + GRID // 2 + advance(text) + 1) for text in texts]
        return [keys[start : start + 2] for start in range(0, len(keys), 2)]

    def _key_line(self) -> int:
        return max(self.fontMetrics().height(), _SWATCH.height()) + _MARK_GAP

    def _keys_height(self) -> int:
        return self._key_line() * len(self._key_rows()) - _MARK_GAP

    def _keys_width(self) -> int:
        rows = self._key_rows()
        keys = max(sum(width for _, width in row) + 2 * GRID * (len(row) - 1) for row in rows)
        return max(keys, _COLUMN * min(len(self._marks), _COLUMNS))

    def _marks_height(self) -> int:
        lines = -(-len(self._marks) // _COLUMNS)
        return lines * (_MARK + _MARK_GAP) + (GRID // 2 if lines else 0)

    def _paint_marks(self, painter: QPainter, area: QRect) -> None:
        """Paint a sample of each mark, below all else."""
        top = area.bottom() + 1 - self._marks_height() + GRID // 2 + _MARK_GAP
        for number, key in enumerate(self._marks):
            down, across = divmod(number, _COLUMNS)
            left = area.left() + across * _COLUMN
            swatch = QRect(left, top + down * (_MARK + _MARK_GAP), _MARK, _MARK)
            painter.fillRect(swatch, QColor(STROMA))
            sample = key_picture(key, _MARK, scale=self.devicePixelRatioF())
            painter.drawImage(swatch.topLeft(), sample)
            words = QRect(swatch.right() + 1 + GRID // 2, swatch.top(), _COLUMN - _MARK, _MARK)
            self._write(painter, words, tr(key.value))

    def _write(
        self,
        painter: QPainter,
        row: QRect,
        text: str,
        *,
        strong: bool = False,
        muted: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        font = self.font()
        font.setBold(strong)
        painter.setFont(font)
        painter.setPen(QColor(self.tokens.muted if muted else self.tokens.text))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, row.width())
        painter.drawText(row, align | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(self.font())
