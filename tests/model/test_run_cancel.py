"""A cancel that the training could not write down itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from bcviewer.model.event_log import read_events
from bcviewer.model.events import Cancelled_, Event, Failed
from bcviewer.model.folder import GRAPH_WEIGHTS
from bcviewer.model.run_cancel import forget_unbegun, note_cancel
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_lock import START, WORK, held
from bcviewer.model.runs import read_run
from tests.run_folders import prepared, write_run


def begun(folder: Path, *events: Event, card: bool = False) -> RunFolder:
    return RunFolder(write_run(folder / "run", (0.7,), events=(prepared(), *events), card=card))


def test_a_killed_run_is_cancelled_and_no_half_of_a_model_stays(tmp_path: Path) -> None:
    run = begun(tmp_path)
    (run.path / ".model.part").mkdir()
    note_cancel(run)
    assert read_run(run.path).state == "cancelled"
    assert not list(run.path.glob(".*.part"))
    note_cancel(run)
    assert read_events(run.events_path).count(Cancelled_()) == 1


def test_an_ending_or_a_model_that_is_there_stays_the_last_word(tmp_path: Path) -> None:
    failed = begun(tmp_path / "failed", Failed("The disk is full.", "Make room."))
    done = begun(tmp_path / "done", card=True)
    for run in (failed, done):
        before = run.events_path.read_bytes()
        note_cancel(run)
        assert run.events_path.read_bytes() == before


def test_a_run_whose_damaged_model_was_being_made_again_is_cancelled(tmp_path: Path) -> None:
    run = begun(tmp_path, card=True)
    (run.model_path / GRAPH_WEIGHTS).write_bytes(b"")
    note_cancel(run)
    assert read_run(run.path).state == "cancelled"


@pytest.mark.parametrize("name", ["run.lock", WORK, f"live/{START}"])
def test_a_run_in_which_somebody_works_again_is_left_alone(tmp_path: Path, name: str) -> None:
    run = RunFolder(tmp_path / "run")
    run.live_path.mkdir(parents=True)
    run.job_path.touch()
    with held(run.path, name):
        note_cancel(run)
        forget_unbegun(run)
        assert not run.events_path.exists()
        assert run.job_path.is_file()
    forget_unbegun(run)
    assert run.path.exists() == (name == WORK), "that one has begun to be something else"


def test_only_what_the_program_put_there_at_the_start_goes(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    forget_unbegun(RunFolder(tmp_path / "nowhere"))
    run.job_path.touch()
    (run.path / "thesis.doc").touch()
    forget_unbegun(run)
    assert run.job_path.is_file()
    (run.path / "thesis.doc").unlink()
    forget_unbegun(run)
    assert not run.path.exists()
