"""What trainings read: the effective labels, and the snapshot that a run keeps of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from bcviewer.annotation.labels import Label
from bcviewer.annotation.reading import (
    EffectiveLabels,
    load_snapshot,
    read_effective_labels,
    save_snapshot,
)
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import StorageError
from tests.annotation.conftest import OpenBook
from tests.annotation.data import plain_dataset


def test_without_a_log_the_labels_are_the_original(tmp_path: Path, dataset: Dataset) -> None:
    read = read_effective_labels(Workspace(tmp_path), dataset)
    assert read.labels.tolist() == dataset.labels.tolist()
    assert (read.fingerprint, read.corrected, read.left_out) == ("", 0, 0)
    assert list(tmp_path.iterdir()) == []


def test_a_run_keeps_the_labels_it_began_with(
    open_book: OpenBook, log_path: Path, dataset: Dataset, tmp_path: Path
) -> None:
    book = open_book()
    book.label(np.array([1, 2]), Label.IDC)
    book.label(np.array([3]), Label.EXCLUDED)
    book.confirm(np.array([4]))
    book.flush()
    read = read_effective_labels(Workspace(log_path.parent), dataset)
    assert read.labels.tolist() == book.state.effective().tolist()
    assert (read.fingerprint, read.corrected, read.left_out) == (book.state.fingerprint, 2, 1)
    save_snapshot(read, dataset, tmp_path / "run" / "labels.npz")
    book.label(np.array([5]), Label.UNSURE)
    kept = load_snapshot(tmp_path / "run" / "labels.npz", dataset)
    assert kept.labels.tolist() == read.labels.tolist()
    assert kept.fingerprint == read.fingerprint
    assert load_snapshot(tmp_path / "none.npz", dataset).fingerprint == ""


def test_a_snapshot_that_does_not_fit_is_refused(tmp_path: Path, dataset: Dataset) -> None:
    path = tmp_path / "labels.npz"
    save_snapshot(EffectiveLabels.of(dataset, 1 - dataset.labels), dataset, path)
    with pytest.raises(StorageError, match="another data set"):
        load_snapshot(path, plain_dataset(patients=2))
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(StorageError, match="cannot be used"):
        load_snapshot(path, dataset)


@pytest.mark.parametrize(
    ("rows", "labels"),
    [([-1], [1]), ([3, 3], [1, 0]), ([999], [1]), ([1], [2]), ([1], [7]), ([1.5], [1])],
)
def test_a_snapshot_of_other_patches_or_labels_than_there_are_is_refused(
    tmp_path: Path, dataset: Dataset, rows: list[int], labels: list[int]
) -> None:
    path = tmp_path / "labels.npz"
    data = np.array(dataset.fingerprint)
    np.savez(path, data=data, rows=np.array(rows), labels=np.array(labels, np.int8))
    with pytest.raises(StorageError, match="cannot be used"):
        load_snapshot(path, dataset)


@pytest.mark.skipif(sys.platform == "win32", reason="such files are of Unix")
def test_a_snapshot_that_never_ends_is_refused(tmp_path: Path, dataset: Dataset) -> None:
    os.mkfifo(tmp_path / "pipe.npz")
    (tmp_path / "zeros.npz").symlink_to("/dev/zero")
    for name in ("pipe.npz", "zeros.npz"):
        with pytest.raises(StorageError, match="no plain file"):
            load_snapshot(tmp_path / name, dataset)
