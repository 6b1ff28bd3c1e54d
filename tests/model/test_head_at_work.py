"""A head that is being retrained, as others see its run meanwhile."""

from __future__ import annotations

import pytest

from bcviewer.errors import StorageError, TrainingError
from bcviewer.model.commands import Command
from bcviewer.model.events import Event, Finished
from bcviewer.model.head_training import retrain_head
from bcviewer.model.run_commands import live_runs, send_command
from bcviewer.model.runs import read_run
from bcviewer.model.runs_changes import delete_run
from tests.model.test_head_training import Bench, bench

__all__ = ["bench"]


def test_its_run_is_running_cannot_be_deleted_and_takes_no_commands(bench: Bench) -> None:
    run, runs = bench.task().run, bench.workspace.runs_folder
    seen: list[tuple[Event, str]] = []

    def look(event: Event) -> None:
        record = read_run(run)
        seen.append((event, record.state))
        if record.state == "running":
            with pytest.raises(StorageError, match="still running"):
                delete_run(record)
        assert live_runs(runs) == [], "nobody is offered to follow it"
        with pytest.raises(TrainingError, match="No training runs"):
            send_command(run, Command.PAUSE)

    retrain_head(bench.task(), emit=look)
    *before, (last, state) = seen
    assert {state for _, state in before} == {"running"}
    assert isinstance(last, Finished)
    assert state == "finished"
    assert delete_run(read_run(run)).origin == run
