"""A training that runs elsewhere and is followed: it is left as its user wants it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.close_question import STAY
from bcviewer.gui.widgets.training_controls import Phase
from bcviewer.gui.workers.follow_worker import FollowWorker
from bcviewer.model.commands import Command
from bcviewer.model.event_log import read_events
from bcviewer.model.events import Cancelled_, Finished, Resumed
from bcviewer.model.run_commands import is_live, send_command
from bcviewer.model.run_folder import RunFolder
from tests.factories import small_dataset
from tests.gui.background import (
    CANCEL,
    FINISH,
    KEEP,
    answer,
    phase,
    train_elsewhere,
    train_here,
    until,
)
from tests.gui.conftest import WAIT_MS

pytestmark = pytest.mark.usefixtures("cheap_trainings", "windows_go_in_their_own_thread")


def paused_elsewhere(window: MainWindow, qtbot: QtBot, run: Path) -> subprocess.Popen[bytes]:
    """A training of a terminal, which the window follows, and which a terminal pauses."""
    process = train_elsewhere(window, run.name)
    qtbot.waitUntil(lambda: phase(window) is Phase.RUNNING, timeout=WAIT_MS)
    send_command(run, Command.PAUSE)
    qtbot.waitUntil(lambda: phase(window) is Phase.PAUSED, timeout=WAIT_MS)
    return process


def test_a_followed_training_that_is_paused_is_not_left_so_without_a_word(
    opened: MainWindow, qtbot: QtBot, runs: Path
) -> None:
    run = runs / "other"
    with paused_elsewhere(opened, qtbot, run):
        answer(STAY)
        assert not opened.close()
        assert phase(opened) is Phase.PAUSED
        answer(KEEP)
        assert opened.close()
        assert is_live(run)
        until(lambda: read_events(RunFolder(run).events_path)[-1] == Resumed())
        send_command(run, Command.CANCEL)


@pytest.mark.parametrize(("said", "ending"), [(FINISH, Finished), (CANCEL, Cancelled_)])
def test_a_followed_training_that_is_paused_can_be_ended_while_closing(
    opened: MainWindow, qtbot: QtBot, runs: Path, said: str, ending: type
) -> None:
    run = runs / "other"
    with paused_elsewhere(opened, qtbot, run):
        answer(said)
        assert opened.close()
    assert isinstance(read_events(RunFolder(run).events_path)[-1], ending)


def test_what_a_followed_training_was_told_just_before_the_window_closed_is_heard(
    opened: MainWindow, qtbot: QtBot, runs: Path
) -> None:
    run = runs / "other"
    with paused_elsewhere(opened, qtbot, run):
        follower = FollowWorker(run)
        follower.send(Command.RESUME)
        follower.cancel()
        follower.start()
        assert follower.wait(WAIT_MS)
        until(lambda: read_events(RunFolder(run).events_path)[-1] == Resumed())
        send_command(run, Command.CANCEL)


def test_a_model_takes_no_place_that_another_has_taken_meanwhile(
    opened: MainWindow, qtbot: QtBot, runs: Path
) -> None:
    """Hours lie between start and end: the reader reads with another model by now."""
    use_model(opened, qtbot, "simple_cnn")
    loaded: list[str] = []
    opened.training_desk.load_requested.connect(loaded.append)
    run = train_here(opened, qtbot)
    use_model(opened, qtbot, "mobilenetv2")
    opened.training_panel.controls.finish_button.click()
    qtbot.waitUntil(lambda: phase(opened) is Phase.IDLE, timeout=WAIT_MS)
    assert not loaded
    shown = opened.training_panel.controls.best.text()
    assert "Not loaded" in shown
    assert str(run / "model") in shown


def test_a_followed_training_puts_no_model_over_other_data(
    opened: MainWindow, qtbot: QtBot, runs: Path, tmp_path: Path
) -> None:
    other = small_dataset(tmp_path / "other", patients=3, seed=5)
    loaded: list[str] = []
    opened.training_desk.load_requested.connect(loaded.append)
    with train_elsewhere(opened):
        qtbot.waitUntil(lambda: phase(opened) is Phase.RUNNING, timeout=WAIT_MS)
        opened.opener.open(other)
        qtbot.waitUntil(lambda: folder_of(opened) == other, timeout=WAIT_MS)
        opened.training_panel.controls.finish_button.click()
        qtbot.waitUntil(lambda: phase(opened) is Phase.IDLE, timeout=WAIT_MS)
    assert not loaded
    assert str(runs / "other" / "model") in opened.training_panel.controls.best.text()


def test_the_model_of_a_followed_training_is_loaded_where_nothing_else_was_chosen(
    opened: MainWindow, qtbot: QtBot, runs: Path
) -> None:
    """The first model of the window came after the training was found, as it does at a start."""
    loaded: list[str] = []
    opened.training_desk.load_requested.connect(loaded.append)
    with train_elsewhere(opened):
        qtbot.waitUntil(lambda: phase(opened) is Phase.RUNNING, timeout=WAIT_MS)
        use_model(opened, qtbot, "simple_cnn")
        opened.training_panel.controls.finish_button.click()
        qtbot.waitUntil(lambda: bool(loaded), timeout=WAIT_MS)


def use_model(window: MainWindow, qtbot: QtBot, name: str) -> None:
    before = window.session.model
    window.predictions.load(name)
    qtbot.waitUntil(lambda: window.session.model is not before, timeout=WAIT_MS)


def folder_of(window: MainWindow) -> Path | None:
    data = window.session.data
    return data.dataset.root if data is not None else None
