"""Labels survive a kill at any moment, and several windows write at once without loss."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.log import LabelLog
from bcviewer.dataset.dataset import Dataset

CHILD = "tests.annotation.labelling_child"


def child(log_path: Path, reader: str, strokes: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", CHILD, str(log_path), reader, str(strokes)],
        stdout=subprocess.PIPE,
        text=True,
    )


def killed_while_labelling(log_path: Path, reader: str, *, after: float) -> int:
    """The number of strokes that a child said were on the disk before it was killed."""
    process = child(log_path, reader, 100_000)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    told = [text for text in process.stdout.read().split("\n")[:-1] if text.isdecimal()]
    process.wait()
    process.stdout.close()
    return int(told[-1]) if told else 0


def kill_often(log_path: Path, dataset: Dataset, times: int) -> None:
    chance = random.Random(7)
    told_in_all = 0
    for turn in range(times):
        reader = f"reader {turn}"
        told = killed_while_labelling(log_path, reader, after=chance.uniform(0, 0.12))
        told_in_all += told
        log = LabelLog(log_path)
        kept = [stroke for stroke in log.since(0).strokes if stroke.reader == reader]
        log.close()
        numbers = [stroke.number for stroke in kept]
        assert numbers == list(range(1, len(kept) + 1)), "no stroke is missing between"
        assert told <= len(kept) <= told + 1, "at most the one under way is not told"
    assert told_in_all > times, "the children did label"
    book = LabelBook(log_path, dataset, reader="after")
    assert (book.state.labels >= 0).any()
    book.close()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")
def test_a_kill_at_any_moment_loses_no_stroke_that_was_written(
    log_path: Path, dataset: Dataset
) -> None:
    kill_often(log_path, dataset, 20)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")
def test_two_hundred_kills_lose_no_stroke_that_was_written(
    log_path: Path, dataset: Dataset
) -> None:
    kill_often(log_path, dataset, 200)


FORGETFUL = """
import sys
from pathlib import Path
import numpy as np
from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from tests.annotation.data import plain_dataset
book = LabelBook(Path(sys.argv[1]), plain_dataset(), reader="Ann")
for row in range(30):
    book.label(np.array([row]), Label.IDC)
{end}
"""


@pytest.mark.parametrize("end", ["", "raise RuntimeError('a fault of the program')"])
def test_a_program_that_ends_without_closing_loses_nothing(
    log_path: Path, dataset: Dataset, end: str
) -> None:
    script = FORGETFUL.format(end=end)
    subprocess.run([sys.executable, "-c", script, str(log_path)], capture_output=True, timeout=60)
    book = LabelBook(log_path, dataset, reader="after")
    assert (book.state.labels == 1).sum() == 30
    book.close()


def test_windows_that_open_at_once_make_one_log(log_path: Path, dataset: Dataset) -> None:
    children = [child(log_path, f"reader {number}", 6) for number in range(4)]
    for process in children:
        assert process.stdout is not None
        assert "6" in process.stdout.read().split()
        process.stdout.close()
        assert process.wait() == 0
    log = LabelLog(log_path)
    assert len(log.since(0).strokes) == 4 * 6
    log.close()


def test_windows_that_write_at_once_lose_nothing_and_agree(
    log_path: Path, dataset: Dataset
) -> None:
    here = LabelBook(log_path, dataset, reader="here")
    strokes = 60
    children = [child(log_path, reader, strokes) for reader in ("Ann", "Bob")]
    seen: set[int] = set()
    while any(process.poll() is None for process in children):
        seen.update(here.poll().tolist())
        time.sleep(0.01)
    here.poll()
    for process in children:
        assert process.stdout is not None
        assert str(strokes) in process.stdout.read().split()
        process.stdout.close()
        assert process.returncode == 0
    log = LabelLog(log_path)
    for reader in ("Ann", "Bob"):
        numbers = [stroke.number for stroke in log.since(0).strokes if stroke.reader == reader]
        assert numbers == list(range(1, strokes + 1))
    log.close()
    later = LabelBook(log_path, dataset, reader="later")
    assert here.state.labels.tolist() == later.state.labels.tolist()
    assert seen == set(range(strokes // 3))
    for reader in ("Ann", "Bob"):
        assert here.state.of_reader(reader).tolist() == later.state.of_reader(reader).tolist()
        assert (later.state.of_reader(reader) >= 0).sum() == strokes // 3
    here.close()
    later.close()
