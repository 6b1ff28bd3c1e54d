"""Folders that change under an open window: data go away and come back, workspaces fail."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.annotation.labels import Label
from bcviewer.gui.app import make_window
from bcviewer.gui.main_window import MainWindow
from tests.faults.spoilt import WAYS_IN_USE, Place, place_of
from tests.gui.conftest import WAIT_MS
from tests.gui.windows import dispose

KILOBYTES = 3 * 1024
"""The workspace of the small data takes one megabyte."""

NOT_SAVED = {
    "full": "Not saved and taken back",
    "limit": "Not saved and taken back",
    "failed": "Not saved and taken back",
}

Shown = Callable[..., MainWindow]


@pytest.fixture(params=WAYS_IN_USE)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A disk for the workspace, which gets full, or is not to be written to any more."""
    with place_of(tmp_path / "disk", request.param, kilobytes=KILOBYTES) as made:
        yield made


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot) -> Iterator[Shown]:
    """Opens windows with data, labels, predictions."""
    opened: list[MainWindow] = []

    def make(data: Path, workspace: Path | None = None) -> MainWindow:
        window = make_window(qapp, workspace)
        opened.append(window)
        window.show()
        _fill(window, data, qtbot)
        return window

    yield make
    for window in opened:
        dispose(window)


def _fill(window: MainWindow, data: Path, qtbot: QtBot) -> None:
    window.predictions.load("simple_cnn")
    window.opener.open(data)
    session = window.session
    qtbot.waitUntil(lambda: session.slide is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: session.labels is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)


def show(window: MainWindow, patient: str, qtbot: QtBot) -> None:
    window.session.choose_patient(patient)
    qtbot.waitUntil(lambda: window.session.slide_is_shown, timeout=WAIT_MS)


def kept_pixels(window: MainWindow) -> dict[str, bytes]:
    assert window.session.data is not None
    folder = window.session.data.workspace.pixels_folder
    return {path.name: path.read_bytes() for path in folder.glob("*.pixels")}


def labelled(window: MainWindow) -> int:
    assert window.session.labels is not None
    return int((window.session.labels.labels >= 0).sum())


def test_data_that_go_away_and_come_back_under_an_open_window(
    shown: Shown, qtbot: QtBot, data_folder: Path
) -> None:
    window = shown(data_folder)
    session, keeper = window.session, window.annotation.keeper
    keeper.label(np.arange(3), Label.IDC)
    aside = Path(shutil.move(data_folder, data_folder.with_name("unplugged")))

    # What is asked for now is told as gone, nothing breaks, and what was kept is as it was.
    keeper.label(np.arange(3, 6), Label.UNSURE)
    failures: list[object] = []
    for source in (window.loader, window.predictions, window.opener):
        source.failed.connect(failures.append)

    def failed(words: str) -> None:
        qtbot.waitUntil(lambda: bool(failures), timeout=WAIT_MS)
        assert words in str(failures.pop())

    kept = kept_pixels(window)
    session.choose_patient("p04")
    failed("The pictures of p04 are gone")
    assert not window.statusBar().currentMessage(), "nothing is being joined any more"
    window.predictions.predict_all()
    failed("are gone")
    window.opener.open(data_folder)
    failed("There is no folder")
    assert session.dataset is not None, "what was open stays open"
    assert kept_pixels(window) == kept
    assert keeper.book is not None
    assert keeper.book.flush(10)
    assert labelled(window) == 6

    # It is back: the same patients are seen again, without a restart.
    shutil.move(aside, data_folder)
    show(window, "p05", qtbot)
    show(window, "p04", qtbot)
    qtbot.waitUntil(
        lambda: session.slide is not None and bool(session.slide.readable.all()), timeout=WAIT_MS
    )
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
    window.opener.open(data_folder)
    qtbot.waitUntil(lambda: session.labels is not None and labelled(window) == 6, timeout=WAIT_MS)


def test_a_workspace_that_is_spoilt_under_an_open_window(
    shown: Shown, qtbot: QtBot, data_folder: Path, place: Place
) -> None:
    window = shown(data_folder, place.folder / "workspace")
    keeper, session = window.annotation.keeper, window.session
    keeper.label(np.arange(10), Label.IDC)
    assert keeper.book is not None
    assert keeper.book.flush(10)
    faults: list[str] = []
    failures: list[object] = []
    keeper.faulted.connect(faults.append)
    window.predictions.failed.connect(failures.append)
    before = place.files()
    with place.spoilt():
        show(window, "p03", qtbot)
        assert session.slide is not None
        assert session.slide.readable.all(), "shown, though its pixels cannot be kept"
        qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: bool(failures), timeout=WAIT_MS)
        assert "shown but could not be kept" in str(failures[0])
        keeper.label(np.arange(10, 110), Label.UNSURE)
        qtbot.waitUntil(lambda: bool(faults), timeout=WAIT_MS)
        assert NOT_SAVED[place.way] in faults[0]
        qtbot.waitUntil(lambda: labelled(window) == 10, timeout=WAIT_MS)
        whole = {name: content for name, content in place.files().items() if "sqlite" not in name}
        assert whole.items() <= before.items(), "nothing half, and nothing lost"
    if place.way == "failed":  # it stays so until nobody uses it
        return
    keeper.label(np.arange(10, 110), Label.UNSURE)
    assert keeper.book.flush(10)
    window.close()
    again = shown(data_folder, place.folder / "workspace")
    assert labelled(again) == 110


def test_a_workspace_that_became_read_only_is_looked_at(
    shown: Shown, qtbot: QtBot, data_folder: Path, tmp_path: Path
) -> None:
    with place_of(tmp_path / "disk", "read-only", kilobytes=KILOBYTES) as place:
        first = shown(data_folder, place.folder / "workspace")
        first.annotation.keeper.label(np.arange(10), Label.IDC)
        first.close()
        before = place.files()
        with place.spoilt():
            window = shown(data_folder, place.folder / "workspace")
            assert labelled(window) == 10, "what was said is shown"
            faults: list[str] = []
            window.annotation.keeper.faulted.connect(faults.append)
            window.annotation.keeper.label(np.arange(10, 20), Label.IDC)
            qtbot.waitUntil(lambda: bool(faults), timeout=WAIT_MS)
            assert "cannot be opened for writing" in faults[0]
            assert labelled(window) == 10
            window.close()
            assert place.files() == before
