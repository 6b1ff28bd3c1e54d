"""The last layer of an old network becomes one of one output, and says the same as before."""

from __future__ import annotations

import copy
import json
from typing import Any

import numpy as np
import pytest

from bcviewer.errors import ModelError
from bcviewer.model.imported_config import plan_of
from bcviewer.model.imported_head import HeadPlan, head_of, one_output
from tests.keras_files import seed_config


def head(*last: dict[str, Any], within: bool = False) -> HeadPlan | None:
    """The head of the seed's network with other last layers, perhaps within another network."""
    config = seed_config()
    config["config"]["layers"][-1:] = copy.deepcopy(last)
    if within:
        layers = [config, entry("Softmax", name="after")]
        config = {"class_name": "Sequential", "config": {"name": "outer", "layers": layers}}
    return head_of(plan_of(json.dumps(config)))


def entry(kind: str, **config: Any) -> dict[str, Any]:
    return {"class_name": kind, "config": {"name": kind, **config}}


def dense(units: int = 2, activation: str = "linear") -> dict[str, Any]:
    return entry("Dense", units=units, activation=activation)


@pytest.mark.parametrize(
    ("last", "outputs", "activation"),
    [
        ((dense(2, "softmax"),), 2, "softmax"),
        ((dense(2),), 2, "linear"),
        ((dense(2), entry("Activation", activation="softmax")), 2, "softmax"),
        ((dense(2), entry("Dropout"), entry("Softmax", axis=-1)), 2, "softmax"),
        ((dense(2, "sigmoid"),), 2, "sigmoid"),
        ((dense(1), entry("Activation", activation="sigmoid")), 1, "sigmoid"),
    ],
)
def test_the_last_dense_layer_is_found_behind_its_activation(
    last: tuple[dict[str, Any], ...], outputs: int, activation: str
) -> None:
    after = frozenset((each["class_name"],) for each in last[1:])
    assert head(*last) == HeadPlan(("Dense",), after, outputs, activation)


def test_the_last_dense_layer_is_found_within_an_inner_network() -> None:
    found = HeadPlan(("sequential_1", "Dense"), frozenset({("after",)}), 2, "softmax")
    assert head(dense(2), within=True) == found


@pytest.mark.parametrize(
    "last",
    [
        (dense(2, "softmax"), entry("Softmax")),
        (dense(1, "relu"), entry("Activation", activation="sigmoid")),
        (dense(2), entry("Softmax", axis=0)),
        (entry("Conv2D", filters=2, kernel_size=[1, 1]), entry("Flatten")),
    ],
)
def test_other_endings_are_left_as_they_are(last: tuple[dict[str, Any], ...]) -> None:
    assert head(*last) is None


def test_a_layer_that_is_called_twice_is_left_as_it_is() -> None:
    def called(kind: str, *on: tuple[str, int], **config: Any) -> dict[str, Any]:
        nodes = [[[name, call, 0, {}]] for name, call in on]
        return {**entry(kind, **config), "name": kind, "inbound_nodes": nodes}

    layers = [
        called("InputLayer", batch_input_shape=[None, 32, 32, 3]),
        called("GlobalAveragePooling2D", ("InputLayer", 0)),
        called("Dense", ("GlobalAveragePooling2D", 0), ("Dense", 0), units=2),
    ]
    config = {"layers": layers, "input_layers": [["InputLayer", 0, 0]]}
    for calls, output in ((2, 1), (1, 0)):
        layers[-1]["inbound_nodes"] = layers[-1]["inbound_nodes"][:calls]
        about = {**config, "output_layers": [["Dense", output, 0]]}
        found = head_of(plan_of(json.dumps({"class_name": "Model", "config": about})))
        assert (found is None) == (calls == 2)


@pytest.mark.parametrize("idc", [0, 1])
def test_one_output_says_what_two_said(idc: int) -> None:
    generator = np.random.default_rng(4)
    kernel, bias = (generator.normal(0, 1, shape).astype(np.float32) for shape in ((7, 2), 2))
    features = generator.uniform(0, 2, (50, 7)).astype(np.float32)
    logits = (features @ kernel + bias).astype(np.float64)
    softmax = np.exp(logits[:, idc]) / np.exp(logits).sum(axis=1)
    sigmoid = 1 / (1 + np.exp(-logits[:, idc]))
    for activation, said in (("softmax", softmax), ("sigmoid", sigmoid)):
        weights, offset = one_output(kernel, bias, idc=idc, activation=activation)
        assert (weights.shape, offset.shape) == ((7, 1), (1,))
        found = 1 / (1 + np.exp(-(features @ weights + offset)))
        np.testing.assert_allclose(found[:, 0], said, atol=1e-6)


def test_a_head_whose_weights_differ_by_more_than_a_number_holds_is_refused() -> None:
    kernel = np.array([[3e38, -3e38]], np.float32)
    with pytest.raises(ModelError, match="too large"):
        one_output(kernel, np.zeros(2, np.float32), idc=0, activation="softmax")
