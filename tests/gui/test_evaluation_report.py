"""The report from the window has the numbers of the command line; a dialog tells how far it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from bcviewer.annotation.labels import Label
from bcviewer.gui.blindness import Blindness
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.report_desk import BLIND, NO_DATA, NO_MODEL, STOPPED, ReportDesk
from bcviewer.model.way import Way
from tests.cli.test_data_commands import run
from tests.gui.conftest import WAIT_MS

BUNDLED = "simple_cnn"


@pytest.fixture
def desk(window: MainWindow) -> Iterator[ReportDesk]:
    made = ReportDesk(window.session, window.crew, evaluation=window.evaluation, window=window)
    yield made
    made.dialog.close()


@pytest.fixture
def ready(desk: ReportDesk, opened: MainWindow, qtbot: QtBot) -> ReportDesk:
    """The desk with data, labels and the bundled model."""
    opened.predictions.load(BUNDLED)
    qtbot.waitUntil(desk.action.isEnabled, timeout=WAIT_MS)
    return desk


def write(desk: ReportDesk, qtbot: QtBot, path: Path) -> dict[str, Any]:
    desk.open()
    desk.write(path)
    qtbot.waitUntil(lambda: desk._worker is None, timeout=WAIT_MS)
    found: dict[str, Any] = json.loads(path.with_suffix(".json").read_text())
    return found


def without_time(report: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in report.items() if name != "made"}


@pytest.mark.parametrize("averaged", [False, True])
def test_window_and_command_line_tell_the_same_to_the_last_digit(
    ready: ReportDesk,
    qtbot: QtBot,
    window: MainWindow,
    data_folder: Path,
    tmp_path: Path,
    averaged: bool,
) -> None:
    window.session.views.ask(Way(averaged=averaged))
    of_window = write(ready, qtbot, tmp_path / "window.html")
    page = tmp_path / "command.html"
    wanted = ("--tta",) if averaged else ()
    assert run("evaluate", data_folder, "--model", BUNDLED, *wanted, "--report", page) == 0
    assert of_window["evaluation"]["averaged"] is averaged
    assert of_window["evaluation"]["precision"] == "float32"
    assert ("averaged over flips and rotations" in page.read_text()) is averaged
    of_command = json.loads(page.with_suffix(".json").read_text())
    assert without_time(of_window) == without_time(of_command)
    assert of_window["evaluation"]["patients"] == 6


def test_the_report_is_of_the_threshold_and_the_view_on_screen(
    ready: ReportDesk, qtbot: QtBot, window: MainWindow, data_folder: Path, tmp_path: Path
) -> None:
    window.session.views.show(context=True, calibrated=True)
    window.session.change_layers(threshold=0.25)
    told = write(ready, qtbot, tmp_path / "window.html")["evaluation"]
    assert (told["view"], told["threshold"]) == ("with context, calibrated", 0.25)
    page = tmp_path / "command.json"
    wanted = ("--view", "context-calibrated", "--threshold", "0.25", "--report", page)
    assert run("evaluate", data_folder, "--model", BUNDLED, *wanted) == 0
    assert json.loads(page.read_text())["evaluation"] == told


def test_who_was_not_predicted_is_predicted_and_shown_in_the_window_too(
    ready: ReportDesk, qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    assert window.session.unpredicted_patients()
    write(ready, qtbot, tmp_path / "window.html")
    qtbot.waitUntil(lambda: not window.session.unpredicted_patients(), timeout=WAIT_MS)


def test_the_dialog_asks_where_and_opens_what_was_saved(
    ready: ReportDesk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QUrl] = []
    chosen = str(tmp_path / "my report")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, "Report (*.html)"))
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    ready.action.trigger()
    assert ready.dialog.open_.isHidden()
    assert BUNDLED in ready.dialog._title.text()
    with qtbot.waitSignal(ready.said, timeout=WAIT_MS):
        ready.dialog.save.click()
    page = tmp_path / "my report.html"
    assert page.name in ready.dialog.note
    assert ready.dialog._place.toolTip() == str(tmp_path)
    assert page.is_file()
    assert not ready.dialog.open_.isHidden()
    ready.dialog.open_.click()
    assert [Path(url.toLocalFile()) for url in shown] == [page]


def test_without_data_or_model_or_while_reading_blind_the_action_says_why_not(
    desk: ReportDesk, window: MainWindow, qtbot: QtBot, data_folder: Path
) -> None:
    assert not desk.action.isEnabled()
    assert desk.action.toolTip() == NO_DATA
    window.opener.open(data_folder)
    qtbot.waitUntil(lambda: window.session.slide is not None, timeout=WAIT_MS)
    assert desk.action.toolTip() == NO_MODEL
    window.predictions.load(BUNDLED)
    qtbot.waitUntil(desk.action.isEnabled, timeout=WAIT_MS)
    window.session.set_blindness(Blindness(on=True, reader="Ann"))
    assert not desk.action.isEnabled()
    assert desk.action.toolTip() == BLIND
    desk.write(Path("nowhere.html"))
    assert desk._worker is None


def test_a_report_can_be_stopped_and_leaves_no_file(
    ready: ReportDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    ready.open()
    ready.write(tmp_path / "report.html")
    ready.dialog.stop.click()
    qtbot.waitUntil(lambda: ready._worker is None, timeout=WAIT_MS)
    assert ready.dialog.note == STOPPED
    assert list(tmp_path.glob("report*")) == []


def test_what_cannot_be_written_is_said_where_it_was_asked_for(
    ready: ReportDesk, qtbot: QtBot, data_folder: Path
) -> None:
    ready.open()
    ready.write(data_folder / "report.html")
    qtbot.waitUntil(lambda: ready._worker is None, timeout=WAIT_MS)
    assert "never written to" in ready.dialog.note
    assert ready.dialog.save.isEnabled()
    assert not (data_folder / "report.html").exists()


def test_corrected_labels_are_judged_by(
    ready: ReportDesk, qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    before = write(ready, qtbot, tmp_path / "before.html")
    dataset, book = window.session.dataset, window.annotation.keeper.book
    assert dataset is not None
    assert book is not None
    rows = np.flatnonzero(dataset.labels == 1)[:5]
    stroke = book.label(rows, Label.NOT_IDC)
    window.annotation.keeper.take(stroke)
    after = write(ready, qtbot, tmp_path / "after.html")
    assert before["data"]["labels_corrected"] == 0
    assert after["data"]["labels_corrected"] == 5
    assert after["evaluation"]["idc_patches"] == before["evaluation"]["idc_patches"] - 5


def test_the_action_goes_into_the_menu_beside_another(desk: ReportDesk, window: MainWindow) -> None:
    desk.add_to(window.menuBar(), before=window.actions_.report)
    menu = desk.action.associatedObjects()
    assert menu
