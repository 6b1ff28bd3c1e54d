"""Workers about problems: what the last window left, the text of a report, and saving it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from bcviewer.annotation.history import time_of
from bcviewer.annotation.log import open_if_there
from bcviewer.dataset.workspace import Workspace, check_apart
from bcviewer.diagnosis.report import Facts, report_of
from bcviewer.diagnosis.running import EndedRun, take_ended
from bcviewer.errors import StorageError
from bcviewer.gui.words import marked, tr
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_paths import run_paths
from bcviewer.model.runs import read_run
from bcviewer.model.training_process import log_end
from bcviewer.storage import write_text

MOST_NAMES = 5000
LOOKED_AT = 20
"""Runs, the latest first: what failed before is not what is reported."""

CRASHED = marked("The last window crashed")
STOPPED = marked("The last window did not close as it should: it was ended from outside")


class EndedRunsWorker(Worker):
    """Looks what windows that ended badly left; its result: the latest and words, or None."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def work(self) -> tuple[EndedRun, str] | None:
        ended = take_ended(self._folder)
        if not ended:
            return None
        told = next((run for run in ended if run.labels is not None), ended[0])
        return told, ended_words(told)


class ReportWorker(Worker):
    """Writes the text of a report.

    Args:
        facts: What the window knows.
        folder: Where the log lies.
        ended: What is known of a window that ended badly: the log is of what it had open.
        workspace: What is open now; None for nothing.
    """

    def __init__(
        self,
        facts: Facts,
        folder: Path,
        *,
        ended: EndedRun | None = None,
        workspace: Workspace | None = None,
    ) -> None:
        super().__init__()
        self._facts = facts
        self._folder = folder
        self._ended = ended
        self._workspace = workspace

    def work(self) -> str:
        facts, ended = self._facts, self._ended
        workspace = self._workspace
        if ended is not None:
            facts = replace(facts, names=facts.names | names_of_ended(ended))
            if workspace is None and ended.labels is not None:
                workspace = Workspace(ended.labels.parent)
        if workspace is not None:
            facts = replace(facts, training=failed_training(workspace.runs_folder))
        return report_of(facts, self._folder)


def names_of_ended(ended: EndedRun) -> frozenset[str]:
    """Patients and readers of what a window had open, as far as they can be read now."""
    names: set[str] = set()
    if ended.data is not None:
        names.add(ended.data.name)
        with suppress(OSError):
            names.update(path.name for path in islice(ended.data.iterdir(), MOST_NAMES))
    if ended.labels is not None:
        with suppress(StorageError):
            log = open_if_there(ended.labels, check=False)
            if log is not None:
                try:
                    names.update(stroke.reader for stroke in log.since(0, salvage=True).strokes)
                finally:
                    log.close()
    return frozenset(names)


def failed_training(runs: Path) -> tuple[str, ...]:
    """The end of the log of the last training that failed, or stopped without a word."""
    try:
        paths = sorted(run_paths(runs), key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return ()
    for path in paths[:LOOKED_AT]:
        if read_run(path).state in ("failed", "interrupted"):
            lines = log_end(RunFolder(path).log_path)
            if lines:
                return tuple(lines)
    return ()


class SaveReportWorker(Worker):
    """Saves the text of a report; its result is the file.

    Args:
        text: The report.
        path: The file.
        data: The open data folder, which is never written to; None where none is open.
    """

    def __init__(self, text: str, path: Path, *, data: Path | None = None) -> None:
        super().__init__()
        self._text = text
        self._path = path
        self._folder = data

    def work(self) -> Path:
        if self._folder is not None:
            check_apart(self._path.parent, self._folder, what="report")
        write_text(self._path, self._text)
        return self._path


def ended_words(run: EndedRun) -> str:
    """What became of a window, and of the labels that were given in it."""
    how = tr(CRASHED) if run.faults else tr(STOPPED)
    words = tr(
        "{how} (opened {day}, {time:%H:%M}).",
        how=how,
        day=_day(run.started),
        time=run.started.astimezone(),
    )
    return words if run.labels is None else f"{words} {_label_words(run.labels, run.data)}"


def _day(time: datetime) -> str:
    local = time.astimezone()
    return f"{local.day} {local:%B}"


def _label_words(path: Path, data: Path | None) -> str:
    """That labels are there, counted; or why that cannot be told."""
    name = data.name if data is not None else path.parent.name
    try:
        log = open_if_there(path)
        if log is None:
            # Without a stroke there is no log, unless its drive is gone.
            gone = not path.parent.is_dir()
            return (
                tr("Its workspace {folder} is not there now.", folder=path.parent)
                if gone
                else tr("It had no labels.")
            )
        try:
            strokes, last = log.extent()
        finally:
            log.close()
    except StorageError as error:
        return str(error)
    if not strokes:
        return tr("No labels had been given in {name}.", name=name)
    count = tr("the one stroke") if strokes == 1 else tr("all {count:,} strokes", count=strokes)
    when = time_of(last)
    return tr(
        "Labels are written as they are given: {count} in {name} are there, the last of "
        "{day}, {time:%H:%M:%S}.",
        count=count,
        name=name,
        day=_day(when),
        time=when.astimezone(),
    )
