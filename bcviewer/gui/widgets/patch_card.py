"""One of the patches that look alike: its picture and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygon
from PySide6.QtWidgets import QAbstractButton, QWidget

from bcviewer.gui.style import Tokens, caption_font, light, tabular_font

PICTURE = 72
CORNER = 12


@dataclass(frozen=True, eq=False)
class SimilarPatch:
    """A patch as its card shows it.

    Attributes:
        row: Of the data set.
        pixels: uint8[50, 50, 3], RGB.
        patient: Its patient.
        label: "IDC", "not IDC", "unsure" or "excluded", as holds now.
        corrected: Whether a reader said other than the data.
        probability: As "0.93"; "" when it is not to be seen.
        role: What the patient was for the model.
        words: All of that in a sentence.
    """

    row: int
    pixels: NDArray[np.uint8]
    patient: str
    label: str
    corrected: bool
    probability: str
    role: str
    words: str


class PatchCard(QAbstractButton):
    """A picture over three lines of text; a click goes to the patch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._patch: SimilarPatch | None = None
        self._image = QImage()
        self._tokens = light()
        self.setFont(tabular_font(caption_font()))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def patch(self) -> SimilarPatch | None:
        """The patch on the card."""
        return self._patch

    def set_colours(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self._tokens = tokens
        self.update()

    def show_patch(self, patch: SimilarPatch) -> None:
        """Put another patch on the card."""
        self._patch = patch
        pixels = np.ascontiguousarray(patch.pixels)
        height, width = pixels.shape[:2]
        # A copy: the picture only borrows the array's memory.
        self._image = QImage(
            pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888
        ).copy()
        self.setToolTip(patch.words)
        self.setAccessibleName(patch.words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(PICTURE, PICTURE + 3 * self.fontMetrics().height() + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._patch is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        picture = QRect(0, 0, PICTURE, PICTURE)
        painter.drawImage(picture, self._image)
        if self._patch.corrected:
            self._paint_corner(painter)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(self._tokens.accent), 2))
            painter.drawRect(picture.adjusted(1, 1, -1, -1))
        self._paint_words(painter, self._patch)

    def _paint_corner(self, painter: QPainter) -> None:
        """The mark of a corrected label, as on the slide."""
        right = PICTURE
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._tokens.accent))
        painter.drawPolygon(
            QPolygon([QPoint(right - CORNER, 0), QPoint(right, 0), QPoint(right, CORNER)])
        )

    def _paint_words(self, painter: QPainter, patch: SimilarPatch) -> None:
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        height = self.fontMetrics().height()
        line = QRect(0, PICTURE + 2, PICTURE, height)
        painter.setPen(QColor(self._tokens.text))
        painter.drawText(line, left, patch.label)
        painter.drawText(line, right, patch.probability)
        painter.setPen(QColor(self._tokens.muted))
        for text in (patch.patient, patch.role):
            line.translate(0, height)
            elided = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, PICTURE)
            painter.drawText(line, left, elided)
