"""The engine predicts what Keras predicts, takes only patches and tells nobody."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bcviewer.dataset.demo import write_patients
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.scan import scan
from bcviewer.errors import ModelError
from bcviewer.model import engine
from bcviewer.model.card import file_card
from bcviewer.model.engine import BATCH_SIZE, AveragedPredictor, Predictor, precisions, predictor_of
from bcviewer.model.folder import GRAPH, ModelFolder
from bcviewer.model.library import bundled_models
from bcviewer.model.way import Precision, Way
from tests.dataset.test_demo import recipe
from tests.model.conftest import TinyTraining


@pytest.fixture(scope="module")
def model(tiny_training: TinyTraining) -> ModelFolder:
    """The model of the tiny training."""
    return ModelFolder.open(tiny_training.run.model_path)


@pytest.fixture(scope="module")
def patches(tiny_training: TinyTraining) -> NDArray[np.uint8]:
    """All patches of the tiny data set."""
    dataset = scan(tiny_training.job.folder)
    store = PixelStore(tiny_training.job.run / "unused", dataset)
    return store.gather(np.arange(len(dataset)))


@pytest.fixture(scope="module")
def tissue(tmp_path_factory: pytest.TempPathFactory) -> NDArray[np.uint8]:
    """Patches of synthetic tissue, with all that networks look at."""
    folder = tmp_path_factory.mktemp("tissue")
    write_patients(folder / "data", [recipe()], seed=1)
    dataset = scan(folder / "data")
    return PixelStore(folder / "pixels", dataset).gather(np.arange(len(dataset)))


@pytest.fixture(scope="module")
def trained() -> ModelFolder:
    """The bundled model, whose answers differ from patch to patch."""
    return ModelFolder.open(bundled_models()["simple_cnn"])


def keras_probabilities(model: ModelFolder, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    import bcviewer.model.keras_backend  # noqa: F401  (quietens TensorFlow)

    keras = pytest.importorskip("keras")
    network = keras.models.load_model(model.network_path)
    found: NDArray[np.float32] = network.predict(pixels, verbose=0)[:, 0]
    return found


def test_the_engine_predicts_what_keras_predicts(
    model: ModelFolder, patches: NDArray[np.uint8], tissue: NDArray[np.uint8]
) -> None:
    bundled = [ModelFolder.open(path) for path in bundled_models().values()]
    assert {each.card.architecture for each in bundled} == {"simple_cnn", "mobilenetv2"}
    for each, pixels in ((model, patches), *((each, tissue) for each in bundled)):
        found = Predictor(each).probabilities(pixels)
        assert found.dtype == np.float32
        assert np.abs(found - keras_probabilities(each, pixels)).max() < 1e-4
    assert np.ptp(found) > 0.05


def test_the_engine_predicts_what_keras_predicts_of_real_patches(
    real_data: Path, tmp_path: Path
) -> None:
    dataset, place = open_dataset(real_data, workspace=tmp_path)
    rows = np.arange(0, len(dataset), max(1, len(dataset) // 256))
    pixels = PixelStore(place.pixels_folder, dataset).gather(rows)
    for path in bundled_models().values():
        each = ModelFolder.open(path)
        found = Predictor(each).probabilities(pixels)
        assert np.abs(found - keras_probabilities(each, pixels)).max() < 1e-4
        assert np.ptp(found) > 0.5


@pytest.mark.parametrize("count", [0, 1, BATCH_SIZE - 1, BATCH_SIZE, BATCH_SIZE + 1])
def test_a_patch_is_predicted_alike_in_any_company(
    model: ModelFolder, patches: NDArray[np.uint8], count: int
) -> None:
    predictor = Predictor(model, threads=1)
    together = predictor.probabilities(patches)
    assert np.allclose(predictor.probabilities(patches[:count]), together[:count], atol=1e-6)


def test_many_patches_come_in_their_order(trained: ModelFolder, patches: NDArray[np.uint8]) -> None:
    """More batches than are computed side by side, and the last one not full."""
    predictor = Predictor(trained)
    many = np.concatenate([patches, patches[:33]])
    assert len(many) > 9 * BATCH_SIZE
    singly = np.concatenate([predictor.probabilities(part[np.newaxis]) for part in patches])
    found = predictor.probabilities(many)
    assert np.abs(found[: len(patches)] - singly).max() < 1e-5
    assert np.abs(found[len(patches) :] - singly[:33]).max() < 1e-5
    assert np.ptp(found) > 0.05


@pytest.mark.skipif(Precision.BFLOAT16 not in precisions(), reason="the processor has no bfloat16")
def test_bfloat16_is_near_but_not_the_same(
    trained: ModelFolder, patches: NDArray[np.uint8]
) -> None:
    lower = Predictor(trained, precision=Precision.BFLOAT16)
    found, exact = lower.probabilities(patches), Predictor(trained).probabilities(patches)
    assert 0 < np.abs(found - exact).max() < 0.1
    assert np.abs(found - exact).mean() < 0.01
    assert lower.way == Way(precision=Precision.BFLOAT16)


def test_a_precision_that_the_processor_lacks_is_refused(
    model: ModelFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "precisions", lambda: (Precision.FLOAT32,))
    with pytest.raises(ModelError, match="bfloat16") as error:
        Predictor(model, precision=Precision.BFLOAT16)
    assert "float32" in error.value.hint


def test_a_way_names_itself_and_gives_its_predictor(
    trained: ModelFolder, patches: NDArray[np.uint8]
) -> None:
    asked = predictor_of(trained, Way(averaged=True))
    assert isinstance(asked, AveragedPredictor)
    assert asked.way.suffix == "-averaged"
    assert asked.way.words == ("averaged over flips and rotations",)
    turned = np.rot90(patches[:5], axes=(1, 2))
    same = asked.probabilities(patches[:5])
    assert np.abs(asked.probabilities(turned) - same).max() < 1e-5
    assert (Way().suffix, Way().words) == ("", ())
    assert Way(True, Precision.BFLOAT16).suffix == "-averaged-bfloat16"


def test_a_graph_that_takes_something_else_is_refused(model: ModelFolder, tmp_path: Path) -> None:
    copied = with_graph(model, tmp_path, old='shape="?,50,50,3"', new='shape="?,96,96,3"')
    with pytest.raises(ModelError, match=r"96,96,3.*50,50,3") as error:
        Predictor(copied)
    assert error.value.hint


def test_a_graph_that_is_no_graph_is_refused(model: ModelFolder, tmp_path: Path) -> None:
    copied = with_graph(model, tmp_path, old="<net", new="<nut")
    with pytest.raises(ModelError, match="cannot be read"):
        Predictor(copied)


def with_graph(model: ModelFolder, tmp_path: Path, *, old: str, new: str) -> ModelFolder:
    """A copy of a model with a changed graph that its card knows of."""
    path = Path(shutil.copytree(model.path, tmp_path / "model"))
    text = (path / GRAPH).read_text()
    assert old in text
    (path / GRAPH).write_text(text.replace(old, new))
    files = {**model.card.files, GRAPH: file_card(path / GRAPH)}
    return ModelFolder(path, model.card.model_copy(update={"files": files}), "changed")


TELEMETRY = """
import sys
from bcviewer.model.engine import load_openvino
load_openvino()
import nncf
import openvino.tools.ovc.telemetry_utils as used
assert sys.modules["openvino_telemetry"] is None
assert used.tm.__name__.endswith("telemetry_stub"), used.tm
"""


def test_openvino_is_loaded_without_its_telemetry() -> None:
    subprocess.run([sys.executable, "-c", TELEMETRY], check=True)
