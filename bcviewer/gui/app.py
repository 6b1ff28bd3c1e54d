"""Starting the window: Qt, the look, the session, the window, then data and model."""

from __future__ import annotations

import ctypes
import gc
import signal
import sys
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from bcviewer.diagnosis.log_files import log_folder
from bcviewer.diagnosis.watch import Watch
from bcviewer.gui.language import install_language
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.preferences import load_preferences
from bcviewer.gui.scheme import WindowStyle
from bcviewer.gui.session import Session
from bcviewer.model.library import bundled_models

HEARTBEAT_MS = 250
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
"""Options of glibc's mallopt, from its malloc.h."""

LARGE_BYTES = 2**20
ARENAS = 2
DEFAULT_MODEL = "mobilenetv2"
SWITCH_SECONDS = 0.002
"""How long a worker keeps Python to itself: less than usual, so that the window stays quick."""


def run(folder: Path | None, *, workspace: Path | None = None, demo: bool = False) -> int:
    """Show the window until it is closed; returns the exit code.

    Args:
        folder: A data folder to open, or None.
        workspace: Where to keep what is made for it; None for the user's own folder.
        demo: Open the demo tissue.
    """
    watch = Watch(log_folder())
    try:
        prepare_process()
        app = QApplication(sys.argv[:1])
        app.setApplicationName("bcviewer")
        app.setDesktopFileName("bcviewer")
        install_language(app, load_preferences().language)
        window = make_window(app, workspace)
        window.show()
        spare_lasting()
        window.problems.watch(watch.mark, watch.marks)
        QTimer.singleShot(0, window, lambda: start(window, folder, demo=demo))
        _close_on_interrupt(window)
        return app.exec()
    finally:
        watch.end()


def prepare_process() -> None:
    """Make Python's threads take turns quickly, and give memory back when it is freed.

    The C library of Linux keeps freed arrays of some MB for later by default, apart for each
    thread: 15 MB after a scan of 277,524 patches.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    with suppress(OSError, AttributeError):  # other C libraries know no mallopt, and need none
        library = ctypes.CDLL(None)
        library.mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
        library.mallopt(M_ARENA_MAX, ARENAS)


def make_window(app: QApplication, workspace: Path | None) -> MainWindow:
    """The window, not shown yet."""
    session = Session(load_preferences(), app)
    return MainWindow(session, WindowStyle(app, session.preferences.scheme), workspace)


def spare_lasting() -> None:
    """Leave what is there now, and lasts as long as the window, out of garbage collections.

    A full one went through 120,000 objects of modules and widgets, in the window's thread too when
    its turn came: 50 to 200 ms, where a pass of the event loop should take 50 at most.
    """
    gc.freeze()


def start(window: MainWindow, folder: Path | None, *, demo: bool) -> None:
    """Open what was asked for, and the bundled model."""
    names = bundled_models()
    if names:
        window.predictions.load(DEFAULT_MODEL if DEFAULT_MODEL in names else next(iter(names)))
    if demo:
        window.opener.open_demo()
    elif folder is not None:
        window.opener.open(folder)


def _close_on_interrupt(window: MainWindow) -> None:
    """Ctrl-C in the terminal, or a polite kill, closes the window as its own button does."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: window.close())
    # Python looks for signals only when some of it runs, and Qt's loop may run none for long.
    heartbeat = QTimer(window, interval=HEARTBEAT_MS)
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start()
