"""Hand labels to QuPath as GeoJSON, and read them back elsewhere: the same labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import WAIT_MS, Program
from tests.e2e.hands import Answer, button, click, press
from tests.e2e.moments import corrections, open_folder, spot_of, wrong_patches
from tests.e2e.pictures import Pictures

pytestmark = [pytest.mark.window, pytest.mark.timeout(300)]


def test_labels_come_back_from_a_file_as_they_were(
    program: Program, qtbot: QtBot, tissue: Path, tmp_path: Path, pictures: Pictures
) -> None:
    window = program.start(tmp_path / "here")
    open_folder(window, qtbot, tissue)
    session, view = window.session, window.slide_pane.view
    truth = session.slide_labels()
    assert truth is not None
    wrong = wrong_patches(window)[:8]
    press("A")
    for number, patch in enumerate(wrong):
        click(view.viewport(), spot_of(window, int(patch)))
        press("3" if number == 0 else "12"[int(truth[patch])])
    given = session.labels
    assert given is not None
    assert corrections(window) == len(wrong) - 1, "one is unsure"

    press("Alt+F", "E")
    dialog = window.exchange.export_dialog
    qtbot.waitUntil(dialog.isVisible, timeout=WAIT_MS)
    click(button(dialog, "QuPath GeoJSON, a polygon a patch"))
    click(button(dialog, "This patient only"))
    pictures.take("export")
    files = tmp_path / "geojson"
    files.mkdir()
    answer = Answer(files)
    click(button(dialog, "Export"))
    assert answer.given
    qtbot.waitUntil(lambda: (files / "demo01.geojson").is_file(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "demo01" in dialog.note or "1 file" in dialog.note, timeout=WAIT_MS)
    pictures.take("exported")
    press("Escape")
    program.quit()

    # Another workspace: nobody has said anything of these patients there.
    other = program.start(tmp_path / "there")
    open_folder(other, qtbot, tissue)
    assert corrections(other) == 0
    answer = Answer(files / "demo01.geojson")
    press("Alt+F", "I")
    assert answer.given
    preview = other.exchange.preview_dialog
    qtbot.waitUntil(preview.isVisible, timeout=WAIT_MS)
    pictures.take("what-would-change")
    click(button(preview, f"Import {len(wrong)} labels"))
    qtbot.waitUntil(lambda: corrections(other) == len(wrong) - 1, timeout=WAIT_MS)
    taken = other.session.labels
    assert taken is not None
    assert (taken.labels == given.labels).all()
    pictures.take("read-back")
    press("Ctrl+Z")
    assert corrections(other) == 0, "an import is one stroke"
