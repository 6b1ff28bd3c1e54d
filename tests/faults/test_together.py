"""Two windows and a command line on one workspace: labels of all, and runs that do not collide."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.errors import JobError
from bcviewer.gui.app import make_window
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets import training_panel
from bcviewer.model.job import read_job
from bcviewer.model.run_folder import RunFolder, claim_run_folder
from tests.gui.conftest import WAIT_MS
from tests.gui.windows import dispose
from tests.model.conftest import tiny_job

STARTS = 12


@pytest.fixture
def windows(
    qapp: QApplication, qtbot: QtBot, data_folder: Path
) -> Iterator[tuple[MainWindow, MainWindow]]:
    """Two windows of two readers that have the same data open."""
    pair = make_window(qapp, None), make_window(qapp, None)
    for window, reader in zip(pair, ("Ann", "Bea"), strict=True):
        session = window.session
        session.preferences = session.preferences.model_copy(update={"reader": reader})
        window.show()
        window.opener.open(data_folder)
        qtbot.waitUntil(lambda: session.labels is not None, timeout=WAIT_MS)  # noqa: B023
    yield pair
    for window in pair:
        dispose(window)


def test_labels_of_two_windows_and_a_command_line_are_all_there(
    windows: tuple[MainWindow, MainWindow], qtbot: QtBot, data_folder: Path, tmp_path: Path
) -> None:
    ann, bea = (window.annotation.keeper for window in windows)
    table = tmp_path / "labels.csv"
    places = [f"p05,{x},{y},Excluded" for x in (151, 201) for y in (101, 151)]
    table.write_text("\n".join(["patient,x,y,label", *places]) + "\n")
    command = ["labels", "import", str(data_folder), str(table), "--reader", "Cid"]
    importing = subprocess.Popen(
        [sys.executable, "-m", "bcviewer", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    for row in range(40):
        ann.label(np.array([row]), Label.IDC)
        bea.label(np.array([119 - row - 20]), Label.UNSURE)
        if row % 10 == 9:
            ann.undo()
        qtbot.wait(5)
    words, _ = importing.communicate(timeout=120)
    assert importing.returncode == 0, words
    for keeper in (ann, bea):
        assert keeper.book is not None
        assert keeper.book.flush(20)

    def agree() -> bool:
        states = [window.session.labels for window in windows]
        assert states[0] is not None
        assert states[1] is not None
        same = np.array_equal(states[0].labels, states[1].labels)
        return same and (states[0].labels == Label.EXCLUDED).sum() == len(places)

    qtbot.waitUntil(agree, timeout=WAIT_MS)
    data = windows[0].session.data
    assert data is not None
    later = LabelBook(data.workspace.labels_path, data.dataset, reader="later")
    assert (later.state.of_reader("Ann") == Label.IDC).sum() == 36
    assert (later.state.of_reader("Bea") == Label.UNSURE).sum() == 40
    assert (later.state.of_reader("Cid") == Label.EXCLUDED).sum() == len(places)
    state = windows[0].session.labels
    assert state is not None
    np.testing.assert_array_equal(later.state.labels, state.labels)
    later.close()


class SameSecond(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: object = None) -> SameSecond:
        return cls(2026, 3, 4, 5, 6, 7)


def test_runs_that_begin_in_the_same_moment_have_folders_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training_panel, "datetime", SameSecond)

    def begin(seed: int) -> int:
        while True:
            run = training_panel.new_run_folder(tmp_path / "runs", "simple_cnn")
            try:
                claim_run_folder(tiny_job(tmp_path, run=run, seed=seed), begun_here=True)
            except JobError as error:
                assert "begun in" in error.message
                assert "again" in error.hint
                continue
            return seed

    with ThreadPoolExecutor(STARTS) as threads:
        begun = sorted(threads.map(begin, range(STARTS)))
    assert begun == list(range(STARTS))
    runs = [RunFolder(path) for path in (tmp_path / "runs").iterdir()]
    assert len(runs) == STARTS, "a folder for each"
    assert sorted(read_job(run.job_path).seed for run in runs) == begun, "and its own job in it"
