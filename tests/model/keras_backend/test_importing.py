"""Networks of Keras 2 and 3 come in as models, and say what they said before."""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bcviewer.errors import JobError, ModelError, StorageError
from bcviewer.model.activation_map import ActivationMapper
from bcviewer.model.engine import Predictor
from bcviewer.model.features import Backbone, FeatureExtractor
from bcviewer.model.folder import ModelFolder
from bcviewer.model.graph_head import Head, sigmoid
from bcviewer.model.head_network import write_network
from bcviewer.model.imported_meaning import Wishes
from bcviewer.model.imported_options import ImportTask
from bcviewer.model.start_model import settings_to_continue
from tests.faults.spoilt import place_of
from tests.keras_files import (
    PATCHES,
    seed_config,
    seed_probabilities,
    write_old_keras,
    write_seed_file,
)

EXACTLY = 1e-5
SAME = 1e-4
"""Random weights in many layers magnify rounding: Keras 2 and 3 differ by 1e-5 themselves."""


@pytest.fixture(scope="module")
def old_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that Keras 2 has saved."""
    pytest.importorskip("tf_keras")
    folder = tmp_path_factory.mktemp("old")
    write_old_keras(folder)
    return folder


@pytest.fixture(scope="module")
def seed(old_files: Path, tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    """The seed's simple CNN as a model."""
    return imported(old_files / "seed.h5", tmp_path_factory.mktemp("seed") / "model")


def imported(source: Path, target: Path, **wishes: Any) -> ModelFolder:
    from bcviewer.model.keras_backend.importing import import_model

    told: list[str] = []
    task = ImportTask(source, target, Wishes(**wishes))
    made = import_model(task, tell=lambda done, total, text: told.append(text))
    assert told[-1] == "Done"
    return made


def said_by(model: ModelFolder) -> NDArray[np.float32]:
    found = Predictor(model).probabilities(PATCHES)
    assert np.ptp(found) > 0.001, "a network that says the same of all patches proves nothing"
    return found


def test_a_file_of_the_seeds_kind_says_what_it_said(tmp_path: Path) -> None:
    model = imported(write_seed_file(tmp_path / "seed.h5"), tmp_path / "model")
    np.testing.assert_allclose(said_by(model), seed_probabilities(), atol=SAME)
    card = model.card
    assert card.network_input_size == 32
    assert card.weights_origin == "imported from seed.h5"
    assert card.imported is not None
    assert card.imported.written_by == "Keras 2.2.4 (HDF5)"
    assert "values: 0 to 255 (assumed)" in [point.text for point in card.imported.points]
    assert card.threshold == 0.5
    assert card.validation_text.startswith("not known")
    assert {model.role_of(patient) for patient in ("8863", "p01")} == {"UNKNOWN"}


def test_a_disk_that_gets_full_while_a_model_comes_in_leaves_no_half_one(tmp_path: Path) -> None:
    from bcviewer.model.keras_backend.importing import STEPS, import_model

    source = write_seed_file(tmp_path / "seed.h5")
    with place_of(tmp_path / "disk", "limit") as place, ExitStack() as full:

        def tell(done: int, total: int, text: str) -> None:
            if text == STEPS[2]:
                full.enter_context(place.spoilt())

        with pytest.raises(StorageError, match="has room"):
            import_model(ImportTask(source, place.folder / "model", Wishes()), tell=tell)
        full.close()
        assert not place.files(), "not even a half one"


def test_the_seeds_simple_cnn_says_what_it_said(seed: ModelFolder, old_files: Path) -> None:
    wanted = np.load(old_files / "seed.npy")[:, 1]
    assert np.ptp(wanted) > 0.5
    np.testing.assert_allclose(said_by(seed), wanted, atol=EXACTLY)
    card = seed.card
    assert card.imported is not None
    assert card.imported.written_by == "Keras 2.2.4 (HDF5)"
    assert card.imported.network.startswith("14 layers (separable convolutions)")
    assert [point.text for point in card.imported.points] == [
        "input: 96x96 pixels (read from the file)",
        "resized by: nearest pixel (assumed)",
        "values: 0 to 255 (assumed)",
        "outputs: the second of two is IDC (assumed)",
    ]


def test_the_seeds_simple_cnn_shows_where_it_sees_idc(seed: ModelFolder, old_files: Path) -> None:
    mapper = ActivationMapper(seed)
    maps = [mapper.run(patch) for patch in PATCHES]
    assert maps[0].fields.shape == (12, 12)
    said = sigmoid(np.array([found.logit for found in maps], np.float32))
    np.testing.assert_allclose(said, np.load(old_files / "seed.npy")[:, 1], atol=EXACTLY)


def test_an_old_network_that_flattens_shows_where_it_sees_idc(
    old_files: Path, tmp_path: Path
) -> None:
    model = imported(old_files / "flat.h5", tmp_path / "model", scaling="-1..1")
    mapper = ActivationMapper(model)
    maps = [mapper.run(patch) for patch in PATCHES]
    assert all(found.is_grad_cam for found in maps)
    fields = np.array([found.fields for found in maps])
    wanted = np.load(old_files / "flat_map.npy") * fields[0].size
    off = np.abs(fields - wanted).max(axis=(1, 2)) / np.abs(wanted).max(axis=(1, 2))
    # Where a ReLU switches within the step, the slope is no gradient.
    assert np.median(off) < 0.01
    assert off.max() < 0.1
    assert Backbone(model).features == 12


def test_the_seeds_simple_cnn_has_features_and_a_head_that_can_be_another(
    seed: ModelFolder, tmp_path: Path
) -> None:
    import keras

    old = Backbone(seed).head
    features, probabilities = FeatureExtractor(seed).run(PATCHES)
    np.testing.assert_allclose(old.probabilities(features), probabilities, atol=EXACTLY)
    new = Head(old.kernel[::-1].copy(), old.bias + 0.5)
    write_network(seed, old, new, tmp_path / "network.keras")
    network = keras.models.load_model(tmp_path / "network.keras")
    said = np.asarray(network(PATCHES, training=False))[:, 0]
    np.testing.assert_allclose(said, new.probabilities(features), atol=EXACTLY)


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("mobilenet", "h5"),
        ("sequential", "h5"),
        ("flat", "h5"),
        ("nested", "h5"),
        ("nested", "keras"),
    ],
)
def test_networks_of_keras_2_say_what_they_said(
    old_files: Path, tmp_path: Path, name: str, ending: str
) -> None:
    known = np.load(old_files / f"{name}.npy")
    wanted = known[:, 1] if known.shape[1] == 2 else 1 / (1 + np.exp(-known[:, 0]))
    scaling = "auto" if name == "nested" else "-1..1"
    model = imported(old_files / f"{name}.{ending}", tmp_path / "model", scaling=scaling)
    np.testing.assert_allclose(said_by(model), wanted, atol=SAME)
    logit = ActivationMapper(model).run(PATCHES[0]).logit
    np.testing.assert_allclose(sigmoid(np.array([logit], np.float32)), wanted[:1], atol=SAME)


@pytest.mark.parametrize("ending", [pytest.param("h5", marks=pytest.mark.slow), "keras"])
def test_networks_of_keras_3_say_what_they_said(tmp_path: Path, ending: str) -> None:
    import keras

    from bcviewer.model.keras_backend.network import build_network

    network = keras.Sequential(
        [
            keras.Input((50, 50, 3)),
            keras.layers.RandomFlip(),
            keras.layers.Rescaling(1 / 255),
            build_network("mobilenetv2", alpha=0.35).get_layer("backbone"),
            keras.layers.GlobalMaxPooling2D(),
            keras.layers.Dense(4, activation="gelu"),
            keras.layers.Dense(2, name="last"),
        ]
    )
    _randomise(network)
    network.save(tmp_path / f"new.{ending}")
    logits = np.asarray(network(PATCHES.astype(np.float32), training=False), np.float64)
    wanted = 1 / (1 + np.exp(logits[:, 1] - logits[:, 0]))
    model = imported(tmp_path / f"new.{ending}", tmp_path / "model", idc_output="0")
    np.testing.assert_allclose(said_by(model), wanted, atol=SAME)
    assert model.card.imported is not None
    assert [point.text for point in model.card.imported.points][1:] == [
        "values: 0 to 255, which the network scales itself (read from the file)",
        "a last: softmax, since the network gives no probabilities (assumed)",
        "outputs: the first of two is IDC (chosen)",
    ]
    assert "which the network scales itself" in model.card.preprocessing


def test_the_network_of_an_imported_model_can_be_trained_and_infers_alike(tmp_path: Path) -> None:
    """Resizing must not have the normalisation after it go by the batch."""
    import keras

    small = keras.Sequential(
        [
            keras.Input((64, 64, 3)),
            keras.layers.Conv2D(3, 3),
            keras.layers.BatchNormalization(),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    _randomise(small)
    small.save(tmp_path / "small.keras")
    options = {"scaling": "0..1", "resizing": "bilinear"}
    model = imported(tmp_path / "small.keras", tmp_path / "model", **options)
    network = keras.models.load_model(model.network_path)
    alone = np.concatenate([np.asarray(network(PATCHES[place][None])) for place in range(4)])
    np.testing.assert_allclose(np.asarray(network(PATCHES))[:4], alone, atol=1e-5)
    np.testing.assert_allclose(Predictor(model).probabilities(PATCHES)[:4], alone[:, 0], atol=SAME)
    network.compile("adam", "binary_crossentropy")
    before = [weight.copy() for weight in network.get_weights()]
    network.fit(PATCHES, np.arange(12) % 2, verbose=0)
    assert all((a != b).any() for a, b in zip(before, network.get_weights(), strict=True))


def test_an_imported_model_cannot_be_trained_on_or_get_a_new_head(tmp_path: Path) -> None:
    from bcviewer.dataset.scan import scan
    from bcviewer.model.head_material import split_of_model
    from tests.factories import small_dataset

    model = imported(write_seed_file(tmp_path / "seed.h5"), tmp_path / "model")
    with pytest.raises(ModelError, match="was imported"):
        settings_to_continue(str(model.path))
    with pytest.raises(JobError, match="nobody knows which"):
        split_of_model(model, scan(small_dataset(tmp_path / "data")))


def test_a_network_that_gives_no_probabilities_leaves_nothing_behind(tmp_path: Path) -> None:
    def infinite(file: Any) -> None:
        file["model_weights/separable_conv2d_1/separable_conv2d_1/bias:0"][...] = 3e38

    path = write_seed_file(tmp_path / "seed.h5", change=infinite)
    with pytest.raises(ModelError, match="no probabilities"):
        imported(path, tmp_path / "models" / "one")
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize("missing", ["bias:0", "depthwise_kernel:0"])
def test_every_weight_must_be_in_the_file(tmp_path: Path, missing: str) -> None:
    def harm(file: Any) -> None:
        del file[f"model_weights/separable_conv2d_1/separable_conv2d_1/{missing}"]

    with pytest.raises(ModelError, match="lacks the weights"):
        imported(write_seed_file(tmp_path / "seed.h5", change=harm), tmp_path / "model")


def test_weights_of_another_shape_are_refused(tmp_path: Path) -> None:
    config = seed_config()
    config["config"]["layers"][0]["config"]["filters"] = 5
    with pytest.raises(ModelError, match="needs a pointwise_kernel of the shape"):
        imported(write_seed_file(tmp_path / "seed.h5", config=config), tmp_path / "model")


def test_a_giant_layer_takes_no_memory(tmp_path: Path) -> None:
    config = seed_config()
    layers = config["config"]["layers"]
    layers[1] = {"class_name": "Flatten", "config": {"name": "flat"}}
    layers[0]["config"].update(batch_input_shape=[None, 1024, 1024, 3])
    layers[2]["config"]["units"] = 2
    layers.insert(2, {"class_name": "Dense", "config": {"name": "giant", "units": 16_000}})
    with pytest.raises(ModelError, match="too many"):
        imported(write_seed_file(tmp_path / "seed.h5", config=config), tmp_path / "model")


def test_the_card_is_plain_json_of_known_words(tmp_path: Path) -> None:
    made = imported(write_seed_file(tmp_path / "seed.h5"), tmp_path / "model")
    moved = Path(shutil.move(made.path, tmp_path / "elsewhere"))
    card = json.loads((moved / "card.json").read_text())
    assert card["validation"]["patients"] == 0
    assert str(tmp_path) not in json.dumps(card)
    assert ModelFolder.open(moved).card.split.patients == {}


def _randomise(network: Any) -> None:
    generator = np.random.default_rng(5)
    for weight in network.weights:
        shape = tuple(weight.shape)
        if "kernel" in weight.name:
            fan = np.prod(shape[:2]) if "depthwise" in weight.path else np.prod(shape[:-1])
            weight.assign(generator.normal(0, 1.2 / np.sqrt(fan), shape))
        elif weight.name in ("gamma", "moving_variance"):
            weight.assign(generator.uniform(0.6, 1.2, shape))
        else:
            weight.assign(generator.normal(0, 0.1, shape))
