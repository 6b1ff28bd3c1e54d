"""The patch under inspection: enlarged, with truth, label and prediction, and explained."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bcviewer.annotation.labels import Label
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.gui.label_marks import CHANGED, Mark
from bcviewer.gui.session import Session
from bcviewer.gui.style import GRID, Tokens
from bcviewer.gui.widgets.captions import fill_captions
from bcviewer.gui.widgets.label_buttons import LabelButtons
from bcviewer.gui.widgets.patch_map import MapPage
from bcviewer.gui.widgets.patch_picture import (
    RADIUS,
    SIDE,
    NeighbourhoodPicture,
    PatchPicture,
    cut,
)
from bcviewer.gui.widgets.patch_similar import SimilarPage
from bcviewer.gui.widgets.patch_switch import PageSwitch
from bcviewer.gui.words import marked, tr

PATCH, MAP, SIMILAR = "patch", "map", "similar"
PAGES = {
    PATCH: (
        marked("Patch"),
        marked("The patch enlarged, in its neighbourhood, with truth and prediction"),
    ),
    MAP: (
        marked("Map"),
        marked("Which fields of the patch speak for IDC to the model, and which against"),
    ),
    SIMILAR: (
        marked("Similar"),
        marked("The patches of other patients that look most like it to the model"),
    ),
}
CAPTIONS = (marked("Truth"), marked("Label"), marked("Predicted"), marked("Place"))
WORDS = (marked("not IDC"), marked("IDC"))
EMPTY = marked("Click a patch of the slide to see it enlarged, with its truth and its prediction.")
NO_DATA = marked("Open a folder of patients: a patch that you click on a slide is enlarged here.")


class PatchPanel(QWidget):
    """Shows the session's patch, and what can be said of it.

    Signals:
        label_chosen: The patch is to get this ``Label``.
        page_changed: Another page is on show: its name.

    Attributes:
        map: The page of the activation map; others fill it.
        similar: The page of the patches that look alike; others fill it.
    """

    label_chosen = Signal(int)
    page_changed = Signal(str)

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
        self._around.patch_clicked.connect(session.inspect)
        self._switch.page_chosen.connect(self._show_page)
        self._show_page(PATCH)
        self._show_patch()

    @property
    def page(self) -> str:
        """The name of the page on show."""
        return self._switch.page

    def set_colours(self, tokens: Tokens) -> None:
        """Set the colours of what this panel draws itself."""
        self._around.set_colours(tokens)
        self._enlarged.set_colours(tokens)
        self.map.set_colours(tokens)
        self.similar.set_colours(tokens)

    def set_label_time(self, when: str) -> None:
        """Say when the patch got its label; "" for never."""
        if when != self._when:
            self._when = when
            self._show_words()

    def _create(self) -> None:
        self._empty = QLabel(tr(EMPTY))
        self._empty.setProperty("role", "muted")
        self._empty.setWordWrap(True)
        self._enlarged = PatchPicture(tr("The patch, enlarged three times"))
        self._around = NeighbourhoodPicture(tr("The patch in its neighbourhood of 5x5 patches"))
        self._around.setToolTip(tr("Click a neighbour to look at it"))
        self._rows = {key: QLabel() for key in CAPTIONS}
        self._buttons = LabelButtons()
        self._switch = PageSwitch(PAGES)
        self.map, self.similar = MapPage(), SimilarPage()
        self._patch_page = QWidget()
        self._pages = {PATCH: self._patch_page, MAP: self.map, SIMILAR: self.similar}

    def _lay_out(self) -> None:
        self._lay_out_patch()
        self._content = QWidget()
        inner = QVBoxLayout(self._content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GRID)
        inner.addWidget(self._buttons)
        inner.addWidget(self._switch)
        for page in self._pages.values():
            inner.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID, GRID, GRID, GRID)
        whole.setSpacing(GRID)
        whole.addWidget(self._empty)
        whole.addWidget(self._content)
        whole.addStretch(1)

    def _lay_out_patch(self) -> None:
        pictures = QHBoxLayout()
        pictures.setSpacing(GRID)
        for picture, caption in (
            (self._enlarged, tr("3 times")),
            (self._around, tr("5 x 5 patches")),
        ):
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
        page = QVBoxLayout(self._patch_page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(GRID)
        page.addLayout(pictures)
        page.addWidget(words)

    @Slot(str)
    def _show_page(self, name: str) -> None:
        # Not a stack: that is as high as its highest page, and the panel is short.
        for page in self._pages.values():
            page.setVisible(page is self._pages[name])
        self.page_changed.emit(name)

    @Slot()
    def _show_patch(self) -> None:
        slide, patch = self._session.slide, self._session.patch
        shown = slide is not None and patch >= 0
        self._empty.setVisible(not shown)
        self._empty.setText(tr(NO_DATA) if self._session.data is None else tr(EMPTY))
        self._content.setVisible(shown)
        if slide is not None and shown:
            mosaic = slide.mosaic.levels[0]
            x, y = slide.grid.corner(patch)
            left, top = x - slide.mosaic.origin[0], y - slide.mosaic.origin[1]
            enlarged = cut(mosaic, left, top, PATCH_SIZE)
            self._enlarged.show_pixels(enlarged)
            self.map.show_pixels(enlarged)
            start = RADIUS * PATCH_SIZE
            self._around.show_patches(slide.grid.neighbourhood(patch, RADIUS))
            self._around.show_pixels(cut(mosaic, left - start, top - start, SIDE * PATCH_SIZE))
        self._show_words()

    @Slot()
    def _show_words(self) -> None:
        session = self._session
        labels, values = session.slide_labels(), session.slide_predictions()
        if session.slide is None or session.patch < 0 or labels is None:
            return
        label = int(labels[session.patch])
        self._rows["Truth"].setText(tr(WORDS[label]))
        x, y = session.slide.grid.corner(session.patch)
        self._rows["Place"].setText(
            tr(
                "x {x:,} · y {y:,} · patient {patient}",
                x=x + 1,
                y=y + 1,
                patient=session.slide.patient,
            )
        )
        said = self._show_label(labels)
        rows = session.dataset.rows(session.slide.patient) if session.dataset else slice(0)
        if not session.slide.readable[session.patch]:
            self._rows["Predicted"].setText(tr("the picture cannot be read; see the report"))
        elif session.hidden(rows)[session.patch]:
            self._rows["Predicted"].setText(tr("hidden until you have labelled the patch"))
        elif values is None or not np.isfinite(values[session.patch]):
            self._rows["Predicted"].setText(tr("not predicted yet"))
        else:
            probability = float(values[session.patch])
            predicted = int(probability >= session.layers.threshold)
            verdict = tr("agrees with the truth") if predicted == label else tr("against the truth")
            if said in (Label.IDC, Label.NOT_IDC) and said != label:
                verdict = (
                    tr("agrees with the label") if predicted == said else tr("against the label")
                )
            self._rows["Predicted"].setText(
                tr(
                    "{label}, probability of IDC {probability:.2f}; {verdict}",
                    label=tr(WORDS[predicted]),
                    probability=probability,
                    verdict=verdict,
                )
                + self._single_words()
            )

    def _single_words(self) -> str:
        """What the network says of the patch alone, while something else is shown."""
        session = self._session
        single = session.views.slide_single()
        if single is None:
            return ""
        return tr(
            "\n{view}; single patch, raw: {probability:.2f}",
            view=tr(session.views.now.title),
            probability=single[session.patch],
        )

    def _show_label(self, truth: NDArray[np.int8]) -> Label:
        """Say what holds for the patch now, and who said it; returns it."""
        session = self._session
        said, marks = session.slide_said(), session.slide_marks()
        self._buttons.setEnabled(session.labels is not None)
        if said is None or marks is None or said[session.patch] < 0:
            self._buttons.show_label(Label.CLEARED)
            ready = session.labels is not None
            self._rows["Label"].setText(
                tr("as in the data") if ready else tr("labels are being opened")
            )
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
