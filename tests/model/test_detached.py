"""A training that was let go, or whose window was killed, goes on and ends well."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bcviewer.model.commands import Command
from bcviewer.model.event_log import read_events
from bcviewer.model.events import Cancelled_, Finished, Paused, Prepared
from bcviewer.model.job import write_job
from bcviewer.model.run_commands import is_live, send_command
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.training_process import TrainingProcess
from tests import background_run
from tests.model.conftest import tiny_job

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 120.0

WINDOW = """
import sys
from pathlib import Path
from bcviewer.model.training_process import TrainingProcess
job, program, run = sys.argv[1:]
process = TrainingProcess(Path(job), command=[sys.executable, program, run])
process.start()
for event in process.events():
    print(type(event).__name__, process.pid, flush=True)
"""


def until(true: Callable[[], object]) -> None:
    ends = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < ends, "it did not come to pass"
        time.sleep(0.02)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunFolder]:
    """Where the training will be; it is ended after the test, come what may."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    folder = RunFolder(tmp_path / "run")
    yield folder
    if is_live(folder.path):
        send_command(folder.path, Command.CANCEL, wait_seconds=PATIENCE)
        until(lambda: not is_live(folder.path))


@pytest.fixture
def process(run: RunFolder, tmp_path: Path) -> TrainingProcess:
    """A training process that has not begun; it would go on for two minutes."""
    path = tmp_path / "one.job.json"
    write_job(path, tiny_job(tmp_path))
    program = [sys.executable, str(background_run.__file__), str(run.path)]
    return TrainingProcess(path, command=program)


def test_a_training_that_is_let_go_goes_on(process: TrainingProcess, run: RunFolder) -> None:
    process.start()
    events = process.events()
    assert isinstance(next(events), Prepared)
    until(lambda: is_live(run.path))
    process.detach()
    assert not any(isinstance(event, Finished | Cancelled_) for event in events)
    assert process.returncode is None
    assert is_live(run.path)
    process.send("cancel")  # nobody hears it any more
    send_command(run.path, Command.FINISH, wait_seconds=PATIENCE)
    until(lambda: process.returncode == 0)
    assert isinstance(read_events(run.events_path)[-1], Finished)


def test_the_last_word_before_it_is_let_go_is_heard(
    process: TrainingProcess, run: RunFolder
) -> None:
    process.start()
    process.send("finish")
    process.detach()
    process.detach()
    list(process.events())
    until(lambda: process.returncode == 0)
    last = read_events(run.events_path)[-1]
    assert isinstance(last, Finished)
    assert last.stopped_early


def end_group(how: signal.Signals, window: subprocess.Popen[bytes]) -> None:
    """End a group; Python may lose a Ctrl-C, and one that comes while it cleans up holds it up."""
    for signal_ in (how, how, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(window.pid, signal_)
        with suppress(subprocess.TimeoutExpired):
            window.wait(10)
            return
    raise AssertionError("the window did not end")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_it_outlives_the_window_and_its_terminal(
    process: TrainingProcess, run: RunFolder, tmp_path: Path, how: signal.Signals
) -> None:
    """The whole group of the window is killed, as by Ctrl-C or by the closing of a terminal."""
    program = str(background_run.__file__)
    arguments = [str(tmp_path / "one.job.json"), program, str(run.path)]
    with subprocess.Popen(
        [sys.executable, "-c", WINDOW, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as window:
        assert window.stdout is not None
        word, pid = window.stdout.readline().split()
        assert word == b"Prepared"
        until(lambda: is_live(run.path))
        end_group(how, window)
    # It goes on to tell steps to a pipe that nobody reads.
    time.sleep(0.5)
    os.kill(int(pid), 0)
    assert send_command(run.path, Command.PAUSE, wait_seconds=PATIENCE)
    until(lambda: isinstance(read_events(run.events_path)[-1], Paused))
    send_command(run.path, Command.FINISH)
    until(lambda: not is_live(run.path))
    assert isinstance(read_events(run.events_path)[-1], Finished)
    assert "Error" not in run.log_path.read_text()


def test_a_real_training_finishes_without_its_window(data_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "one.job.json"
    write_job(path, tiny_job(tmp_path, epochs=1000, steps_per_epoch=3))
    process = TrainingProcess(path)
    process.start()
    events = process.events()
    assert isinstance(next(events), Prepared)
    process.send("finish")
    process.detach()
    list(events)
    run = RunFolder(tmp_path / "run")
    until(lambda: process.returncode is not None)
    assert process.returncode == 0
    assert isinstance(read_events(run.events_path)[-1], Finished)
    assert (run.model_path / "card.json").is_file()
    assert "Traceback" not in run.log_path.read_text()
