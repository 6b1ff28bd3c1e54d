"""The patch under inspection: enlarged, in its neighbourhood, with truth, label, prediction."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bcviewer.annotation.labels import Label
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.gui.label_marks import CHANGED, Mark
from bcviewer.gui.session import Session
from bcviewer.gui.style import GRID, Tokens
from bcviewer.gui.widgets.captions import fill_captions
from bcviewer.gui.widgets.label_buttons import LabelButtons

RADIUS = 2
SIDE = 2 * RADIUS + 1
WORDS = ("not IDC", "IDC")
EMPTY = "Click a patch of the slide to see it enlarged, with its truth and its prediction."


class PatchPicture(QWidget):
    """A picture scaled without smoothing, optionally with a frame around its middle patch."""

    def __init__(self, name: str, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedSize(QSize(side, side))
        self._image: QImage | None = None
        self._pixels: NDArray[np.uint8] | None = None
        self._framed = False
        self._frame = QColor(Qt.GlobalColor.black)

    def set_colours(self, tokens: Tokens) -> None:
        """Set the colour of the frame."""
        self._frame = QColor(tokens.accent)
        self.update()

    def show_pixels(self, pixels: NDArray[np.uint8] | None, *, framed: bool = False) -> None:
        """Show uint8[h, w, 4], BGRA premultiplied; None for nothing."""
        self._pixels, self._framed = pixels, framed
        self._image = None
        if pixels is not None:
            height, width = pixels.shape[:2]
            self._image = QImage(
                pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied
            )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        painter.fillRect(whole, self.palette().mid().color())
        if self._image is None:
            return
        painter.drawImage(whole, self._image)
        if self._framed:
            cell = whole.width() / SIDE
            pen = QPen(self._frame, 2)
            painter.setPen(pen)
            painter.drawRect(QRectF(RADIUS * cell, RADIUS * cell, cell, cell))


class PatchPanel(QWidget):
    """Shows the session's patch, and what can be said of it.

    Signals:
        label_chosen: The patch is to get this ``Label``.
    """

    label_chosen = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._when = ""
        self._create()
        self._lay_out()
        session.patch_changed.connect(self._show_patch)
        session.slide_changed.connect(self._show_patch)
        session.predictions_changed.connect(self._show_words)
        session.layers_changed.connect(self._show_words)
        session.labels_changed.connect(self._show_words)
        self._buttons.label_chosen.connect(self.label_chosen)
        self._show_patch()

    def set_colours(self, tokens: Tokens) -> None:
        """Set the colours of what this panel draws itself."""
        self._around.set_colours(tokens)
        self._enlarged.set_colours(tokens)

    def set_label_time(self, when: str) -> None:
        """Say when the patch got its label; "" for never."""
        if when != self._when:
            self._when = when
            self._show_words()

    def _create(self) -> None:
        self._empty = QLabel(EMPTY)
        self._empty.setProperty("role", "muted")
        self._empty.setWordWrap(True)
        self._enlarged = PatchPicture("The patch, enlarged three times", 3 * PATCH_SIZE)
        self._around = PatchPicture("The patch in its neighbourhood of 5x5 patches", 150)
        self._rows = {key: QLabel() for key in ("Truth", "Label", "Predicted", "Place")}
        self._buttons = LabelButtons()

    def _lay_out(self) -> None:
        pictures = QHBoxLayout()
        pictures.setSpacing(GRID)
        for picture, caption in ((self._enlarged, "3 times"), (self._around, "5 x 5 patches")):
            column = QVBoxLayout()
            column.setSpacing(GRID // 2)
            label = QLabel(caption)
            label.setProperty("role", "caption")
            column.addWidget(picture)
            column.addWidget(label)
            pictures.addLayout(column)
        pictures.addStretch(1)
        words = QWidget()
        fill_captions(words, self._rows)
        self._content = QWidget()
        inner = QVBoxLayout(self._content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GRID)
        inner.addWidget(self._buttons)
        inner.addLayout(pictures)
        inner.addWidget(words)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID, GRID, GRID, GRID)
        whole.setSpacing(GRID)
        whole.addWidget(self._empty)
        whole.addWidget(self._content)
        whole.addStretch(1)

    @Slot()
    def _show_patch(self) -> None:
        slide, patch = self._session.slide, self._session.patch
        shown = slide is not None and patch >= 0
        self._empty.setVisible(not shown)
        self._content.setVisible(shown)
        if slide is not None and shown:
            mosaic = slide.mosaic.levels[0]
            x, y = slide.grid.corner(patch)
            left, top = x - slide.mosaic.origin[0], y - slide.mosaic.origin[1]
            self._enlarged.show_pixels(_cut(mosaic, left, top, PATCH_SIZE))
            start = RADIUS * PATCH_SIZE
            around = _cut(mosaic, left - start, top - start, SIDE * PATCH_SIZE)
            self._around.show_pixels(around, framed=True)
        self._show_words()

    @Slot()
    def _show_words(self) -> None:
        session = self._session
        labels, values = session.slide_labels(), session.slide_predictions()
        if session.slide is None or session.patch < 0 or labels is None:
            return
        label = int(labels[session.patch])
        self._rows["Truth"].setText(WORDS[label])
        x, y = session.slide.grid.corner(session.patch)
        self._rows["Place"].setText(f"x {x + 1:,} · y {y + 1:,} · patient {session.slide.patient}")
        said = self._show_label(labels)
        rows = session.dataset.rows(session.slide.patient) if session.dataset else slice(0)
        if not session.slide.readable[session.patch]:
            self._rows["Predicted"].setText("the picture cannot be read; see the report")
        elif session.hidden(rows)[session.patch]:
            self._rows["Predicted"].setText("hidden until you have labelled the patch")
        elif values is None or not np.isfinite(values[session.patch]):
            self._rows["Predicted"].setText("not predicted yet")
        else:
            probability = float(values[session.patch])
            predicted = int(probability >= session.layers.threshold)
            verdict = "agrees with the truth" if predicted == label else "against the truth"
            if said in (Label.IDC, Label.NOT_IDC) and said != label:
                verdict = "agrees with the label" if predicted == said else "against the label"
            self._rows["Predicted"].setText(
                f"{WORDS[predicted]}, probability of IDC {probability:.2f}; {verdict}"
            )

    def _show_label(self, truth: NDArray[np.int8]) -> Label:
        """Say what holds for the patch now, and who said it; returns it."""
        session = self._session
        said, marks = session.slide_said(), session.slide_marks()
        self._buttons.setEnabled(session.labels is not None)
        if said is None or marks is None or said[session.patch] < 0:
            self._buttons.show_label(Label.CLEARED)
            ready = session.labels is not None
            self._rows["Label"].setText("as in the data" if ready else "labels are being opened")
            return Label.CLEARED
        label = Label(int(said[session.patch]))
        self._buttons.show_label(label)
        self._rows["Label"].setText(self._about(Mark(int(marks[session.patch]) % CHANGED)))
        return label

    def _about(self, mark: Mark) -> str:
        session = self._session
        assert session.labels is not None
        assert session.dataset is not None
        assert session.slide is not None
        row = session.dataset.rows(session.slide.patient).start + session.patch
        reader = int(session.labels.reader_of[row])
        who = session.label_filter or (session.labels.readers[reader] if reader >= 0 else "")
        return " · ".join(part for part in (mark.title, who, self._when) if part)


def _cut(mosaic: NDArray[np.uint8], left: int, top: int, side: int) -> NDArray[np.uint8]:
    """uint8[side, side, 4]: a square of the mosaic, clear where it has nothing."""
    height, width = mosaic.shape[:2]
    square = np.zeros((side, side, 4), np.uint8)
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + side, width), min(top + side, height)
    if x0 < x1 and y0 < y1:
        square[y0 - top : y1 - top, x0 - left : x1 - left] = mosaic[y0:y1, x0:x1]
    return square
