"""The int8 graph of a model: made of patches, near the other graph, and known apart from it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.scan import scan
from bcviewer.errors import ModelError
from bcviewer.model import engine
from bcviewer.model.engine import Predictor, precisions, precisions_of
from bcviewer.model.folder import ModelFolder
from bcviewer.model.int8 import CARD, GRAPH, WEIGHTS, Int8Graph, int8_folder, read_int8
from bcviewer.model.int8_making import _chosen, effect_of, make_int8
from bcviewer.model.way import Precision
from tests.factories import small_dataset
from tests.model.conftest import TinyTraining

pytestmark = pytest.mark.skipif(
    Precision.INT8 not in precisions(), reason="the processor has no instructions for int8"
)


@pytest.fixture(scope="module")
def made(tiny_training: TinyTraining, tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    """The tiny model with an int8 graph, made on more patches of the same patients."""
    folder = tmp_path_factory.mktemp("int8")
    dataset = scan(small_dataset(folder / "data", columns=9, rows=6))
    model = ModelFolder.open(tiny_training.run.model_path)
    trained, validated = model.card.patients_trained, model.card.patients_validated
    assert set(map(of_row(dataset), _chosen(model, dataset))) == set(trained)
    pixels, labels = PixelStore(folder / "pixels", dataset), dataset.labels.copy()
    labels[dataset.rows(validated[0]).start] = -1
    # As where it goes on from a model that was trained on one of its validation patients.
    card = model.card.model_copy(update={"patients_validated": (*validated, trained[0])})
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("BCVIEWER_HOME", str(folder / "home"))
        return make_int8(replace(model, card=card), dataset, pixels, labels=labels)


def of_row(dataset: Dataset) -> Callable[[int], str]:
    """Whose patch is in a row."""
    return lambda row: dataset.patients[dataset.patient_index[row]]


@pytest.fixture
def kept(made: ModelFolder) -> Path:
    """Where the int8 graph of the model lies in the user's folder, a copy."""
    assert made.int8 is not None
    return Path(shutil.copytree(made.int8.path, int8_folder(made.fingerprint)))


@pytest.fixture(scope="module")
def patches() -> NDArray[np.uint8]:
    """Noise of many brightnesses."""
    generator = np.random.default_rng(0)
    bright = generator.integers(40, 256, (40, 1, 1, 1))
    noise = generator.integers(0, 40, (40, 50, 50, 3))
    return (bright - noise).clip(0, 255).astype(np.uint8)


def test_it_predicts_nearly_what_the_other_graph_predicts(
    made: ModelFolder, patches: NDArray[np.uint8]
) -> None:
    exact = Predictor(made).probabilities(patches)
    lower = Predictor(made, precision=Precision.INT8)
    found = lower.probabilities(patches)
    assert 0 < np.abs(found - exact).max() < 0.1
    assert lower.way.words == ("in int8",)


def test_it_is_of_the_model_and_stands_apart_from_it(made: ModelFolder, kept: Path) -> None:
    opened = ModelFolder.open(made.path)
    assert opened.int8 is not None
    assert (opened.int8.path, opened.int8.card) == (kept, made.int8 and made.int8.card)
    assert Precision.INT8 in precisions_of(opened)
    assert opened.fingerprint == made.fingerprint == opened.predicts_by(Precision.BFLOAT16)
    assert opened.predicts_by(Precision.INT8) != made.fingerprint


def test_its_effect_is_measured_on_the_validation_patients(made: ModelFolder) -> None:
    assert made.int8 is not None
    effect = made.int8.card.effect
    assert effect is not None
    unknown = set(made.card.patients_validated) - set(made.card.patients_trained)
    assert effect.patients == len(unknown) < len(made.card.patients_validated)
    assert effect.patches == 54 * effect.patients - 1, "one has no label"
    assert abs(effect.auc) < 0.05
    assert effect.moved > 0
    assert f"on {effect.patients} VALIDATION patient" in effect.words


def test_the_effect_is_a_paired_difference_over_patients() -> None:
    generator = np.random.default_rng(1)
    labels, patients = np.tile([0, 1], 60), np.repeat(np.arange(6), 20)
    exact = (0.3 + 0.4 * labels + generator.normal(0, 0.2, 120)).clip(0, 1).astype(np.float32)
    same = effect_of(labels, np.stack([exact, exact]), patients, threshold=0.5)
    assert (same.auc, same.auc_interval, same.moved, same.changed_sides) == (0, (0, 0), 0, 0)
    worse = effect_of(labels, np.stack([exact, 1 - exact]), patients, threshold=0.5)
    assert worse.auc < worse.auc_interval[1] < 0
    assert worse.changed_sides > 0.9
    assert worse.moved == pytest.approx(float(np.abs(1 - 2 * exact).mean()))
    near = effect_of(
        labels, np.stack([exact * 0 + 0.25, exact * 0 + 0.35]), patients, threshold=0.3
    )
    assert near.changed_sides == 1


def test_a_model_without_one_says_how_to_make_it(tiny_training: TinyTraining) -> None:
    with pytest.raises(ModelError, match="has no int8 graph") as error:
        Predictor(ModelFolder.open(tiny_training.run.model_path), precision=Precision.INT8)
    assert "bcviewer quantise" in error.value.hint


def test_too_few_patches_are_refused_and_nothing_is_written(
    tiny_training: TinyTraining, tmp_path: Path
) -> None:
    model = ModelFolder.open(tiny_training.run.model_path)
    dataset = scan(small_dataset(tmp_path / "data", patients=3))
    pixels = PixelStore(tmp_path / "pixels", dataset)
    with pytest.raises(ModelError, match="patches are too few"):
        make_int8(model, dataset, pixels, labels=dataset.labels)
    assert not int8_folder(model.fingerprint).exists()


@pytest.mark.parametrize("name", [GRAPH, WEIGHTS, CARD])
def test_a_damaged_one_is_never_trusted(made: ModelFolder, kept: Path, name: str) -> None:
    content = bytearray((kept / name).read_bytes())
    content[len(content) // 2] ^= 1
    (kept / name).write_bytes(content)
    assert ModelFolder.open(made.path).int8 is None


@pytest.mark.parametrize("name", [GRAPH, WEIGHTS])
def test_half_of_one_is_none(made: ModelFolder, kept: Path, name: str) -> None:
    (kept / name).unlink()
    assert ModelFolder.open(made.path).int8 is None


def test_what_is_known_of_it_is_sealed(made: ModelFolder, kept: Path) -> None:
    text = (kept / CARD).read_text()
    assert '"patches": 53' in text
    (kept / CARD).write_text(text.replace('"patches": 53', '"patches": 50000'))
    assert ModelFolder.open(made.path).int8 is None


def test_predictions_of_one_made_anew_are_kept_apart(made: ModelFolder) -> None:
    assert made.int8 is not None
    card = made.int8.card
    others = [card.model_copy(update={"graph": "0" * 64})]
    for name in (GRAPH, WEIGHTS):
        file = card.files[name].model_copy(update={"sha256": "0" * 64})
        others.append(card.model_copy(update={"files": {**card.files, name: file}}))
    known = {Int8Graph(made.int8.path, each).fingerprint for each in (card, *others)}
    assert len(known) == 4


def test_that_of_another_model_is_not_taken(kept: Path) -> None:
    other = "0" * 64
    shutil.copytree(kept, int8_folder(other))
    assert read_int8(other) is None


def test_a_processor_without_it_is_not_asked(
    made: ModelFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "precisions", lambda: (Precision.FLOAT32,))
    with pytest.raises(ModelError, match="does not compute in int8"):
        Predictor(made, precision=Precision.INT8)
