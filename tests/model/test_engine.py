"""The engine predicts what Keras predicts, takes only patches and tells nobody."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bcviewer.dataset.scan import scan
from bcviewer.errors import ModelError
from bcviewer.model.engine import BATCH_SIZE, Predictor
from bcviewer.model.folder import GRAPH, ModelFolder, file_card
from tests.model.conftest import TinyTraining


@pytest.fixture(scope="module")
def model(tiny_training: TinyTraining) -> ModelFolder:
    """The model of the tiny training."""
    return ModelFolder.open(tiny_training.run.model_path)


@pytest.fixture(scope="module")
def patches(tiny_training: TinyTraining) -> NDArray[np.uint8]:
    """All patches of the tiny data set."""
    from bcviewer.dataset.pixel_store import PixelStore

    dataset = scan(tiny_training.job.folder)
    store = PixelStore(tiny_training.job.run / "unused", dataset)
    return store.gather(np.arange(len(dataset)))


def keras_probabilities(model: ModelFolder, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    import bcviewer.model.keras_backend  # noqa: F401  (quietens TensorFlow)

    keras = pytest.importorskip("keras")
    network = keras.models.load_model(model.network_path)
    found: NDArray[np.float32] = network.predict(pixels, verbose=0)[:, 0]
    return found


def test_the_engine_predicts_what_keras_predicts(
    model: ModelFolder, patches: NDArray[np.uint8]
) -> None:
    found = Predictor(model).probabilities(patches)
    assert found.dtype == np.float32
    assert np.abs(found - keras_probabilities(model, patches)).max() < 1e-4


@pytest.mark.parametrize("count", [0, 1, BATCH_SIZE - 1, BATCH_SIZE, BATCH_SIZE + 1])
def test_a_patch_is_predicted_alike_in_any_company(
    model: ModelFolder, patches: NDArray[np.uint8], count: int
) -> None:
    predictor = Predictor(model, threads=1)
    together = predictor.probabilities(patches)
    assert np.allclose(predictor.probabilities(patches[:count]), together[:count], atol=1e-6)


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
import openvino.tools.ovc.telemetry_utils as used
assert sys.modules["openvino_telemetry"] is None
assert used.tm.__name__.endswith("telemetry_stub"), used.tm
"""


def test_openvino_is_loaded_without_its_telemetry() -> None:
    subprocess.run([sys.executable, "-c", TELEMETRY], check=True)
