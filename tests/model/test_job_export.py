"""A job file goes to another machine with what it needs: split, start weights, a place to train."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from bcviewer.annotation.reading import EffectiveLabels, read_effective_labels
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.split import Split, split_by_patch, split_by_patient
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import StorageError
from bcviewer.model.job import TrainingJob, read_job
from bcviewer.model.job_export import export_job
from bcviewer.model.library import bundled_models, find_model
from bcviewer.model.training_split import split_of
from tests.model.conftest import tiny_job


@pytest.fixture
def dataset(data_folder: Path) -> Dataset:
    return open_dataset(data_folder)[0]


def moved(
    job: TrainingJob, tmp_path: Path, *, dataset: Dataset, split: Split
) -> tuple[TrainingJob, Path]:
    """The job as it is read where its folder and nothing else of this machine has come to."""
    export_job(job, tmp_path / "here" / "quick.json", dataset=dataset, split=split)
    place = tmp_path / "elsewhere" / "jobs"
    place.parent.mkdir()
    (tmp_path / "here").rename(place)
    return read_job(place / "quick.json"), place


def test_a_split_goes_along(dataset: Dataset, tmp_path: Path) -> None:
    made = split_by_patch(dataset, seed=7)
    job = tiny_job(tmp_path, split=tmp_path / "workspace" / "splits" / "patch-wise-seed-7.json")
    there, place = moved(job, tmp_path, dataset=dataset, split=made)
    assert there.split == place / "quick.split.json"
    assert split_of(there, dataset).fingerprint == made.fingerprint
    same = {"split": job.split, "run": job.run}
    assert there.model_copy(update=same) == job, "all else is as it was"
    assert there.run == place / "quick-run"
    assert not there.run.exists()


def test_a_split_by_patient_and_the_folders_own_workspace_need_no_file(
    data_folder: Path, tmp_path: Path
) -> None:
    dataset, own = open_dataset(data_folder)
    job = tiny_job(tmp_path, workspace=own.folder)
    split = split_by_patient(dataset, seed=0)
    there, place = moved(job, tmp_path, dataset=dataset, split=split)
    assert (there.split, there.workspace) == (None, None)
    assert [path.name for path in place.iterdir()] == ["quick.json"]


def test_a_file_of_weights_goes_along(dataset: Dataset, tmp_path: Path) -> None:
    weights = tmp_path / "mine.h5"
    weights.write_bytes(b"weights")
    job = tiny_job(tmp_path, model="mobilenetv2", weights=str(weights))
    split = split_by_patient(dataset, seed=0)
    there, place = moved(job, tmp_path, dataset=dataset, split=split)
    weights.unlink()
    assert Path(there.weights) == place / "quick.weights.h5"
    assert Path(there.weights).read_bytes() == b"weights"
    export_job(there, place / "quick.json", dataset=dataset, split=split)
    assert read_job(place / "quick.json") == there, "saved over itself, it keeps its weights"


def test_a_model_to_go_on_from_goes_along_with_its_split(dataset: Dataset, tmp_path: Path) -> None:
    model = tmp_path / "run" / "model"
    shutil.copytree(bundled_models()["simple_cnn"], model)
    known = find_model(str(model)).fingerprint
    job, split = tiny_job(tmp_path, weights=str(model.parent)), split_by_patient(dataset, seed=5)
    there, place = moved(job, tmp_path, dataset=dataset, split=split)
    shutil.rmtree(model.parent)
    assert find_model(there.weights).path == place / "quick.model"
    assert find_model(there.weights).fingerprint == known
    assert split_of(there, dataset).fingerprint == split.fingerprint
    (place / "quick.model" / "README.md").unlink()
    again = there.model_copy(update={"weights": str(place / "quick.model")})
    export_job(again, place / "other.json", dataset=dataset, split=split)
    export_job(again, place / "other.json", dataset=dataset, split=split)
    assert find_model(read_job(place / "other.json").weights).fingerprint == known
    assert not [path for path in place.iterdir() if path.name.startswith(".")]


def test_a_bundled_model_goes_by_its_name(dataset: Dataset, tmp_path: Path) -> None:
    job = tiny_job(tmp_path, weights=str(bundled_models()["simple_cnn"]))
    split = split_by_patient(dataset, seed=0)
    there, _ = moved(job, tmp_path, dataset=dataset, split=split)
    assert there.weights == "simple_cnn"


def test_corrected_labels_go_along_and_are_what_is_learned_from(
    dataset: Dataset, tmp_path: Path
) -> None:
    said = dataset.labels.copy()
    said[:2], said[2] = 1 - said[:2], -1
    labels, split = EffectiveLabels.of(dataset, said), split_by_patient(dataset, seed=0)
    path = tmp_path / "here" / "quick.json"
    export_job(tiny_job(tmp_path), path, dataset=dataset, split=split, labels=labels)
    place = (tmp_path / "here").rename(tmp_path / "elsewhere")
    there = read_job(place / "quick.json")
    nowhere = Workspace(tmp_path / "another workspace")
    found = read_effective_labels(nowhere, dataset, kept=there.labels)
    np.testing.assert_array_equal(found.labels, said)
    assert found.fingerprint == labels.fingerprint != ""
    assert read_effective_labels(nowhere, dataset).fingerprint == ""
    (place / "quick.labels.npz").unlink()
    with pytest.raises(StorageError, match=r"quick.labels.npz is not there"):
        read_effective_labels(nowhere, dataset, kept=there.labels)


def test_nothing_is_written_where_it_should_not_be(dataset: Dataset, tmp_path: Path) -> None:
    split = split_by_patient(dataset, seed=0)
    with pytest.raises(StorageError, match="never written to"):
        export_job(tiny_job(tmp_path), dataset.root / "job.json", dataset=dataset, split=split)
    model = tmp_path / "run" / "model"
    shutil.copytree(bundled_models()["simple_cnn"], model)
    taken = tmp_path / "job.model"
    taken.mkdir()
    (taken / "thesis.txt").write_text("mine")
    job = tiny_job(tmp_path, weights=str(model))
    with pytest.raises(StorageError, match="in the way"):
        export_job(job, tmp_path / "job.json", dataset=dataset, split=split)
    assert (taken / "thesis.txt").read_text() == "mine"


def test_the_file_itself_names_no_folder_but_that_of_the_data(
    dataset: Dataset, tmp_path: Path
) -> None:
    weights = tmp_path / "mine.h5"
    weights.touch()
    job = tiny_job(tmp_path, model="mobilenetv2", weights=str(weights), workspace=None, split="s")
    path = tmp_path / "place" / "quick.json"
    export_job(job, path, dataset=dataset, split=split_by_patch(dataset, seed=0))
    content = json.loads(path.read_text())
    paths = {name for name, value in content.items() if isinstance(value, str) and "/" in value}
    assert paths == {"folder"}
