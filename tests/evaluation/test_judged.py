"""What is judged has a label and a prediction, and belongs to a patient."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.scan import scan
from bcviewer.errors import DataError
from bcviewer.evaluation.judged import Judged
from tests.factories import small_dataset


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return scan(small_dataset(tmp_path / "data", patients=3))


def test_rows_without_a_label_or_a_prediction_are_left_out(dataset: Dataset) -> None:
    labels = dataset.labels.copy()
    labels[20:25] = -1
    probabilities = np.linspace(0, 1, len(dataset), dtype=np.float32)
    probabilities[30:33] = np.nan
    judged = Judged.of(dataset, np.arange(20, 60), labels=labels, probabilities=probabilities)
    assert judged.rows.tolist() == [*range(25, 30), *range(33, 60)]
    assert (judged.labels == dataset.labels[judged.rows]).all()
    assert (judged.probabilities == probabilities[judged.rows]).all()
    assert [judged.names[number] for number in np.unique(judged.patients)] == ["p01", "p02"]
    assert judged.patient_count == 2
    assert len(judged) == 32


def test_the_arrays_are_what_they_say(dataset: Dataset) -> None:
    judged = Judged.of(
        dataset,
        np.arange(4, dtype=np.int32),
        labels=dataset.labels.astype(np.int64),
        probabilities=np.full(len(dataset), 0.5),
    )
    kinds = [judged.rows.dtype, judged.labels.dtype, judged.probabilities.dtype]
    assert kinds == [np.int64, np.int8, np.float32]
    assert judged.patients.dtype == np.int32


def test_nothing_to_judge_is_said(dataset: Dataset) -> None:
    nothing = np.full(len(dataset), np.nan, np.float32)
    with pytest.raises(DataError, match="no patch with both") as caught:
        Judged.of(dataset, np.arange(5), labels=dataset.labels, probabilities=nothing)
    assert caught.value.hint
    with pytest.raises(DataError):
        Judged.of(
            dataset,
            np.empty(0, np.int64),
            labels=dataset.labels,
            probabilities=np.ones(len(dataset), np.float32),
        )


def test_some_of_it_keep_their_patients(dataset: Dataset) -> None:
    judged = Judged.of(
        dataset,
        np.arange(len(dataset)),
        labels=dataset.labels,
        probabilities=np.ones(len(dataset), np.float32),
    )
    second = judged.only(judged.patients == 1)
    assert second.rows.tolist() == list(range(20, 40))
    assert second.names == judged.names
    assert len(second.only(np.zeros(20, np.bool_))) == 0
