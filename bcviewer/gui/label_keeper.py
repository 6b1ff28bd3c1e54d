"""Keeps the label book of the open data: opens it, writes to it, follows other windows."""

from __future__ import annotations

import logging

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.annotation.readers import default_reader
from bcviewer.annotation.stroke import About, Stroke
from bcviewer.gui.session import Session
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.label_workers import (
    ChangedPixelsWorker,
    CloseLabelsWorker,
    OpenLabelsWorker,
)

log = logging.getLogger(__name__)

POLL_MS = 500
PARTING_SECONDS = 1.0
"""A window that closes has waited for its strokes before."""

Rows = NDArray[np.int64]


class LabelKeeper(QObject):
    """What readers say goes through here, to the log and to the session."""

    opened = Signal()
    """The labels of the open data can be read and changed."""

    failed = Signal(object)
    """They cannot: a ``BcviewerError``."""

    faulted = Signal(str)
    """What was said but could not be written, in words."""

    lost = Signal(str)
    """The same, of earlier data; ``faulted`` tells it, too."""

    stroked = Signal(object)
    """A ``Stroke`` of this window."""

    history_changed = Signal()
    """There are other strokes than before, or others are undone."""

    def __init__(self, session: Session, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._crew = crew
        self._opening: OpenLabelsWorker | None = None
        self._leaving: list[CloseLabelsWorker] = []
        self._checking: ChangedPixelsWorker | None = None
        self._offered = -1, ""
        self.book: LabelBook | None = None
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.follow)
        session.data_changed.connect(self.open)
        session.slide_changed.connect(self.check_pixels)

    @property
    def reader(self) -> str:
        """In whose name labels are given."""
        return self._session.preferences.reader or default_reader()

    @Slot()
    def open(self) -> None:
        """Open the labels of the session's data in place of those that are open."""
        earlier = self._let_go()
        self.offer(-1, "")
        self._session.take_labels(None)
        if self._session.data is None:
            self._start(CloseLabelsWorker(earlier))
            return
        self._opening = OpenLabelsWorker(self._session.data, self.reader, earlier=earlier)
        self._opening.succeeded.connect(self._opened)
        self._opening.failed.connect(self._failed)
        self._start(self._opening)

    def offer(self, row: int, queue: str) -> None:
        """Note the patch that a queue offers: what is said of it alone counts for the queue.

        Args:
            row: Of the data set; -1 for none.
            queue: What the log calls the queue.
        """
        self._offered = row, queue

    def label(self, rows: Rows, label: Label, *, reason: str = "") -> None:
        """Give some patches a label, as one stroke."""
        if self.book is not None and len(rows):
            self._took(self.book.label(rows, label, reason=reason, **self._about(rows)))

    def confirm(self, rows: Rows, *, reason: str = "") -> None:
        """Say the labels of some patches again, as one stroke."""
        if self.book is not None and len(rows):
            self._took(self.book.confirm(rows, reason=reason, **self._about(rows)))

    def take(self, stroke: Stroke | None) -> None:
        """Take over a stroke that a worker made in the book, as an import."""
        self._took(stroke)

    @Slot()
    def undo(self) -> None:
        """Take the last stroke back."""
        if self.book is not None:
            self._took(self.book.undo())

    @Slot()
    def redo(self) -> None:
        """Do again what was undone last."""
        if self.book is not None:
            self._took(self.book.redo())

    @Slot()
    def follow(self) -> None:
        """Take over what other windows wrote, and tell what could not be written."""
        if self.book is None:
            return
        rows = self.book.poll()
        if not self.settle() and len(rows):
            self._session.take_labels(self.book.state, rows)
            self.history_changed.emit()

    def settle(self) -> tuple[str, ...]:
        """Tell what could not be written and was taken back; the same in words."""
        faults = () if self.book is None else self.book.faults()
        if faults and self.book is not None:
            self._session.take_labels(self.book.state, None)
            self.history_changed.emit()
        for fault in faults:
            self.faulted.emit(fault)
        return faults

    def hold(self, on: bool) -> None:
        """Whether strokes that cannot be written are held, see ``LabelBook.hold``."""
        if self.book is not None:
            self.book.hold(on)

    @property
    def problem(self) -> str:
        """Why strokes are held, in words; "" while none is."""
        return "" if self.book is None else self.book.problem

    @property
    def pending(self) -> int:
        """Strokes that are not yet on the disk, those to the log of earlier data among them."""
        here = 0 if self.book is None else self.book.pending
        return here + sum(worker.pending for worker in self._leaving)

    @property
    def lost_before(self) -> tuple[str, ...]:
        """What was just lost of earlier data and is not told yet, in words."""
        return tuple(fault for worker in self._leaving for fault in worker.lost)

    def flush(self, timeout: float) -> bool:
        """Wait for what is pending; False when the seconds were too few."""
        return (self.book is None or self.book.flush(timeout)) and not self.pending

    @Slot()
    def check_pixels(self) -> None:
        """Find the patches on screen that look other than when they were labelled."""
        slide = self._session.slide
        if self.book is None or slide is None:
            return
        self._checking = ChangedPixelsWorker(self.book, slide.patient)
        self._checking.succeeded.connect(self._checked)
        self._crew.start(self._checking)

    def close(self) -> None:
        """Write what is not yet written and let go of the log; after this nothing opens."""
        self._poll.stop()
        opening, self._opening = self._opening, None
        for book in (self.book, opening.book if opening is not None else None):
            if book is not None:
                book.close(PARTING_SECONDS)
                for fault in book.faults():  # who closed the window was asked
                    log.error("a label was not written: %s", fault)
        self.book = None

    def _let_go(self) -> LabelBook | None:
        """Let go of the labels that are open, or are being opened; the former are returned."""
        self._poll.stop()
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None
        earlier, self.book = self.book, None
        return earlier

    def _start(self, worker: CloseLabelsWorker) -> None:
        self._leaving.append(worker)
        worker.finished.connect(self._tell_lost)  # after what it opened is there
        self._crew.start(worker)

    @Slot()
    def _tell_lost(self) -> None:
        worker = self.sender()
        if isinstance(worker, CloseLabelsWorker):
            self._leaving.remove(worker)
            for fault in worker.lost:
                self.faulted.emit(fault)
                self.lost.emit(fault)

    def _took(self, stroke: Stroke | None) -> None:
        if stroke is None or self.book is None:
            return
        self._session.take_labels(self.book.state, stroke.rows)
        if stroke.kind == "label":  # said of the pixels as they are
            before = self._session.changed_pixels
            self._session.note_changed_pixels(np.setdiff1d(before, stroke.rows))
        else:
            self.check_pixels()
        self.stroked.emit(stroke)
        self.history_changed.emit()

    def _about(self, rows: Rows) -> About:
        """What is to be noted of a stroke on these patches."""
        row, queue = self._offered
        alone = len(rows) == 1 and int(rows[0]) == row
        return {
            "model": self._model(),
            "blind": self._blind(rows),
            "queue": queue if alone else "",
        }

    def _blind(self, rows: Rows) -> bool:
        """Whether a prediction of these patches, all of one patient, is hidden."""
        session = self._session
        if session.dataset is None or not session.blindness.on:
            return False
        patient = session.dataset.patients[int(session.dataset.patient_index[rows[0]])]
        of_patient = session.dataset.rows(patient)
        within = rows[(rows >= of_patient.start) & (rows < of_patient.stop)]
        return bool(session.hidden(of_patient)[within - of_patient.start].any())

    def _model(self) -> str:
        """The fingerprint of the model whose prediction is on screen, "" for none."""
        session = self._session
        if session.shown_model is None or session.slide_predictions() is None:
            return ""
        return session.shown_model.folder.fingerprint

    @Slot(object)
    def _opened(self, book: LabelBook) -> None:
        if self.sender() is not self._opening:
            self._start(CloseLabelsWorker(book))
            return
        self._opening = None
        self.book = book
        self._poll.start()
        self._session.take_labels(book.state)
        self.opened.emit()
        self.check_pixels()
        self.history_changed.emit()

    @Slot(object)
    def _checked(self, rows: Rows) -> None:
        if self.sender() is self._checking:
            self._checking = None
            self._session.note_changed_pixels(rows)

    @Slot(object)
    def _failed(self, error: object) -> None:
        if self.sender() is self._opening:
            self._opening = None
            self.failed.emit(error)
