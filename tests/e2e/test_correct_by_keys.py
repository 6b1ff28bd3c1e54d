"""Correct fifty patches without letting go of the keys, take some back, and find all tomorrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bcviewer.gui.main_window import MainWindow
from tests.e2e.conftest import WAIT_MS, Program
from tests.e2e.hands import press
from tests.e2e.moments import corrections, logged, open_folder
from tests.e2e.pictures import Pictures

pytestmark = [pytest.mark.window, pytest.mark.timeout(300)]

COUNT, BACK = 50, 12
OPPOSITE = {0: "1", 1: "2"}
"""The key of the label that contradicts the data."""


def test_fifty_corrections_outlive_undo_redo_and_a_restart(
    program: Program, qtbot: QtBot, tissue: Path, pictures: Pictures
) -> None:
    window = program.start()
    session = window.session
    open_folder(window, qtbot, tissue)
    press("Ctrl+2", "A")
    press("Right")
    assert session.patch >= 0, "the first arrow goes to the patch in the middle"
    corrected = {correct_and_walk_on(window) for _ in range(COUNT)}
    assert len(corrected) == COUNT
    assert corrections(window) == COUNT
    pictures.take("fifty-corrected")

    press(*["Ctrl+Z"] * BACK)
    assert corrections(window) == COUNT - BACK
    pictures.take("twelve-undone")
    press(*["Ctrl+Shift+Z"] * BACK)
    assert corrections(window) == COUNT
    expected = session.labels
    assert expected is not None
    assert session.data is not None
    log = session.data.workspace.labels_path
    program.quit()
    assert logged(log) == {"label": COUNT, "redo": BACK, "undo": BACK}

    again = program.start()
    open_folder(again, qtbot, tissue)
    qtbot.waitUntil(lambda: corrections(again) == COUNT, timeout=WAIT_MS)
    labels = again.session.labels
    assert labels is not None
    assert (labels.labels == expected.labels).all()
    press("Ctrl+2", "A")
    pictures.take("started-again")
    press("Ctrl+Z")
    assert corrections(again) == COUNT - 1, "undo goes on where it was"


def correct_and_walk_on(window: MainWindow) -> int:
    """Contradict the label of the patch that is looked at, and go to another; returns its row."""
    session = window.session
    labels, patch = session.slide_labels(), session.patch
    assert labels is not None
    press(OPPOSITE[int(labels[patch])])
    press(walk_on.key)
    if session.patch == patch:  # the end of the row
        walk_on.turn()
        press("Down")
    return patch


class Walk:
    """To the right, and at the end of a row back to the left, as a plough goes."""

    def __init__(self) -> None:
        self.key = "Right"

    def turn(self) -> None:
        """Go the other way from now on."""
        self.key = "Left" if self.key == "Right" else "Right"


walk_on = Walk()
