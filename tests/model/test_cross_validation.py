"""A cross-validation is a folder of runs: begun, stopped, killed, followed, gone on with."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bcviewer.dataset.opening import open_dataset
from bcviewer.errors import JobError, SplitError, StorageError
from bcviewer.model.cross_validation import (
    CrossValidation,
    FoldState,
    begin,
    check_recipe,
    folds_of,
    make_settings,
    new_folder,
    open_cross_validation,
    read_settings,
)
from bcviewer.model.cross_validation_run import FoldsTraining
from bcviewer.model.cross_validation_time import FoldsClock
from bcviewer.model.events import Cancelled_, EpochDone, Event, Failed, Finished
from bcviewer.model.folder import CARD
from bcviewer.model.job import read_job, write_job
from bcviewer.model.run_commands import live_runs
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.runs import list_runs
from bcviewer.model.runs_changes import delete_run
from bcviewer.model.runs_trash import read_trash, restore_run
from tests.model.conftest import tiny_job

REPOSITORY = Path(__file__).parents[2]
QUICK, SLOW = 0.02, 60.0
Told = list[tuple[int, Event]]


@pytest.fixture(autouse=True)
def path_of_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))


@pytest.fixture
def cross(data_folder: Path, tmp_path: Path) -> CrossValidation:
    """Three folds of six patients, begun."""
    job = tiny_job(tmp_path, epochs=3)
    dataset, _ = open_dataset(data_folder, workspace=job.workspace)
    folder = tmp_path / "workspace" / "runs" / "three"
    return begin(folder, make_settings(job, folds=3), dataset)


def program(run: RunFolder, seconds: float = QUICK) -> list[str]:
    return [sys.executable, "-m", "tests.fold_program", str(run.path), str(seconds)]


def trained(cross: CrossValidation, told: Told) -> FoldsTraining:
    return FoldsTraining(
        cross, tell=lambda fold, event: told.append((fold, event)), command=program
    )


def endings(told: Told) -> list[tuple[int, type[Event]]]:
    found = [(fold, event) for fold, event in told]
    kinds = (Finished, Cancelled_, Failed)
    return [(fold, type(event)) for fold, event in found if isinstance(event, kinds)]


def states(cross: CrossValidation) -> list[FoldState]:
    return [cross.state(fold) for fold in cross.numbers]


def until(true: object) -> None:
    assert callable(true)
    ends = time.monotonic() + 60
    while not true():
        assert time.monotonic() < ends, "it did not come to pass"
        time.sleep(0.02)


def test_it_is_begun_with_a_split_and_a_job_for_each_fold(cross: CrossValidation) -> None:
    assert states(cross) == [FoldState.WAITING] * 3
    splits = [json.loads(cross.split_path(fold).read_text()) for fold in cross.numbers]
    tested = [patient for split in splits for patient in split["patients"]["test"]]
    assert sorted(tested) == [f"p{number:02}" for number in range(6)]
    job = cross.job_of(2)
    assert job.run == cross.path / "fold-2"
    assert job.split == cross.split_path(2)
    assert job.epochs == cross.settings.job.epochs
    assert open_cross_validation(cross.path) == cross


def test_all_folds_are_trained_and_listed_as_runs(cross: CrossValidation) -> None:
    told: Told = []
    assert trained(cross, told).run() is None
    assert endings(told) == [(1, Finished), (2, Finished), (3, Finished)]
    assert states(cross) == [FoldState.DONE] * 3
    runs = list_runs(cross.path.parent)
    assert sorted(run.name for run in runs) == ["three/fold-1", "three/fold-2", "three/fold-3"]
    assert {run.state for run in runs} == {"finished"}
    again: Told = []
    assert trained(cross, again).run() is None
    assert again == []


def test_a_stopped_one_keeps_its_epochs_and_goes_on(cross: CrossValidation) -> None:
    told: Told = []
    training = trained(cross, told)

    def tell(fold: int, event: Event) -> None:
        told.append((fold, event))
        if fold == 2 and isinstance(event, EpochDone) and event.epoch == 1:
            training.stop()

    training = FoldsTraining(cross, tell=tell, command=lambda run: program(run, 0.5))
    assert isinstance(training.run(), Cancelled_)
    assert endings(told) == [(1, Finished), (2, Cancelled_)]
    assert states(cross) == [FoldState.DONE, FoldState.STOPPED, FoldState.WAITING]
    on: Told = []
    assert trained(open_cross_validation(cross.path), on).run() is None
    assert endings(on) == [(2, Finished), (3, Finished)]
    epochs = [event.epoch for fold, event in on if fold == 2 and isinstance(event, EpochDone)]
    assert epochs == [2, 3], "the fold was begun anew"


def test_asked_twice_it_ends_within_the_epoch(cross: CrossValidation) -> None:
    def tell(_fold: int, _event: Event) -> None:
        training.stop()
        training.stop()

    training = FoldsTraining(cross, tell=tell, command=lambda run: program(run, SLOW))
    began = time.monotonic()
    assert isinstance(training.run(), Cancelled_)
    assert time.monotonic() - began < SLOW / 2
    assert cross.state(1) is FoldState.WAITING


def test_a_fold_whose_parent_was_killed_is_followed(cross: CrossValidation) -> None:
    cross.prepare(1)
    orphan = subprocess.Popen(
        program(cross.run(1), 0.5), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    try:
        until(lambda: cross.state(1) is FoldState.TRAINING)
        assert live_runs(cross.path.parent) == [cross.run(1).path]
        told: Told = []
        assert trained(cross, told).run() is None
        assert endings(told) == [(1, Finished), (2, Finished), (3, Finished)]
        epochs = [e.epoch for fold, e in told if fold == 1 and isinstance(e, EpochDone)]
        assert epochs == [1, 2, 3]
    finally:
        orphan.kill()
        orphan.communicate()


def test_a_fold_that_is_killed_is_told_and_resumed(cross: CrossValidation) -> None:
    told: Told = []
    training = FoldsTraining(
        cross,
        tell=lambda fold, event: told.append((fold, event)),
        command=lambda run: [*program(run), "killed"],
    )
    ending = training.run()
    assert isinstance(ending, Failed)
    assert "SIGKILL" in ending.message
    assert states(cross) == [FoldState.STOPPED, FoldState.WAITING, FoldState.WAITING]
    on: Told = []
    assert trained(cross, on).run() is None
    assert [e.epoch for fold, e in on if fold == 1 and isinstance(e, EpochDone)] == [2, 3]


def test_a_fold_that_stopped_before_its_first_epoch_begins_anew(cross: CrossValidation) -> None:
    cross.prepare(1)
    run = cross.run(1)
    run.split_path.write_text("torn")
    cross.prepare(1)
    assert [path.name for path in run.path.iterdir()] == ["job.json"]
    run.last_path.parent.mkdir()
    run.last_path.write_bytes(b"weights")
    cross.prepare(1)
    assert run.last_path.is_file(), "what was learned is thrown away"


def test_one_that_was_moved_goes_on_with_its_own_splits(cross: CrossValidation) -> None:
    cross.prepare(1)
    cross.run(1).last_path.parent.mkdir()
    cross.run(1).last_path.write_bytes(b"weights")
    there = cross.path.with_name("elsewhere")
    cross.path.rename(there)
    moved = open_cross_validation(there)
    moved.prepare(1)
    assert read_job(moved.run(1).job_path).split == there / "splits" / "fold-1.json"
    assert moved.settings.recipe_fingerprint == cross.settings.recipe_fingerprint


def test_the_recipe_has_a_fingerprint_of_its_own(tmp_path: Path) -> None:
    here, there = tiny_job(tmp_path), tiny_job(tmp_path / "there")
    other = tiny_job(tmp_path, epochs=5)
    prints = [make_settings(job).recipe_fingerprint for job in (here, there, other)]
    assert prints[0] == prints[1] != prints[2]
    assert make_settings(here, folds=3).recipe_fingerprint != prints[0]


def test_start_weights_that_have_seen_patients_are_refused(tmp_path: Path) -> None:
    job = tiny_job(tmp_path, weights="simple_cnn")
    with pytest.raises(JobError, match="has learned from patients"):
        check_recipe(job)


def test_a_folder_in_use_is_refused(cross: CrossValidation, tmp_path: Path) -> None:
    dataset, _ = open_dataset(cross.settings.job.folder, workspace=cross.settings.job.workspace)
    with pytest.raises(JobError, match="--resume"):
        begin(cross.path, cross.settings, dataset)
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").touch()
    with pytest.raises(JobError, match="letter"):
        begin(other, cross.settings, dataset)
    with pytest.raises(StorageError, match="never written to"):
        begin(dataset.root / "folds", cross.settings, dataset)
    with pytest.raises(SplitError, match="too few"):
        begin(tmp_path / "many", make_settings(cross.settings.job, folds=7), dataset)
    assert not (tmp_path / "many").exists()


@pytest.mark.parametrize("content", ["", "{}", '{"kind": "bcviewer-cross-validation"}', "[1]"])
def test_a_damaged_file_is_told(cross: CrossValidation, content: str) -> None:
    (cross.path / "cross_validation.json").write_text(content)
    with pytest.raises(JobError):
        open_cross_validation(cross.path)


def test_other_data_are_told(cross: CrossValidation) -> None:
    job = cross.settings.job
    patch = next((job.folder / "p03" / "0").glob("*.png"))
    patch.unlink()
    dataset, _ = open_dataset(job.folder, workspace=job.workspace)
    with pytest.raises(JobError, match="has changed"):
        folds_of(cross, dataset)


def test_settings_come_from_a_job_or_from_another_cross_validation(
    cross: CrossValidation, tmp_path: Path
) -> None:
    write_job(tmp_path / "job.json", tiny_job(tmp_path))
    assert read_settings(tmp_path / "job.json").folds == 5
    assert read_settings(cross.path / "cross_validation.json").folds == 3
    assert read_settings(tmp_path / "job.json", folds=4).folds == 4
    for folds in (1, 0, -2, 100_000):
        with pytest.raises(JobError, match="folds"):
            read_settings(tmp_path / "job.json", folds=folds)
    with pytest.raises(JobError):
        read_settings(tmp_path / "none.json")


def test_names_of_folders_do_not_meet(tmp_path: Path) -> None:
    settings = make_settings(tiny_job(tmp_path), folds=4)
    first = new_folder(tmp_path, settings)
    assert first.name.endswith("simple_cnn-4-folds")
    first.mkdir()
    assert new_folder(tmp_path, settings) != first


def test_a_fold_goes_to_the_trash_and_back(cross: CrossValidation) -> None:
    assert trained(cross, []).run() is None
    runs = cross.path.parent
    record = next(run for run in list_runs(runs) if run.name == "three/fold-2")
    trashed = delete_run(record)
    assert [run.origin for run in read_trash(runs).runs] == [record.path]
    assert len(list_runs(runs)) == 2
    restore_run(trashed)
    assert len(list_runs(runs)) == 3
    assert (cross.run(2).model_path / CARD).is_file()


def test_the_time_left_counts_the_folds_that_wait(cross: CrossValidation) -> None:
    clock = FoldsClock(cross)
    assert clock.seconds_left != clock.seconds_left, "nobody knows yet"
    scores = {"loss": 0.5, "auc": 0.9}
    clock.hear(1, EpochDone(1, 3, 10.0, scores, scores, best_epoch=1))
    assert clock.seconds_left == pytest.approx(2 * 10 + 2 * 3 * 10)
    clock.hear(1, Finished(Path("model"), 3, scores, 36.0, stopped_early=False))
    assert clock.seconds_left == pytest.approx(2 * 36)
    clock.hear(2, EpochDone(1, 3, 12.0, scores, scores, best_epoch=1))
    assert clock.seconds_left == pytest.approx(2 * 12 + 36)
