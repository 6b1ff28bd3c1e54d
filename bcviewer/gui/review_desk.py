"""Looking again: queues of patches, agreement of readers, and what a retraining changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QTabWidget

from bcviewer.annotation.agreement import Agreement
from bcviewer.gui.annotation_desk import AnnotationDesk
from bcviewer.gui.change_desk import ChangeDesk
from bcviewer.gui.queue_desk import QueueDesk
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.agreement_view import AgreementView
from bcviewer.gui.words import tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.queue_workers import LabelSummary

DISAGREEMENTS = "disagreements"
CHANGES = "changes"
"""What the log calls patches that these tables offered."""


class ReviewDesk(QObject):
    """Owns the three panels in tabs; the window gives the tabs their place."""

    said = Signal(str)
    """Something for the status line."""

    def __init__(self, session: Session, crew: Crew, annotation: AnnotationDesk) -> None:
        super().__init__(annotation)
        self.queues = QueueDesk(session, crew, annotation)
        self.changes = ChangeDesk(session, crew, self)
        self.agreement = AgreementView()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.queues.panel, tr("Queue"))
        self.tabs.addTab(self.agreement, tr("Readers"))
        self.tabs.addTab(self.changes.view, tr("Change"))
        self.queues.said.connect(self.said)
        self.queues.runner.summarised.connect(self._show_summary)
        session.data_changed.connect(self._forget)
        self.agreement.opened.connect(self._open_disagreements)
        self.agreement.view_changed.connect(self._compare)
        self.changes.rows_opened.connect(self._open_changes)

    @Slot(object, str, str)
    def open_rows(self, rows: NDArray[np.int64], name: str, title: str) -> None:
        """Look through patches that were found elsewhere, and bring that into view.

        Args:
            rows: int64[k], rows of the data set in their order.
            name: What the log calls the queue.
            title: What the window calls it.
        """
        self._open(rows, name, title)
        dock = self.tabs.parentWidget()
        if dock is not None:
            dock.show()
            dock.raise_()

    @Slot(bool)
    def _compare(self, seen: bool) -> None:
        """Compare readers only while somebody looks."""
        self.queues.runner.comparing = seen
        if seen:
            self.queues.runner.count()

    @Slot(object)
    def _show_summary(self, summary: LabelSummary) -> None:
        if summary.agreements is not None:
            self.agreement.show_agreements(summary.agreements)

    @Slot()
    def _forget(self) -> None:
        self.agreement.show_agreements(())

    @Slot(object)
    def _open_disagreements(self, pair: Agreement) -> None:
        title = tr("Disagree: {readers}", readers=" and ".join(pair.readers))
        self._open(pair.disagreed, DISAGREEMENTS, title)

    @Slot(object, str)
    def _open_changes(self, rows: NDArray[np.int64], title: str) -> None:
        self._open(rows, CHANGES, title)

    def _open(self, rows: NDArray[np.int64], name: str, title: str) -> None:
        self.queues.open_rows(rows, name=name, title=title)
        self.tabs.setCurrentWidget(self.queues.panel)
