"""A real window, without a screen, whose reader labels until it is killed.

Started as ``labelling_window.py DATA WORKSPACE READER``. It says "ready" when it can label, and
then the number of its strokes that are on the disk, whenever all of them are.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from bcviewer.annotation.labels import Label
from bcviewer.gui.app import make_window, prepare_process
from bcviewer.gui.main_window import MainWindow

STEP_MS = 2
LABELS = (Label.IDC, Label.NOT_IDC, Label.UNSURE, Label.EXCLUDED)


class Reader(QObject):
    """Labels, undoes and browses by chance, as fast as the window lets it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._chance = random.Random(os.getpid())
        self._told = -1
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self._work)
        self._timer.start()

    @Slot()
    def _work(self) -> None:
        session, keeper = self._window.session, self._window.annotation.keeper
        if keeper.book is None or session.dataset is None or session.slide is None:
            return
        if self._told < 0:
            print("ready", flush=True)
            self._told = 0
        made = keeper.book.strokes_made
        if keeper.book.pending == 0 and made > self._told:
            print(made, flush=True)
            self._told = made
        chance = self._chance
        match chance.randrange(10):
            case 0:
                keeper.undo()
            case 1:
                session.choose_patient(chance.choice(session.dataset.patients))
            case _:
                row = chance.randrange(len(session.dataset))
                keeper.label(np.array([row]), chance.choice(LABELS))


def main(data: str, workspace: str, reader: str) -> None:
    """Open the window and label until the end of the world."""
    prepare_process()
    app = QApplication([])
    window = make_window(app, Path(workspace))
    window.session.preferences = window.session.preferences.model_copy(update={"reader": reader})
    window.show()
    window.opener.open(Path(data))
    hand = Reader(window)
    app.exec()
    del hand


if __name__ == "__main__":
    main(*sys.argv[1:])
