"""What explains the patch under inspection: its activation map, and patches that look like it.

Only what is on screen is made, for the model whose heatmap is on screen, and nothing of it is shown
to a reader from whom the prediction of the patch is hidden: the labels of the patches that a model
finds alike would tell what it predicts.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from bcviewer.errors import BcviewerError
from bcviewer.gui.session import Session
from bcviewer.gui.similar_words import searched_words, similar_patch, summary_words
from bcviewer.gui.widgets.patch_panel import MAP, SIMILAR, PatchPanel
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.explain_worker import (
    FeaturesWorker,
    MapWorker,
    SimilarFound,
    SimilarWorker,
    Wish,
)
from bcviewer.model.activation_map import ActivationMap, ActivationMapper
from bcviewer.model.folder import ModelFolder
from bcviewer.model.neighbours import NeighbourSearch

SETTLE_MS = 80
"""A reader who walks over patches with the arrow keys wants none of those on the way."""

NO_MODEL = marked("Load a model first: this shows what it sees in the patch.")
HIDDEN = marked("Hidden until you have labelled the patch: it would tell what the model predicts.")
UNREADABLE = marked("The picture of this patch cannot be read; see the report.")
SEARCHING = marked("Looking for patches of other patients that look alike to the model…")
NONE_READY = marked(
    "No other patient has features yet. Once the model has looked at them, the patches that look "
    "most like this one to it will be here."
)
NONE_HELD_OUT = marked("The model has learned from all patients that have features.")


class ExplainDesk(QObject):
    """Fills the pages Map and Similar of the patch's panel.

    Args:
        session: The state of the window.
        crew: Where workers are started.
        panel: The panel.
        parent: Owns this.
    """

    rows_opened = Signal(object)
    """A patch to go to: int64[1], a row of the data set."""

    def __init__(self, session: Session, crew: Crew, *, panel: PatchPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._crew, self._panel = session, crew, panel
        self._mapper: ActivationMapper | None = None
        self._search: NeighbourSearch | None = None
        self._model: ModelFolder | None = None
        self._wish: Wish | None = None
        self._mapping: MapWorker | None = None
        self._searching: SimilarWorker | None = None
        self._making: FeaturesWorker | None = None
        self._found: SimilarFound | None = None
        self._trail: list[int] = []
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._connect()

    def _connect(self) -> None:
        session, panel = self._session, self._panel
        self._settled.timeout.connect(self._explain)
        session.data_changed.connect(self._forget)
        session.model_changed.connect(self._refresh)
        session.patch_changed.connect(self._refresh)
        session.slide_changed.connect(self._refresh)
        session.layers_changed.connect(self._follow_layers)
        session.blindness_changed.connect(self._refresh)
        session.labels_changed.connect(self._follow_labels)
        session.pictures.changed.connect(self._follow_pictures)
        session.predictions_changed.connect(self._follow_predictions)
        panel.page_changed.connect(self._refresh)
        page = panel.similar
        page.row_chosen.connect(self._go_to)
        page.back_requested.connect(self._go_back)
        page.held_out_toggled.connect(self._refresh)
        page.complete_requested.connect(self._complete)
        page.cancel_requested.connect(self._cancel_making)

    @property
    def row(self) -> int:
        """The patch under inspection, a row of the data set; -1 for none."""
        session = self._session
        if session.dataset is None or session.slide is None or session.patch < 0:
            return -1
        return int(session.dataset.rows(session.slide.patient).start) + session.patch

    @Slot()
    def _refresh(self) -> None:
        """Take away at once what is not about this patch or not to be seen; make the rest soon."""
        self._follow_model()
        self._stop()
        self._panel.map.show_hint("")
        self._panel.similar.show_hint("")
        page = self._panel.page
        if self.row >= 0 and page in (MAP, SIMILAR) and not self._show_obstacle():
            self._wish = self._new_wish()
            if page == MAP:
                self._panel.map.show_waiting()
            else:
                self._panel.similar.show_hint(tr(SEARCHING))
            self._settled.start()
        self._panel.similar.show_back(self._place(self._trail[-1]) if self._trail else "")

    def _new_wish(self) -> Wish:
        assert self._session.data is not None
        assert self._model is not None
        held_out = self._panel.similar.held_out_only
        return Wish(self._session.data, self._model, self.row, held_out=held_out)

    def _stop(self) -> None:
        self._settled.stop()
        self._wish, self._found = None, None
        if self._searching is not None:
            self._searching.cancel()

    @Slot()
    def _explain(self) -> None:
        """Start what is wished for; one that still runs is followed by it when it ends."""
        wish = self._wish
        if wish is None:
            return
        if self._panel.page == MAP and self._mapping is None:
            self._mapping = MapWorker(wish, self._mapper)
            self._mapping.succeeded.connect(self._show_map)
            self._mapping.failed.connect(self._show_map_error)
            self._crew.start(self._mapping)
        elif self._panel.page == SIMILAR and self._searching is None:
            self._searching = SimilarWorker(wish, self._search)
            self._searching.succeeded.connect(self._show_similar)
            self._searching.failed.connect(self._show_similar_error)
            self._searching.stopped.connect(self._end_search)
            self._crew.start(self._searching)

    def _end_map(self) -> bool:
        """The worker of the map has ended; whether it did what is wished for now."""
        worker, self._mapping = self._mapping, None
        if worker is None:
            return False
        if worker.wish.folder is self._model:
            self._mapper = worker.mapper
        return self._is_wished(worker.wish)

    @Slot()
    def _end_search(self) -> bool:
        """The search has ended; whether it is what is wished for now."""
        worker, self._searching = self._searching, None
        if worker is None:
            return False
        same = worker.wish.folder is self._model and worker.wish.data is self._session.data
        if same and not worker.outdated:
            self._search = worker.search
        return self._is_wished(worker.wish)

    def _is_wished(self, wish: Wish) -> bool:
        if wish is not self._wish:
            self._settled.start()
        return wish is self._wish

    @Slot(object)
    def _show_map(self, found: ActivationMap) -> None:
        if self._end_map():
            assert self._model is not None
            self._panel.map.show_map(found, threshold=self._model.card.threshold)

    @Slot(object)
    def _show_map_error(self, error: BcviewerError) -> None:
        if self._end_map():
            self._panel.map.show_hint(str(error))

    @Slot(object)
    def _show_similar(self, found: SimilarFound) -> None:
        if self._end_search():
            self._found = found
            self._show_cards()

    @Slot(object)
    def _show_similar_error(self, error: BcviewerError) -> None:
        if self._end_search():
            self._panel.similar.show_hint(str(error))

    def _show_cards(self) -> None:
        found, page, session = self._found, self._panel.similar, self._session
        # Others hear of new data first, and their labels come here before this hears of it.
        if found is None or found.wish.data is not session.data:
            return
        page.show_features(found.ready, len(found.wish.data.dataset.patients))
        if not len(found.found.rows):
            page.show_nothing(
                tr(NONE_HELD_OUT) if page.held_out_only and found.ready else tr(NONE_READY)
            )
            return
        patches = [similar_patch(session, found, place) for place in range(len(found.found.rows))]
        summary, searched = summary_words(found.found, patches), searched_words(found.found)
        page.show_patches(patches, summary=summary, searched=searched)

    def _obstacle(self) -> str:
        """Why nothing can be shown of the patch, in words; "" when it can."""
        session = self._session
        if self._model is None or session.dataset is None or session.slide is None:
            return tr(NO_MODEL)
        if not session.slide.readable[session.patch]:
            return tr(UNREADABLE)
        rows = session.dataset.rows(session.slide.patient)
        return tr(HIDDEN) if session.hidden(rows)[session.patch] else ""

    def _show_obstacle(self) -> bool:
        text = self._obstacle()
        if text:
            self._panel.map.show_hint(text)
            self._panel.similar.show_hint(text)
        return bool(text)

    @Slot()
    def _follow_layers(self) -> None:
        """Another model's heatmap is on screen."""
        if self._shown_model() is not self._model:
            self._refresh()

    @Slot()
    def _follow_labels(self) -> None:
        """Show the labels as they are now; what was hidden may show, or the other way round."""
        blind = self._session.blindness.on
        if self._panel.page == SIMILAR and self._found is not None and not blind:
            self._show_cards()
        elif blind:
            self._refresh()

    @Slot()
    def _follow_pictures(self) -> None:
        """What was read of a patient's features is of other pictures."""
        self._search = None
        if self._searching is not None:
            self._searching.outdated = True
        self._refresh()

    @Slot(object)
    def _follow_predictions(self, patient: str | None) -> None:
        """Show the cards in the view on screen, and what was predicted of them meanwhile."""
        if self._found is None or self._panel.page != SIMILAR:
            return
        if patient is None or patient in self._found.probabilities:
            self._show_cards()

    def _shown_model(self) -> ModelFolder | None:
        shown = self._session.shown_model
        return shown.folder if shown is not None else None

    def _follow_model(self) -> None:
        """What was compiled and found is about one model."""
        shown = self._shown_model()
        if shown is not self._model:
            self._model = shown
            self._mapper, self._search, self._found = None, None, None
            self._cancel_making()

    @Slot()
    def _forget(self) -> None:
        self._stop()
        self._cancel_making()
        self._trail.clear()
        self._mapper, self._search = None, None
        self._panel.similar.show_features(0, 0)
        self._refresh()

    @Slot(int)
    def _go_to(self, row: int) -> None:
        if self.row >= 0:
            self._trail.append(self.row)
        self.rows_opened.emit(np.array([row], np.int64))

    @Slot()
    def _go_back(self) -> None:
        if self._trail:
            self.rows_opened.emit(np.array([self._trail.pop()], np.int64))

    def _place(self, row: int) -> str:
        dataset = self._session.dataset
        if dataset is None:
            return ""
        patient = dataset.patients[int(dataset.patient_index[row])]
        return tr(
            "patient {patient}, x {x:,} y {y:,}",
            patient=patient,
            x=dataset.x[row],
            y=dataset.y[row],
        )

    @Slot()
    def _complete(self) -> None:
        if self._making is not None or self._session.data is None or self._model is None:
            return
        self._making = FeaturesWorker(self._session.data, self._model)
        self._making.progressed.connect(self._panel.similar.show_progress)
        self._making.succeeded.connect(self._made)
        self._making.stopped.connect(self._made)
        self._making.failed.connect(self._making_failed)
        self._panel.similar.begin_work()
        self._crew.start(self._making)

    @Slot()
    def _made(self) -> None:
        if self.sender() is self._making:
            self._end_making()
            self._refresh()

    @Slot(object)
    def _making_failed(self, error: BcviewerError) -> None:
        if self.sender() is self._making:
            self._end_making()
            self._panel.similar.show_hint(str(error), role="danger")

    @Slot()
    def _cancel_making(self) -> None:
        if self._making is not None:
            self._making.cancel()

    def _end_making(self) -> None:
        self._making = None
        self._panel.similar.end_work()
