"""The map of a patch adds up to what the model says; where there can be none, words say why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bcviewer.errors import ModelError
from bcviewer.model.activation_map import ActivationMap, ActivationMapper
from bcviewer.model.engine import Predictor, load_openvino
from bcviewer.model.folder import ModelFolder
from bcviewer.model.graph_head import sigmoid
from tests.model.conftest import TinyTraining
from tests.model.test_graph_head import with_graph


@pytest.fixture(scope="module")
def model(tiny_training: TinyTraining) -> ModelFolder:
    """The model of the tiny training."""
    return ModelFolder.open(tiny_training.run.model_path)


@pytest.fixture(scope="module")
def patches() -> NDArray[np.uint8]:
    """Noise, and a patch whose upper left is dark."""
    patches = np.random.default_rng(0).integers(0, 256, (4, 50, 50, 3), np.uint8)
    patches[3] = 235
    patches[3, :20, :20] = (120, 60, 140)
    return patches


def test_the_mean_of_the_fields_and_the_bias_make_the_probability(
    model: ModelFolder, patches: NDArray[np.uint8]
) -> None:
    mapper = ActivationMapper(model)
    logits = np.array([mapper.run(patch).logit for patch in patches], np.float32)
    assert np.abs(sigmoid(logits) - Predictor(model).probabilities(patches)).max() < 1e-5


def test_the_map_lies_as_the_patch_does(model: ModelFolder, patches: NDArray[np.uint8]) -> None:
    mapper = ActivationMapper(model)
    turned = mapper.run(np.full((50, 50, 3), 235, np.uint8)).fields
    change = np.abs(mapper.run(patches[3]).fields - turned)
    assert change.shape == (6, 6)
    assert change[:3, :3].mean() > 2 * change[3:, 3:].mean()


def test_one_mapper_makes_the_maps_of_many_patches(
    model: ModelFolder, patches: NDArray[np.uint8]
) -> None:
    mapper = ActivationMapper(model)
    first = mapper.run(patches[0]).fields
    assert not np.array_equal(mapper.run(patches[3]).fields, first)
    assert np.array_equal(mapper.run(patches[0]).fields, first)


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((2, 2), "2 x 2 fields over 50 px, 25 px each: very coarse"),
        ((6, 6), "6 x 6 fields over 50 px, 8 px each: coarse"),
        ((7, 7), "7 x 7 fields over 50 px, 7 px each: coarse"),
        ((25, 25), "25 x 25 fields over 50 px, 2 px each"),
    ],
)
def test_a_map_says_how_coarse_it_is(shape: tuple[int, int], words: str) -> None:
    assert ActivationMap(np.zeros(shape, np.float32), 0.0).resolution_words == words


def before_head(graph: Any) -> Any:
    """The product of the head."""
    return graph.get_results()[0].input_value(0).get_node().input_value(0).get_node()


def test_a_graph_without_a_head_is_refused(model: ModelFolder, tmp_path: Path) -> None:
    def change(graph: Any) -> None:
        result = graph.get_results()[0]
        result.input(0).replace_source_output(before_head(graph).output(0))

    with pytest.raises(ModelError, match="There is no map for the model .* ends in Add") as error:
        ActivationMapper(with_graph(model, change, tmp_path))
    assert error.value.hint


def test_a_pooling_that_keeps_its_axes_gives_the_same_map(
    model: ModelFolder, patches: NDArray[np.uint8], tmp_path: Path
) -> None:
    def change(graph: Any) -> None:
        opset = load_openvino().opset13
        product = before_head(graph).input_value(0).get_node()
        pooling = next(op for op in graph.get_ops() if op.get_type_name() == "ReduceMean")
        axes = np.array([2, 3], np.int64)
        kept = opset.reduce_mean(pooling.input_value(0), axes, keep_dims=True)
        product.input(0).replace_source_output(opset.squeeze(kept, axes).output(0))

    other = ActivationMapper(with_graph(model, change, tmp_path))
    expected = ActivationMapper(model).run(patches[0]).fields
    np.testing.assert_allclose(other.run(patches[0]).fields, expected, atol=1e-5)
