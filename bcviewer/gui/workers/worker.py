"""Long work in a thread of its own: typed signals, one way to stop, exactly one ending."""

from __future__ import annotations

import logging
import threading
import time

from PySide6.QtCore import QObject, QThread, Signal

from bcviewer.errors import BcviewerError, Cancelled
from bcviewer.gui.words import tr

TELL_EVERY = 0.05
"""Seconds between two tellings of progress; more would only keep the window busy."""

log = logging.getLogger(__name__)


class Worker(QThread):
    """Does ``work`` in a thread and ends with exactly one of succeeded, failed and stopped.

    Connect the signals to bound slots of QObjects only: those are called in the window's thread.
    """

    progressed = Signal(int, int)
    """Work done and its total."""

    succeeded = Signal(object)
    """What ``work`` returned."""

    failed = Signal(object)
    """A ``BcviewerError``."""

    stopped = Signal()
    """The user asked to stop."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked_to_stop = threading.Event()
        self._told_at = 0.0

    def work(self) -> object:
        """Do the work, in the worker's thread; asks ``cancelled`` often."""
        raise BcviewerError(f"{type(self).__name__} has no work.")

    def cancel(self) -> None:
        """Ask to stop; the worker ends soon after, and not at once."""
        self._asked_to_stop.set()

    def cancelled(self) -> bool:
        """Whether the worker was asked to stop."""
        return self._asked_to_stop.is_set()

    def tell(self, done: int, total: int) -> None:
        """Tell progress, not too often."""
        now = time.monotonic()
        if now - self._told_at >= TELL_EVERY or done >= total:
            self._told_at = now
            self.progressed.emit(done, total)

    def run(self) -> None:
        try:
            result = self.work()
        except Cancelled:
            self.stopped.emit()
        except BcviewerError as error:
            # Its trace would keep the worker alive, and let go of it in any thread at any time.
            self.failed.emit(error.with_traceback(None))
        except Exception as error:  # the border of the thread: nothing may end it without a word
            log.exception("unexpected error in %s", type(self).__name__)
            text = tr(
                "Something unexpected went wrong: {name}: {error}.",
                name=type(error).__name__,
                error=error,
            )
            self.failed.emit(BcviewerError(text, hint=tr("The log file has the details.")))
        else:
            self.succeeded.emit(result)
