"""Blind reading: no prediction is seen before the reader has committed, and the log knows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bcviewer.annotation.labels import Label
from bcviewer.errors import StorageError
from bcviewer.gui.blindness import Blindness, keep_shown, read_shown
from bcviewer.gui.main_window import MainWindow
from tests.gui.conftest import WAIT_MS

FIRST, SECOND = "p00", "p01"


@pytest.fixture
def predicted(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with labels open and every patch predicted."""
    qtbot.waitUntil(lambda: opened.session.labels is not None, timeout=WAIT_MS)
    session = opened.session
    session.predictions = np.linspace(0, 1, len(session.predictions), dtype=np.float32)
    session.predictions_changed.emit(None)
    return opened


@pytest.fixture
def blind(predicted: MainWindow) -> MainWindow:
    """The same, read blind."""
    predicted.annotation.panel.blind.click()
    return predicted


def seen(window: MainWindow) -> list[int]:
    """The patches whose predictions are on screen."""
    values = window.session.slide_predictions()
    return [] if values is None else np.flatnonzero(np.isfinite(values)).tolist()


def test_blind_reading_hides_heatmap_readout_panel_and_table(blind: MainWindow) -> None:
    view, session = blind.slide_pane.view, blind.session
    assert view._layers is not None
    assert view._layers.heatmap.image.isNull()
    assert view.corners.blind.text == "BLIND READING"
    session.inspect(3)
    assert "hidden" in blind.patch_panel._rows["Predicted"].text()
    view.patch_hovered.emit(3)
    assert "predicted" not in view.corners.readout.text
    assert not np.isfinite(session.visible_predictions()).any()
    assert "blind" in blind.slide_pane.strip._prediction.toolTip()


def test_predictions_under_the_pointer_go_the_moment_that_reading_is_blind(
    predicted: MainWindow,
) -> None:
    view = predicted.slide_pane.view
    at = view.mapFromScene(view.content.center())
    QTest.mouseMove(view.viewport(), at)
    assert "predicted" in view.corners.readout.text
    predicted.annotation.panel.blind.click()
    assert "predicted" not in view.corners.readout.text


def test_a_prediction_shows_once_its_patch_is_labelled_or_confirmed(blind: MainWindow) -> None:
    keeper, session = blind.annotation.keeper, blind.session
    keeper.label(np.array([4, 5], np.int64), Label.IDC)
    keeper.confirm(np.array([9], np.int64))
    assert seen(blind) == [4, 5, 9]
    session.inspect(4)
    assert "probability" in blind.patch_panel._rows["Predicted"].text()
    keeper.undo()
    assert seen(blind) == [4, 5], "taken back, it is hidden again"


def test_the_log_has_the_first_blind_answer_and_the_final_one(blind: MainWindow) -> None:
    keeper, session = blind.annotation.keeper, blind.session
    row = np.array([4], np.int64)
    keeper.label(row, Label.IDC)
    keeper.label(row, Label.NOT_IDC)  # now with the prediction in view
    assert session.labels is not None
    assert session.labels.blind_of_reader(keeper.reader)[4] == Label.IDC
    assert session.labels.of_reader(keeper.reader)[4] == Label.NOT_IDC
    assert session.labels.entries["blind"].tolist() == [True, False]


def test_another_reader_s_label_shows_nothing_to_this_one(blind: MainWindow, qtbot: QtBot) -> None:
    blind.annotation.keeper.label(np.array([4], np.int64), Label.IDC)
    with qtbot.waitSignal(blind.annotation.keeper.opened, timeout=WAIT_MS):
        blind.annotation.panel.reader_chosen.emit("Bea")
    assert blind.session.labels is not None
    assert blind.session.labels.labels[4] == Label.IDC
    assert seen(blind) == []


def test_predictions_asked_for_are_shown_for_that_patient_and_it_is_kept(
    blind: MainWindow, qtbot: QtBot, data_folder: Path
) -> None:
    panel, session = blind.annotation.panel, blind.session
    QTest.mouseClick(panel.show_predictions, Qt.MouseButton.LeftButton)
    assert len(seen(blind)) == 20
    assert not panel.show_predictions.isEnabled()
    blind.annotation.keeper.label(np.array([4], np.int64), Label.IDC)
    assert session.labels is not None
    assert session.labels.entries["blind"].tolist() == [False]
    session.choose_patient(SECOND)
    qtbot.waitUntil(lambda: session.slide_is_shown, timeout=WAIT_MS)
    assert seen(blind) == []
    with qtbot.waitSignal(blind.annotation.keeper.opened, timeout=WAIT_MS):
        blind.opener.open(data_folder)
    assert session.blindness.shown == {FIRST}, "what was seen stays seen after a restart"


def test_what_cannot_be_recorded_is_not_shown(
    blind: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert blind.session.data is not None
    (blind.session.data.workspace.folder / "blind_reading.json").mkdir()
    blind.annotation.panel.show_predictions.click()
    assert seen(blind) == []
    assert not blind.annotation.panel.fault.isHidden()


def test_blind_reading_is_on_again_at_the_next_start_before_anything_is_seen(
    blind: MainWindow, qtbot: QtBot, data_folder: Path
) -> None:
    shown: list[bool] = []
    blind.session.slide_changed.connect(lambda: shown.append(blind.session.blindness.on))
    with qtbot.waitSignal(blind.annotation.keeper.opened, timeout=WAIT_MS):
        blind.opener.open(data_folder)
    qtbot.waitUntil(lambda: blind.session.slide is not None, timeout=WAIT_MS)
    assert shown[-1]
    assert blind.annotation.panel.blind.isChecked()


def test_the_record_is_by_reader_and_keeps_the_first_time(tmp_path: Path) -> None:
    path = tmp_path / "blind_reading.json"
    assert read_shown(path, "Anna") == frozenset()
    keep_shown(path, "Anna", FIRST)
    kept = path.read_text()
    keep_shown(path, "Anna", FIRST)
    assert path.read_text() == kept
    keep_shown(path, "Bea", SECOND)
    assert read_shown(path, "Anna") == {FIRST}
    assert read_shown(path, "Bea") == {SECOND}


def test_a_damaged_record_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "blind_reading.json"
    head = '{"kind": "bcviewer-blind-reading", "version": 1, "shown": '
    keep_shown(path, "Anna", FIRST)
    flipped = path.read_text().replace(FIRST, SECOND)
    for content in ("", "{", f"{head}7}}", f'{head}{{"Anna": 5}}}}', flipped):
        path.write_text(content)
        with pytest.raises(StorageError, match="all predictions stay hidden"):
            read_shown(path, "Anna")
        with pytest.raises(StorageError):
            keep_shown(path, "Bea", FIRST)
        assert path.read_text() == content, "who has seen what may still be read from it"
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError):
        keep_shown(tmp_path / "folder", "Anna", FIRST)


def test_a_damaged_record_hides_everything_and_that_is_told(
    blind: MainWindow, qtbot: QtBot, data_folder: Path
) -> None:
    assert blind.session.data is not None
    record = blind.session.data.workspace.folder / "blind_reading.json"
    blind.annotation.panel.show_predictions.click()
    assert blind.annotation.panel.fault.isHidden()
    record.write_text(record.read_text().replace(FIRST, SECOND))
    with qtbot.waitSignal(blind.annotation.keeper.opened, timeout=WAIT_MS):
        blind.opener.open(data_folder)
    assert blind.session.blindness.shown == frozenset()
    fault = blind.annotation.panel.fault
    assert "Restore it from a copy" in fault.text()
    assert fault.height() >= fault.heightForWidth(fault.width()), "all of it can be read"
    blind.annotation.panel.blind.click()  # with open eyes it does not matter
    with qtbot.waitSignal(blind.annotation.keeper.opened, timeout=WAIT_MS):
        blind.opener.open(data_folder)
    assert blind.annotation.panel.fault.isHidden()


def test_what_two_windows_record_at_once_is_all_there(tmp_path: Path) -> None:
    path, each = tmp_path / "blind_reading.json", 12

    def record(reader: str) -> None:
        for number in range(each):
            while True:
                try:
                    keep_shown(path, reader, f"p{number:02}")
                except StorageError as error:
                    assert "Try it again" in error.hint
                else:
                    break

    with ThreadPoolExecutor(2) as windows:
        list(windows.map(record, ("Anna", "Bea")))
    assert [len(read_shown(path, reader)) for reader in ("Anna", "Bea")] == [each, each]


def test_who_reads_with_open_eyes_sees_everything() -> None:
    assert not Blindness(False, "Anna").hides(FIRST)
    assert Blindness(True, "Anna").hides(FIRST)
    assert not Blindness(True, "Anna").showing(FIRST).hides(FIRST)
