"""Patches that look alike are found among other patients, patient by patient."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import Cancelled, DataError, StorageError
from bcviewer.model.feature_store import FeatureStore
from bcviewer.model.features import Backbone, FeatureExtractor
from bcviewer.model.folder import ModelFolder
from bcviewer.model.neighbours import NeighbourSearch, _Best
from tests.factories import small_dataset
from tests.model.conftest import TinyTraining


@pytest.fixture(scope="module")
def model(tiny_training: TinyTraining) -> ModelFolder:
    """The model of the tiny training."""
    return ModelFolder.open(tiny_training.run.model_path)


@pytest.fixture
def place(tmp_path: Path) -> tuple[Dataset, Workspace]:
    """Four patients of twenty patches, five of them IDC each."""
    return open_dataset(small_dataset(tmp_path / "data", patients=4), workspace=tmp_path / "work")


@pytest.fixture
def search(place: tuple[Dataset, Workspace], model: ModelFolder) -> NeighbourSearch:
    """A search in them, without features yet."""
    return new_search(place, model)


def new_search(place: tuple[Dataset, Workspace], model: ModelFolder) -> NeighbourSearch:
    dataset, workspace = place
    pixels = PixelStore(workspace.pixels_folder, dataset)
    return NeighbourSearch(dataset, pixels, workspace=workspace, folder=model)


def all_features(place: tuple[Dataset, Workspace], model: ModelFolder) -> NDArray[np.float32]:
    dataset, workspace = place
    pixels = PixelStore(workspace.pixels_folder, dataset)
    features, _ = FeatureExtractor(model).run(pixels.gather(np.arange(len(dataset))))
    return features


def test_the_nearest_patches_are_those_of_a_search_over_everything(
    search: NeighbourSearch, place: tuple[Dataset, Workspace], model: ModelFolder
) -> None:
    dataset = place[0]
    search.complete()
    found = search.find(3)
    features = all_features(place, model).astype(np.float64)
    deviation = features.std(axis=0)
    scaled = (features - features.mean(axis=0)) / np.where(deviation > 1e-9, deviation, np.inf)
    scaled /= np.linalg.norm(scaled, axis=1, keepdims=True)
    likeness = scaled @ scaled[3]
    likeness[dataset.rows("p00")] = -2
    assert (np.diff(found.likeness) <= 0).all()
    np.testing.assert_allclose(found.likeness, np.sort(likeness)[::-1][:8], atol=1e-3)
    np.testing.assert_allclose(likeness[found.rows], found.likeness, atol=1e-3)
    assert (found.patients, found.patches) == (3, 60)


def test_no_neighbour_is_of_the_patient_itself_and_all_are_of_those_asked_for(
    search: NeighbourSearch, place: tuple[Dataset, Workspace]
) -> None:
    search.complete()
    patients = place[0].patient_index
    assert 1 not in patients[search.find(25).rows]
    assert set(patients[search.find(25, among=["p01", "p03"]).rows].tolist()) == {3}
    assert len(search.find(25, among=["p01"]).rows) == 0
    assert len(search.find(25, count=50).rows) == 50


def test_the_probabilities_are_those_of_the_model(
    search: NeighbourSearch, place: tuple[Dataset, Workspace], model: ModelFolder
) -> None:
    search.complete()
    expected = Backbone(model).head.probabilities(all_features(place, model))
    found = search.probabilities("p03")
    np.testing.assert_allclose(found, expected[place[0].rows("p03")], atol=1e-4)


def test_a_patch_without_kept_features_is_sought_among_patients_that_have_them(
    search: NeighbourSearch, place: tuple[Dataset, Workspace], model: ModelFolder
) -> None:
    assert search.ready() == ()
    assert len(search.find(0).rows) == 0
    keep(place, model, ["p02"])
    assert search.ready() == ("p02",)
    found = search.find(0)
    assert (found.patients, found.patches) == (1, 20)
    assert set(place[0].patient_index[found.rows].tolist()) == {2}


def keep(place: tuple[Dataset, Workspace], model: ModelFolder, patients: list[str]) -> None:
    dataset, workspace = place
    features = all_features(place, model)
    store = FeatureStore(workspace.features_folder, Backbone(model).fingerprint)
    pixels = PixelStore(workspace.pixels_folder, dataset)
    for name in patients:
        store.save(name, features[dataset.rows(name)], signature=pixels.signature(name))


def test_what_was_made_stays_when_the_rest_is_stopped(
    search: NeighbourSearch, place: tuple[Dataset, Workspace], model: ModelFolder
) -> None:
    told: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        search.complete(progress=lambda *now: told.append(now), cancelled=lambda: len(told) > 1)
    assert told == [(20, 80), (40, 80)]
    again = new_search(place, model)
    assert again.ready() == ("p00", "p01")
    told.clear()
    predicted: list[str] = []
    again.complete(
        predicted=lambda name, *_: predicted.append(name), progress=lambda *now: told.append(now)
    )
    assert told == [(20, 40), (40, 40)]
    assert predicted == ["p02", "p03"]


def test_a_search_stops_and_goes_on_where_it_can(search: NeighbourSearch) -> None:
    search.complete()
    asked = iter([False] * 6)
    with pytest.raises(Cancelled):
        search.find(0, cancelled=lambda: next(asked, True))
    assert len(search.find(0).rows) == 8


def test_progress_tells_patients_and_reaches_the_last(search: NeighbourSearch) -> None:
    search.complete()
    told: list[tuple[int, int]] = []
    search.find(0, progress=lambda *now: told.append(now))
    assert told == [(done, 7) for done in range(7)], "four for the scale, three to search"
    told.clear()
    search.find(0, progress=lambda *now: told.append(now))
    assert told == [(done, 3) for done in range(3)]


def test_a_damaged_picture_is_nobodys_neighbour_and_has_none(
    place: tuple[Dataset, Workspace], model: ModelFolder
) -> None:
    place[0].path(30).write_bytes(b"no picture")
    search = new_search(place, model)
    search.complete()
    assert search.find(0, count=100).patches == 59
    assert 30 not in search.find(0, count=100).rows
    with pytest.raises(DataError, match="cannot be read"):
        search.find(30)


def test_a_torn_file_of_features_is_passed_over(
    search: NeighbourSearch, place: tuple[Dataset, Workspace]
) -> None:
    search.complete()
    assert len(search.ready()) == 4
    (path,) = place[1].features_folder.rglob("p02.npz")
    path.write_bytes(path.read_bytes()[:-200])
    found = search.find(0)
    assert found.patches == 40
    assert "p02" not in search.ready()


def test_a_disk_that_takes_no_features_is_told(
    search: NeighbourSearch, place: tuple[Dataset, Workspace]
) -> None:
    place[1].features_folder.write_text("a file in the way")
    with pytest.raises(StorageError):
        search.complete()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=4), st.integers(1, 9))
def test_merging_patient_by_patient_finds_the_best_of_all(sizes: list[int], count: int) -> None:
    generator = np.random.default_rng(sum(sizes) + count)
    whole = generator.permutation(sum(sizes)).astype(np.float32)
    best, start = _Best(count), 0
    for size in sizes:
        part = whole[start : start + size]
        best.add(part, start=start)
        start += size
    found = best.neighbours(len(sizes))
    assert found.rows.tolist() == np.argsort(-whole, kind="stable")[:count].tolist()
    assert found.patches == sum(sizes)


def test_the_same_search_again_finds_the_same_and_likeness_is_a_cosine(
    search: NeighbourSearch,
) -> None:
    search.complete()
    first, again = search.find(7), search.find(7)
    assert np.array_equal(first.rows, again.rows)
    assert np.array_equal(first.likeness, again.likeness)
    assert np.abs(search.find(7, count=200).likeness).max() <= 1 + 1e-5
