"""A real window, without a screen, whose reader labels until it is killed.

Started as ``labelling_window.py DATA WORKSPACE READER [STROKES OVER]``. It says "ready" when it can
label, and then the number of its strokes that are on the disk, whenever all of them are.

With a number of STROKES it stops after them. It predicts all patients as well, and closes when the
file OVER is there; what it shows of the labels then is the last that it says.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.gui.app import make_window, prepare_process
from bcviewer.gui.main_window import MainWindow

STEP_MS = 2
LABELS = (Label.IDC, Label.NOT_IDC, Label.UNSURE, Label.EXCLUDED)


class Reader(QObject):
    """Labels, undoes and browses by chance, as fast as the window lets it."""

    def __init__(self, window: MainWindow, strokes: int, over: Path) -> None:
        super().__init__()
        self._strokes = strokes
        self._over = over
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
        if self._strokes and session.unpredicted_patients():
            self._window.predictions.predict_all()
        made = keeper.book.strokes_made
        if keeper.book.pending == 0 and made > self._told:
            print(made, flush=True)
            self._told = made
        if self._strokes and made >= self._strokes:
            self._end_when_over(keeper.book)
            return
        chance = self._chance
        match chance.randrange(10):
            case 0:
                keeper.undo()
            case 1:
                session.choose_patient(chance.choice(session.dataset.patients))
            case _:
                row = chance.randrange(len(session.dataset))
                keeper.label(np.array([row]), chance.choice(LABELS))

    def _end_when_over(self, book: LabelBook) -> None:
        session = self._window.session
        if not self._over.exists() or book.pending or session.unpredicted_patients():
            return
        book.poll()
        print(f"{digest(book)}", flush=True)
        self._timer.stop()
        self._window.close()


def digest(book: LabelBook) -> str:
    """All labels, in a word."""
    return f"sees {hashlib.sha256(book.state.labels.tobytes()).hexdigest()}"


def main(data: str, workspace: str, reader: str, strokes: str = "0", over: str = "") -> None:
    """Open the window and label, until the end of the world if need be."""
    prepare_process()
    app = QApplication([])
    window = make_window(app, Path(workspace))
    window.session.preferences = window.session.preferences.model_copy(update={"reader": reader})
    window.show()
    window.opener.open(Path(data))
    if over:
        window.predictions.load("simple_cnn")
    hand = Reader(window, int(strokes), Path(over))
    app.exec()
    del hand


if __name__ == "__main__":
    main(*sys.argv[1:])
