"""The command line steers a training of any process, and still lists."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bcviewer.cli.app import app
from bcviewer.errors import TrainingError
from bcviewer.model.event_log import read_events
from bcviewer.model.events import Cancelled_, Finished, Paused, Resumed
from bcviewer.model.run_commands import latest_step
from bcviewer.model.run_folder import RunFolder
from tests import background_run
from tests.run_folders import write_run

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 20.0


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run folder in a workspace."""
    return write_run(tmp_path / "workspace" / "runs" / "one", checkpoint=False)


@pytest.fixture
def training(run: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    """A training in it, of another process."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    with subprocess.Popen(
        [sys.executable, str(background_run.__file__), str(run)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    ) as process:
        ends = time.monotonic() + PATIENCE
        while latest_step(run) is None:
            assert time.monotonic() < ends
            time.sleep(0.02)
        yield process
        process.kill()


def said(*words: str) -> str:
    result = CliRunner().invoke(app, ["runs", *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def wait_for(run: Path, kind: type) -> None:
    ends = time.monotonic() + PATIENCE
    while not isinstance(read_events(RunFolder(run).events_path)[-1], kind):
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_it_pauses_goes_on_and_finishes(run: Path, training: subprocess.Popen[bytes]) -> None:
    assert "pauses" in said("pause", str(run))
    wait_for(run, Paused)
    assert "goes on" in said("go-on", str(run))
    wait_for(run, Resumed)
    assert "writes the best model" in said("finish", str(run))
    assert training.wait(PATIENCE) == 0
    wait_for(run, Finished)


def test_it_stops(run: Path, training: subprocess.Popen[bytes]) -> None:
    assert "without a model" in said("stop", str(run))
    assert training.wait(PATIENCE) == 0
    wait_for(run, Cancelled_)


def test_what_does_not_run_cannot_be_steered(run: Path) -> None:
    with pytest.raises(TrainingError, match="No training runs"):
        said("pause", str(run))


def test_it_still_lists(run: Path) -> None:
    workspace = str(run.parents[1])
    listed = said("--workspace", workspace)
    assert "one" in listed
    assert said("list", "--workspace", workspace) == listed
    assert "pause" in said("--help")
