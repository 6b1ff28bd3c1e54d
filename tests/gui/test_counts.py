"""What there is one of is told as one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bcviewer.annotation.labels import Label
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.legend_errors import ErrorKeys
from bcviewer.gui.widgets.precision_box import effect_words
from bcviewer.gui.widgets.runs_controls import about_run
from bcviewer.model.int8 import Int8Effect
from bcviewer.model.runs import RunRecord
from bcviewer.slide.errors import OutcomeCounts
from tests.factories import PatchSpec, write_dataset
from tests.gui.conftest import WAIT_MS


@pytest.fixture
def one_patch(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """The window with one patient of one patch, and a file beside it that is none."""
    data = write_dataset(tmp_path / "one", {"p00": [PatchSpec(101, 101, 0)]})
    (data / "p00" / "0" / "notes.txt").write_text("x")
    window.opener.open(data)
    qtbot.waitUntil(lambda: window.session.slide is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.annotation.keeper.book is not None, timeout=WAIT_MS)
    return window


def test_one_patient_of_one_patch(one_patch: MainWindow, qtbot: QtBot) -> None:
    assert "· 1 patient · 1 patch ·" in one_patch.status.about_data.text()
    assert one_patch.patient_panel._count.text() == "1 patient, 1 patch"
    one_patch.actions_.report.trigger()
    report = one_patch.report_dialog
    told = "1 finding beside 1 patch that can be used. It does not stop the rest."
    assert report._head.text() == told
    report._copy.click()
    assert report._note.text() == "1 finding copied."
    report.close()


def test_one_corrected_patch(one_patch: MainWindow, qtbot: QtBot) -> None:
    one_patch.annotation.keeper.label(np.array([0], np.int64), Label.IDC)
    table = one_patch.patient_panel._table
    tip = Qt.ItemDataRole.ToolTipRole
    told = "p00: 1 patch corrected or left out"
    qtbot.waitUntil(lambda: table.index(0, 0).data(tip) == told, timeout=WAIT_MS)


def test_a_brush_of_one_patch(one_patch: MainWindow) -> None:
    toolbar = one_patch.annotation.toolbar
    for size, told in ((1, "Brush of 1 patch"), (3, "Brush of 3 patches")):
        toolbar.show_brush(size, in_hand=True)
        assert toolbar._size.accessibleName() == told


def test_one_wrong_patch() -> None:
    counts = OutcomeCounts(5, 1, 0, 14)
    assert ErrorKeys(counts, 0.5).line == "At 0.50: 1 of 20 patches is wrong (5 %)"
    assert counts.words == "1 of 20 patches is wrong (5 %)"


def test_one_epoch() -> None:
    run = RunRecord(Path("run"), "run", "", datetime(2026, 1, 1), None, "cancelled", epochs_done=1)
    assert about_run(run) == "Cancelled after 1 epoch."
    run = RunRecord(Path("run"), "run", "", datetime(2026, 1, 1), None, "cancelled", epochs=1)
    assert about_run(run) == "Cancelled after 0 of 1 epoch."


def test_one_patient_that_8_bits_were_measured_on() -> None:
    effect = Int8Effect(
        patients=1, patches=20, auc=0.0, auc_interval=(0.0, 0.0), moved=0.1, changed_sides=0.05
    )
    assert "on 1 VALIDATION patient; 5.0% of its patches" in effect_words(effect)
    assert "on 1 VALIDATION patient; 5.0% of 20 patches" in effect.words
