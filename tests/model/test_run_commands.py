"""A training of any process hears what is put into its run folder, and only what is for it."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bcviewer.errors import TrainingError
from bcviewer.model.commands import Command, QueuedCommands
from bcviewer.model.event_log import read_events
from bcviewer.model.events import Cancelled_, Finished, Note, Paused, Resumed, StepDone, Validating
from bcviewer.model.live_folder import LiveFolder
from bcviewer.model.run_commands import is_live, latest_step, live_runs, send_command
from bcviewer.model.run_folder import RunFolder, claim_run_folder
from bcviewer.model.run_lock import held
from tests import background_run
from tests.model.conftest import tiny_job

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 20.0


def until(true: Callable[[], object]) -> None:
    ends = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < ends, "it did not come to pass"
        time.sleep(0.01)


def last_is(run: RunFolder, kind: type) -> bool:
    return isinstance(read_events(run.events_path)[-1], kind)


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    """The folder of a run that could begin."""
    return claim_run_folder(tiny_job(tmp_path))


@pytest.fixture
def live(run: RunFolder) -> Iterator[tuple[LiveFolder, QueuedCommands]]:
    """A training of this process that hears."""
    commands = QueuedCommands()
    with LiveFolder(run.path, commands) as folder:
        until(lambda: is_live(run.path) and list(run.live_path.glob("session-*")))
        yield folder, commands


@pytest.fixture
def training(run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    """A training in a process of its own."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    program = [sys.executable, str(background_run.__file__), str(run.path)]
    with subprocess.Popen(program, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        until(lambda: latest_step(run.path))
        yield process
        process.kill()


def test_commands_are_heard_in_order(
    run: RunFolder, live: tuple[LiveFolder, QueuedCommands]
) -> None:
    _, commands = live
    for command in Command:
        assert send_command(run.path, command, wait_seconds=PATIENCE)
    assert [commands.next(wait_seconds=PATIENCE) for _ in Command] == list(Command)
    assert commands.next() is None


def test_many_may_speak_at_once_and_each_word_is_heard_once(
    run: RunFolder, live: tuple[LiveFolder, QueuedCommands]
) -> None:
    _, commands = live
    speak = [
        threading.Thread(target=send_command, args=(run.path, Command.PAUSE)) for _ in range(20)
    ]
    for thread in speak:
        thread.start()
    for thread in speak:
        thread.join()
    heard = [commands.next(wait_seconds=PATIENCE) for _ in speak]
    assert heard == [Command.PAUSE] * 20
    assert commands.next(wait_seconds=0.3) is None


def test_where_no_training_runs_nothing_can_be_said(run: RunFolder, tmp_path: Path) -> None:
    for folder in (run.path, tmp_path / "nowhere"):
        with pytest.raises(TrainingError, match="No training runs"):
            send_command(folder, Command.CANCEL)
        assert not is_live(folder)
    assert not run.live_path.exists()


def test_a_training_without_ears_is_told_apart(run: RunFolder) -> None:
    with held(run.path), pytest.raises(TrainingError, match="takes no commands"):
        send_command(run.path, Command.CANCEL)


def test_a_word_to_a_training_that_only_begins_is_kept_until_it_listens(run: RunFolder) -> None:
    """The lock of the run is held some moments before its ears open."""
    commands, heard = QueuedCommands(), threading.Event()

    def speak() -> None:
        if send_command(run.path, Command.FINISH, wait_seconds=PATIENCE):
            heard.set()

    with held(run.path):
        speaker = threading.Thread(target=speak)
        speaker.start()
        time.sleep(0.2)
        with LiveFolder(run.path, commands):
            speaker.join(PATIENCE)
    assert heard.is_set()
    assert commands.next() is Command.FINISH


def test_a_word_to_an_earlier_session_is_not_heard_by_the_next(run: RunFolder) -> None:
    """A kill leaves the folder of its session with the word in it."""
    earlier = run.live_path / "session-00000000000000000001-abc"
    earlier.mkdir(parents=True)
    (earlier / "0001-abc.cancel").touch()
    commands = QueuedCommands()
    with LiveFolder(run.path, commands):
        until(lambda: is_live(run.path) and not earlier.exists())
        assert commands.next(wait_seconds=0.5) is None


def test_what_is_no_command_is_left_alone(
    run: RunFolder, live: tuple[LiveFolder, QueuedCommands]
) -> None:
    _, commands = live
    (session,) = run.live_path.glob("session-*")
    for name in ("readme.txt", "cancel", ".pause", "0001.dance"):
        (session / name).touch()
    send_command(run.path, Command.FINISH)
    assert commands.next(wait_seconds=PATIENCE) is Command.FINISH
    assert commands.next() is None


def test_after_the_end_the_folder_is_quiet_and_can_be_claimed_again(
    run: RunFolder, tmp_path: Path
) -> None:
    with LiveFolder(run.path, QueuedCommands()):
        until(lambda: is_live(run.path))
    assert not is_live(run.path)
    assert list(run.live_path.glob("session-*")) == []
    assert claim_run_folder(tiny_job(tmp_path)).path == run.path


def test_two_trainings_that_want_one_folder_do_not_take_each_others_ears(
    run: RunFolder, live: tuple[LiveFolder, QueuedCommands]
) -> None:
    _, first = live
    second = QueuedCommands()
    with LiveFolder(run.path, second):
        time.sleep(0.3)
        send_command(run.path, Command.PAUSE)
        assert first.next(wait_seconds=PATIENCE) is Command.PAUSE
        assert second.next() is None


def test_a_run_that_is_never_claimed_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "p00").mkdir()
    with LiveFolder(tmp_path / "p00", QueuedCommands()):
        time.sleep(0.3)
    assert list((tmp_path / "p00").iterdir()) == []


def test_the_latest_step_can_be_seen_and_other_events_cannot(
    run: RunFolder, live: tuple[LiveFolder, QueuedCommands]
) -> None:
    folder, _ = live
    until(lambda: folder._session is not None)
    assert latest_step(run.path) is None
    told = StepDone(2, 4, 9, 0.5, 0.8, seconds_left=3.0, patches_per_second=9.0, losses=(0.3,))
    folder.tell(told)
    folder.tell(replace(told, step=5, losses=(0.4,)))
    folder.tell(Note("not this"))
    step = latest_step(run.path)
    assert isinstance(step, StepDone)
    assert step.step == 5
    assert step.losses == (0.3, 0.4), "those that a reader may have missed, too"
    folder.tell(Validating(2, 10, 20))
    assert latest_step(run.path) == Validating(2, 10, 20)


def test_live_runs_are_found_among_others(run: RunFolder, training: object) -> None:
    (run.path.parent / "old").mkdir()
    assert live_runs(run.path.parent) == [run.path]
    assert live_runs(run.path.parent / "nowhere") == []


def test_a_training_of_another_process_obeys(
    run: RunFolder, training: subprocess.Popen[bytes]
) -> None:
    for command, kind in ((Command.PAUSE, Paused), (Command.RESUME, Resumed)):
        assert send_command(run.path, command, wait_seconds=PATIENCE)
        until(partial(last_is, run, kind))
    send_command(run.path, Command.FINISH)
    assert training.wait(PATIENCE) == 0
    last = read_events(run.events_path)[-1]
    assert isinstance(last, Finished)
    assert last.stopped_early


def test_after_a_kill_the_folder_is_free_and_deaf(
    run: RunFolder, training: subprocess.Popen[bytes]
) -> None:
    training.kill()
    training.wait()
    assert not is_live(run.path)
    with pytest.raises(TrainingError, match="No training runs"):
        send_command(run.path, Command.CANCEL)
    assert Cancelled_() not in read_events(run.events_path)


def test_a_word_is_heard_soon(run: RunFolder, training: object) -> None:
    """It is 50 ms on average; a busy machine may take longer."""
    began = time.monotonic()
    assert send_command(run.path, Command.PAUSE, wait_seconds=PATIENCE)
    assert time.monotonic() - began < 5.0
