"""The head of a graph is found, read and replaced; the backbone behind it keeps its name."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bcviewer.errors import ModelError
from bcviewer.model.engine import Predictor, load_openvino
from bcviewer.model.features import Backbone, FeatureExtractor
from bcviewer.model.folder import GRAPH, ModelFolder
from bcviewer.model.graph_head import Head, sigmoid, write_graph
from tests.model.conftest import TinyTraining


@pytest.fixture(scope="module")
def model(tiny_training: TinyTraining) -> ModelFolder:
    """The model of the tiny training."""
    return ModelFolder.open(tiny_training.run.model_path)


@pytest.fixture(scope="module")
def patches() -> NDArray[np.uint8]:
    """Noise."""
    return np.random.default_rng(0).integers(0, 256, (40, 50, 50, 3), np.uint8)


def test_features_and_head_make_the_probability_that_the_graph_gives(
    model: ModelFolder, patches: NDArray[np.uint8]
) -> None:
    features, probabilities = FeatureExtractor(model).run(patches)
    assert features.shape == (40, 256)
    assert np.array_equal(probabilities, Predictor(model).probabilities(patches))
    assert np.abs(Backbone(model).head.probabilities(features) - probabilities).max() < 1e-6


def test_no_patches_have_no_features(model: ModelFolder, patches: NDArray[np.uint8]) -> None:
    features, probabilities = FeatureExtractor(model).run(patches[:0])
    assert features.shape == (0, 256)
    assert probabilities.shape == (0,)


def test_another_head_goes_into_the_graph_and_leaves_the_backbone_alone(
    model: ModelFolder, patches: NDArray[np.uint8], tmp_path: Path
) -> None:
    head = Head(np.linspace(-1, 1, 256, dtype=np.float32), 0.25)
    other = with_head(model, head, tmp_path)
    backbone = Backbone(other)
    assert np.array_equal(backbone.head.kernel, head.kernel)
    assert backbone.fingerprint == Backbone(model).fingerprint
    features, _ = FeatureExtractor(model).run(patches)
    found = Predictor(other).probabilities(patches)
    assert np.abs(found - head.probabilities(features)).max() < 1e-6
    assert np.abs(found - Predictor(model).probabilities(patches)).max() > 0.01


def test_another_backbone_has_another_fingerprint(model: ModelFolder, tmp_path: Path) -> None:
    def change(graph: Any) -> None:
        constants = [op for op in graph.get_ordered_ops() if op.get_type_name() == "Constant"]
        largest = max(constants, key=lambda constant: constant.data.size)
        changed = load_openvino().op.Constant(np.array(largest.data) * np.float32(1.001))
        (target,) = largest.output(0).get_target_inputs()
        target.replace_source_output(changed.output(0))

    other = with_graph(model, change, tmp_path)
    assert Backbone(other).fingerprint != Backbone(model).fingerprint


def test_a_graph_without_such_a_head_is_refused(model: ModelFolder, tmp_path: Path) -> None:
    def change(graph: Any) -> None:
        result = graph.get_results()[0]
        (target,) = (result.input(0),)
        logits = result.input_value(0).get_node().input_value(0)
        target.replace_source_output(logits)

    other = with_graph(model, change, tmp_path)
    with pytest.raises(ModelError, match="Add where Sigmoid should be") as error:
        Backbone(other)
    assert error.value.hint


@given(st.floats(-(2.0**100), 2.0**100, width=32))
def test_a_sigmoid_is_a_probability_whatever_the_logit(logit: float) -> None:
    (found,) = sigmoid(np.array([logit], np.float32))
    assert 0 <= found <= 1
    assert found == pytest.approx(1 - sigmoid(np.array([-logit], np.float32))[0], abs=1e-6)


def test_a_patch_without_features_has_no_probability() -> None:
    features = np.array([[1, 2], [np.nan, np.nan]], np.float16)
    found = Head(np.ones(2, np.float32), 0.0).probabilities(features)
    assert found[0] == pytest.approx(0.9526, abs=1e-4)
    assert np.isnan(found[1])


def with_head(model: ModelFolder, head: Head, tmp_path: Path) -> ModelFolder:
    copied = Path(shutil.copytree(model.path, tmp_path / "model"))
    write_graph(model, head, copied / GRAPH)
    return replace(model, path=copied)


def with_graph(model: ModelFolder, change: Any, tmp_path: Path) -> ModelFolder:
    copied = Path(shutil.copytree(model.path, tmp_path / "model"))
    openvino = load_openvino()
    graph = openvino.Core().read_model(model.graph_path)
    change(graph)
    openvino.save_model(graph, copied / GRAPH, compress_to_fp16=False)
    return replace(model, path=copied)
