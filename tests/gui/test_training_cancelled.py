"""What is left of a training that was cancelled: the same, whether it obeyed or was killed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bcviewer.gui.widgets.runs_controls import about_run
from bcviewer.gui.workers.training_worker import TrainingWorker
from bcviewer.model.events import Cancelled_, Note, Prepared
from bcviewer.model.job import TrainingJob
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.runs import list_runs, read_run
from bcviewer.model.runs_changes import rename_run
from tests.gui.test_training_worker import (
    FAKE,
    REPOSITORY,
    WAIT_MS,
    Heard,
    wait_for,
    wait_for_end,
)
from tests.run_folders import write_run

Begin = Callable[..., Heard]


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """The folder of the runs, which is not there yet."""
    return tmp_path / "workspace" / "runs"


@pytest.fixture
def begin(
    data_folder: Path, runs: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Iterator[Begin]:
    """Begins a run, or goes on with it, with a fake training that obeys no cancel."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    began: list[Heard] = []

    def begin_one(behaviour: str, *, resume: bool = False, cancel: bool = False) -> Heard:
        job = TrainingJob(
            model="simple_cnn", folder=data_folder, workspace=runs.parent, run=runs / "one"
        )
        worker = TrainingWorker(
            job.run / "job.json",
            begins=None if resume else job,
            resume=resume,
            command=[sys.executable, str(FAKE), behaviour],
            grace=0.1,
        )
        heard = Heard(worker)
        began.append(heard)
        if cancel:
            worker.cancel()
        worker.start()
        return heard

    yield begin_one
    for heard in began:
        heard.worker.cancel()
        assert heard.worker.wait(WAIT_MS)


def cancel(qtbot: QtBot, heard: Heard) -> None:
    heard.worker.cancel()
    assert wait_for_end(qtbot, heard) == ("stopped", None)
    assert heard.kinds()[-1] is Cancelled_


def test_a_training_that_is_cancelled_while_it_loads_leaves_nothing(
    begin: Begin, runs: Path, qtbot: QtBot
) -> None:
    heard = begin("loading")
    wait_for(qtbot, heard, Note)
    assert len(list_runs(runs)) == 1
    left: list[int] = []
    heard.worker.event_received.connect(lambda _: left.append(len(list_runs(runs))))
    cancel(qtbot, heard)
    assert left == [0], "gone by the time that the list is read again"


def test_nor_does_one_that_is_cancelled_before_its_process_is_there(
    begin: Begin, runs: Path, qtbot: QtBot
) -> None:
    heard = begin("deaf", cancel=True)
    assert wait_for_end(qtbot, heard) == ("stopped", None)
    assert heard.kinds() == [Cancelled_]
    assert list_runs(runs) == []


def test_one_that_the_user_gave_a_name_meanwhile_stays_as_cancelled(
    begin: Begin, runs: Path, qtbot: QtBot
) -> None:
    heard = begin("loading")
    wait_for(qtbot, heard, Note)
    rename_run(read_run(runs / "one"), "My first")
    cancel(qtbot, heard)
    (record,) = list_runs(runs)
    assert (record.name, record.state) == ("My first", "cancelled")


def test_one_that_is_killed_in_a_long_step_is_cancelled_and_its_epochs_can_go_on(
    begin: Begin, runs: Path, qtbot: QtBot
) -> None:
    heard = begin("deaf")
    wait_for(qtbot, heard, Prepared)
    write_run(runs / "one", (0.6, 0.7))  # what the epochs before that step have left
    cancel(qtbot, heard)
    record = read_run(runs / "one")
    assert record.state == "cancelled"
    assert record.resumable
    assert about_run(record) == "Cancelled after 2 of 10 epochs."


def test_a_run_that_goes_on_stays_whenever_it_is_cancelled(
    begin: Begin, runs: Path, data_folder: Path, qtbot: QtBot
) -> None:
    write_run(runs / "one", (0.6, 0.7), folder=data_folder, workspace=runs.parent)
    kept = RunFolder(runs / "one")
    heard = begin("loading", resume=True)
    wait_for(qtbot, heard, Note)
    cancel(qtbot, heard)
    assert kept.last_path.is_file()
    assert read_run(kept.path).state == "cancelled"
