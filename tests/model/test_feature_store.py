"""Features are kept by backbone and patient, and only given back where they still fit."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from bcviewer.errors import ModelError, StorageError
from bcviewer.model.feature_store import KEPT_BACKBONES, FeatureStore

FEATURES = np.array([[0.5, 6.0, 0.001], [np.nan] * 3], np.float32)
SHAPE = (2, 3)
NOW = "as they are"


@pytest.fixture
def store(tmp_path: Path) -> FeatureStore:
    """A store with one patient in it."""
    store = FeatureStore(tmp_path / "features", "a" * 64)
    store.save("8975", FEATURES, signature=NOW)
    return store


@pytest.mark.parametrize("offset", [0.0, 1000.0])
def test_features_come_back_to_a_step_in_sixteen_bits(store: FeatureStore, offset: float) -> None:
    features = np.random.default_rng(0).normal(offset, 1, (50, 3)).astype(np.float32)
    features[7] = np.nan
    store.save("9000", features, signature=NOW)
    assert store.has("9000", signature=NOW)
    found = store.load("9000", (50, 3), signature=NOW)
    assert found is not None
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, features, rtol=1e-7, atol=1e-4)


@pytest.mark.parametrize("value", [0.0, 3.5, -1e30, np.nan])
def test_a_feature_that_never_changes_comes_back(store: FeatureStore, value: float) -> None:
    features = np.full((4, 3), value, np.float32)
    store.save("9000", features, signature=NOW)
    np.testing.assert_array_equal(store.load("9000", (4, 3), signature=NOW), features)


def test_a_patient_without_patches_has_no_features(store: FeatureStore) -> None:
    store.save("9000", np.empty((0, 3), np.float32), signature=NOW)
    found = store.load("9000", (0, 3), signature=NOW)
    assert found is not None
    assert found.shape == (0, 3)


def test_features_of_changed_pictures_or_another_size_do_not_fit(store: FeatureStore) -> None:
    assert not store.has("8975", signature="as they were")
    assert store.load("8975", SHAPE, signature="as they were") is None
    assert store.load("8975", (3, 3), signature=NOW) is None
    assert store.load("8975", (2, 4), signature=NOW) is None
    assert store.load("8976", SHAPE, signature=NOW) is None


def test_backbones_do_not_share(store: FeatureStore, tmp_path: Path) -> None:
    other = FeatureStore(tmp_path / "features", "b" * 64)
    assert other.load("8975", SHAPE, signature=NOW) is None


@pytest.mark.parametrize("share", [0, 0.2, 0.6, 0.99])
def test_a_torn_file_is_as_good_as_none(store: FeatureStore, tmp_path: Path, share: float) -> None:
    (path,) = tmp_path.rglob("8975.npz")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert store.load("8975", SHAPE, signature=NOW) is None


def test_a_flipped_bit_is_noticed(store: FeatureStore, tmp_path: Path) -> None:
    (path,) = tmp_path.rglob("8975.npz")
    content = bytearray(path.read_bytes())
    place = len(content) * 2 // 3
    content[place] ^= 1
    path.write_bytes(content)
    assert store.load("8975", SHAPE, signature=NOW) is None


def test_what_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "features").write_text("a file in the way")
    with pytest.raises(StorageError, match="Cannot write"):
        FeatureStore(tmp_path / "features", "a" * 64).save("8975", FEATURES, signature=NOW)


@pytest.mark.parametrize("patient", ["../8975", "a/b", "", ".", ".hidden"])
def test_a_patient_that_leads_out_of_the_folder_is_refused(
    store: FeatureStore, patient: str
) -> None:
    with pytest.raises(ModelError):
        store.save(patient, FEATURES, signature=NOW)


def test_only_the_backbones_used_last_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "features"
    names = [letter * 64 for letter in "abcde"]
    for age, name in enumerate(names):
        FeatureStore(folder, name).save("8975", FEATURES, signature=NOW)
        os.utime(folder / name[:32], (1000 + age, 1000 + age))
    half = folder / names[0][:32] / ".8975.npz.12345678.part"
    half.touch()
    os.utime(half, (1000, 1000))
    FeatureStore(folder, names[0]).forget_old_backbones()
    assert not half.exists()
    left = {path.name[0] for path in folder.iterdir()}
    assert left == {"a", "d", "e"}
    assert len(left) == KEPT_BACKBONES
