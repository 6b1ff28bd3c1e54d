"""The split of a training: counted by any labels, and refused where nothing can be learned."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.scan import scan
from bcviewer.dataset.split import split_by_patch, split_by_patient, split_from_lists
from bcviewer.dataset.split_file import save_split
from bcviewer.errors import JobError
from bcviewer.model.training_split import check_split, count_parts, split_of, warnings_of
from tests.factories import small_dataset
from tests.model.conftest import tiny_job


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Six patients of twenty patches, six of which are IDC."""
    return scan(small_dataset(tmp_path_factory.mktemp("data")))


def test_a_job_without_a_split_file_is_split_by_patient_with_its_seed(
    dataset: Dataset, tmp_path: Path
) -> None:
    made = split_of(tiny_job(tmp_path, seed=3), dataset)
    assert made.fingerprint == split_by_patient(dataset, seed=3).fingerprint


def test_a_split_file_is_taken_as_it_is(dataset: Dataset, tmp_path: Path) -> None:
    mine = split_by_patch(dataset, seed=8)
    save_split(mine, tmp_path / "mine.json")
    assert split_of(tiny_job(tmp_path, split=tmp_path / "mine.json"), dataset).by == "patch"


def test_the_parts_are_counted_by_the_labels_of_the_data(dataset: Dataset) -> None:
    split = split_from_lists(dataset, train=["p00", "p01"], validation=["p02"], test=["p03"])
    train, validation, test = count_parts(split)
    assert (train.patients, train.patches, train.idc) == (2, 40, 12)
    assert train.idc_share == pytest.approx(0.3)
    assert (validation.patients, test.patches) == (1, 20)


def test_other_labels_take_their_place_and_may_leave_patches_out(dataset: Dataset) -> None:
    split = split_from_lists(dataset, train=["p00", "p01"], validation=["p02"], test=[])
    labels = dataset.labels.copy()
    labels[dataset.rows("p00")] = -1
    labels[dataset.rows("p01")] = 1
    train, _, test = count_parts(split, labels)
    assert (train.patients, train.patches, train.idc) == (1, 20, 20)
    assert (test.patients, test.patches, test.idc_share) == (0, 0, 0.0)
    check_split(split)
    with pytest.raises(JobError, match=r"one class \(IDC\)"):
        check_split(split, labels)


def test_labels_that_leave_a_whole_part_out_are_refused(dataset: Dataset) -> None:
    split = split_from_lists(dataset, train=["p00"], validation=["p02"], test=[])
    labels = dataset.labels.copy()
    labels[dataset.rows("p02")] = -1
    with pytest.raises(JobError, match="validation part"):
        check_split(split, labels)
    assert any("validation part has 0 patients" in w for w in warnings_of(split, labels=labels))


@given(st.data())
def test_no_patch_is_counted_twice_or_lost(dataset: Dataset, data: st.DataObject) -> None:
    seed = data.draw(st.integers(0, 50))
    share = data.draw(st.floats(0, 1))
    labels = dataset.labels.copy()
    labels[np.random.default_rng(seed).random(len(labels)) < share] = -1
    parts = count_parts(split_by_patch(dataset, seed=seed), labels)
    assert sum(part.patches for part in parts) == (labels >= 0).sum()
    assert sum(part.idc for part in parts) == (labels == 1).sum()
    assert all(part.patients <= min(part.patches, 6) for part in parts)
