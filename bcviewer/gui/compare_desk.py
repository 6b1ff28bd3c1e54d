"""Comparing two models: chosen by the user, judged in the background, shown patch by patch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.errors import BcviewerError
from bcviewer.evaluation.model_comparison import ModelComparison
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.compare_view import (
    BLIND,
    EMPTY,
    NO_DATA,
    STOPPED,
    WORKING,
    CompareView,
)
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.compare_worker import CompareWish, CompareWorker, ModelsWorker
from bcviewer.gui.workers.crew import Crew
from bcviewer.model.way import PLAIN_WAY

COMPARED = "compared models"
"""What the log calls patches that a comparison offered."""

ONE_MODEL = marked(
    "Both are the same model: switch context on and off in the strip under the slide"
)
TWO_VIEWS = marked(
    "One is compared with context and the other without; the slide shows a change in one view: "
    "compare both with context, or both without"
)
NO_PATIENT = marked("No patient is open: choose one in the list of patients.")


class CompareDesk(QObject):
    """Owns the view of a comparison; the window gives it its place."""

    rows_opened = Signal(object, str, str)
    """Patches to look through (int64[k], rows of the data set), the queue's name, and a title."""

    patch_opened = Signal(object)
    """A patch to show in its tissue: int64[1], a row of the data set."""

    load_requested = Signal(str)
    """A model folder that is to be used by the window."""

    def __init__(self, session: Session, crew: Crew, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._crew = crew
        self._finding: ModelsWorker | None = None
        self._comparing: CompareWorker | None = None
        self._found: ModelComparison | None = None
        self._to_load: list[Path] = []
        self._then = QTimer(self, singleShot=True, interval=0)
        self._then.timeout.connect(self._show_change)
        self.view = CompareView()
        view, head = self.view, self.view.head
        session.data_changed.connect(self._forget)
        session.model_changed.connect(self._find_models)
        session.model_changed.connect(self._load_next)
        session.blindness_changed.connect(self._hide_if_blind)
        view.came_into_view.connect(self._find_models)
        view.patch_chosen.connect(self._open_patch)
        view.queue_requested.connect(self._open_queue)
        view.map_requested.connect(self._show_map)
        head.compare_requested.connect(self.compare)
        head.stop_requested.connect(self.stop)

    @property
    def comparison(self) -> ModelComparison | None:
        """What is shown."""
        return self._found

    @Slot()
    def compare(self) -> None:
        """Compare what is chosen."""
        session, chosen = self._session, self.view.head.chosen
        if session.data is None or chosen is None or self._comparing is not None:
            return
        if session.blindness.on:
            self.view.show_hint(tr(BLIND))
            return
        whom, one = self.view.head.chosen_whom
        if one and session.patient is None:
            self.view.show_hint(tr(NO_PATIENT))
            return
        dataset = session.data.dataset
        labels = dataset.labels if session.labels is None else session.labels.effective()
        wish = CompareWish(
            data=session.data,
            models=chosen,
            labels=EffectiveLabels.of(dataset, labels),
            whom=whom,
            patient=(session.patient or "") if one else "",
        )
        self._comparing = CompareWorker(wish)
        self._comparing.progressed.connect(self.view.head.show_progress)
        self._comparing.succeeded.connect(self._show)
        self._comparing.failed.connect(self._fail)
        self._comparing.stopped.connect(self._end)
        self.view.head.show_busy(True)
        if self._found is None:
            self.view.show_hint(tr(WORKING))
        self._crew.start(self._comparing)

    @Slot()
    def stop(self) -> None:
        """Stop comparing."""
        if self._comparing is not None:
            self._comparing.cancel()

    @Slot()
    def _find_models(self) -> None:
        """Look which models there are, when somebody looks."""
        session = self._session
        if session.data is None or not self.view.isVisible() or self._finding is not None:
            return
        self._finding = ModelsWorker(session.data, self._known_paths())
        self._finding.succeeded.connect(self._offer)
        self._finding.finished.connect(self._found_models)
        self._crew.start(self._finding)

    def _known_paths(self) -> tuple[Path, ...]:
        """Models that may lie anywhere: those in use now and before, and those chosen."""
        session = self._session
        used = (session.model, None if session.earlier is None else session.earlier.model)
        chosen = self.view.head.chosen or ()
        paths = [each.folder.path for each in used if each is not None]
        return (*paths, *(each.path for each in chosen))

    @Slot(object)
    def _offer(self, models: object) -> None:
        if self.sender() is self._finding and self._comparing is None:
            self.view.head.show_models(models)  # type: ignore[arg-type]

    @Slot()
    def _found_models(self) -> None:
        if self.sender() is self._finding:
            self._finding = None

    @Slot()
    def _forget(self) -> None:
        """Begin anew: other data are open."""
        for worker in (self._finding, self._comparing):
            if worker is not None:
                worker.cancel()
        self._finding = self._comparing = self._found = None
        self._to_load = []
        self.view.head.show_busy(False)
        self.view.show_hint(tr(NO_DATA) if self._session.data is None else tr(EMPTY))
        self._find_models()

    @Slot()
    def _hide_if_blind(self) -> None:
        if self._session.blindness.on:
            self.stop()
            self._found = None
            self.view.show_hint(tr(BLIND))
        elif self._found is None:
            self.view.show_hint(tr(EMPTY))

    @Slot(object)
    def _show(self, found: ModelComparison) -> None:
        if self.sender() is not self._comparing:
            return
        self._comparing, self._found = None, found
        self.view.head.show_busy(False)
        one, other = found.contenders
        against = ""
        if one.model.fingerprint == other.model.fingerprint:
            against = tr(ONE_MODEL)
        elif one.view != other.view:
            against = tr(TWO_VIEWS)
        self.view.show_comparison(found, mapped=against)

    @Slot(object)
    def _fail(self, error: BcviewerError) -> None:
        if self.sender() is self._comparing:
            self._comparing = self._found = None
            self.view.head.show_busy(False)
            self.view.show_hint(str(error))

    @Slot()
    def _end(self) -> None:
        if self.sender() is self._comparing:
            self._comparing = None
            self.view.head.show_busy(False)
            if self._found is None and not self._session.blindness.on:
                self.view.show_hint(tr(STOPPED))

    @Slot(int)
    def _open_patch(self, row: int) -> None:
        self.patch_opened.emit(np.array([row], np.int64))

    @Slot()
    def _open_queue(self) -> None:
        if self._found is not None:
            rows = self._found.compared.disagreement.rows
            self.rows_opened.emit(rows, COMPARED, tr("Models disagree"))

    @Slot()
    def _show_map(self) -> None:
        """Use the first model and then the second: the slide shows what that changed."""
        if self._found is None:
            return
        first, second = (each.model for each in self._found.contenders)
        in_use = self._session.model
        begun = in_use is not None and in_use.folder.fingerprint == first.fingerprint
        self._to_load = [second.path] if begun else [first.path, second.path]
        self._load_first()

    def _load_first(self) -> None:
        self.load_requested.emit(str(self._to_load[0]))

    @Slot()
    def _load_next(self) -> None:
        """Go on once a model is in use; the user may have chosen quite another meanwhile."""
        model = self._session.model
        if not self._to_load or model is None:
            return
        awaited = self._to_load.pop(0)
        if model.folder.path != awaited:
            self._to_load = []
        elif self._to_load:
            self._load_first()
        else:
            # Later: the session is still in the midst of changing its model.
            self._then.start()

    @Slot()
    def _show_change(self) -> None:
        """Show the change in the way and the view that were compared."""
        contenders = () if self._found is None else self._found.contenders
        for each in contenders:
            if each.model.context is not None:
                view = each.view
                self._session.views.show(context=view.context, calibrated=view.calibrated)
        self._session.views.ask(PLAIN_WAY)
        self._session.change_layers(change=True, uncertainty=False)
