"""Before a training starts, data and split are looked through, and warnings come in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bcviewer.dataset.pixels import read_patch
from bcviewer.dataset.scan import scan
from bcviewer.dataset.split import Split, split_by_patch, split_by_patient, split_from_lists
from bcviewer.dataset.split_file import save_split
from bcviewer.errors import DataError, JobError
from bcviewer.model.commands import QueuedCommands
from bcviewer.model.events import Event
from bcviewer.model.job import TrainingJob
from bcviewer.model.keras_backend.controls import Controls
from bcviewer.model.keras_backend.material import Material, open_material
from bcviewer.model.training_split import warnings_of
from tests.factories import PatchSpec, grid_specs, small_dataset, write_dataset
from tests.model.conftest import tiny_job

BOTH = [PatchSpec(1, 1, 0), PatchSpec(51, 1, 1)]
NOT_IDC = [PatchSpec(1, 1, 0), PatchSpec(51, 1, 0)]


def opened(job: TrainingJob) -> Material:
    events: list[Event] = []
    controls = Controls(QueuedCommands(), events.append)
    return open_material(job, controls=controls, emit=events.append)


def with_lists(
    tmp_path: Path, patients: dict[str, list[PatchSpec]], **lists: list[str]
) -> TrainingJob:
    dataset = scan(write_dataset(tmp_path / "data", patients))
    parts: dict[str, list[str]] = {"train": [], "validation": [], "test": []}
    parts |= lists
    save_split(split_from_lists(dataset, **parts), tmp_path / "split.json")
    return tiny_job(tmp_path, split=tmp_path / "split.json")


def split_of(folder: Path, patients: int) -> Split:
    return split_by_patient(scan(small_dataset(folder, patients=patients, columns=2, rows=2)))


def test_unreadable_patches_are_left_out_and_told(data_folder: Path, tmp_path: Path) -> None:
    split = split_by_patient(scan(data_folder))
    patient = split.patients("train")[0]
    next((data_folder / patient / "0").iterdir()).write_bytes(b"no picture")
    material = opened(tiny_job(tmp_path))
    assert len(material.train) == len(split.rows("train")) - 1
    assert any("1 patch cannot be read" in text for text in material.warnings)


def test_a_drive_that_goes_while_it_is_read_is_no_smaller_training(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def unplug_after_thirty(path: Path) -> object:
        read.append(path)
        if len(read) == 30:
            data_folder.rename(tmp_path / "unplugged")
        return read_patch(path)

    monkeypatch.setattr("bcviewer.dataset.patient_files.read_patch", unplug_after_thirty)
    with pytest.raises(DataError, match=r"The pictures of p0\d are gone"):
        opened(tiny_job(tmp_path))


def test_too_many_unreadable_patches_are_refused(data_folder: Path, tmp_path: Path) -> None:
    for path in list((data_folder / "p00" / "0").iterdir())[:6]:
        path.write_bytes(b"no picture")
    with pytest.raises(DataError, match="6 of 100 patches") as error:
        opened(tiny_job(tmp_path))
    assert str(data_folder) in error.value.hint


def test_one_class_only_is_nothing_to_learn(tmp_path: Path) -> None:
    job = with_lists(tmp_path, {"a": NOT_IDC, "b": BOTH}, train=["a"], validation=["b"])
    with pytest.raises(JobError, match=r"one class \(not IDC\)"):
        opened(job)


@pytest.mark.parametrize(
    ("lists", "part"),
    [({"train": ["a"], "test": ["b"]}, "validation"), ({"validation": ["a"]}, "train")],
)
def test_an_empty_part_is_named(tmp_path: Path, lists: dict[str, list[str]], part: str) -> None:
    job = with_lists(tmp_path, {"a": BOTH, "b": BOTH}, **lists)
    with pytest.raises(JobError, match=f"no readable patch in its {part} part"):
        opened(job)


def test_validation_of_one_class_is_warned_of(tmp_path: Path) -> None:
    job = with_lists(tmp_path, {"a": BOTH, "b": NOT_IDC}, train=["a"], validation=["b"])
    assert any("all of one class" in text for text in opened(job).warnings)


def test_official_test_cases_are_warned_of(tmp_path: Path) -> None:
    job = with_lists(tmp_path, {"a": BOTH, "8864": BOTH}, train=["8864"], validation=["a"])
    (warning,) = [text for text in opened(job).warnings if "official" in text]
    assert "8864" in warning


def test_a_patch_wise_split_is_called_optimistic(tmp_path: Path) -> None:
    split = split_by_patch(scan(small_dataset(tmp_path, columns=8, rows=8)))
    assert any("optimistic" in text for text in warnings_of(split))


def test_few_patients_are_warned_of_and_many_are_not(tmp_path: Path) -> None:
    few = warnings_of(split_of(tmp_path / "few", 6))
    assert any("validation part has 1 patient only" in text for text in few)
    lists = {
        "train": [f"p{n}" for n in range(10)],
        "validation": [f"v{n}" for n in range(5)],
        "test": [],
    }
    patients = {name: grid_specs(2, 2) for part in lists.values() for name in part}
    dataset = scan(write_dataset(tmp_path / "many", patients))
    assert warnings_of(split_from_lists(dataset, **lists)) == ()
