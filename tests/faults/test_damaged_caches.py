"""Caches of an older version, or with a flipped bit: noticed, made again, never trusted."""

from __future__ import annotations

import json
import logging
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bcviewer.annotation.reading import EffectiveLabels, load_snapshot, save_snapshot
from bcviewer.dataset import index as index_module
from bcviewer.dataset import pixel_file
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.scan import UNSETTLED_NS, scan
from bcviewer.dataset.split import split_by_patient
from bcviewer.dataset.split_file import load_split, save_split
from bcviewer.errors import BcviewerError, ModelError, SplitError, StorageError, TrainingError
from bcviewer.evaluation.cost import parameters_of
from bcviewer.model.card import read_card
from bcviewer.model.context import ContextCard, read_context, write_context
from bcviewer.model.context_fit import fit_context
from bcviewer.model.engine import read_graph
from bcviewer.model.feature_store import FeatureStore, as_kept
from bcviewer.model.folder import CARD, ModelFolder
from bcviewer.model.graph_head import find_head, read_head
from bcviewer.model.head_network import write_network
from bcviewer.model.keras_backend.checkpoint import (
    Basis,
    BestEpoch,
    Checkpoint,
    load_checkpoint,
    save_checkpoint,
)
from bcviewer.model.library import bundled_models
from bcviewer.model.out_of_fold import load_out_of_fold, save_out_of_fold
from bcviewer.model.prediction_store import PredictionStore
from bcviewer.model.run_folder import RunFolder
from tests.annotation.data import plain_dataset
from tests.factories import small_dataset
from tests.model.made_data import made_dataset
from tests.model.test_context import noisy_patients
from tests.model.test_out_of_fold import predicted

flips = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
PLACE = st.floats(0, 1, exclude_max=True)
BIT = st.integers(0, 7)


def flip(path: Path, whole: bytes, place: float, bit: int) -> None:
    """Write a file with one bit another than it was."""
    spoilt = bytearray(whole)
    spoilt[int(place * len(spoilt))] ^= 1 << bit
    path.write_bytes(bytes(spoilt))


def kinds(dataset: Dataset) -> list[str]:
    return [finding.kind for finding in dataset.report.findings]


@pytest.fixture
def indexed(data_folder: Path) -> tuple[Path, Path, Dataset]:
    """Data and workspace, whose index is trusted."""
    time.sleep(UNSETTLED_NS / 1e9 + 0.1)
    workspace = data_folder.parent / "workspace"
    open_dataset(data_folder, workspace=workspace)
    dataset, _ = open_dataset(data_folder, workspace=workspace)
    return data_folder, workspace, dataset


@given(place=PLACE, bit=BIT)
@flips
def test_an_index_with_a_flipped_bit_is_never_trusted(
    indexed: tuple[Path, Path, Dataset], place: float, bit: int
) -> None:
    data, workspace, dataset = indexed
    path = workspace / "index.npz"
    whole = path.read_bytes()
    flip(path, whole, place, bit)
    again, _ = open_dataset(data, workspace=workspace)
    path.write_bytes(whole)
    assert again.fingerprint == dataset.fingerprint
    np.testing.assert_array_equal(again.names, dataset.names)
    assert again.folders == dataset.folders


def test_an_index_of_no_use_is_made_again_and_that_is_said(
    indexed: tuple[Path, Path, Dataset], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, workspace, dataset = indexed
    path = workspace / "index.npz"
    assert "cache" not in kinds(dataset)
    flip(path, path.read_bytes(), 0.5, 3)
    again, _ = open_dataset(data, workspace=workspace)
    assert kinds(again) == ["cache"]
    assert "damaged" in again.report.findings[0].text
    assert kinds(open_dataset(data, workspace=workspace)[0]) == []
    monkeypatch.setattr(index_module, "VERSION", index_module.VERSION + 1)
    newer, _ = open_dataset(data, workspace=workspace)
    assert "another version" in newer.report.findings[0].text
    assert newer.fingerprint == dataset.fingerprint
    assert kinds(open_dataset(data, workspace=workspace)[0]) == []


@pytest.fixture(scope="module")
def decoded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Dataset]:
    """Two patients with a picture that cannot be read, and their kept pixels."""
    folder = tmp_path_factory.mktemp("decoded")
    dataset = scan(small_dataset(folder / "data", patients=2, columns=3, rows=2))
    dataset.path(1).write_bytes(b"no picture")
    PixelStore(folder / "pixels", dataset).patient("p00")
    return folder / "pixels", dataset


@given(place=PLACE, bit=BIT, head=st.booleans())
@flips
def test_kept_pixels_with_a_flipped_bit_are_decoded_again(
    decoded: tuple[Path, Dataset], place: float, bit: int, head: bool
) -> None:
    folder, dataset = decoded
    good = PixelStore(folder, dataset).patient("p00")
    pixels = np.array(good.pixels)  # the kept ones are mapped, and about to be spoilt
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    flip(path, whole, place * (500 / len(whole) if head else 1), bit)
    again = PixelStore(folder, dataset).patient("p00")
    np.testing.assert_array_equal(again.pixels, pixels)
    np.testing.assert_array_equal(again.readable, good.readable)
    assert [f for f in again.findings if f.kind != "cache"] == list(good.findings)
    path.write_bytes(whole)


@pytest.mark.parametrize("damage", ["bit", "version"])
def test_damaged_pixels_are_kept_anew_and_that_is_said_once(
    data_folder: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, dataset = data_folder.parent / "pixels", scan(data_folder)
    PixelStore(folder, dataset).patient("p00")
    (path,) = folder.iterdir()
    if damage == "bit":
        flip(path, path.read_bytes(), 0.9, 0)
    else:
        monkeypatch.setattr(pixel_file, "MAGIC", b"BCVPIX99")
    found = PixelStore(folder, dataset).patient("p00").findings
    assert [finding.kind for finding in found] == ["cache"]
    assert list(folder.iterdir()) == [path], "made again, in the same place"
    assert PixelStore(folder, dataset).patient("p00").findings == ()


@given(place=PLACE, bit=BIT)
@flips
def test_a_prediction_with_a_flipped_bit_is_never_shown(
    tmp_path: Path, place: float, bit: int
) -> None:
    store = PredictionStore(tmp_path, "m" * 64)
    values = np.linspace(0, 1, 20, dtype=np.float32)
    store.save("p00", values, signature="s")
    (path,) = (tmp_path / ("m" * 32)).iterdir()
    flip(path, path.read_bytes(), place, bit)
    found = store.load("p00", 20, signature="s")
    assert found is None or np.array_equal(found, values)


@given(place=PLACE, bit=BIT)
@flips
def test_features_with_a_flipped_bit_are_never_learned_from(
    tmp_path: Path, place: float, bit: int
) -> None:
    store = FeatureStore(tmp_path, "b" * 64)
    features = np.random.default_rng(0).normal(0, 1, (20, 8)).astype(np.float32)
    store.save("p00", features, signature="s")
    (path,) = (tmp_path / ("b" * 32)).iterdir()
    flip(path, path.read_bytes(), place, bit)
    found = store.load("p00", (20, 8), signature="s")
    assert found is None or np.array_equal(found, as_kept(features))


def test_what_is_wrong_with_kept_predictions_and_features_is_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    predictions, features = PredictionStore(tmp_path, "m" * 64), FeatureStore(tmp_path, "b" * 64)
    with caplog.at_level(logging.WARNING):
        assert predictions.load("p00", 1) is None
        assert features.load("p00", (1, 1), signature="") is None
        assert not caplog.records, "nothing there is nothing wrong"
        for name in ("m", "b"):
            (tmp_path / (name * 32)).mkdir()
            (tmp_path / (name * 32) / "p00.npz").write_bytes(b"an older kind of file")
        assert predictions.load("p00", 1) is None
        assert features.load("p00", (1, 1), signature="") is None
    assert [record.args[0] for record in caplog.records if record.args] == ["p00", "p00"]  # type: ignore[index]


@pytest.fixture(scope="module")
def context() -> ContextCard:
    return fit_context(noisy_patients(8), graph="abc")


def test_a_context_with_a_flipped_bit_is_never_used(tmp_path: Path, context: ContextCard) -> None:
    write_context(tmp_path, context)
    refuse_every_flip(
        tmp_path / "context.json",
        lambda: read_context(tmp_path, graph="abc") == context,
        refused=ModelError,
    )


def test_a_context_of_an_older_bcviewer_is_read(tmp_path: Path, context: ContextCard) -> None:
    write_context(tmp_path, context)
    path = tmp_path / "context.json"
    content = json.loads(path.read_text())
    del content["sha256"]
    path.write_text(json.dumps(content))
    assert read_context(tmp_path, graph="abc") == context
    path.write_text(json.dumps(content | {"version": 0}))
    with pytest.raises(ModelError, match="version 0"):
        read_context(tmp_path, graph="abc")


def test_a_card_with_a_flipped_bit_says_nothing_else(tmp_path: Path) -> None:
    """The threshold of a model, and whom it was trained on."""
    path = Path(shutil.copy(bundled_models()["simple_cnn"] / CARD, tmp_path / CARD))
    told = read_card(path)
    refuse_every_flip(path, lambda: read_card(path) == told, refused=ModelError)


def test_a_split_with_a_flipped_bit_is_never_trained_by(tmp_path: Path, data_folder: Path) -> None:
    dataset = scan(data_folder)
    split = split_by_patient(dataset)
    save_split(split, tmp_path / "split.json")
    refuse_every_flip(
        tmp_path / "split.json",
        lambda: np.array_equal(load_split(tmp_path / "split.json", dataset).part_of, split.part_of),
        refused=SplitError,
    )


def test_a_split_that_was_changed_by_hand_says_how_to_use_it(
    tmp_path: Path, data_folder: Path
) -> None:
    dataset, path = scan(data_folder), tmp_path / "split.json"
    save_split(split_by_patient(dataset), path)
    content = json.loads(path.read_text())
    content["patients"]["train"], content["patients"]["test"] = (
        content["patients"]["test"],
        content["patients"]["train"],
    )
    path.write_text(json.dumps(content))
    with pytest.raises(SplitError, match="remove its sha256"):
        load_split(path, dataset)
    del content["sha256"]
    path.write_text(json.dumps(content))
    assert load_split(path, dataset).patients("train") == tuple(content["patients"]["train"])


def test_labels_that_a_run_kept_are_never_others(tmp_path: Path) -> None:
    dataset, path = plain_dataset(), tmp_path / "labels.npz"
    changed = np.where(np.arange(len(dataset)) % 5, dataset.labels, 1 - dataset.labels)
    save_snapshot(EffectiveLabels.of(dataset, changed), dataset, path)
    refuse_every_flip(
        path,
        lambda: np.array_equal(load_snapshot(path, dataset).labels, changed),
        refused=StorageError,
    )


def test_out_of_fold_predictions_with_a_flipped_bit_rank_nothing(tmp_path: Path) -> None:
    dataset = made_dataset([20] * 9)
    kept = predicted(dataset)
    path = save_out_of_fold(kept, tmp_path)

    def same() -> bool:
        found = load_out_of_fold(path, dataset)
        assert np.array_equal(found.probabilities, kept.probabilities)
        return found.card == kept.card and np.array_equal(found.fold_of, kept.fold_of)

    refuse_every_flip(path, same, refused=ModelError)


def test_a_training_never_goes_on_from_other_weights(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    weights = [np.arange(40, dtype=np.float32), np.eye(5, dtype=np.float32)]
    kept = [[array + number for array in weights] for number in range(4)]
    best = BestEpoch(0, {}, np.zeros(3, np.float32), kept[0])
    basis = Basis("data", "split", "patches")
    save_checkpoint(run, Checkpoint(basis, "none", 1.0, (), best, kept[1], kept[2], kept[3]))

    def same() -> bool:
        found = load_checkpoint(run, emit=lambda _: None)
        groups = (found.best.weights, found.network, found.optimizer, found.chance)
        assert all(len(group) == 2 for group in groups), "no array is dropped"
        pairs = zip(groups, kept, strict=True)
        return all(all(map(np.array_equal, read, written)) for read, written in pairs)

    refuse_every_flip(run.last_path, same, refused=TrainingError)


def test_a_head_is_never_put_into_other_weights(tmp_path: Path) -> None:
    copied = shutil.copytree(bundled_models()["simple_cnn"], tmp_path / "model")
    model = ModelFolder.open(Path(copied))
    graph, made = read_graph(model), tmp_path / "made.keras"
    head = read_head(find_head(graph, model))
    write_network(model, head, head, made)
    whole, parameters = contents(made), parameters_of(model)

    def same() -> bool:
        assert parameters_of(model) in (0, parameters), "0 where it cannot be read"
        write_network(model, head, head, made)
        return contents(made) == whole

    refuse_every_flip(model.network_path, same, refused=ModelError, flips=45)


def contents(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(part) for part in archive.infolist()]


def refuse_every_flip(
    path: Path,
    reads_the_same: Callable[[], bool],
    *,
    refused: type[BcviewerError],
    flips: int = 150,
) -> None:
    """Flip bits all over a file, its begin and its end: it reads as it was, or not at all."""
    whole = path.read_bytes()
    chance = np.random.default_rng(1)
    told = 0
    places = chance.random(flips)
    places[::3] = 1 - places[::3] * min(1, 500 / len(whole))  # where an archive lists its parts
    places[1::3] *= min(1, 2000 / len(whole))
    for place, bit in zip(places, chance.integers(0, 8, flips), strict=True):
        flip(path, whole, float(place), int(bit))
        try:
            assert reads_the_same(), "what was read is not what was written"
        except refused:
            told += 1
    assert told > flips / 3
    path.write_bytes(whole)
    assert reads_the_same()
