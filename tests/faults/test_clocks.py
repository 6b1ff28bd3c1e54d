"""A clock that is set back: the order of labels, the names of runs and the caches do not mind."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path

import numpy as np
import pytest

from bcviewer.annotation import book as book_module
from bcviewer.annotation.book import LabelBook
from bcviewer.annotation.labels import Label
from bcviewer.dataset import scan as scan_module
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.gui.widgets import training_panel
from bcviewer.model import cross_validation, head_run, live_folder, run_commands
from bcviewer.model.commands import Command, QueuedCommands
from bcviewer.model.library import find_model
from bcviewer.model.live_folder import SESSION, LiveFolder
from bcviewer.model.out_of_fold import newest_out_of_fold, save_out_of_fold
from bcviewer.model.run_folder import claim_run_folder
from tests.annotation.data import plain_dataset
from tests.factories import picture_bytes
from tests.model.conftest import tiny_job
from tests.model.made_data import made_dataset
from tests.model.test_out_of_fold import predicted
from tests.model.test_run_commands import until

HOUR = 3600


class Clock:
    """The clock of the machine, which somebody turns."""

    def __init__(self) -> None:
        self.back = 0.0

    def seconds(self) -> float:
        return time.time() - self.back

    def time_ns(self) -> int:
        return int(1e9 * self.seconds())

    def __getattr__(self, name: str) -> object:
        return getattr(time, name)  # what no clock that is turned changes


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock, for what writes the time of labels, scans and runs."""
    clock = Clock()

    class Turned(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Turned:
            return cls.fromtimestamp(clock.seconds(), tz)

    for module in (book_module, training_panel, head_run, cross_validation):
        monkeypatch.setattr(module, "datetime", Turned)
    for module in (scan_module, live_folder, run_commands):
        monkeypatch.setattr(module, "time", clock)
    return clock


def test_the_order_of_labels_is_that_of_the_log_and_not_of_the_clock(
    clock: Clock, tmp_path: Path
) -> None:
    dataset, path = plain_dataset(), tmp_path / "labels.sqlite"
    ann = LabelBook(path, dataset, reader="Ann")
    bea = LabelBook(path, dataset, reader="Bea")
    ann.label(np.arange(6), Label.IDC)
    ann.flush()
    clock.back = 2 * HOUR
    bea.poll()
    bea.label(np.arange(3), Label.UNSURE)
    bea.flush()
    ann.poll()
    expected = [Label.UNSURE] * 3 + [Label.IDC] * 3
    assert ann.state.labels[:6].tolist() == expected, "the latest word is the later one"
    ann.undo()
    ann.flush()
    assert ann.state.labels[:6].tolist() == [Label.UNSURE] * 3 + [-1] * 3
    ann.redo()
    ann.flush()
    for book in (ann, bea):
        book.close()
    later = LabelBook(path, dataset, reader="Ann")
    assert later.state.labels[:6].tolist() == expected
    assert later.can_undo
    times = [line.time for line in later.history]
    assert times != sorted(times), "the clock did go back"
    later.close()


def new_run(runs: Path) -> Path:
    return training_panel.new_run_folder(runs, "simple_cnn")


def new_head(runs: Path) -> Path:
    return head_run.new_head_run(runs, find_model("simple_cnn"))


def new_folds(runs: Path) -> Path:
    settings = cross_validation.make_settings(tiny_job(runs.parent), folds=3)
    return cross_validation.new_folder(runs, settings)


@pytest.mark.parametrize("new", [new_run, new_head, new_folds])
def test_runs_of_an_hour_that_comes_twice_do_not_share_a_folder(
    clock: Clock, tmp_path: Path, new: Callable[[Path], Path]
) -> None:
    first = new(tmp_path)
    first.mkdir()
    (first / "job.json").write_text("{}")
    clock.back = time.time() - datetime.strptime(first.name[:17], "%Y-%m-%d-%H%M%S").timestamp()
    assert new(tmp_path).name == f"{first.name}-2"


def test_a_training_that_goes_on_after_the_clock_went_back_hears_commands(
    clock: Clock, tmp_path: Path
) -> None:
    """What a kill left of its session before is of a later hour."""
    run = claim_run_folder(tiny_job(tmp_path))
    killed = run.live_path / f"{SESSION}{clock.time_ns():020d}-killed"
    killed.mkdir(parents=True)
    clock.back = HOUR
    heard = QueuedCommands()
    with LiveFolder(run.path, heard):
        until(lambda: not killed.exists() and list(run.live_path.glob(f"{SESSION}*")))
        for command in (Command.PAUSE, Command.RESUME, Command.CANCEL):
            assert run_commands.send_command(run.path, command, wait_seconds=20)
            assert heard.next(wait_seconds=20) == command
            clock.back += HOUR


def test_the_newest_out_of_fold_predictions_are_those_that_were_finished_last(
    tmp_path: Path,
) -> None:
    dataset = made_dataset([20] * 9)
    first = save_out_of_fold(predicted(dataset, name="five"), tmp_path)
    later = time.time() + HOUR
    os.utime(first, (later, later))
    for name in ("four", "again"):
        save_out_of_fold(predicted(dataset, name=name), tmp_path)
        newest = newest_out_of_fold(tmp_path, dataset)
        assert newest is not None
        assert newest.card.name == name


def test_a_scan_by_a_clock_that_went_back_sees_every_change(
    clock: Clock, data_folder: Path
) -> None:
    clock.back = HOUR
    first, _ = open_dataset(data_folder)
    new = data_folder / "p02" / "1" / "p02_idx5_x1_y1_class1.png"
    new.write_bytes(picture_bytes(1))
    again, _ = open_dataset(data_folder)
    assert len(again) == len(first) + 1
    new.unlink()
    # Its time lies before that of the index: older than what was seen, and another all the same.
    past = time.time() - 5 * HOUR
    os.utime(new.parent, (past, past))
    last, _ = open_dataset(data_folder)
    assert last.fingerprint == first.fingerprint


def test_a_picture_that_is_older_than_its_kept_pixels_is_read_again(data_folder: Path) -> None:
    dataset, place = open_dataset(data_folder)
    store = PixelStore(place.pixels_folder, dataset)
    before = np.array(store.patient("p01").pixels)
    row = dataset.rows("p01").start
    dataset.path(row).write_bytes(picture_bytes(0, seed=99))
    past = time.time() - 24 * HOUR
    os.utime(dataset.path(row), (past, past))
    after = store.patient("p01")
    assert not np.array_equal(before[0], after.pixels[0])
    np.testing.assert_array_equal(before[1:], after.pixels[1:])
    assert [finding.kind for finding in after.findings] == ["changed"]
