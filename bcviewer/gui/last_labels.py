"""Before the window closes: the last labels are on the disk, or the user knows why not."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from bcviewer.annotation.writer import CLOSE_SECONDS
from bcviewer.gui.label_keeper import LabelKeeper
from bcviewer.gui.widgets.unwritten_question import UnwrittenQuestion
from bcviewer.gui.words import marked, tr
from bcviewer.gui.words_below import from_below
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.exchange_worker import ExportLabelsWorker, ExportWish

BRIEF_SECONDS = 0.2
"""So long a closing window waits without a word."""

LOOK_MS = 50
SILENT = marked("The disk does not answer.")
FILE = "labels.csv"
MOST_FAULTS = 3


class LastLabels(QObject):
    """Has the last labels written, and asks where that fails.

    Args:
        keeper: Of the labels.
        crew: Where workers are started.
        window: The one that is to close.
    """

    def __init__(self, keeper: LabelKeeper, crew: Crew, window: QWidget) -> None:
        super().__init__(window)
        self._keeper = keeper
        self._crew = crew
        self._window = window
        self._question: UnwrittenQuestion | None = None
        self._lost: tuple[str, ...] = ()
        self._pending, self._since = 0, 0.0
        self._look_again = QTimer(self, interval=LOOK_MS)
        self._look_again.timeout.connect(self._look)
        keeper.lost.connect(self._note_lost)

    def may_close(self) -> bool:
        """Whether the window may close: all is on the disk, or the user lets it go."""
        if self._question is not None:  # it is asked just now
            return False
        self._keeper.hold(True)
        self._lost = self._keeper.settle()
        written = self._keeper.flush(BRIEF_SECONDS) and not self._all_lost
        may = written or self._ask()
        if not may:  # what is let go of is not waited for anew
            self._keeper.hold(False)
        return may

    @property
    def _all_lost(self) -> tuple[str, ...]:
        """What was taken back before it could be held, in words."""
        return (*self._lost, *self._keeper.lost_before)

    @Slot(str)
    def _note_lost(self, fault: str) -> None:
        """Keep what was lost of earlier data until the user, who may be asked now, has read it."""
        self._lost = (*self._lost, fault)

    def _ask(self) -> bool:
        self._question = UnwrittenQuestion(self._window)
        self._question.again_requested.connect(self._again)
        self._question.save_requested.connect(self._save)
        self._begin_wait()
        self._look_again.start()
        try:
            return self._question.ask()
        finally:
            self._look_again.stop()
            self._question = None

    def _begin_wait(self) -> None:
        self._pending, self._since = self._keeper.pending, time.monotonic()

    @Slot()
    def _again(self) -> None:
        assert self._question is not None
        self._question.show_waiting()
        self._keeper.hold(True)
        self._begin_wait()

    @Slot()
    def _look(self) -> None:
        """See how far the writing is; the question goes when all is written."""
        if self._question is None:
            return
        pending, problem = self._keeper.pending, self._keeper.problem
        if pending < self._pending:
            self._begin_wait()
        if not pending and not self._all_lost:
            self._question.accept()
        elif not pending or problem or time.monotonic() - self._since > CLOSE_SECONDS:
            words = self._words(pending, from_below(problem) if problem else tr(SILENT))
            if self._question.words.text() != words or self._question.words.isHidden():
                self._question.show_trouble(words, pending=pending > 0)

    def _words(self, pending: int, problem: str) -> str:
        lost = self._all_lost
        lines = [from_below(fault) for fault in lost[:MOST_FAULTS]]
        if len(lost) > MOST_FAULTS:
            lines.append(tr("And {count:,} more.", count=len(lost) - MOST_FAULTS))
        if pending == 1:
            lines.append(tr("The last stroke is not on the disk. {problem}", problem=problem))
        elif pending:
            lines.append(
                tr(
                    "The last {count:,} strokes are not on the disk. {problem}",
                    count=pending,
                    problem=problem,
                )
            )
        return "\n".join(lines)

    @Slot()
    def _save(self) -> None:
        """Write all labels, the unwritten among them, where the user chooses."""
        book, question = self._keeper.book, self._question
        if book is None or question is None:
            return
        home = str(Path.home() / FILE)
        kinds = tr("Table (*.csv)")
        chosen, _ = QFileDialog.getSaveFileName(question, tr("Save all labels"), home, kinds)
        if chosen:
            worker = ExportLabelsWorker(book, ExportWish("csv", Path(chosen)))
            worker.succeeded.connect(question.tell_saved)
            worker.failed.connect(question.tell_error)
            self._crew.start(worker)
