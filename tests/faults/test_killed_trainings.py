"""A training that is killed without a warning, again and again: no finished epoch is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bcviewer.model.event_log import read_events
from bcviewer.model.events import EpochDone
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_lock import is_running
from bcviewer.model.runs import read_history, read_run
from tests.run_folders import write_run

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks and kills are of Unix")

NURSERY = "tests.faults.training_nursery"
LONGEST_SECONDS = 0.6


class Nursery:
    """A process that starts trainings of a run, to be killed."""

    def __init__(self, run: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", NURSERY, str(run)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def killed(self, *, after: float) -> tuple[int, int]:
        """The epoch that a training went on from, and the last that it told, 0 for none."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("\n")
        process.stdin.flush()
        told = {"pid": 0, "from": -1, "epoch": 0}
        killer: threading.Timer | None = None
        for line in process.stdout:
            word, _, number = line.strip().partition(" ")
            if word == "died":
                break
            told[word] = int(number)
            if word == "pid":
                killer = threading.Timer(after, os.kill, (told["pid"], signal.SIGKILL))
                killer.start()
        if killer is not None:
            killer.join()
        return told["from"], told["epoch"]

    def close(self) -> None:
        self._process.communicate(timeout=60)


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    """A run folder with its job."""
    run = RunFolder(write_run(tmp_path / "run", checkpoint=False))
    run.history_path.unlink()
    return run


@pytest.fixture
def nursery(run: RunFolder) -> Iterator[Nursery]:
    """Trainings of the run."""
    opened = Nursery(run.path)
    yield opened
    opened.close()


def kill_often(run: RunFolder, nursery: Nursery, times: int) -> None:
    chance = random.Random(3)
    finished = 0
    deaths = 0
    for _ in range(times):
        began, told = nursery.killed(after=chance.uniform(0, LONGEST_SECONDS))
        assert began < 0 or began >= finished, "every finished epoch is there after the kill"
        finished = max(finished, began, told)
        deaths += began >= 0
        assert not is_running(run.path), "the kill released the lock"
        curve = [event.epoch for event in read_history(run.path)]
        assert curve == list(range(1, len(curve) + 1)), "no gap, no doubles"
        assert len(curve) >= told, "the curve has what was told"
        record = read_run(run.path)
        assert record.state == "interrupted"
        assert record.resumable or not finished
        assert record.epochs_done >= told
    assert deaths > times // 3, "some were killed while they trained"
    assert finished >= times // 2, "they did train"
    began, _ = nursery.killed(after=2.0)
    assert began >= finished
    halves = [path for path in run.path.rglob(".*.part") if path.stat().st_mtime < time.time() - 10]
    assert len(halves) <= 2, "what kills leave is swept up"
    logged = [event.epoch for event in read_events(run.events_path) if isinstance(event, EpochDone)]
    assert set(logged) <= set(range(1, max(logged) + 1))


def test_a_training_killed_at_any_moment_loses_no_finished_epoch(
    run: RunFolder, nursery: Nursery
) -> None:
    kill_often(run, nursery, 8)


@pytest.mark.slow
def test_a_training_killed_sixty_times_loses_no_finished_epoch(
    run: RunFolder, nursery: Nursery
) -> None:
    kill_often(run, nursery, 60)
