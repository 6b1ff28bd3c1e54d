"""A model of Keras comes in by the window: looked at, imported, in use, or refused in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.patch_panel import MAP
from bcviewer.model.imported_options import ImportTask
from bcviewer.model.library import imported_models
from tests.gui.conftest import WAIT_MS
from tests.keras_files import write_seed_file


def test_a_file_is_looked_at_imported_and_used(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    desk, session = opened.model_desk.importer, opened.session
    dialog = desk.dialog
    desk.show(write_seed_file(tmp_path / "seed.h5"))
    assert not dialog._import.isEnabled()
    qtbot.waitUntil(dialog._import.isEnabled, timeout=WAIT_MS)
    words = {name: field.word for name, field in dialog._fields.items()}
    assert words["size"] == "Read from the file: 32x32 pixels"
    assert words["scaling"] == "Assumed: 0 to 255"
    assert words["output"] == "Assumed: the second of two is IDC"
    assert not dialog._size.isEnabled()
    dialog._name.setText("Old net")
    dialog._output.choose("0")
    with qtbot.waitSignal(desk.imported, timeout=6 * WAIT_MS):
        dialog._import.click()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
    assert list(imported_models()) == ["Old-net"]
    assert session.model is not None
    assert session.model.folder.card.name == "Old net"
    rows = opened.model_panel._rows
    assert "Imported from seed.h5" in rows["Kind"].text()
    assert rows["Input"].text() == (
        "32x32 pixels (read from the file); resized by nearest pixel (assumed); "
        "values 0 to 255 (assumed)"
    )
    assert rows["Output"].text() == "the first of two is IDC (chosen)"
    assert rows["Input"].isVisible()
    assert "not known" in rows["Validation"].text()
    assert "may have been trained on this patient" in opened.slide_pane.view.corners.role.text
    assert session.role("p00") == "UNKNOWN"
    assert np.isfinite(session.slide_predictions()).all()  # type: ignore[arg-type]
    switches = opened.slide_pane.strip.views.findChildren(QToolButton)
    context = next(each for each in switches if each.text() == "Context")
    assert "Nobody knows which patients Old net was trained on" in context.toolTip()
    session.inspect(0)
    opened.patch_panel._switch.button(MAP).click()
    seen = opened.patch_panel.map._picture
    qtbot.waitUntil(lambda: seen._map is not None, timeout=WAIT_MS)
    head = opened.model_panel.head_box
    assert head._start.isVisible()
    assert not head._start.isEnabled()
    assert "nobody knows which patients" in head._start.toolTip()


def test_a_file_that_cannot_be_imported_is_refused_where_it_was_chosen(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = window.model_desk.importer
    path = tmp_path / "notes.h5"
    path.write_text("not a model")
    desk.show(path)
    qtbot.waitUntil(lambda: "neither an .h5" in desk.dialog._message.text(), timeout=WAIT_MS)
    assert desk.dialog.isVisible()
    assert not desk.dialog._import.isEnabled()
    assert desk.dialog._choose.isEnabled()


def test_closing_the_dialog_stops_the_import_and_leaves_no_model(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = window.model_desk.importer
    desk.show(write_seed_file(tmp_path / "seed.h5"))
    qtbot.waitUntil(desk.dialog._import.isEnabled, timeout=WAIT_MS)
    desk.dialog._import.click()
    worker = desk._worker
    assert worker is not None
    with qtbot.waitSignal(worker.stopped, timeout=WAIT_MS):
        desk.dialog._cancel.click()
    assert not desk.dialog.isVisible()
    assert imported_models() == {}
    assert window.session.model is None
    assert desk.dialog.task is not None
    assert ImportTask(tmp_path / "seed.h5").place.name == "seed"
