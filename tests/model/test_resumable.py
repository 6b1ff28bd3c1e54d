"""A run that goes on after its drive has moved: where its data, workspace and split are now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bcviewer.model.resume import resumable_job
from tests.run_folders import write_run


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """A run on a drive that has another name now."""
    before = tmp_path / "before"
    place = before / "workspace"
    places: dict[str, Any] = {
        "folder": before / "data",
        "workspace": place,
        "split": before / "mine.json",
    }
    write_run(place / "runs" / "one", (0.7,), **places)
    return before.rename(tmp_path / "now") / "workspace" / "runs" / "one"


def test_what_moved_with_the_run_is_found(moved: Path) -> None:
    job = resumable_job(moved)
    assert job.run == moved
    assert job.workspace == moved.parents[1]
    assert job.split == moved / "split.json", "the run's own copy"
    assert not job.folder.exists(), "nobody knows where else it may lie"


def test_places_that_are_told_are_taken(moved: Path, tmp_path: Path) -> None:
    places = {"folder": tmp_path / "now" / "data", "workspace": tmp_path / "another"}
    job = resumable_job(moved, **places)
    assert (job.folder, job.workspace) == tuple(places.values())


def test_what_is_still_there_stays(moved: Path, tmp_path: Path) -> None:
    for folder in ("workspace", "mine.json"):
        (tmp_path / "before" / folder).mkdir(parents=True)
    job = resumable_job(moved)
    assert job.workspace == tmp_path / "before" / "workspace"
    assert job.split == tmp_path / "before" / "mine.json"
