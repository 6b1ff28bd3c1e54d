"""The trash of the runs: what it takes, back from it, and gone for good."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bcviewer.errors import Cancelled, StorageError
from bcviewer.model.runs import list_runs, read_run
from bcviewer.model.runs_changes import delete_run, rename_run
from bcviewer.model.runs_trash import (
    Trash,
    TrashedRun,
    empty_trash,
    read_trash,
    restore_run,
    size_words,
)
from tests.run_folders import write_run


def deleted(folder: Path, name: str, *, extra: int = 0, age: timedelta | None = None) -> TrashedRun:
    """A run that was deleted some time ago, with a file of ``extra`` bytes."""
    run = write_run(folder / name, (0.7,))
    (run / "weights").write_bytes(bytes(extra))
    trashed = delete_run(read_run(run))
    if age is not None:
        then = (datetime.now(UTC) - age).timestamp()
        os.utime(trashed.path, (then, then))
    return trashed


def test_an_empty_trash_says_nothing(tmp_path: Path) -> None:
    assert read_trash(tmp_path) == Trash()
    assert (Trash().words, Trash().old_words(), Trash().size) == ("", "", 0)


def test_the_trash_tells_runs_size_and_what_is_old(tmp_path: Path) -> None:
    deleted(tmp_path, "old", extra=20_000_000, age=timedelta(days=31))
    deleted(tmp_path, "new", extra=1_000_000)
    trash = read_trash(tmp_path)
    assert [run.name for run in trash.runs] == ["new", "old"], "the last one deleted comes first"
    assert trash.words == "2 deleted runs, 21 MB"
    assert trash.old_words() == "1 of them was deleted more than 30 days ago."
    later = datetime.now(UTC) + timedelta(days=40)
    assert trash.old_words(later) == "2 of them were deleted more than 30 days ago."
    assert Trash(trash.runs[1:]).old_words() == "It was deleted more than 30 days ago."


def test_nothing_old_is_removed_by_itself(tmp_path: Path) -> None:
    deleted(tmp_path, "old", age=timedelta(days=400))
    list_runs(tmp_path)
    read_trash(tmp_path)
    assert (tmp_path / ".trash" / "old").is_dir()


def test_a_run_deleted_by_another_window_can_come_back_with_its_name(tmp_path: Path) -> None:
    run = rename_run(read_run(write_run(tmp_path / "run", (0.7, 0.8), card=True)), "baseline")
    delete_run(run)
    (found,) = read_trash(tmp_path).runs
    assert found.name == "baseline"
    assert restore_run(found) == run
    assert read_trash(tmp_path) == Trash()


def test_emptying_removes_what_was_seen_and_nothing_else(tmp_path: Path) -> None:
    kept = write_run(tmp_path / "kept")
    deleted(tmp_path, "one", extra=1000)
    trash = read_trash(tmp_path)
    deleted(tmp_path, "two")
    assert empty_trash(trash.runs) == trash.size > 1000
    assert [run.name for run in read_trash(tmp_path).runs] == ["two"], "it came later"
    assert kept.is_dir()
    assert empty_trash(trash.runs) >= 0, "another window was quicker"


def test_a_link_in_the_trash_does_not_lead_out_of_it(tmp_path: Path) -> None:
    precious = write_run(tmp_path / "elsewhere" / "precious")
    runs = tmp_path / "runs"
    (runs / ".trash").mkdir(parents=True)
    (runs / ".trash" / "link").symlink_to(precious, target_is_directory=True)
    inside = deleted(runs, "run")
    (inside.path / "link").symlink_to(precious, target_is_directory=True)
    empty_trash(read_trash(runs).runs)
    assert read_trash(runs) == Trash()
    assert (precious / "job.json").is_file()


def test_only_what_lies_in_a_trash_is_removed(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    with pytest.raises(ValueError, match="does not lie in the trash"):
        empty_trash([TrashedRun(run, run, "run")])
    assert run.is_dir()


def test_what_cannot_be_removed_is_told_and_the_rest_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (deleted(tmp_path, name) for name in ("a", "b"))
    remove = os.rmdir

    def refuse(path: object, **options: int) -> None:
        if os.fspath(path).endswith(first.path.name):  # type: ignore[call-overload]
            raise PermissionError(13, "Permission denied")
        remove(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "rmdir", refuse)
    with pytest.raises(StorageError, match="Permission denied") as error:
        empty_trash((first, second))
    assert error.value.hint
    assert not second.path.exists()


def test_emptying_can_be_stopped_between_two_runs(tmp_path: Path) -> None:
    runs = [deleted(tmp_path, name) for name in ("a", "b")]
    answers = iter((False, True))
    with pytest.raises(Cancelled):
        empty_trash(runs, cancelled=lambda: next(answers))
    assert [run.path.exists() for run in runs] == [False, True]


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0.0 MB"), (9_940_000, "9.9 MB"), (34_400_000, "34 MB"), (1_240_000_000, "1.2 GB")],
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert size_words(size) == words
