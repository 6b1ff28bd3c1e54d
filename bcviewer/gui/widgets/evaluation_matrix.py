"""The confusion matrix: four cells that open their patches, hatched where the model is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QSizePolicy, QWidget

from bcviewer.evaluation.operating import Confusion
from bcviewer.gui.style import GRID, Tokens, caption_font, tabular_font
from bcviewer.gui.widgets.evaluation_colours import class_colour, hatched, pale
from bcviewer.gui.widgets.focus_ring import OWN_RING
from bcviewer.gui.words import marked, tr

TIP: Final = marked(
    "<b>Confusion matrix</b><br>What the threshold makes of the patches: rows are labels, columns "
    "are predictions, percentages are of the row. What is wrong is hatched.<br>"
    "Click a cell to see its patches."
)
CELL: Final = QSize(80, 60)
LARGEST: Final = QSize(132, 132)
SIDE: Final = 18


@dataclass(frozen=True)
class CellKind:
    """A cell: what is labelled and predicted (1 for IDC), and what that is called."""

    truth: int
    predicted: int
    name: str
    help: str

    @property
    def right(self) -> bool:
        """Whether the model is right."""
        return self.truth == self.predicted


CELLS: Final = (
    CellKind(1, 1, marked("found"), marked("True positives: labelled IDC, and predicted IDC")),
    CellKind(1, 0, marked("missed"), marked("False negatives: labelled IDC, but not predicted so")),
    CellKind(
        0, 1, marked("false alarm"), marked("False positives: labelled not IDC, but predicted IDC")
    ),
    CellKind(
        0, 0, marked("left alone"), marked("True negatives: labelled not IDC, and not predicted so")
    ),
)


class MatrixCell(QAbstractButton):
    """A count, its percentage of the row, and its name."""

    chosen = Signal(int, int)
    """Truth and prediction of the cell: 1 for IDC."""

    def __init__(self, kind: CellKind, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.count, self.share = 0, float("nan")
        self._tokens = tokens
        self.setMinimumSize(CELL)
        self.setMaximumSize(LARGEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(OWN_RING, True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._choose)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self._tokens = tokens
        self.update()

    def show_count(self, count: int, of_row: int) -> None:
        """Show a count, of a row that has so many patches."""
        self.count, self.share = count, count / of_row if of_row else float("nan")
        name = tr("IDC") if self.kind.truth else tr("not IDC")
        told = tr(
            "{count:,} of {of_row:,} {name} patches {kind} ({share})",
            count=count,
            of_row=of_row,
            name=name,
            kind=tr(self.kind.name),
            share=self.share_words,
        )
        self.setAccessibleName(told)
        self.setToolTip(
            tr("{help}.<br>{told}.<br>Click to see them.", help=tr(self.kind.help), told=told)
        )
        self.update()

    @property
    def share_words(self) -> str:
        """The percentage of the row; a dash where the row is empty."""
        return "–" if self.share != self.share else f"{100 * self.share:.1f} %"

    def sizeHint(self) -> QSize:
        return CELL

    @Slot()
    def _choose(self) -> None:
        if self.count:
            self.chosen.emit(self.kind.truth, self.kind.predicted)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area, tokens = self.rect(), self._tokens
        self._paint_ground(painter, area)
        text = QColor(tokens.text if self.isEnabled() else tokens.disabled)
        muted = QColor(tokens.muted if self.isEnabled() else tokens.disabled)
        big, small = tabular_font(), tabular_font(caption_font())
        big.setPixelSize(16)
        big.setBold(True)
        lines = (
            (f"{self.count:,}", big, text, 20),
            (self.share_words, small, text, 14),
            (tr(self.kind.name), small, muted, 14),
        )
        top = area.center().y() - sum(height for *_, height in lines) // 2
        for words, font, colour, height in lines:
            painter.setFont(font)
            painter.setPen(colour)
            row = QRect(area.left() + 2, top, area.width() - 4, height)
            painter.drawText(row, Qt.AlignmentFlag.AlignCenter, words)
            top += height
        painter.end()

    def _paint_ground(self, painter: QPainter, area: QRect) -> None:
        tokens = self._tokens
        painter.fillRect(area, QColor(tokens.raised))
        hue = class_colour(tokens, self.kind.truth)
        if not self.isEnabled():
            hue = QColor(tokens.disabled)
        # The fuller the row, the fuller the colour; never so full that figures lose contrast.
        painter.fillRect(
            area, pale(hue, 0.06 + 0.2 * (0 if self.share != self.share else self.share))
        )
        if not self.kind.right:
            painter.fillRect(area, hatched(pale(hue, 0.28)))
            middle = QRect(0, 0, area.width() - 14, 52)
            middle.moveCenter(area.center())
            painter.fillRect(middle, pale(QColor(tokens.raised), 0.78))
        framed = self.isEnabled() and (self.underMouse() or self.hasFocus())
        painter.setPen(QPen(QColor(tokens.accent if framed else tokens.line), 2 if framed else 1))
        painter.drawRect(area.adjusted(1, 1, -1, -1) if framed else area.adjusted(0, 0, -1, -1))


class ConfusionMatrix(QWidget):
    """Rows are labels, columns are predictions; IDC comes first."""

    cell_clicked = Signal(int, int)
    """Truth and prediction: 1 for IDC."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self.caption = QLabel(tr("<b>Confusion</b> · predicted:"))
        self.caption.setProperty("role", "caption")
        self.caption.setToolTip(tr(TIP))
        self.cells = {(kind.truth, kind.predicted): MatrixCell(kind, tokens) for kind in CELLS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        grid.addWidget(self.caption, 0, 0, 1, 3)
        grid.setColumnMinimumWidth(0, SIDE)
        for column, text in ((1, tr("IDC")), (2, tr("not IDC"))):
            head = QLabel(text)
            head.setProperty("role", "caption")
            grid.addWidget(head, 1, column, Qt.AlignmentFlag.AlignHCenter)
        for (truth, predicted), cell in self.cells.items():
            grid.addWidget(cell, 3 - truth, 2 - predicted)
            cell.chosen.connect(self.cell_clicked)
        for row, stretch in ((2, 100), (3, 100), (4, 1)):
            grid.setRowStretch(row, stretch)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self._tokens = tokens
        for cell in self.cells.values():
            cell.set_tokens(tokens)
        self.update()

    def show_counts(self, counts: Confusion) -> None:
        """Show what a threshold makes of the patches."""
        idc, other = counts.tp + counts.fn, counts.fp + counts.tn
        self.cells[1, 1].show_count(counts.tp, idc)
        self.cells[1, 0].show_count(counts.fn, idc)
        self.cells[0, 1].show_count(counts.fp, other)
        self.cells[0, 0].show_count(counts.tn, other)

    def set_current(self, current: bool) -> None:
        """Show whether the counts hold, or are being counted again."""
        self.setEnabled(current)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the heads of the rows, which stand upright."""
        painter = QPainter(self)
        painter.setFont(caption_font())
        painter.setPen(QColor(self._tokens.muted))
        for truth, text in ((1, tr("IDC")), (0, tr("not IDC"))):
            cell = self.cells[truth, 1].geometry()
            painter.save()
            painter.translate(QPoint(0, cell.bottom() + 1))
            painter.rotate(-90)
            row = QRect(0, 0, cell.height(), SIDE - GRID // 4)
            painter.drawText(row, Qt.AlignmentFlag.AlignCenter, text)
            painter.restore()
        painter.end()
