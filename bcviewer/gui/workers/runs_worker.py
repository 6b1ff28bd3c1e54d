"""The workers that read the runs of a workspace with their curves, and empty its trash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bcviewer.errors import Cancelled
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.events import EpochDone
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.runs import RunRecord, list_runs, read_history
from bcviewer.model.runs_trash import Trash, TrashedRun, empty_trash, read_trash


@dataclass(frozen=True)
class RunCurve:
    """A run and its finished epochs, and whether losses of single steps are kept of them."""

    record: RunRecord
    history: tuple[EpochDone, ...]
    has_steps: bool = False


@dataclass(frozen=True)
class RunsRead:
    """The runs of a folder, the newest first, and those in its trash."""

    folder: Path
    runs: tuple[RunCurve, ...]
    trash: Trash = field(default_factory=Trash)


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
            has_steps = RunFolder(record.path).steps_path.is_file()
            curves.append(RunCurve(record, read_history(record.path), has_steps))
        return RunsRead(self._folder, tuple(curves), read_trash(self._folder))


class TrashWorker(Worker):
    """Removes deleted runs for good; large checkpoints take their time. Gives the bytes freed."""

    def __init__(self, runs: Sequence[TrashedRun]) -> None:
        super().__init__()
        self._runs = tuple(runs)

    def work(self) -> int:
        return empty_trash(self._runs, cancelled=self.cancelled)
