"""Whole patients are predicted, unreadable patches have no probability, and it can be stopped."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.scan import scan
from bcviewer.errors import Cancelled, DataError
from bcviewer.model.prediction import predict_patients


class Redness:
    """Stands in for a model: the mean of the red channel."""

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        red: NDArray[np.float32] = pixels[..., 0].mean(axis=(1, 2), dtype=np.float32)
        return red / np.float32(255)


@pytest.fixture
def dataset(data_folder: Path) -> Dataset:
    """Six patients of twenty patches each, one of them damaged."""
    next((data_folder / "p01" / "1").iterdir()).write_bytes(b"no picture")
    return scan(data_folder)


@pytest.fixture
def pixels(dataset: Dataset, tmp_path: Path) -> PixelStore:
    """Their pixels."""
    return PixelStore(tmp_path / "pixels", dataset)


def test_probabilities_come_in_the_order_of_the_rows(dataset: Dataset, pixels: PixelStore) -> None:
    (found,) = predict_patients(dataset, pixels, Redness(), ["p03"], batch_size=7)
    labels = dataset.labels[dataset.rows("p03")]
    assert found.patient == "p03"
    assert found.probabilities.dtype == np.float32
    assert np.array_equal(found.probabilities < 0.75, labels == 1)
    assert found.signature == pixels.signature("p03")


def test_an_unreadable_patch_has_no_probability(dataset: Dataset, pixels: PixelStore) -> None:
    (found,) = predict_patients(dataset, pixels, Redness(), ["p01"])
    assert np.isnan(found.probabilities).sum() == 1


def test_progress_counts_all_patches_up_to_the_end(dataset: Dataset, pixels: PixelStore) -> None:
    told: list[tuple[int, int]] = []
    wanted = ["p01", "p00"]
    found = predict_patients(
        dataset, pixels, Redness(), wanted, batch_size=8, progress=lambda *now: told.append(now)
    )
    assert [one.patient for one in found] == wanted
    assert told[-1] == (40, 40)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_it_stops_between_batches(dataset: Dataset, pixels: PixelStore) -> None:
    pixels.patient("p00")
    questions = itertools.count()
    found = predict_patients(
        dataset, pixels, Redness(), ["p00"], batch_size=5, cancelled=lambda: next(questions) >= 2
    )
    with pytest.raises(Cancelled):
        next(found)
    assert next(questions) == 3


def test_a_patient_that_is_not_there_is_told(dataset: Dataset, pixels: PixelStore) -> None:
    with pytest.raises(DataError, match="p99"):
        next(predict_patients(dataset, pixels, Redness(), ["p99"]))
