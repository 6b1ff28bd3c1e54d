"""From a number to its patches, and from a patch to its place in the tissue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QSignalBlocker, QTimer, Signal, Slot

from bcviewer.annotation.labels import Label
from bcviewer.annotation.stroke import Stroke
from bcviewer.gui.annotation_desk import AnnotationDesk
from bcviewer.gui.gallery_pages import Pages
from bcviewer.gui.gallery_words import BLIND, NOTHING_CHOSEN, OTHER_MODEL, title_words
from bcviewer.gui.models.gallery_model import GalleryModel
from bcviewer.gui.queue_pictures import QueuePictures
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.gallery_panel import GalleryPanel
from bcviewer.gui.words import tr
from bcviewer.gui.words_below import from_below

if TYPE_CHECKING:
    from bcviewer.evaluation.selection import Chosen
    from bcviewer.gui.evaluation_desk import EvaluationDesk

GALLERY: Final = "gallery"
"""What the log calls the patches that the gallery showed."""

TAB: Final = 2
"""Its place among the tabs of the evaluation: after the figures that are clicked."""

SETTLE_MS: Final = 250
"""A reader who walks over patches with the arrow keys wants no slide of those on the way."""


class GalleryDesk(QObject):
    """Owns the gallery; the window gives it its place and the pictures of the queues.

    Args:
        session: The state of the window.
        annotation: Where patches are shown in their tissue, and labelled.
        pictures: Pictures of patches, shared with the queues.
    """

    said = Signal(str)
    """Something for the status line."""

    def __init__(
        self, session: Session, annotation: AnnotationDesk, pictures: QueuePictures
    ) -> None:
        super().__init__(annotation)
        self._session = session
        self._annotation = annotation
        self._keeper = annotation.keeper
        self._chosen: Chosen | None = None
        self._rows: NDArray[np.int64] = np.empty(0, np.int64)
        self._page, self._start = 0, 0
        self._evaluation: EvaluationDesk | None = None
        self.model = GalleryModel(session, pictures, self)
        self.panel = GalleryPanel(self.model)
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._connect()
        self._forget()

    def _connect(self) -> None:
        session, grid = self._session, self.panel.grid
        session.data_changed.connect(self._forget)
        session.model_changed.connect(self._leave_model)
        session.blindness_changed.connect(self._follow_blindness)
        session.patch_changed.connect(self._show_lead)
        self._keeper.stroked.connect(self._follow_stroke)
        self._annotation.next_wanted.connect(self._go_on_from)
        self.panel.pager.page_wanted.connect(self._turn_to)
        grid.capacity_changed.connect(self._fill_page)
        grid.place_chosen.connect(self._choose)
        grid.place_opened.connect(self._open)
        grid.left.connect(self._step)
        grid.page_turned.connect(self._turn)
        grid.end_wanted.connect(self._go_to_end)
        grid.label_chosen.connect(self._label)
        self._settled.timeout.connect(self._show_in_tissue)

    @property
    def rows(self) -> NDArray[np.int64]:
        """int64[k]: all patches of the gallery, rows of the data set."""
        return self._rows

    @property
    def page(self) -> int:
        """The page on screen, counted from 0."""
        return self._page

    @property
    def pages(self) -> Pages:
        """How the patches fall on pages."""
        return Pages(len(self._rows), self.panel.grid.capacity)

    @property
    def current(self) -> int:
        """The current patch, a row of the data set; -1 for none."""
        place = self.panel.grid.place
        return int(self.model.rows[place]) if place >= 0 else -1

    def follow(self, evaluation: EvaluationDesk) -> None:
        """Stand in a tab of the evaluation, and show what is clicked in the other tabs."""
        self._evaluation = evaluation
        evaluation.tabs.insertTab(TAB, self.panel, tr("Gallery"))
        evaluation.patches_requested.connect(self._show_requested)

    @Slot(object)
    def show_chosen(self, chosen: Chosen) -> None:
        """Show patches that somebody wants to see, from the first on."""
        self._chosen = chosen
        self._show_chosen()
        if self._evaluation is not None:
            self._evaluation.tabs.setCurrentWidget(self.panel)
        self.panel.grid.setFocus()

    def go_to(self, place: int) -> None:
        """Make a patch the current one by its place among all of them; its page is shown."""
        if not 0 <= place < len(self._rows):
            return
        pages = self.pages
        self._show_page(pages.page_of(place))
        self.panel.grid.go_to(place - self._start)

    def _show_chosen(self) -> None:
        """Show what was chosen, but not what the reader must not know yet."""
        chosen = self._chosen
        if chosen is None:
            return
        self._settled.stop()
        self._rows = self._visible(chosen.rows)
        hidden = len(chosen.rows) - len(self._rows)
        self.panel.title.setText(title_words(from_below(chosen.title), len(self._rows), hidden))
        if len(self._rows):
            self.panel.show_hint("")
        else:
            self.panel.show_hint(
                tr(BLIND)
                if hidden
                else tr("{title}: there is no such patch.", title=from_below(chosen.title))
            )
        self._show_page(0)

    @Slot(object)
    def _show_requested(self, chosen: Chosen) -> None:
        """Show what was clicked, and say of whom it is and at which threshold."""
        evaluation = self._evaluation
        if evaluation is not None and evaluation.measured is not None:
            part = from_below(evaluation.measured.chosen.part)
            about = tr(
                "{title} · {part} · threshold {threshold:.2f}",
                title=from_below(chosen.title),
                part=part,
                threshold=evaluation.threshold,
            )
            chosen = replace(chosen, title=about)
        self.show_chosen(chosen)

    @Slot()
    def _follow_blindness(self) -> None:
        if self._chosen is not None and len(self._visible(self._chosen.rows)) != len(self._rows):
            self._show_chosen()

    def _visible(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        session = self._session
        if session.dataset is None or not session.blindness.on:
            return rows
        shown = session.blindness.shown_patients(session.dataset)
        visible: NDArray[np.int64] = rows[shown[session.dataset.patient_index[rows]]]
        return visible

    @Slot()
    def _forget(self) -> None:
        self._show_nothing(tr(NOTHING_CHOSEN))

    @Slot()
    def _leave_model(self) -> None:
        if self._chosen is not None:
            self._show_nothing(tr(OTHER_MODEL))

    def _show_nothing(self, hint: str) -> None:
        self._settled.stop()
        self._chosen, self._rows = None, np.empty(0, np.int64)
        self.panel.show_hint(hint)
        self._show_page(0)
        self._show_lead()

    def _show_page(self, page: int) -> None:
        """Show a page; its patches are read when they are painted."""
        pages = self.pages
        self._page = pages.within(page)
        span = pages.span(self._page)
        self._start, rows = span.start, self._rows[span]
        if not np.array_equal(rows, self.model.rows):
            self.model.show_rows(rows)
        self.panel.pager.show_page(self._page, pages.count)

    @Slot()
    def _fill_page(self) -> None:
        """There is other room than before: keep the current patch, else the first, on screen."""
        at = self.panel.grid.place
        place = self._start + max(at, 0)
        self._show_page(self.pages.page_of(place))
        if at >= 0:
            with QSignalBlocker(self.panel.grid):
                self.panel.grid.go_to(place - self._start)

    @Slot(int)
    def _turn_to(self, page: int) -> None:
        self._show_page(page)
        self.panel.grid.setFocus()

    @Slot(int)
    def _turn(self, pages: int) -> None:
        """Turn so many pages; a current patch is followed by the one in its place there."""
        if self.panel.grid.place < 0:
            self._show_page(self._page + pages)
        else:
            self._step(pages * self.pages.size)

    @Slot(int)
    def _step(self, places: int) -> None:
        self.go_to(self.pages.step(self._start + self.panel.grid.place, places))

    @Slot(bool)
    def _go_to_end(self, first: bool) -> None:
        self.go_to(0 if first else len(self._rows) - 1)

    @Slot(int)
    def _choose(self, place: int) -> None:
        """Offer a patch, so that what is said of it counts, and follow it in the tissue soon."""
        row = int(self.model.rows[place])
        self._keeper.offer(row, GALLERY)
        self._settled.start(0 if self._is_on_slide(row) else SETTLE_MS)

    @Slot(int)
    def _open(self, place: int) -> None:
        self._settled.stop()
        self._annotation.show_rows(self.model.rows[place : place + 1])
        self._show_lead()

    @Slot()
    def _show_in_tissue(self) -> None:
        """Show the current patch, unless it is one of several that are being gathered."""
        place = self.panel.grid.place
        if place >= 0 and len(self.panel.grid.selected) == 1:
            self._open(place)

    @Slot(int)
    def _label(self, label: int) -> None:
        """Label what is selected, as one stroke; after a single patch go to the next."""
        rows = self.model.rows[self.panel.grid.selected]
        if not len(rows):
            self.said.emit(tr("Click a patch of the gallery, or go to one with the arrow keys."))
        elif self._keeper.book is None:
            self.said.emit(tr("The labels are being opened: try again in a moment."))
        else:
            self._keeper.label(rows, Label(label))
            if len(rows) == 1:
                self._go_on_from(int(rows[0]))
            else:
                self.said.emit(
                    tr("{count:,} patches: {label}.", count=len(rows), label=tr(Label(label).title))
                )

    @Slot(int)
    def _go_on_from(self, row: int) -> None:
        """Go to the next patch, if this one is the current."""
        if row < 0 or row != self.current:
            return
        place = self._start + self.panel.grid.place
        if place + 1 < len(self._rows):
            self.go_to(place + 1)
        else:
            self.said.emit(tr("That was the last patch of this gallery."))

    @Slot(object)
    def _follow_stroke(self, stroke: Stroke) -> None:
        """Go back to a patch whose label was given here and is undone."""
        if len(stroke) != 1 or stroke.queue != GALLERY or stroke.kind == "label":
            return
        found = np.flatnonzero(self._rows == stroke.rows[0])
        if len(found) and self.panel.isVisible():
            self.go_to(int(found[0]))

    @Slot()
    def _show_lead(self) -> None:
        """Let Enter on the slide go on here while its patch is the one looked at."""
        self._annotation.led_by_gallery = self._leads()

    def _leads(self) -> bool:
        session, row = self._session, self.current
        if session.slide is None or session.dataset is None or row < 0 or session.patch < 0:
            return False
        start = int(session.dataset.rows(session.slide.patient).start)
        return row == start + session.patch

    def _is_on_slide(self, row: int) -> bool:
        session = self._session
        if session.dataset is None or session.slide is None or not session.slide_is_shown:
            return False
        here = session.dataset.rows(session.slide.patient)
        return row in range(here.start, here.stop)
