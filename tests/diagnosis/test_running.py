"""The mark of a window: it is gone when the window closed, and stays when it was killed."""

from __future__ import annotations

import faulthandler
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bcviewer.diagnosis.running import ABOUT, FAULTS, LOCK, RunningMark, take_ended

CHILD = """
import ctypes, sys, time
from pathlib import Path
from bcviewer.diagnosis.running import RunningMark
mark = RunningMark(Path(sys.argv[1]))
mark.catch_faults()
mark.note(data=Path("/data/slides"), labels=Path("/work/labels.sqlite"))
print("open", flush=True)
if sys.argv[2] == "crash":
    ctypes.string_at(0)
if sys.argv[2] == "close":
    mark.end()
else:
    time.sleep(60)
"""


@contextmanager
def window(folder: Path, what: str) -> Iterator[subprocess.Popen[str]]:
    """A process with a mark."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), what], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


def test_a_window_that_closes_leaves_nothing(tmp_path: Path) -> None:
    with window(tmp_path, "close") as child:
        child.wait()
    assert list(tmp_path.iterdir()) == []
    assert take_ended(tmp_path) == ()


def test_a_window_that_is_killed_is_noticed_once(tmp_path: Path) -> None:
    with window(tmp_path, "wait") as child:
        assert take_ended(tmp_path) == (), "it is still there"
        child.kill()
        child.wait()
    (ended,) = take_ended(tmp_path)
    assert ended.data == Path("/data/slides")
    assert ended.labels == Path("/work/labels.sqlite")
    assert ended.faults == ""
    assert ended.started <= ended.last_seen.replace(microsecond=999_999)
    assert take_ended(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_window_that_crashes_tells_where(tmp_path: Path) -> None:
    with window(tmp_path, "crash") as child:
        child.wait()
        assert child.returncode == -signal.SIGSEGV
    (ended,) = take_ended(tmp_path)
    assert "Segmentation fault" in ended.faults
    assert "string_at" in ended.faults


def test_windows_side_by_side_do_not_take_each_other_for_dead(tmp_path: Path) -> None:
    own = RunningMark(tmp_path)
    with window(tmp_path, "wait") as child:
        assert take_ended(tmp_path) == ()
        child.kill()
        child.wait()
        assert len(take_ended(tmp_path)) == 1
    assert take_ended(tmp_path) == ()
    own.end()


def test_the_latest_comes_first_and_old_marks_are_tidied_away(tmp_path: Path) -> None:
    for number in range(25):
        place = tmp_path / f"202601{number + 1:02}T100000-1-abc"
        place.mkdir()
        (place / LOCK).touch()
        (place / ABOUT).write_text(
            '{"kind": "bcviewer-running", "version": 1, "bcviewer": "0.1", "data": null, '
            f'"labels": null, "started": "2026-01-{number + 1:02}T10:00:00+00:00"}}'
        )
    ended = take_ended(tmp_path)
    assert [run.started.day for run in ended] == list(range(25, 5, -1))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"kind": "bcviewer-running", "version": 1}', b"\xff" * 9]
)
def test_a_damaged_mark_still_says_that_the_window_ended_badly(
    tmp_path: Path, content: bytes
) -> None:
    place = tmp_path / "20260101T100000-1-abc"
    place.mkdir()
    (place / LOCK).touch()
    (place / ABOUT).write_bytes(content)
    (ended,) = take_ended(tmp_path)
    assert ended.labels is None
    assert list(tmp_path.iterdir()) == []


def test_a_mark_that_is_just_being_made_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "20260101T100000-1-abc"
    place.mkdir()
    (place / LOCK).touch()
    assert take_ended(tmp_path) == ()
    assert place.is_dir()
    os.utime(place, (1, 1))
    assert len(take_ended(tmp_path)) == 1


def test_no_marks_at_all(tmp_path: Path) -> None:
    assert take_ended(tmp_path / "none") == ()


def test_pytests_own_fault_handler_is_given_back(tmp_path: Path) -> None:
    was = faulthandler.is_enabled()
    mark = RunningMark(tmp_path)
    mark.catch_faults()
    assert faulthandler.is_enabled()
    assert (tmp_path / next(iter(os.listdir(tmp_path))) / FAULTS).exists()
    mark.end()
    assert faulthandler.is_enabled() == was
