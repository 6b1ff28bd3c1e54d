"""Closing the window while it trains, and finding the training again in the next window."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from bcviewer.errors import TrainingError
from bcviewer.gui.app import make_window
from bcviewer.gui.background_watch import BackgroundWatch
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.close_question import STAY, CloseQuestion
from bcviewer.gui.widgets.training_controls import Phase
from bcviewer.gui.workers import follow_worker
from bcviewer.model.commands import Command
from bcviewer.model.event_log import read_events
from bcviewer.model.events import Cancelled_, Finished, Resumed
from bcviewer.model.job import write_job
from bcviewer.model.run_commands import is_live, latest_step
from bcviewer.model.run_folder import RunFolder
from tests import background_run
from tests.gui.background import (
    CANCEL,
    FINISH,
    KEEP,
    a_job,
    answer,
    phase,
    train_elsewhere,
    train_here,
    until,
)
from tests.gui.conftest import WAIT_MS

pytestmark = pytest.mark.usefixtures("cheap_trainings", "windows_go_in_their_own_thread")


def deaf(run: Path, command: Command, *, wait_seconds: float) -> bool:
    raise TrainingError("It is deaf.")


def is_idle(window: MainWindow) -> bool:
    return phase(window) is Phase.IDLE


def close_question() -> None:
    box = QApplication.activeModalWidget()
    assert isinstance(box, CloseQuestion)
    box.close()


def epochs_shown(window: MainWindow) -> int:
    latest = window.training_panel._status.latest
    return latest.epoch if latest is not None else 0


def another_window(qapp: QApplication, qtbot: QtBot, first: MainWindow) -> MainWindow:
    """A second window on the same data."""
    assert first.session.data is not None
    window = make_window(qapp, None)
    qtbot.addWidget(window)
    window.show()
    window.opener.open(first.session.data.dataset.root)
    qtbot.waitUntil(lambda: window.session.slide is not None, timeout=WAIT_MS)
    return window


def test_staying_changes_nothing(opened: MainWindow, qtbot: QtBot, runs: Path) -> None:
    train_here(opened, qtbot)
    answer(STAY)
    assert not opened.close()
    assert opened.isVisible()
    assert phase(opened) is Phase.RUNNING
    answer(CANCEL)
    assert opened.close()


def test_escape_stays(opened: MainWindow, qtbot: QtBot, runs: Path) -> None:
    train_here(opened, qtbot)
    QTimer.singleShot(300, close_question)
    assert not opened.close()


def test_the_question_says_where_the_run_will_be_and_keeps_by_default(
    opened: MainWindow, runs: Path
) -> None:
    question = CloseQuestion(runs / "2026-01-01-simple_cnn", "epoch 3 of 20", opened)
    words = " ".join(
        label.text() for label in question.findChildren(type(opened.status.about_data))
    )
    assert "2026-01-01-simple_cnn" in words
    assert str(runs) in words
    assert "epoch 3 of 20" in words
    (default,) = [b for b in question.findChildren(QPushButton) if b.isDefault()]
    assert default.text() == KEEP


def test_kept_in_the_background_the_training_is_found_by_the_next_window(
    opened: MainWindow, qtbot: QtBot, qapp: QApplication, runs: Path
) -> None:
    """It was paused, which nobody would know of without the window: it goes on."""
    run = train_here(opened, qtbot)
    opened.training_panel.controls.pause_button.click()
    qtbot.waitUntil(lambda: phase(opened) is Phase.PAUSED, timeout=WAIT_MS)
    answer(KEEP)
    assert opened.close()
    assert is_live(run)
    until(lambda: Resumed() in read_events(RunFolder(run).events_path))
    window = another_window(qapp, qtbot, opened)
    panel = window.training_panel
    qtbot.waitUntil(lambda: phase(window) is Phase.RUNNING, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: epochs_shown(window) == 3, timeout=WAIT_MS)
    assert "background" in window.training_tabs.tabText(0)
    qtbot.waitUntil(lambda: "step" in panel.controls.status.text(), timeout=WAIT_MS)
    panel.controls.pause_button.click()
    qtbot.waitUntil(lambda: phase(window) is Phase.PAUSED, timeout=WAIT_MS)
    panel.controls.pause_button.click()
    qtbot.waitUntil(lambda: phase(window) is Phase.RUNNING, timeout=WAIT_MS)
    # The window may come and go without a question: the training is not its own.
    assert window.close()
    assert is_live(run)


def test_a_followed_training_is_shown_with_its_own_settings_and_its_model_loaded_at_its_end(
    opened: MainWindow, qtbot: QtBot, runs: Path
) -> None:
    panel, desk = opened.training_panel, opened.training_desk
    loaded: list[str] = []
    opened.trainings.model_ready.connect(loaded.append)
    desk.tabs.setCurrentWidget(panel)
    panel.form.epochs.setValue(7)
    panel.form.learning_rate.setText("quick")  # not even a number: nothing of it is lost
    planned = desk.planner._plan
    with train_elsewhere(opened):
        qtbot.waitUntil(lambda: phase(opened) is Phase.RUNNING, timeout=WAIT_MS)
        assert panel.settings.title.text() == "Settings of other"
        shown = panel.settings.of_run
        assert shown is not None
        assert shown.isVisibleTo(panel)
        assert not panel.form.isVisibleTo(panel)
        assert (shown.epochs.value(), shown.model_name) == (10, "simple_cnn")
        assert not shown.epochs.isEnabled()
        assert not shown.word("learning_rate")
        assert desk.planner._plan is planned, "what is looked ahead at is the user's own plan"
        qtbot.waitUntil(lambda: epochs_shown(opened) == 3, timeout=WAIT_MS)
        steps = panel.curves.steps_table().splitlines()
        assert [line.split(",")[-3:] for line in steps[1:5]] == [
            *(["1", "299", "0.9"], ["1", "300", "0.6"]),
            *(["2", "299", "0.9"], ["2", "300", "0.6"]),
        ], "steps of before it was followed"
        panel.controls.finish_button.click()
        qtbot.waitUntil(lambda: bool(loaded), timeout=WAIT_MS)
    assert loaded == [str(runs / "other" / "model")]
    assert phase(opened) is Phase.IDLE
    assert "Finished early" in panel.controls.status.text()
    assert panel.form.isVisibleTo(panel)
    assert (panel.form.epochs.value(), panel.form.learning_rate.text()) == (7, "quick")
    qtbot.waitUntil(lambda: opened.training_tabs.tabText(0) == "Train", timeout=WAIT_MS)


def test_finishing_while_closing_makes_the_model_without_the_window(
    opened: MainWindow, qtbot: QtBot, runs: Path
) -> None:
    run = train_here(opened, qtbot)
    answer(FINISH)
    assert opened.close()
    until(lambda: not is_live(run))
    last = read_events(RunFolder(run).events_path)[-1]
    assert isinstance(last, Finished)
    assert last.stopped_early


def test_cancelling_while_closing_ends_the_training(
    opened: MainWindow, qtbot: QtBot, runs: Path
) -> None:
    run = train_here(opened, qtbot)
    answer(CANCEL)
    assert opened.close()
    until(lambda: not is_live(run))
    assert read_events(RunFolder(run).events_path)[-1] == Cancelled_()


def test_both_windows_of_a_workspace_follow_and_either_may_end_it(
    opened: MainWindow, qtbot: QtBot, qapp: QApplication, runs: Path
) -> None:
    train_here(opened, qtbot)
    second = another_window(qapp, qtbot, opened)
    qtbot.waitUntil(lambda: phase(second) is Phase.RUNNING, timeout=WAIT_MS)
    second.training_panel.controls.cancel_button.click()
    for window in (opened, second):
        qtbot.waitUntil(partial(is_idle, window), timeout=WAIT_MS)
        assert "cancelled" in window.training_panel.controls.status.text()
    second.close()


def test_a_second_training_is_refused_in_words(
    opened: MainWindow, qtbot: QtBot, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was started elsewhere in the moment before the click, and is not followed yet."""
    monkeypatch.setattr(BackgroundWatch, "look", lambda _: None)
    errors: list[str] = []
    opened.trainings.failed.connect(lambda error: errors.append(str(error)))
    process = train_elsewhere(opened)
    opened.trainings.start(a_job(opened, "second"))
    qtbot.waitUntil(lambda: bool(errors), timeout=WAIT_MS)
    assert "runs already: other" in errors[0]
    assert "runs already" in opened.training_panel.notices.text
    assert not (runs / "second").exists()
    process.kill()
    process.wait()


def test_a_followed_training_that_hears_nothing_and_is_killed_is_told(
    opened: MainWindow, qtbot: QtBot, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = train_elsewhere(opened)
    qtbot.waitUntil(lambda: phase(opened) is Phase.RUNNING, timeout=WAIT_MS)
    monkeypatch.setattr(follow_worker, "send_command", deaf)
    opened.training_panel.controls.finish_button.click()
    assert phase(opened) is Phase.FINISHING
    qtbot.waitUntil(lambda: phase(opened) is Phase.RUNNING, timeout=WAIT_MS)
    assert opened.training_panel.notices.text == "It is deaf."
    process.kill()
    process.wait()
    qtbot.waitUntil(lambda: phase(opened) is Phase.IDLE, timeout=WAIT_MS)
    assert "killed" in opened.training_panel.notices.text
    assert not opened.trainings.running


def test_a_start_in_the_moment_in_which_a_followed_training_ends_is_not_lost(
    opened: MainWindow, qtbot: QtBot, runs: Path
) -> None:
    controls = opened.training_panel.controls
    clicks = [controls.start_button.click]
    with train_elsewhere(opened):
        qtbot.waitUntil(lambda: phase(opened) is Phase.RUNNING, timeout=WAIT_MS)
        opened.trainings.event_received.connect(
            lambda event: clicks.pop()() if clicks and event == Cancelled_() else None
        )
        controls.cancel_button.click()
    qtbot.waitUntil(lambda: phase(opened) is Phase.STARTING, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: phase(opened) is Phase.RUNNING, timeout=WAIT_MS)
    assert opened.trainings.running_here


def test_a_training_that_ended_is_not_attached_to(
    opened: MainWindow, qtbot: QtBot, qapp: QApplication, runs: Path
) -> None:
    train_elsewhere(opened, seconds=0.5).wait()
    window = another_window(qapp, qtbot, opened)
    qtbot.wait(500)
    assert phase(window) is Phase.IDLE
    assert not window.trainings.running
    window.close()


def test_the_training_of_a_window_that_was_killed_is_found_again(
    opened: MainWindow, qtbot: QtBot, runs: Path
) -> None:
    """A whole window in a process of its own, killed in the middle of its training."""
    job = a_job(opened, "orphan")
    path = runs.parent / "orphan.job.json"
    write_job(path, job)
    with subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(path), str(background_run.__file__)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        start_new_session=True,
    ) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == b"trains\n"
        os.killpg(window.pid, signal.SIGKILL) if sys.platform != "win32" else window.kill()
    until(lambda: latest_step(job.run))
    qtbot.waitUntil(lambda: phase(opened) is Phase.RUNNING, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: epochs_shown(opened) == 3, timeout=WAIT_MS)
    opened.training_panel.controls.cancel_button.click()
    qtbot.waitUntil(lambda: phase(opened) is Phase.IDLE, timeout=WAIT_MS)
    until(lambda: not is_live(job.run))


WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from bcviewer.errors import TrainingError
from bcviewer.gui.app import make_window
from bcviewer.gui.workers import follow_worker, training_worker
from bcviewer.model.events import Prepared
from bcviewer.model.job import read_job
from bcviewer.model.training_process import TrainingProcess

job, program = sys.argv[1:]

class Cheap(TrainingProcess):
    def __init__(self, path, **settings):
        super().__init__(path, command=[sys.executable, program, str(path.parent)])

training_worker.TrainingProcess = Cheap
app = QApplication([])
window = make_window(app, None)
window.show()

def tell(event):
    if isinstance(event, Prepared):
        print("trains", flush=True)

window.trainings.event_received.connect(tell)
window.trainings.start(read_job(Path(job)))
app.exec()
"""
