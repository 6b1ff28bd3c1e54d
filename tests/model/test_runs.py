"""The list of runs: what each folder tells, with names and a trash, whatever is damaged in one."""

from __future__ import annotations

import math
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.errors import JobError, StorageError
from bcviewer.model.events import Cancelled_, EpochDone, Event, Failed, Finished
from bcviewer.model.run_lock import LOCK, START, held
from bcviewer.model.runs import list_runs, read_history, read_run
from bcviewer.model.runs_changes import continued_job, delete_run, rename_run
from bcviewer.model.runs_title import LONGEST_NAME
from bcviewer.model.runs_trash import restore_run
from tests.run_folders import PATIENTS, epochs_done, prepared, write_run

FINISHED = Finished(Path("model"), 2, {"loss": 0.3}, 60.0, stopped_early=False)


def test_a_finished_run_tells_its_best_epoch_its_split_and_its_patients(tmp_path: Path) -> None:
    folder = tmp_path / "2026-03-01-170455-simple_cnn"
    write_run(folder, (0.7, 0.9, 0.8), epochs=3, events=(prepared(), FINISHED), card=True)
    (record,) = list_runs(tmp_path)
    assert record.state == "finished"
    assert (record.epochs_done, record.epochs, record.best_epoch) == (3, 3, 2)
    assert record.best["balanced_accuracy"] == 0.9
    assert (record.split_title, record.patients) == ("by patient", PATIENTS)
    assert record.started.replace(tzinfo=None) == datetime(2026, 3, 1, 17, 4, 55)
    assert (record.name, record.short_name) == (folder.name, "simple_cnn 17:04")
    assert record.has_model
    assert not record.resumable


@pytest.mark.parametrize(
    ("ending", "card", "state", "resumable"),
    [
        (FINISHED, True, "finished", False),
        (Cancelled_(), False, "cancelled", True),
        (Failed("The disk is full.", "Make room."), False, "failed", True),
        (None, False, "interrupted", True),
        (None, True, "finished", False),
    ],
)
def test_the_last_event_is_the_state(
    tmp_path: Path, ending: Event | None, card: bool, state: str, resumable: bool
) -> None:
    events = (prepared(), *([ending] if ending else []))
    record = read_run(write_run(tmp_path / "run", (0.7,), events=events, card=card))
    assert record.state == state
    assert record.resumable is resumable
    assert record.message == ("The disk is full. Make room." if state == "failed" else "")


def test_a_run_that_went_on_after_a_cancel_is_not_cancelled(tmp_path: Path) -> None:
    events = (prepared(), Cancelled_(), prepared(), epochs_done((0.7,))[0])
    assert read_run(write_run(tmp_path / "run", (0.7,), events=events)).state == "interrupted"


def test_a_run_of_before_the_events_has_its_split_from_its_file(tmp_path: Path) -> None:
    record = read_run(write_run(tmp_path / "run", (0.7,), card=True))
    assert (record.state, record.split_title) == ("finished", "by patient")
    assert record.patients == PATIENTS


def test_without_a_checkpoint_nothing_can_be_resumed(tmp_path: Path) -> None:
    assert not read_run(write_run(tmp_path / "run", checkpoint=False)).resumable


def test_the_newest_run_comes_first_and_a_damaged_one_hides_none(tmp_path: Path) -> None:
    old = write_run(tmp_path / "2026-01-01-000000-simple_cnn", (0.7,))
    broken = write_run(tmp_path / "2026-01-03-000000-simple_cnn", (0.8,))
    for name in ("job.json", "split.json"):
        (broken / name).write_bytes(b'{"kind": "bcviewer-job", \xff')
    new = write_run(tmp_path / "2026-01-02-000000-simple_cnn")
    (tmp_path / "notes.txt").write_text("no run")
    empty = tmp_path / "2025-12-31-000000-empty"
    empty.mkdir()
    records = list_runs(tmp_path)
    assert [record.path for record in records] == [broken, new, old, empty]
    assert records[0].job is None
    assert "job.json" in records[0].problem
    assert records[0].best["balanced_accuracy"] == 0.8, "its curve is still there"
    assert list_runs(tmp_path / "nowhere") == []


def test_a_torn_last_line_costs_only_itself(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", (0.7, 0.8))
    path = run / "history.jsonl"
    path.write_bytes(path.read_bytes() + b'{"event": "epoch_done", "epo\xc3')
    assert [event.epoch for event in read_history(run)] == [1, 2]


def test_an_epoch_told_twice_counts_once_as_it_was_told_last(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", (0.7, 0.8))
    again = epochs_done((0.7, 0.6))[1]
    with (run / "history.jsonl").open("a") as history:
        history.write(again.to_line() + "\n")
    assert read_history(run)[1:] == (again,)
    assert read_run(run).best_epoch == 1


def test_without_a_history_the_events_have_the_curve(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", events=(prepared(), *epochs_done((0.7, 0.8))))
    assert [event.epoch for event in read_history(run)] == [1, 2]


def test_a_score_that_is_not_a_number_is_kept(tmp_path: Path) -> None:
    event = EpochDone(1, 2, 1.0, {"loss": math.nan}, {"loss": math.nan, "auc": math.nan}, 1)
    run = write_run(tmp_path / "run")
    (run / "history.jsonl").write_text(event.to_line() + "\n")
    assert math.isnan(read_run(run).best["auc"])


def test_a_name_is_kept_and_the_folder_keeps_its_own(tmp_path: Path) -> None:
    record = read_run(write_run(tmp_path / "run"))
    renamed = rename_run(record, "  Lower rate, zweiter Versuch ä ")
    assert (renamed.name, renamed.short_name) == ("Lower rate, zweiter Versuch ä",) * 2
    assert [each.name for each in list_runs(tmp_path)] == ["Lower rate, zweiter Versuch ä"]
    assert renamed.path == tmp_path / "run"


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "a\x00b", "\ud800", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_cannot_be_used_is_refused_and_changes_nothing(
    tmp_path: Path, name: str
) -> None:
    record = rename_run(read_run(write_run(tmp_path / "run")), "first")
    with pytest.raises(StorageError, match="name of a run"):
        rename_run(record, name)
    assert read_run(record.path).name == "first"


@given(content=st.binary(max_size=200))
def test_any_title_file_gives_a_name(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    run = tmp_path_factory.mktemp("any") / "run"
    run.mkdir()
    (run / "title.txt").write_bytes(content)
    name = read_run(run).name
    assert 0 < len(name) <= LONGEST_NAME
    assert "\n" not in name


@given(content=st.binary(max_size=200) | st.text().map(str.encode))
def test_no_content_of_its_files_stops_the_list(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "run").mkdir()
    for name in ("job.json", "history.jsonl", "events.jsonl", "split.json", "title.txt"):
        (folder / "run" / name).write_bytes(content)
    assert len(list_runs(folder)) == 1


def test_a_deleted_run_comes_back_whole(tmp_path: Path) -> None:
    write_run(tmp_path / "other")
    record = read_run(write_run(tmp_path / "run", (0.7, 0.8), card=True))
    trashed = delete_run(record)
    assert [each.name for each in list_runs(tmp_path)] == ["other"]
    assert trashed.path.parent == tmp_path / ".trash"
    assert restore_run(trashed) == record


def test_two_runs_of_one_name_both_find_room_in_the_trash(tmp_path: Path) -> None:
    first = delete_run(read_run(write_run(tmp_path / "run", (0.7,))))
    second = delete_run(read_run(write_run(tmp_path / "run", (0.8,))))
    assert first.path != second.path
    restore_run(first)
    with pytest.raises(StorageError, match="is taken"):
        restore_run(second)
    assert second.path.is_dir()


def test_a_run_that_is_gone_is_told_in_words(tmp_path: Path) -> None:
    record = read_run(write_run(tmp_path / "run"))
    delete_run(record)
    for change in (delete_run, lambda gone: rename_run(gone, "new")):
        with pytest.raises(StorageError, match="no longer there"):
            change(record)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(("where", "name"), [("", LOCK), ("live", LOCK), ("live", START)])
def test_a_run_whose_lock_is_held_is_running_and_stays(
    tmp_path: Path, where: str, name: str
) -> None:
    """Also in the seconds in which it starts: until TensorFlow is there, and before its process."""
    events = (prepared(), Cancelled_(), prepared())
    run = write_run(tmp_path / "run", (0.7,), events=events, card=True)
    (run / where).mkdir(exist_ok=True)
    with held(run / where, name):
        record = read_run(run)
        assert record.state == "running"
        assert not record.resumable
        with pytest.raises(StorageError, match="still running"):
            delete_run(record)
    assert read_run(run).state == "finished"


def test_a_run_whose_job_cannot_be_read_cannot_be_resumed(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", (0.7,))
    assert read_run(run).resumable
    (run / "job.json").write_text("{}")
    assert not read_run(run).resumable


def test_a_finished_run_is_continued_with_its_settings_from_its_model(tmp_path: Path) -> None:
    split = tmp_path / "mine.json"
    split.touch()
    run = write_run(tmp_path / "run", (0.7,), card=True, epochs=7, split=split)
    job = continued_job(read_run(run), tmp_path / "next")
    assert (job.run, job.weights) == (tmp_path / "next", str(run / "model"))
    assert (job.epochs, job.split) == (7, split)
    split.unlink()
    assert continued_job(read_run(run), tmp_path / "next").split is None


def test_a_run_without_a_model_or_a_job_is_not_continued(tmp_path: Path) -> None:
    with pytest.raises(JobError, match="made no model"):
        continued_job(read_run(write_run(tmp_path / "one", (0.7,))), tmp_path / "next")
    broken = write_run(tmp_path / "two", (0.7,), card=True)
    (broken / "job.json").write_text("{")
    with pytest.raises(JobError, match="cannot be continued"):
        continued_job(read_run(broken), tmp_path / "next")
