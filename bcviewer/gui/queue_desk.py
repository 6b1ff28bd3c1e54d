"""What to look at next: queues of patches, and the patch that is offered now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from bcviewer.annotation.labels import Label
from bcviewer.annotation.queues import Queue, QueueYield
from bcviewer.annotation.stroke import Stroke
from bcviewer.errors import BcviewerError
from bcviewer.gui.annotation_desk import AnnotationDesk
from bcviewer.gui.models.queue_table import QueueTable
from bcviewer.gui.queue_pictures import QueuePictures
from bcviewer.gui.queue_runner import QueueRunner
from bcviewer.gui.queue_words import (
    NO_PREDICTIONS,
    SORTING,
    chance_words,
    empty_words,
    judge_words,
    yield_words,
)
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.queue_panel import QueuePanel
from bcviewer.gui.words import tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.queue_workers import LabelSummary, QueueSorted, QueueWish
from bcviewer.model.out_of_fold import out_of_fold_folder

SETTLE_MS = 300
"""Predictions come patient by patient; the queue is sorted when no more came for so long."""


class QueueDesk(QObject):
    """Owns the panel of the queues; the window gives it its place."""

    said = Signal(str)
    """Something for the status line."""

    def __init__(self, session: Session, crew: Crew, annotation: AnnotationDesk) -> None:
        super().__init__(annotation)
        self._session = session
        self._annotation = annotation
        self._keeper = annotation.keeper
        self._yields: Sequence[QueueYield] = ()
        self._name = ""
        self._stale = True
        self._new_predictions = False
        self._by_folds = False
        self.pictures = QueuePictures(crew, self)
        self.table = QueueTable(session, self.pictures, self)
        self.panel = QueuePanel(self.table)
        self.runner = QueueRunner(session, crew, self)
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._connect()
        self._show_empty()

    def _connect(self) -> None:
        session, panel, keeper = self._session, self.panel, self._keeper
        session.data_changed.connect(self._forget)
        session.patient_chosen.connect(self._follow_patient)
        session.model_changed.connect(self._start_settling)
        session.predictions_changed.connect(self._start_settling)
        session.blindness_changed.connect(self.refresh)
        session.labels_changed.connect(self.runner.count)
        session.patch_changed.connect(self._show_lead)
        self._settled.timeout.connect(self._take_predictions)
        keeper.opened.connect(self.refresh)
        keeper.stroked.connect(self._follow_stroke)
        self._annotation.next_wanted.connect(self._go_on_from)
        panel.wanted.connect(self.refresh)
        panel.came_into_view.connect(self._sort_if_stale)
        panel.patch_chosen.connect(self._go_to)
        panel.label_chosen.connect(self._label)
        panel.confirm_chosen.connect(self._confirm)
        self.runner.arranged.connect(self._show_queue)
        self.runner.summarised.connect(self._take_summary)
        self.runner.failed.connect(self._show_error)

    @property
    def current(self) -> int:
        """The row of the data set that the queue offers now, -1 for none."""
        index = self.panel.strip.currentIndex()
        return int(self.table.rows[index.row()]) if index.isValid() else -1

    def open_rows(self, rows: NDArray[np.int64], *, name: str, title: str) -> None:
        """Show patches that were found elsewhere, as those on which two readers disagree.

        Args:
            rows: int64[k], rows of the data set in their order.
            name: What the log calls the queue.
            title: What the window calls it.
        """
        self.runner.stop()
        self._name, self._stale, self._by_folds = name, False, False
        self.panel.show_opened(title)
        self.panel.show_judge("")
        self._show_rows(rows)
        self.runner.count()

    @Slot()
    def refresh(self) -> None:
        """Sort the queue anew; later, when it is not on screen."""
        if self.panel.queue is None and self._name:
            return  # it was opened from elsewhere, and is what it is
        self._stale = True
        if self.panel.isVisible():
            self._sort()

    @Slot()
    def _sort_if_stale(self) -> None:
        if self._stale:
            self._sort()

    def _sort(self) -> None:
        session, queue = self._session, self.panel.queue
        if queue is None:
            return
        self.panel.show_opened("")
        self._name, self._stale, self._new_predictions = str(queue), False, False
        if session.dataset is None or session.labels is None:
            self._show_rows(np.empty(0, np.int64))
            return
        patient = (session.patient or "") if self.panel.this_patient else ""
        wish = QueueWish(
            queue=queue,
            patient=patient,
            reader=self._keeper.reader,
            state=session.labels,
            probabilities=session.visible_predictions().copy(),
            untrained=self._untrained(),
            threshold=session.thresholds[1],
            out_of_fold=self._out_of_fold(queue),
            by_model=self.panel.prefers_model,
            shown=self._shown(),
        )
        if not len(self.table.rows):
            self.panel.show_hint(tr(SORTING))
        self.runner.sort(wish)

    def _untrained(self) -> NDArray[np.bool_]:
        """bool[N]: patches of patients that the model in use did not train on."""
        session = self._session
        assert session.dataset is not None
        roles = [session.role(patient) for patient in session.dataset.patients]
        of_patient = np.array([role not in ("", "TRAIN", "UNKNOWN") for role in roles], np.bool_)
        untrained: NDArray[np.bool_] = of_patient[session.dataset.patient_index]
        return untrained

    def _out_of_fold(self, queue: Queue) -> Path | None:
        """Where predictions may lie of networks that trained on none of what they judge."""
        data = self._session.data
        if data is None or queue is not Queue.LABEL_DOUBTFUL:
            return None
        return out_of_fold_folder(data.workspace)

    def _shown(self) -> NDArray[np.bool_] | None:
        """bool[N]: patches of patients of whom the reader may know predictions; None for all."""
        session = self._session
        if session.dataset is None or not session.blindness.on:
            return None
        of_patient = session.blindness.shown_patients(session.dataset)
        shown: NDArray[np.bool_] = of_patient[session.dataset.patient_index]
        return shown

    @Slot(object)
    def _show_queue(self, found: QueueSorted) -> None:
        self._by_folds = found.by_folds
        self.panel.show_judge(judge_words(found.out_of_fold, by_folds=found.by_folds))
        judged = found.wish.probabilities if found.by_folds else None
        self._show_rows(found.rows, judged=judged)
        self.runner.count()

    def _show_rows(
        self, rows: NDArray[np.int64], *, judged: NDArray[np.float32] | None = None
    ) -> None:
        self._keeper.offer(-1, "")
        self.table.show_rows(rows, judged=judged)
        if len(rows):
            self.panel.show_hint("")
        else:
            self._show_empty()
        self._show_counts()
        self._show_lead()

    def _show_empty(self) -> None:
        queue = self.panel.queue
        text = tr("There are no such patches any more.")
        if queue is not None:
            text = empty_words(
                self._session,
                queue,
                this_patient=self.panel.this_patient,
                by_folds=self._by_folds,
            )
        self.panel.show_hint(text, predict=text == tr(NO_PREDICTIONS))
        self._show_counts()

    def _show_counts(self) -> None:
        count, index = len(self.table.rows), self.panel.strip.currentIndex()
        words = tr("1 patch") if count == 1 else tr("{count:,} patches", count=count)
        if index.isValid():
            words = tr("Patch {number:,} of {count:,}", number=index.row() + 1, count=count)
        if self._new_predictions:
            words += tr("; there are new predictions: refresh")
        yielded = yield_words(self._name, self._yields) if self._name else ""
        by_chance = chance_words(self._name, self._yields) if self._name else ""
        ready = self._session.labels is not None
        self.panel.show_counts(
            words if count else "",
            yielded=yielded if ready else "",
            by_chance=by_chance if ready else "",
        )

    @Slot(int)
    def _go_to(self, place: int) -> None:
        """Offer a patch: show it in its tissue, and count what is said of it for the queue."""
        if place < 0:
            return
        row = int(self.table.rows[place])
        self._keeper.offer(row, self._name)
        self._annotation.show_rows(np.array([row], np.int64))
        self._show_lead()
        self._show_counts()

    @Slot(int)
    def _label(self, label: int) -> None:
        row = self._offered()
        if row >= 0:
            self._keeper.label(np.array([row], np.int64), Label(label))
            self._go_on_from(row)

    @Slot()
    def _confirm(self) -> None:
        row = self._offered()
        if row >= 0:
            self._keeper.confirm(np.array([row], np.int64))
            self._go_on_from(row)

    def _offered(self) -> int:
        """The row on offer; says what to do when there is none."""
        if self.current < 0:
            self.said.emit(tr("Click a patch of the queue, or go to one with the arrow keys."))
        return self.current

    @Slot(int)
    def _go_on_from(self, row: int) -> None:
        """Go to the next patch, unless the queue has left this one already."""
        index = self.panel.strip.currentIndex()
        if not index.isValid() or self.current != row:
            return
        if index.row() + 1 < len(self.table.rows):
            self.panel.go_to(index.row() + 1)
        else:
            self.said.emit(
                tr("That was the last patch of this queue. Refresh it to look for more.")
            )

    @Slot(object)
    def _follow_stroke(self, stroke: Stroke) -> None:
        """Go on when the offered patch was labelled on the slide; go back when that is undone."""
        if len(stroke) != 1 or not self._name or stroke.queue != self._name:
            return
        row = int(stroke.rows[0])
        if stroke.kind == "label":
            self._go_on_from(row)
        elif self.table.place_of(row) >= 0:
            self.panel.go_to(self.table.place_of(row))

    @Slot()
    def _show_lead(self) -> None:
        """Let Enter on the slide go on with the queue while its patch is the one looked at."""
        session = self._session
        leads = False
        if session.dataset is not None and session.slide is not None and session.patch >= 0:
            start = session.dataset.rows(session.slide.patient).start
            leads = self.current == start + session.patch
        self._annotation.led_by_queue = leads

    @Slot()
    def _forget(self) -> None:
        self.pictures.set_dataset(self._session.dataset)
        self._yields, self._name, self._stale = (), "", True
        self._by_folds = False
        self.panel.show_opened("")
        self.panel.show_judge("")
        self._show_rows(np.empty(0, np.int64))

    @Slot()
    def _follow_patient(self) -> None:
        if self.panel.this_patient and self.panel.queue is not None:
            patient, current = self._session.patient, self.current
            dataset = self._session.dataset
            if (
                dataset is None
                or current < 0
                or (dataset.patients[int(dataset.patient_index[current])] != patient)
            ):
                self.refresh()

    @Slot()
    def _start_settling(self) -> None:
        if self.panel.queue is not None and self.panel.queue.needs_model:
            self._settled.start()

    @Slot()
    def _take_predictions(self) -> None:
        """Sort anew, but not under the hands of a reader who is in the midst of the queue."""
        if self.current < 0 or not self.panel.isVisible():
            self.refresh()
        else:
            self._new_predictions = True
            self._show_counts()

    @Slot(object)
    def _take_summary(self, summary: LabelSummary) -> None:
        self._yields = summary.yields
        self._show_counts()

    @Slot(object)
    def _show_error(self, error: BcviewerError) -> None:
        self.panel.show_hint(str(error))
