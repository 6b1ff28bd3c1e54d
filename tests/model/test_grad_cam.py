"""A patch has a map under heads of other forms, too: Grad-CAM, as its gradients would make it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bcviewer.errors import ModelError
from bcviewer.model.activation_map import ActivationMapper
from bcviewer.model.engine import Predictor, compile_graph, read_graph
from bcviewer.model.features import Backbone
from bcviewer.model.folder import ModelFolder
from bcviewer.model.grad_cam import GradCam
from bcviewer.model.graph_head import sigmoid
from tests.model import other_heads
from tests.model.conftest import TinyTraining
from tests.model.other_heads import CHANNELS, SIDE, UNITS, Head, bias, some, with_other_head

ROUNDING = 5e-3
"""How far a field may be from what it should be, of the largest: slopes are measured in floats."""


@pytest.fixture(scope="module")
def model(tiny_training: TinyTraining) -> ModelFolder:
    """The model of the tiny training."""
    return ModelFolder.open(tiny_training.run.model_path)


@pytest.fixture(scope="module")
def patch() -> NDArray[np.uint8]:
    """A patch whose upper left is dark."""
    patch = np.random.default_rng(0).integers(200, 256, (50, 50, 3), np.uint8)
    patch[:20, :20] = (120, 60, 140)
    return patch


@pytest.fixture(scope="module")
def features(model: ModelFolder, patch: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The last feature map of the patch: rows, columns, channels."""
    graph = read_graph(model)
    pooling = next(op for op in graph.get_ops() if op.get_type_name() == "ReduceMean")
    graph.add_outputs([pooling.input_value(0)])
    compiled = compile_graph(graph, model, shape=(1, 50, 50, 3))
    return np.moveaxis(compiled([patch[None]])[1][0], 0, -1)


def same(fields: NDArray[np.float32], wanted: NDArray[Any]) -> None:
    np.testing.assert_allclose(fields, wanted, atol=ROUNDING * np.abs(wanted).max())


def test_where_the_head_is_a_mean_and_a_dense_layer_grad_cam_is_the_exact_map(
    model: ModelFolder, patch: NDArray[np.uint8]
) -> None:
    exact = ActivationMapper(model).run(patch)
    fields, logit = GradCam(read_graph(model), model).run(patch)
    assert not exact.is_grad_cam
    same(fields, exact.fields)
    assert logit == pytest.approx(exact.logit, abs=1e-4)


def test_max_pooling_weighs_a_channel_as_its_dense_layer_does(
    model: ModelFolder,
    patch: NDArray[np.uint8],
    features: NDArray[np.float32],
    tmp_path: Path,
) -> None:
    mapper = ActivationMapper(with_other_head(model, other_heads.largest, tmp_path))
    same(mapper.run(patch).fields, features @ some(CHANNELS, 1)[:, 0])


@pytest.mark.parametrize("head", [other_heads.flattened, other_heads.flattened_by_channel])
def test_a_flattened_map_weighs_a_channel_by_the_mean_of_its_weights(
    model: ModelFolder,
    patch: NDArray[np.uint8],
    features: NDArray[np.float32],
    tmp_path: Path,
    head: Head,
) -> None:
    kernel = some(SIDE * SIDE * CHANNELS, 1)
    if head is other_heads.flattened:
        weights = kernel.reshape(SIDE * SIDE, CHANNELS).mean(axis=0)
    else:
        weights = kernel.reshape(CHANNELS, SIDE * SIDE).mean(axis=1)
    found = ActivationMapper(with_other_head(model, head, tmp_path)).run(patch)
    assert found.is_grad_cam
    same(found.fields, features @ weights * SIDE * SIDE)


def test_layers_between_pooling_and_the_end_weigh_by_their_gradients(
    model: ModelFolder,
    patch: NDArray[np.uint8],
    features: NDArray[np.float32],
    tmp_path: Path,
) -> None:
    kernel = some(CHANNELS, UNITS)
    on = features.mean(axis=(0, 1)) @ kernel + bias(UNITS) > 0
    assert 0 < on.sum() < UNITS, "a ReLU that does nothing proves nothing"
    slopes = kernel @ (on * (1 + some(1, UNITS)[0]) * some(UNITS, 1)[:, 0])
    mapper = ActivationMapper(with_other_head(model, other_heads.deep, tmp_path))
    same(mapper.run(patch).fields, features @ slopes)


@pytest.mark.parametrize(
    "head",
    [
        other_heads.flattened_deep,
        other_heads.deep,
        other_heads.largest,
        other_heads.twice_pooled,
        other_heads.unseeing,
    ],
)
def test_a_map_comes_with_what_the_model_says_and_with_how_coarse_it_is(
    model: ModelFolder, patch: NDArray[np.uint8], tmp_path: Path, head: Head
) -> None:
    other = with_other_head(model, head, tmp_path)
    found = ActivationMapper(other).run(patch)
    said = Predictor(other).probabilities(patch[None])
    assert found.is_grad_cam
    assert sigmoid(np.array([found.logit], np.float32)) == pytest.approx(said, abs=1e-5)
    assert found.resolution_words == "6 x 6 fields over 50 px, 8 px each: coarse"
    assert np.isfinite(found.fields).all()
    assert bool(found.limit) == (head is not other_heads.unseeing)


def test_one_mapper_makes_the_maps_of_many_patches(
    model: ModelFolder, patch: NDArray[np.uint8], tmp_path: Path
) -> None:
    mapper = ActivationMapper(with_other_head(model, other_heads.flattened_deep, tmp_path))
    first, turned = mapper.run(patch).fields, mapper.run(patch[::-1].copy()).fields
    assert not np.array_equal(first, turned)
    assert np.array_equal(mapper.run(patch).fields, first)


def test_patches_are_alike_by_what_enters_the_last_dense_layer(
    model: ModelFolder, tmp_path: Path
) -> None:
    flat = with_other_head(model, other_heads.flattened_deep, tmp_path / "flat")
    pooled = with_other_head(model, other_heads.largest, tmp_path / "pooled")
    assert (Backbone(flat).features, Backbone(pooled).features) == (UNITS, CHANNELS)


def test_a_network_that_judges_pixels_has_no_map(model: ModelFolder, tmp_path: Path) -> None:
    def judge_pixels(features: Any, opset: Any) -> Any:
        node = features.get_node()
        while node.get_type_name() != "Parameter":
            node = node.input_value(0).get_node()
        pixels = opset.convert(node, "f32")
        flat = opset.reshape(pixels, np.array([-1, 7500]), special_zero=False)
        return opset.matmul(flat, opset.constant(some(7500, 1)), False, False)

    with pytest.raises(ModelError, match="comes from no feature map") as error:
        ActivationMapper(with_other_head(model, judge_pixels, tmp_path))
    assert error.value.hint
