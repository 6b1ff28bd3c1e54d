"""One training at a time in a run folder; a kill frees it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bcviewer.errors import JobError
from bcviewer.model import run_lock
from bcviewer.model.run_folder import claim_run_folder
from bcviewer.model.run_lock import held, is_running
from tests.model.conftest import tiny_job

HOLD = """
import sys
from pathlib import Path
from bcviewer.model.run_lock import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_folder_is_in_use_as_long_as_the_lock_is_held(tmp_path: Path) -> None:
    assert not is_running(tmp_path)
    with held(tmp_path):
        assert is_running(tmp_path)
    assert not is_running(tmp_path)
    assert not is_running(tmp_path / "nowhere")


def test_two_trainings_do_not_share_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_lock, "PATIENCE_SECONDS", 0.1)
    with held(tmp_path), pytest.raises(JobError, match="runs in .* now"), held(tmp_path):
        pytest.fail("the folder was taken twice")


def test_a_new_training_does_not_touch_a_folder_in_use(tmp_path: Path) -> None:
    job = tiny_job(tmp_path)
    run = claim_run_folder(job)
    with held(run.path), pytest.raises(JobError, match="now"):
        claim_run_folder(tiny_job(tmp_path, epochs=9))
    assert claim_run_folder(job).path == run.path


def test_a_killed_process_leaves_the_folder_free(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        assert is_running(tmp_path)
        process.kill()
        process.wait()
        assert not is_running(tmp_path)


def test_a_folder_that_is_not_there_cannot_be_held(tmp_path: Path) -> None:
    with pytest.raises(JobError, match="cannot be written"), held(tmp_path / "gone"):
        pytest.fail("held nothing")
