"""A run has a folder of its own, outside of the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from bcviewer.errors import JobError
from bcviewer.model.job import read_job
from bcviewer.model.run_folder import claim_run_folder
from tests.model.conftest import tiny_job


def test_a_new_folder_gets_the_job(tmp_path: Path) -> None:
    job = tiny_job(tmp_path, run=tmp_path / "deep" / "run")
    run = claim_run_folder(job)
    assert read_job(run.job_path) == job


def test_the_process_that_starts_a_training_may_claim_it_first(tmp_path: Path) -> None:
    job = tiny_job(tmp_path)
    claim_run_folder(job).log_path.write_text("starting")
    claim_run_folder(job)


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    job = tiny_job(tmp_path)
    job.run.mkdir()
    (job.run / "thesis.doc").touch()
    with pytest.raises(JobError, match=r"not empty.*thesis\.doc"):
        claim_run_folder(job)


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    job = tiny_job(tmp_path)
    job.run.touch()
    with pytest.raises(JobError, match="cannot be made"):
        claim_run_folder(job)


@pytest.mark.parametrize("inside", ["data", "data/runs/one", "elsewhere/../data/run"])
def test_nothing_is_written_into_the_data_folder(tmp_path: Path, inside: str) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(JobError, match="lies in the data folder"):
        claim_run_folder(tiny_job(tmp_path, run=tmp_path / inside))
    assert list((tmp_path / "data").iterdir()) == []


def test_not_even_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data")
    with pytest.raises(JobError, match="lies in the data folder"):
        claim_run_folder(tiny_job(tmp_path, run=tmp_path / "link" / "run"))
    assert list((tmp_path / "data").iterdir()) == []
