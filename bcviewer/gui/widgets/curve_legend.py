"""What the lines and marks of the curves mean: a line of small drawings with a word each."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bcviewer.gui.style import GRID, Tokens
from bcviewer.gui.words import marked, tr

ENTRIES = (
    marked("training"),
    marked("validation"),
    marked("best epoch"),
    marked("within the epoch"),
)
SWATCH = QSize(22, 14)
MARK = 6.0
RING = 10.0
DOT = 2.5
DOTS = ((-8.0, -3.0), (-3.0, 4.0), (2.0, -4.0), (7.0, 3.0))


class CurveLegend(QWidget):
    """The legend that both plots share."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        self._swatches: list[_Swatch] = []
        self._words: list[QLabel] = []
        for entry in ENTRIES:
            swatch, word = _Swatch(entry, tokens), QLabel(tr(entry))
            word.setContentsMargins(0, 0, GRID // 2, 0)
            word.setProperty("role", "caption")
            row.addWidget(swatch)
            row.addWidget(word)
            self._swatches.append(swatch)
            self._words.append(word)
        row.addStretch(1)
        self.setToolTip(
            tr(
                "Thin line: mean of the training patches since the epoch began, with augmentation "
                "and while the network still changes; so it may lie above validation. Dots: the "
                "loss of single steps."
            )
        )

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        for swatch in self._swatches:
            swatch.set_tokens(tokens)

    def show_first(self, count: int) -> None:
        """Show the first ``count`` entries only, where there is no room for all."""
        for number, (swatch, word) in enumerate(zip(self._swatches, self._words, strict=True)):
            swatch.setHidden(number >= count)
            word.setHidden(number >= count)

    def width_of(self, count: int) -> int:
        """The width in pixels that the first ``count`` entries need."""
        words = sum(word.sizeHint().width() for word in self._words[:count])
        return words + count * (SWATCH.width() + GRID)


class _Swatch(QWidget):
    def __init__(self, entry: str, tokens: Tokens) -> None:
        super().__init__()
        self._entry = entry
        self._tokens = tokens
        self.setFixedSize(SWATCH)

    def set_tokens(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw = {
            "training": self._training,
            "validation": self._validation,
            "best epoch": self._best,
            "within the epoch": self._within,
        }
        draw[self._entry](painter, QRectF(self.rect()).center())
        painter.end()

    def _line(self, painter: QPainter, centre: QPointF, pen: QPen) -> None:
        painter.setPen(pen)
        reach = QPointF(self.width() / 2 - 1, 0)
        painter.drawLine(centre - reach, centre + reach)
        painter.setPen(Qt.PenStyle.NoPen)

    def _training(self, painter: QPainter, centre: QPointF) -> None:
        colour = QColor(self._tokens.curve_training)
        self._line(painter, centre, QPen(colour, 1))
        painter.setBrush(colour)
        painter.drawEllipse(centre, MARK / 2, MARK / 2)

    def _validation(self, painter: QPainter, centre: QPointF) -> None:
        colour = QColor(self._tokens.curve_validation)
        pen = QPen(colour, 1)
        pen.setDashPattern([5, 3])
        self._line(painter, centre, pen)
        painter.setBrush(colour)
        painter.drawRect(QRectF(centre.x() - MARK / 2, centre.y() - MARK / 2, MARK, MARK))

    def _best(self, painter: QPainter, centre: QPointF) -> None:
        painter.setPen(QPen(QColor(self._tokens.text), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, RING / 2, RING / 2)

    def _within(self, painter: QPainter, centre: QPointF) -> None:
        colour = QColor(self._tokens.curve_training)
        colour.setAlphaF(0.55)
        self._line(painter, centre, QPen(colour, 1))
        painter.setBrush(colour)
        for across, up in DOTS:
            painter.drawEllipse(centre + QPointF(across, up), DOT / 2, DOT / 2)
