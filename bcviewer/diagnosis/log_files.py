"""The log of the program: a file that does not grow for ever, for what nobody expected."""

from __future__ import annotations

import logging
import os
import platform
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path

from bcviewer import __version__
from bcviewer.storage import HOME_VARIABLE, user_folder

LOG = "bcviewer.log"
LOG_BYTES = 1_000_000
KEPT = 3
"""Older files beside the one that is written to."""

FORM = "%(asctime)s %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s"

log = logging.getLogger("bcviewer")


def log_folder() -> Path:
    """Where logs lie: the system's place for them, or in ``BCVIEWER_HOME``."""
    if os.environ.get(HOME_VARIABLE):
        return user_folder() / "logs"
    return user_log_path("bcviewer", appauthor=False)


class _QuietFile(RotatingFileHandler):
    """Tells nobody what logging does wrong itself, as on a full disk: a log stops nothing."""

    def handleError(self, record: logging.LogRecord) -> None:
        pass


def start_log(folder: Path) -> logging.Handler | None:
    """Let warnings and unexpected errors go to a file; None where none can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _QuietFile(
            folder / LOG, maxBytes=LOG_BYTES, backupCount=KEPT, encoding="utf-8", errors="replace"
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter(FORM))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.info("bcviewer %s, Python %s, %s", __version__, platform.python_version(), sys.platform)
    return handler


def stop_log(handler: logging.Handler | None) -> None:
    """Write no more to a log."""
    if handler is not None:
        log.removeHandler(handler)
        handler.close()


def catch_uncaught() -> Callable[[], None]:
    """Log what nobody catches, in whatever thread; what is called gives the hooks back."""
    before = sys.excepthook, threading.excepthook

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            log.critical("nobody caught this", exc_info=(kind, error, trace))
        before[0](kind, error, trace)

    def tell_of_thread(about: threading.ExceptHookArgs) -> None:
        if about.exc_value is not None:
            name = about.thread.name if about.thread is not None else "a thread"
            told = (about.exc_type, about.exc_value, about.exc_traceback)
            log.critical("nobody caught this in %s", name, exc_info=told)
        before[1](about)

    def give_back() -> None:
        sys.excepthook, threading.excepthook = before

    sys.excepthook, threading.excepthook = tell, tell_of_thread
    return give_back


def log_tail(folder: Path, *, lines: int) -> list[str]:
    """The last lines of the log, and of the file before it where that is needed."""
    found: list[str] = []
    for name in (LOG, f"{LOG}.1"):
        try:
            with (folder / name).open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - LOG_BYTES))
                text = file.read().decode("utf-8", "replace")
        except OSError:
            continue
        found = text.splitlines() + found
        if len(found) >= lines:
            break
    return found[-lines:]
