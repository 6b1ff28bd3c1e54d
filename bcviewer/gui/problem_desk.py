"""Problems: how the last window ended, what nobody expected, and a report of it for others."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QVBoxLayout, QWidget

from bcviewer.diagnosis.log_files import log_folder
from bcviewer.diagnosis.running import EndedRun, RunningMark
from bcviewer.gui.icons import icon
from bcviewer.gui.problem_facts import facts_of
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.ended_notice import EndedNotice
from bcviewer.gui.widgets.problem_dialog import ProblemDialog
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.problem_workers import EndedRunsWorker, ReportWorker, SaveReportWorker

TIP = marked("Gather versions, settings and the end of the log in a text; nothing is sent")
UNEXPECTED = marked(
    "Something unexpected went wrong. Help › Report a problem gathers what is known of it."
)


class ProblemDesk(QObject):
    """Owns the action, the dialog and the notice."""

    said = Signal(str)
    """Something for the status line."""

    reopen_requested = Signal(object)
    """A data folder that was open when the last window ended badly."""

    def __init__(self, session: Session, crew: Crew, *, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._crew = crew
        self._window = window
        self._mark: RunningMark | None = None
        self._ended: EndedRun | None = None
        self._gathering: ReportWorker | None = None
        self.action = QAction(icon("report"), tr("&Report a problem…"), self)
        self.action.setStatusTip(tr(TIP))
        self.action.setToolTip(tr(TIP))
        self.notice = EndedNotice()
        self.dialog = ProblemDialog(window)
        self._alarm = _Alarm()
        self._connect()

    def _connect(self) -> None:
        self.action.triggered.connect(self.open)
        self.notice.report_requested.connect(self.open)
        self.notice.reopen_requested.connect(self._reopen)
        self.dialog.save_requested.connect(self._save)
        self._alarm.signals.rang.connect(self._tell_unexpected)
        self._session.data_changed.connect(self._note_data)

    def add_to(self, menus: QMenuBar, before: QAction) -> None:
        """Put the action into the menu that has another one, before that."""
        for menu in menus.findChildren(QMenu):
            if before in menu.actions():
                menu.insertAction(before, self.action)

    def above(self, content: QWidget) -> QWidget:
        """The content with the notice above it, while there is one."""
        both = QWidget()
        layout = QVBoxLayout(both)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(content, 1)
        return both

    def watch(self, mark: RunningMark | None, folder: Path) -> None:
        """Look how earlier windows ended, mark what this one opens, tell of what is unexpected.

        Args:
            mark: Of this window; None where it could not be made.
            folder: Where marks lie.
        """
        self._mark = mark
        logging.getLogger("bcviewer").addHandler(self._alarm)
        worker = EndedRunsWorker(folder)
        worker.succeeded.connect(self._show_ended)
        self._crew.start(worker)

    def close(self) -> None:
        """Watch no more."""
        logging.getLogger("bcviewer").removeHandler(self._alarm)
        self._mark = None

    @Slot()
    def open(self) -> None:
        """Show the dialog, and gather the text."""
        self.dialog.show_waiting()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        ended, data = self._ended, self._session.data
        faults = "" if ended is None else ended.faults
        facts = facts_of(self._session, self._window, faults=faults)
        workspace = None if data is None else data.workspace
        self._gathering = ReportWorker(facts, log_folder(), ended=ended, workspace=workspace)
        self._gathering.succeeded.connect(self._show_text)
        self._gathering.failed.connect(self.dialog.tell_error)
        self._crew.start(self._gathering)

    @Slot(object)
    def _show_text(self, text: str) -> None:
        if self.sender() is self._gathering:
            self._gathering = None
            self.dialog.show_text(text)

    @Slot(str, object)
    def _save(self, text: str, path: Path) -> None:
        dataset = self._session.dataset
        worker = SaveReportWorker(text, path, data=None if dataset is None else dataset.root)
        worker.succeeded.connect(self.dialog.tell_saved)
        worker.failed.connect(self.dialog.tell_error)
        self._crew.start(worker)

    @Slot(object)
    def _show_ended(self, found: tuple[EndedRun, str] | None) -> None:
        if found is not None:
            self._ended, words = found
            data = self._ended.data
            there = data is not None and self._session.data is None
            self.notice.tell(words, data=data.name if there and data is not None else "")

    @Slot()
    def _reopen(self) -> None:
        if self._ended is not None and self._ended.data is not None:
            self.reopen_requested.emit(self._ended.data)

    @Slot()
    def _note_data(self) -> None:
        self.notice.reopen.hide()
        data = self._session.data
        if self._mark is not None and data is not None:
            self._mark.note(data=data.dataset.root, labels=data.workspace.labels_path)

    @Slot()
    def _tell_unexpected(self) -> None:
        self.said.emit(tr(UNEXPECTED))


class _Signals(QObject):
    rang = Signal()


class _Alarm(logging.Handler):
    """Rings for what nobody expected, in whatever thread it happened."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.signals = _Signals()

    def emit(self, record: logging.LogRecord) -> None:
        self.signals.rang.emit()
