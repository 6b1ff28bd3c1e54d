"""The page of a patch that shows which of its fields speak for IDC and which against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bcviewer.gui.style import GRID, Tokens, set_role
from bcviewer.gui.widgets.empty_hint import EmptyHint
from bcviewer.gui.widgets.patch_picture import PatchPicture
from bcviewer.gui.words import marked, tr
from bcviewer.gui.words_below import from_below
from bcviewer.model.activation_map import ActivationMap

AGAINST, FOR = "#2166ac", "#e66101"
"""The ends of the palette blue/orange, which survives colour blindness."""

STRONGEST = 0.6
"""How opaque the field with the largest share is."""

SUM = marked("The mean over the fields and the bias make the logit")
GRAD_CAM = marked(
    "Grad-CAM: each feature counts by how far its growth would move the logit. The fields do not "
    "add up to the logit"
)


class MapPage(QWidget):
    """The enlarged patch with the map over it, and what the map says.

    The fields are drawn as they are: smoothing would feign what the model does not tell.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = MapPicture(
            tr("The patch, and which of its fields speak for or against IDC")
        )
        self._shown = QCheckBox(tr("Show the map"))
        self._shown.setChecked(True)
        self._bar = _Bar()
        self._least, self._largest = QLabel(), QLabel()
        self._resolution, self._sum = QLabel(), QLabel()
        for label in (self._least, self._largest, self._resolution, self._sum):
            label.setProperty("role", "caption")
        for label in (self._resolution, self._sum):
            label.setWordWrap(True)
        self._hint = EmptyHint("")
        self._content = QWidget()
        self._lay_out()
        self._shown.toggled.connect(self._picture.set_map_visible)
        self.show_hint("")

    def set_colours(self, tokens: Tokens) -> None:
        """Take the colours of a scheme."""
        self._picture.set_colours(tokens)

    def show_pixels(self, pixels: NDArray[np.uint8]) -> None:
        """Show another patch, uint8[50, 50, 4], BGRA; its map comes later."""
        self._picture.show_pixels(pixels)

    def show_hint(self, text: str, *, role: str = "muted") -> None:
        """Say why there is no map (yet); the patch itself stays away then."""
        self._picture.show_map(None)
        set_role(self._hint, role)
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        self._content.setVisible(not text)

    def show_waiting(self) -> None:
        """The map is on its way: no map rather than that of another patch."""
        self.show_hint("")
        self._picture.show_map(None)
        for label in (self._least, self._largest, self._resolution, self._sum):
            label.setText("")

    def show_map(self, found: ActivationMap, *, threshold: float) -> None:
        """Show a map.

        Args:
            found: The map.
            threshold: From which probability of single patches on the model says IDC.
        """
        self.show_hint("")
        self._picture.show_map(found)
        self._least.setText(tr("−{limit:.1f} against", limit=found.limit))
        self._largest.setText(tr("for IDC +{limit:.1f}", limit=found.limit))
        self._resolution.setText(
            tr(
                "{resolution}. A field has seen what lies around it, too.",
                resolution=from_below(found.resolution_words),
            )
        )
        self._sum.setText(
            tr(
                "{what}, {logit:+.1f}: a probability of {probability:.2f}, where the model says "
                "IDC from {threshold:.2f} on. It is that of the single patch, raw and in 32-bit "
                "numbers, whatever the heatmap shows.",
                what=tr(GRAD_CAM if found.is_grad_cam else SUM),
                logit=found.logit,
                probability=found.probability,
                threshold=threshold,
            )
        )

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        words.addWidget(self._shown)
        words.addWidget(self._bar)
        ends = QHBoxLayout()
        ends.addWidget(self._least)
        ends.addStretch(1)
        ends.addWidget(self._largest)
        words.addLayout(ends)
        for label in (self._resolution, self._sum):
            words.addWidget(label)
        words.addStretch(1)
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._hint)
        whole.addWidget(self._content)


class MapPicture(PatchPicture):
    """A patch with a map over it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self._map: QImage | None = None
        self._visible = True

    def show_map(self, found: ActivationMap | None) -> None:
        """Lay a map over the patch, or take it away."""
        self._map = None if found is None else map_image(found)
        self.update()

    @Slot(bool)
    def set_map_visible(self, visible: bool) -> None:
        """Show or hide the map."""
        self._visible = visible
        self.update()

    def paint_over(self, painter: QPainter) -> None:
        if self._map is not None and self._visible:
            painter.drawImage(QRectF(self.rect()), self._map)


class _Bar(QWidget):
    """The colours of the map from against to for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Colours of the map: blue against IDC, orange for IDC"))
        self.setFixedHeight(GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        ramp = QLinearGradient(0, 0, self.width(), 0)
        for place, colour, share in (
            (0, AGAINST, 1.0),
            (0.5, AGAINST, 0),
            (0.5, FOR, 0),
            (1, FOR, 1.0),
        ):
            stop = QColor(colour)
            stop.setAlphaF(share)
            ramp.setColorAt(place, stop)
        QPainter(self).fillRect(self.rect(), ramp)


def map_image(found: ActivationMap) -> QImage:
    """A pixel a field: its colour says for or against, its opacity how much."""
    shares = found.fields / (found.limit or 1.0)
    rows, columns = shares.shape
    image = QImage(columns, rows, QImage.Format.Format_ARGB32)
    for row in range(rows):
        for column in range(columns):
            share = float(shares[row, column])
            colour = QColor(FOR if share > 0 else AGAINST)
            colour.setAlphaF(STRONGEST * abs(share))
            image.setPixelColor(column, row, colour)
    return image
