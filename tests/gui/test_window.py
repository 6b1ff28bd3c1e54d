"""What a user sees in the window: patients, slide, report, and words when something is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from bcviewer.gui.app import make_window
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.models.patient_table import IDC, PART, PATCHES, PATIENT, PREDICTED
from bcviewer.gui.preferences import load_preferences
from bcviewer.slide.palette import PALETTES
from tests.factories import PatchSpec, write_dataset
from tests.gui.conftest import WAIT_MS
from tests.gui.windows import dispose


def table(window: MainWindow) -> QTableView:
    found = window.patient_panel.findChild(QTableView)
    assert isinstance(found, QTableView)
    return found


def cells(window: MainWindow, column: int) -> list[str]:
    model = table(window).model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_an_empty_window_says_what_to_do(window: MainWindow) -> None:
    assert window.starting.page.isVisible()
    assert window.starting.page.buttons[0].text() == "Open folder…"
    assert not window.actions_.predict.isEnabled()
    assert "Research use only" in window.status.research_only.text()


def test_a_folder_opens_with_its_first_patient_on_screen(opened: MainWindow) -> None:
    assert cells(opened, PATIENT) == ["p00", "p01", "p02", "p03", "p04", "p05"]
    assert set(cells(opened, PATCHES)) == {"20"}
    assert set(cells(opened, IDC)) == {"30 %"}
    assert opened.session.patient == "p00"
    assert not opened.slide_pane.view.corners.message.isVisible()


def test_choosing_a_patient_in_the_table_shows_its_slide(opened: MainWindow, qtbot: QtBot) -> None:
    view = table(opened)
    place = view.visualRect(view.model().index(3, PATCHES)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: _shown(opened) == "p03", timeout=WAIT_MS)
    opened.actions_.next.trigger()
    qtbot.waitUntil(lambda: _shown(opened) == "p04", timeout=WAIT_MS)
    opened.actions_.previous.trigger()
    qtbot.waitUntil(lambda: _shown(opened) == "p03", timeout=WAIT_MS)


def _shown(window: MainWindow) -> str:
    return window.session.slide.patient if window.session.slide is not None else ""


def test_the_fastest_click_wins(opened: MainWindow, qtbot: QtBot) -> None:
    """Slides that come late, after the user has gone on, are passed over."""
    for patient in ("p01", "p02", "p03", "p04", "p05"):
        opened.session.choose_patient(patient)
    qtbot.waitUntil(lambda: _shown(opened) == "p05", timeout=WAIT_MS)
    qtbot.wait(200)
    assert _shown(opened) == "p05"


def test_the_filter_finds_patients_by_id(opened: MainWindow, qtbot: QtBot) -> None:
    search = opened.patient_panel.findChild(QLineEdit)
    assert isinstance(search, QLineEdit)
    QTest.keyClicks(search, "05")
    assert cells(opened, PATIENT) == ["p05"]
    assert "1 of 6 patients" in opened.patient_panel._count.text()
    search.clear()
    assert len(cells(opened, PATIENT)) == 6


def test_patients_are_sorted_as_numbers_and_by_any_column(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    patches = {"10253": 2, "8975": 3, "9023": 1}
    folder = write_dataset(
        tmp_path,
        {
            name: [PatchSpec(50 * place + 1, 1, place % 2) for place in range(count)]
            for name, count in patches.items()
        },
    )
    window.opener.open(folder)
    qtbot.waitUntil(lambda: window.session.slide is not None, timeout=WAIT_MS)
    assert cells(window, PATIENT) == ["8975", "9023", "10253"]
    table(window).sortByColumn(PATCHES, Qt.SortOrder.DescendingOrder)
    assert cells(window, PATIENT) == ["8975", "10253", "9023"]


def test_a_click_on_a_patch_shows_it_with_its_truth(opened: MainWindow, qtbot: QtBot) -> None:
    opened.slide_pane.view.patch_clicked.emit(0)
    assert opened.session.patch == 0
    words = {key: label.text() for key, label in opened.patch_panel._rows.items()}
    assert words["Truth"] == "IDC"
    assert words["Place"] == "x 151 · y 101 · patient p00"
    assert words["Predicted"] == "not predicted yet"


def test_the_read_out_follows_the_pointer(opened: MainWindow) -> None:
    opened.slide_pane.view.patch_hovered.emit(19)
    assert opened.slide_pane.view.corners.readout.text == "x 351 · y 251 · truth not IDC"
    opened.slide_pane.view.patch_hovered.emit(-1)
    assert opened.slide_pane.view.corners.readout.text == ""


def test_a_folder_that_cannot_be_opened_says_why_where_the_slide_would_be(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.opener.open(tmp_path)
    qtbot.waitUntil(
        lambda: "No patches were found" in window.slide_pane.view.corners.message.text,
        timeout=WAIT_MS,
    )
    assert window.session.data is None


def test_a_wrong_folder_does_not_close_the_open_one(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    opened.opener.open(tmp_path / "nowhere")
    qtbot.waitUntil(
        lambda: "There is no folder" in opened.statusBar().currentMessage(), timeout=WAIT_MS
    )
    assert _shown(opened) == "p00"
    assert not opened.slide_pane.view.corners.message.isVisible()


def test_a_folder_can_be_dropped_on_the_window(
    window: MainWindow, qtbot: QtBot, data_folder: Path
) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(data_folder))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    qtbot.waitUntil(lambda: window.session.data is not None, timeout=WAIT_MS)


def test_damaged_pictures_are_in_the_report_and_the_rest_is_shown(
    window: MainWindow, qtbot: QtBot, data_folder: Path
) -> None:
    spoilt = next((data_folder / "p05" / "1").iterdir())
    spoilt.write_bytes(spoilt.read_bytes()[:300])
    (data_folder / "p00" / "0" / "notes.txt").write_text("x")
    window.opener.open(data_folder)
    qtbot.waitUntil(lambda: window.session.slide is not None, timeout=WAIT_MS)
    assert window.session.report.counts() == {"strange_file": 1}
    window.actions_.report.trigger()
    window.report_dialog._check.click()
    qtbot.waitUntil(lambda: "damaged" in window.session.report.counts(), timeout=WAIT_MS)
    assert "2 findings" in window.report_dialog._head.text()
    assert "2 in the report" in window.status.about_data.text()
    window.session.choose_patient("p05")
    qtbot.waitUntil(lambda: _shown(window) == "p05", timeout=WAIT_MS)
    assert window.session.slide is not None
    assert window.session.slide.readable.sum() == 19
    assert len(window.session.report.findings) == 2
    window.report_dialog.close()


def test_labels_of_a_folder_that_moved_and_changed_are_told_when_it_is_opened(
    opened: MainWindow, qtbot: QtBot, data_folder: Path
) -> None:
    assert not opened.report_dialog.isVisible()
    data = opened.session.data
    assert data is not None
    qtbot.waitUntil(lambda: opened.session.labels is not None, timeout=WAIT_MS)
    back = data_folder.rename(data_folder.with_name("back"))
    next(back.rglob("*.png")).unlink()
    opened.opener.open(back)
    qtbot.waitUntil(opened.report_dialog.isVisible, timeout=WAIT_MS)
    (finding,) = opened.session.report.findings
    assert f"--workspace {data.workspace.folder}" in finding.text
    opened.report_dialog.close()


def test_the_palette_is_one_click_away_and_remembered(
    opened: MainWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    assert opened.session.layers.palette is PALETTES[0]
    opened.actions_.palette.trigger()
    assert opened.session.layers.palette.name == "blue_orange"
    opened.close()
    assert load_preferences().palette == "blue_orange"
    again = make_window(qapp, None)
    assert again.session.layers.palette.name == "blue_orange"
    dispose(again)


def test_f11_leaves_nothing_but_the_slide_and_brings_all_back(opened: MainWindow) -> None:
    opened.docks[3].close()
    opened.actions_.slide_only.trigger()
    others = (opened.toolbar, opened.menuBar(), opened.statusBar(), opened.slide_pane.strip)
    assert not any(widget.isVisible() for widget in (*others, *opened.docks))
    assert opened.slide_pane.view.isVisible()
    opened.actions_.slide_only.trigger()
    assert all(widget.isVisible() for widget in (*others, *opened.docks[:3]))
    assert not opened.docks[3].isVisible()


def test_predicted_shares_follow_the_threshold(opened: MainWindow) -> None:
    session = opened.session
    assert session.dataset is not None
    rows = session.dataset.rows("p02")
    session.predictions[rows] = np.linspace(0, 1, 20, dtype=np.float32)
    session.predictions_changed.emit("p02")
    opened.patient_panel._table.show_roles(["HELD OUT"] * 6)
    assert cells(opened, PREDICTED) == ["", "", "50 %", "", "", ""]
    assert set(cells(opened, PART)) == {"held out"}
    session.change_layers(threshold=0.9)
    assert cells(opened, PREDICTED)[2] == "10 %"


def test_closing_while_work_is_under_way_ends_it(
    window: MainWindow, qtbot: QtBot, data_folder: Path
) -> None:
    window.opener.open(data_folder)
    window.close()
    assert not window.crew._working or all(w.isFinished() for w in window.crew._working)


def test_pictures_of_the_window_at_both_sizes_have_nothing_clipped(
    opened: MainWindow, qtbot: QtBot
) -> None:
    """At 1280x800 each dock's content still has the room that it asks for at least."""

    def nothing_is_clipped() -> None:
        for dock in opened.docks:
            content = dock.widget()
            assert content is not None
            if dock.visibleRegion().isEmpty():  # another stands before it
                continue
            assert content.width() >= content.minimumSizeHint().width(), dock.windowTitle()
            assert opened.rect().contains(dock.mapTo(opened, QPoint(0, 0))), dock.windowTitle()

    for size in ((1440, 900), (1280, 800)):
        opened.resize(*size)
        # Docks find their places some events after the window has its size.
        qtbot.waitUntil(nothing_is_clipped, timeout=WAIT_MS)
        assert opened.size().width() == size[0]


def test_the_window_never_imports_tensorflow(data_folder: Path) -> None:
    """Not even after it has opened data, shown a slide and closed."""
    code = """
import os, sys, time
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from PySide6.QtWidgets import QApplication
from bcviewer.gui.app import make_window, start
app = QApplication([])
window = make_window(app, None)
window.show()
start(window, Path(sys.argv[1]), demo=False)
end = time.time() + 60
while window.session.slide is None and time.time() < end:
    app.processEvents()
assert window.session.slide is not None
window.close()
print([name for name in ("tensorflow", "keras", "sklearn") if name in sys.modules])
"""
    result = subprocess.run(
        [sys.executable, "-c", code, str(data_folder)], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_Down])
def test_arrow_keys_walk_patches_and_the_panel_follows(
    opened: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    view = opened.slide_pane.view
    view.setFocus()
    view.patch_clicked.emit(0)
    view.select_patch(0)
    QTest.keyClick(view, key)
    assert opened.session.patch in (1, 5)
    assert "not predicted yet" in opened.patch_panel._rows["Predicted"].text()
