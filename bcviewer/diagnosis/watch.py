"""All of it together, for the life of a window: log, uncaught errors, crashes, the mark."""

from __future__ import annotations

import faulthandler
import logging
from contextlib import suppress
from pathlib import Path

from bcviewer.diagnosis.log_files import catch_uncaught, start_log, stop_log
from bcviewer.diagnosis.running import RunningMark
from bcviewer.errors import StorageError

log = logging.getLogger(__name__)


class Watch:
    """Watches over this process; where nothing can be written, it goes without.

    Args:
        folder: Where the log lies, and the marks in it.

    Attributes:
        marks: Where the marks of windows lie.
        mark: That of this one; None where it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.marks = folder / "running"
        self._handler = start_log(folder)
        self._give_back = catch_uncaught()
        self.mark: RunningMark | None = None
        try:
            self.mark = RunningMark(self.marks)
            self.mark.catch_faults()
        except (OSError, StorageError) as error:
            log.warning("there is no mark of this window: %s", type(error).__name__)
            with suppress(RuntimeError, ValueError):  # no standard error either
                faulthandler.enable()

    def end(self) -> None:
        """The window has closed as it should."""
        if self.mark is not None:
            self.mark.end()
        self._give_back()
        stop_log(self._handler)
