"""Windows and command lines on one workspace: nothing is lost, and runs do not collide."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.errors import JobError
from bcviewer.gui.widgets import training_panel
from bcviewer.model.job import read_job
from bcviewer.model.library import find_model
from bcviewer.model.prediction_store import PredictionStore
from bcviewer.model.run_folder import RunFolder, claim_run_folder
from tests.faults.labelling_window import digest
from tests.faults.test_killed_windows import kept_by, window
from tests.model.conftest import tiny_job

STARTS = 12
STROKES = 150


@pytest.mark.skipif(sys.platform == "win32", reason="windows are started as of Unix")
def test_two_windows_and_command_lines_lose_nothing_on_one_workspace(
    data_folder: Path, tmp_path: Path
) -> None:
    """All are processes of their own; they label and predict at the same time."""
    workspace, over = tmp_path / "workspace", tmp_path / "over"
    table = tmp_path / "labels.csv"
    places = [f"p05,{x},{y},Excluded" for x in (151, 201) for y in (101, 151)]
    table.write_text("\n".join(["patient,x,y,label", *places]) + "\n")
    windows = [
        window(data_folder, workspace, reader, str(STROKES), str(over)) for reader in ("Ann", "Bea")
    ]
    data, place = str(data_folder), ("--workspace", str(workspace))
    commands = [
        command("labels", "import", data, str(table), "--reader", "Cid", *place),
        command("predict", data, "--model", "simple_cnn", "--out", str(tmp_path / "out"), *place),
    ]
    for process in commands:
        words, complaints = process.communicate(timeout=120)
        assert process.returncode == 0, words + complaints
    for process in windows:
        told_of(process, until=STROKES)
    over.touch()
    seen = [process.communicate(timeout=120) for process in windows]
    for process, (_, complaints) in zip(windows, seen, strict=True):
        assert process.returncode == 0, complaints
        assert not [line for line in complaints.splitlines() if "propagateSizeHints" not in line]

    dataset, kept = open_dataset(data_folder, workspace=workspace)
    book = LabelBook(kept.labels_path, dataset, reader="later")
    assert [words.splitlines()[-1] for words, _ in seen] == [digest(book)] * 2, "all see the same"
    assert (book.state.of_reader("Cid") == Label.EXCLUDED).sum() == len(places)
    book.close()
    numbers = kept_by(kept.labels_path)
    assert numbers["Ann"] == numbers["Bea"] == list(range(1, STROKES + 1)), "none is lost"
    store = PredictionStore(kept.predictions_folder, find_model("simple_cnn").fingerprint)
    pixels = PixelStore(kept.pixels_folder, dataset)
    for patient in dataset.patients:
        rows = dataset.rows(patient)
        found = store.load(patient, rows.stop - rows.start, signature=pixels.signature(patient))
        assert found is not None
        assert np.isfinite(found).all()
        assert pixels.kept(patient) is not None
    assert not store.damaged
    assert not dataset.report.findings
    assert not list(workspace.rglob("*.part")), "no half files"


def command(*words: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-m", "bcviewer", *words], stdout=pipe, stderr=pipe, text=True
    )


def told_of(process: subprocess.Popen[str], *, until: int) -> None:
    """Wait until a window says that so many of its strokes are on the disk."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == str(until):
            return
    raise AssertionError(process.stderr.read() if process.stderr else "")


class SameSecond(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: object = None) -> SameSecond:
        return cls(2026, 3, 4, 5, 6, 7)


def test_runs_that_begin_in_the_same_moment_have_folders_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training_panel, "datetime", SameSecond)

    def begin(seed: int) -> int:
        while True:
            run = training_panel.new_run_folder(tmp_path / "runs", "simple_cnn")
            try:
                claim_run_folder(tiny_job(tmp_path, run=run, seed=seed), begun_here=True)
            except JobError as error:
                assert "begun in" in error.message
                assert "again" in error.hint
                continue
            return seed

    with ThreadPoolExecutor(STARTS) as threads:
        begun = sorted(threads.map(begin, range(STARTS)))
    assert begun == list(range(STARTS))
    runs = [RunFolder(path) for path in (tmp_path / "runs").iterdir()]
    assert len(runs) == STARTS, "a folder for each"
    assert sorted(read_job(run.job_path).seed for run in runs) == begun, "and its own job in it"
