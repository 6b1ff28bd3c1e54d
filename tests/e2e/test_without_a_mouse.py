"""The whole loop by keys alone: open, predict, find an error, correct it, judge, export."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bcviewer.gui.widgets.evaluation_matrix import MatrixCell
from tests.e2e.conftest import WAIT_MS, Program
from tests.e2e.hands import Answer, name_of, press, tab_to, write
from tests.e2e.moments import (
    await_heatmap,
    await_slide,
    corrections,
    open_folder,
    row_looked_at,
)
from tests.e2e.pictures import Pictures

pytestmark = [pytest.mark.window, pytest.mark.timeout(300)]


def test_the_loop_needs_no_mouse(
    program: Program, qtbot: QtBot, tissue: Path, tmp_path: Path, pictures: Pictures
) -> None:
    window = program.start()
    session = window.session
    open_folder(window, qtbot, tissue)
    press("PgDown")
    await_slide(window, qtbot, "demo02")
    await_heatmap(window, qtbot)

    # A command by some letters of its name, where one does not know its key.
    press("Ctrl+Shift+P")
    write("predict all")
    pictures.take("command-by-letters")
    press("Return")
    qtbot.waitUntil(lambda: not session.unpredicted_patients(), timeout=3 * WAIT_MS)

    # To the errors: the evaluation, its cell of false alarms, and the patches behind that number.
    press("Ctrl+4")
    measured = window.evaluation
    qtbot.waitUntil(lambda: measured.scores.isVisible(), timeout=WAIT_MS)
    cell = tab_to(is_false_alarm)
    assert isinstance(cell, MatrixCell)
    pictures.take("the-false-alarms")
    press("Space")
    gallery = window.gallery
    qtbot.waitUntil(gallery.panel.isVisible, timeout=WAIT_MS)
    assert len(gallery.rows) == cell.count > 1
    press("Right", "Right")
    row = gallery.current
    assert row == gallery.rows[1]
    qtbot.waitUntil(lambda: row_looked_at(window) == row, timeout=WAIT_MS)
    pictures.take("an-error-in-its-tissue")

    # Correct it there; the gallery goes on to the next by itself.
    press("1")
    assert corrections(window) == 1
    assert session.labels is not None
    assert session.labels.labels[row] == 1
    assert gallery.current == gallery.rows[2]
    press("1")
    assert corrections(window) == 2
    pictures.take("corrected")

    # Hand the corrections over.
    press("Alt+F", "E")
    dialog = window.exchange.export_dialog
    qtbot.waitUntil(dialog.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=WAIT_MS)
    file = tmp_path / "labels.csv"
    answer = Answer(file)
    tab_to(lambda widget: name_of(widget) == "Export…")
    press("Space")
    assert answer.given
    qtbot.waitUntil(file.is_file, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(dialog.note) and dialog.export.isEnabled(), timeout=WAIT_MS)
    assert len(file.read_text().splitlines()) == 3, "a head and two labels"
    pictures.take("exported")
    press("Escape")
    assert not dialog.isVisible()
    program.quit()


def is_false_alarm(widget: QWidget) -> bool:
    """Whether it is the cell of patches that are called IDC and are not."""
    return isinstance(widget, MatrixCell) and not widget.kind.truth and bool(widget.kind.predicted)
