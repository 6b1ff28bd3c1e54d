"""The line below the window: what is open, what is being opened, and what it is not for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar

from bcviewer.errors import unmarked
from bcviewer.gui.session import Session
from bcviewer.gui.style import GRID
from bcviewer.gui.words import marked, tr, tr_count

RESEARCH_ONLY = marked("Research use only · not for diagnosis")
NO_DATA = marked("No data folder is open")
BUSY_WIDTH = 160
OWN_MARGIN = 2
"""Pixels that Qt leaves before the first thing in a status bar."""

MESSAGE_MS = 8000


class StatusLine(QObject):
    """Fills the status bar of the window, and follows the session."""

    def __init__(self, bar: QStatusBar, session: Session) -> None:
        super().__init__(bar)
        self._bar = bar
        self._session = session
        self.about_data = QLabel()
        self.about_data.setIndent(GRID - OWN_MARGIN)
        self.research_only = QLabel(tr(RESEARCH_ONLY))
        self.research_only.setProperty("role", "caption")
        self._busy = QProgressBar(textVisible=False)
        self._busy.setAccessibleName(tr("Progress of what is being opened"))
        self._busy.setMaximumWidth(BUSY_WIDTH)
        self._busy.setProperty("slim", "true")
        self._busy.hide()
        bar.addWidget(self.about_data)
        bar.addPermanentWidget(self._busy)
        bar.addPermanentWidget(self.research_only)
        session.data_changed.connect(self._show_data)
        session.report_changed.connect(self._show_data)
        session.slide_changed.connect(bar.clearMessage)
        self._show_data()

    @Slot(str)
    def say(self, text: str) -> None:
        """Say something for a while."""
        self._bar.showMessage(text, MESSAGE_MS)

    @Slot()
    def begin_work(self) -> None:
        """Show that something long began."""
        self._busy.setRange(0, 0)
        self._busy.show()

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._busy.setRange(0, max(1, total))
        self._busy.setValue(done)

    @Slot()
    def end_work(self) -> None:
        """Show that it is over."""
        self._busy.hide()

    @Slot()
    def _show_data(self) -> None:
        dataset = self._session.dataset
        if dataset is None:
            self.about_data.setText(tr(NO_DATA))
            return
        synthetic = tr(" · synthetic tissue") if dataset.synthetic else ""
        findings = len(self._session.report.findings)
        noted = tr(" · {findings:,} in the report", findings=findings) if findings else ""
        self.about_data.setText(
            tr(
                "{data}{synthetic} · {patients} · {patches}{noted}",
                data=unmarked(dataset.root.name),
                synthetic=synthetic,
                patients=tr_count(len(dataset.patients), "1 patient", "{count:,} patients"),
                patches=tr_count(len(dataset), "1 patch", "{count:,} patches"),
                noted=noted,
            )
        )
        self.about_data.setToolTip(unmarked(str(dataset.root)))
