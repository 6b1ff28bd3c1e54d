"""The worker that reads the runs of a workspace with their curves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bcviewer.errors import Cancelled
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.events import EpochDone
from bcviewer.model.runs import RunRecord, list_runs, read_history


@dataclass(frozen=True)
class RunCurve:
    """A run and its finished epochs."""

    record: RunRecord
    history: tuple[EpochDone, ...]


@dataclass(frozen=True)
class RunsRead:
    """The runs of a folder, the newest first."""

    folder: Path
    runs: tuple[RunCurve, ...]


class RunsWorker(Worker):
    """Reads a folder of runs: a hundred of them are too much for the window's own thread."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def work(self) -> RunsRead:
        curves = []
        for record in list_runs(self._folder):
            if self.cancelled():
                raise Cancelled
            curves.append(RunCurve(record, read_history(record.path)))
        return RunsRead(self._folder, tuple(curves))
