"""A window that is killed without a warning, at any moment: every stroke that it kept is there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.log import LabelLog
from bcviewer.dataset.opening import open_dataset
from tests.faults import labelling_window

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")

LONGEST_SECONDS = 0.6
START_SECONDS = 120


def window(data: Path, workspace: Path, reader: str, *more: str) -> subprocess.Popen[str]:
    module, folders = labelling_window.__name__, (str(data), str(workspace))
    command = [sys.executable, "-m", module, *folders, reader, *more]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=env)


def killed(process: subprocess.Popen[str], *, after: float) -> int:
    """The strokes that a window said were on the disk before it was killed."""
    assert process.stdout is not None
    first = process.stdout.readline()
    assert first == "ready\n", process.stderr.read() if process.stderr else ""
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    words, complaints = process.communicate()
    assert process.returncode == -signal.SIGKILL, complaints
    assert not [line for line in complaints.splitlines() if "propagateSizeHints" not in line]
    told = [text for text in words.split("\n")[:-1] if text.isdecimal()]
    return int(told[-1]) if told else 0


def kept_by(log_path: Path) -> dict[str, list[int]]:
    """The numbers of the strokes in the log, by reader; the file itself is sound."""
    log = LabelLog(log_path)  # looks the file through for damage
    kept: dict[str, list[int]] = {}
    for stroke in log.since(0).strokes:
        kept.setdefault(stroke.reader, []).append(stroke.number)
    log.close()
    return kept


def kill_windows(data: Path, workspace: Path, times: int) -> None:
    chance = random.Random(5)
    before: Counter[str] = Counter()
    told_in_all = 0
    for turn in range(times):
        reader = f"reader {turn}"
        told = killed(window(data, workspace, reader), after=chance.uniform(0, LONGEST_SECONDS))
        told_in_all += told
        kept = kept_by(workspace / "labels.sqlite")
        for name, count in before.items():
            assert len(kept[name]) == count, "what was there before the kill is there after it"
        numbers = kept.get(reader, [])
        assert numbers == list(range(1, len(numbers) + 1)), "none is missing between"
        assert len(numbers) >= told, "what was said to be on the disk is on the disk"
        before = Counter({name: len(found) for name, found in kept.items()})
    assert told_in_all >= times, "the windows did label"
    check_after(data, workspace)


def check_after(data: Path, workspace: Path) -> None:
    """Whoever opens the workspace next finds all, and no half files under real names."""
    dataset, place = open_dataset(data, workspace=workspace)
    books = [LabelBook(place.labels_path, dataset, reader=name) for name in ("after", "again")]
    assert (books[0].state.labels >= 0).any()
    np.testing.assert_array_equal(books[0].state.labels, books[1].state.labels)
    for book in books:
        book.close()
    assert not [finding for finding in dataset.report.findings if finding.kind == "cache"]


def test_a_window_killed_at_any_moment_loses_no_label(data_folder: Path, tmp_path: Path) -> None:
    kill_windows(data_folder, tmp_path / "workspace", 4)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_fifty_killed_windows_lose_no_label(data_folder: Path, tmp_path: Path) -> None:
    kill_windows(data_folder, tmp_path / "workspace", 50)
