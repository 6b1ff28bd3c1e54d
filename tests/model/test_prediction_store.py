"""Predictions are kept by model and patient, and only given back where they still fit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bcviewer.errors import ModelError
from bcviewer.model.prediction_store import PredictionStore
from bcviewer.model.way import Precision

KEPT = np.array([0.1, np.nan, 0.9], np.float32)


@pytest.fixture
def store(tmp_path: Path) -> PredictionStore:
    """A store with one prediction in it."""
    store = PredictionStore(tmp_path, "a" * 64)
    store.save("8975", KEPT, signature="as they were")
    return store


def test_a_prediction_comes_back_as_it_was(store: PredictionStore) -> None:
    found = store.load("8975", 3)
    assert found is not None
    assert np.array_equal(found, KEPT, equal_nan=True)
    assert store.patients() == ("8975",)


def test_a_prediction_of_another_number_of_patches_does_not_fit(store: PredictionStore) -> None:
    assert store.load("8975", 4) is None


def test_a_prediction_of_pictures_that_changed_does_not_fit(store: PredictionStore) -> None:
    assert store.load("8975", 3, signature="as they are") is None
    assert store.load("8975", 3, signature="as they were") is not None


def test_models_do_not_share_predictions(store: PredictionStore, tmp_path: Path) -> None:
    other = PredictionStore(tmp_path, "b" * 64)
    assert other.load("8975", 3) is None
    assert other.patients() == ()


def test_predictions_of_different_ways_are_never_mixed(tmp_path: Path) -> None:
    ways = [(averaged, each) for averaged in (False, True) for each in Precision]
    for number, (averaged, precision) in enumerate(ways):
        store = PredictionStore(tmp_path, "a" * 64, averaged=averaged, precision=precision)
        assert store.load("8975", 3) is None
        store.save("8975", KEPT + np.float32(number))
    for number, (averaged, precision) in enumerate(ways):
        store = PredictionStore(tmp_path, "a" * 64, averaged=averaged, precision=precision)
        found = store.load("8975", 3)
        assert found is not None
        assert found[0] == KEPT[0] + np.float32(number)


@pytest.mark.parametrize("keep", [0, 30, 200])
def test_a_damaged_file_is_as_good_as_none(
    store: PredictionStore, tmp_path: Path, keep: int
) -> None:
    (path,) = tmp_path.rglob("8975.npz")
    path.write_bytes(path.read_bytes()[:keep])
    assert store.load("8975", 3) is None


@pytest.mark.parametrize("patient", ["../8975", "a/b", "", ".", ".hidden"])
def test_a_patient_that_leads_out_of_the_folder_is_refused(
    store: PredictionStore, patient: str
) -> None:
    with pytest.raises(ModelError):
        store.save(patient, KEPT)
