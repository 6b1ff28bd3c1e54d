"""What a report of a problem has of a window that is gone: its failed training, and no names."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.dataset.opening import open_dataset
from bcviewer.diagnosis.log_files import log_folder
from bcviewer.diagnosis.report import Facts
from bcviewer.diagnosis.running import EndedRun
from bcviewer.gui.workers.problem_workers import ReportWorker
from bcviewer.model.events import Cancelled_, Failed
from bcviewer.model.run_folder import RunFolder
from tests.factories import grid_specs, write_dataset
from tests.run_folders import write_run


def ended(data: Path | None, labels: Path | None) -> EndedRun:
    now = datetime.now(UTC)
    return EndedRun(now, now, "0.1.0", data, labels, "")


def test_a_crashed_window_is_reported_with_its_failed_training_and_without_its_names(
    tmp_path: Path, user_home: Path
) -> None:
    """Names that are ordinary words of the program are known from what the window had open."""
    data = write_dataset(tmp_path / "window", {"split": grid_specs(2, 2), "p1": grid_specs(2, 2)})
    dataset, place = open_dataset(data)
    book = LabelBook(place.labels_path, dataset, reader="mark")
    book.label(np.arange(2), Label.IDC)
    book.close()
    failed = write_run(place.runs_folder / "one", events=[Failed("full", "empty it")])
    lines = ["Traceback (most recent call last):", "MemoryError: split of mark in window is large"]
    RunFolder(failed).log_path.write_text("\n".join(["noise"] * 5000 + lines))
    write_run(place.runs_folder / "two", events=[Cancelled_()])
    text = ReportWorker(Facts(), log_folder(), ended=ended(data, place.labels_path)).work()
    assert "[The last training that failed]" in text
    assert "MemoryError: <name> of <name> in <name> is large" in text
    assert text.count("noise") + text.count("<name>\n") < 2000, "only its end"


def test_a_window_of_whose_data_nothing_is_left_is_reported(user_home: Path) -> None:
    gone = Path("/nowhere/at/all")
    text = ReportWorker(Facts(), log_folder(), ended=ended(gone, gone / "labels.sqlite")).work()
    assert "training that failed" not in text
    assert "[End of the log]" in text
