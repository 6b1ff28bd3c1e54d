"""The probe's process from the outside: events up to an ending, and nothing left behind."""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from bcviewer.errors import TrainingError
from bcviewer.model.events import Cancelled_, Event, Failed, Note, Probed
from bcviewer.model.probe_process import ProbeProcess
from tests.model.conftest import tiny_job
from tests.model.probes import probed


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own for temporary files."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def process(tmp_path: Path, program: str) -> ProbeProcess:
    return ProbeProcess(tiny_job(tmp_path), command=[sys.executable, "-c", program])


def heard(tmp_path: Path, program: str) -> list[Event]:
    return list(process(tmp_path, program).events())


def lines(*events: Event) -> str:
    return "".join(f"print({event.to_line()!r}, flush=True);" for event in events)


def test_events_are_heard_up_to_what_was_found(tmp_path: Path, scratch: Path) -> None:
    program = f"print('noise'); {lines(Note('hello'), probed(), Note('late'))}"
    assert heard(tmp_path, program) == [Note("hello"), probed()]
    assert list(scratch.iterdir()) == []
    assert not (tmp_path / "run").exists()


def test_the_job_is_handed_over(tmp_path: Path) -> None:
    program = (
        "import sys; from bcviewer.model.job import read_job; "
        "from bcviewer.model.events import Note; "
        "print(Note(str(read_job(__import__('pathlib').Path(sys.argv[1])).batch_size)).to_line())"
    )
    assert heard(tmp_path, program)[0] == Note("16")


def test_an_end_without_a_word_is_a_failure_with_the_last_words(tmp_path: Path) -> None:
    (ending,) = heard(tmp_path, "import sys; sys.exit('the disk is gone')")
    assert isinstance(ending, Failed)
    assert "the disk is gone" in ending.message


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_crash_is_a_failure_that_says_what_may_have_been(tmp_path: Path) -> None:
    (ending,) = heard(tmp_path, "import os; os.kill(os.getpid(), 9)")
    assert isinstance(ending, Failed)
    assert "out of memory" in ending.message


def test_it_is_killed_at_once(tmp_path: Path, scratch: Path) -> None:
    slow = process(tmp_path, f"import time; {lines(Note('hello'))} time.sleep(60)")
    began = time.monotonic()
    events = []
    for event in slow.events():
        events.append(event)
        threading.Thread(target=slow.kill).start()
    assert events == [Note("hello"), Cancelled_()]
    assert time.monotonic() - began < 20
    assert list(scratch.iterdir()) == []


def test_a_kill_before_the_start_is_not_lost(tmp_path: Path) -> None:
    never = process(tmp_path, lines(probed()))
    never.kill()
    assert list(never.events()) == [Cancelled_()]


def test_who_stops_listening_leaves_no_process(tmp_path: Path, scratch: Path) -> None:
    slow = process(tmp_path, f"import time; {lines(Note('hello'))} time.sleep(60)")
    events = slow.events()
    assert next(events) == Note("hello")
    del events
    assert list(scratch.iterdir()) == []


def test_a_command_that_is_not_there_is_told(tmp_path: Path) -> None:
    gone = ProbeProcess(tiny_job(tmp_path), command=[str(tmp_path / "gone")])
    with pytest.raises(TrainingError, match="cannot be started"):
        list(gone.events())


@pytest.mark.usefixtures("data_folder")
def test_a_real_probe_in_its_process(tmp_path: Path) -> None:
    events = list(ProbeProcess(tiny_job(tmp_path)).events())
    assert isinstance(events[-1], Probed), events[-1]
    assert not (tmp_path / "run").exists()
