"""Getting rid of a window as the end of the program does, while Qt still lives."""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent

from bcviewer.gui.main_window import MainWindow


def dispose(window: MainWindow) -> None:
    """Close a window and destroy it, here and now.

    Left to the garbage collector it may go in another thread, or after Qt's application, and
    either crashes the interpreter.
    """
    window.close()
    window.deleteLater()
    # It belongs to the application, and would keep its model (40 MB) as long.
    window.session.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
