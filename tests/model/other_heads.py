"""Models of the tiny training with heads of other forms, as imported networks have them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bcviewer.model.card import file_card, write_card
from bcviewer.model.engine import load_openvino
from bcviewer.model.folder import CARD, CHECKED, ModelFolder
from tests.model.test_graph_head import with_graph

Head = Callable[[Any, Any], Any]
"""Makes the logit, float32[?, 1], of the feature map, float32[?, 256, 6, 6]; takes an opset too."""

CHANNELS, SIDE = 256, 6
UNITS = 16
ROWS_AND_COLUMNS = np.array([2, 3], np.int64)


def some(*shape: int) -> Any:
    """Weights that are the same each time: float32, of about 1 / sqrt(shape[0])."""
    drawn = np.random.default_rng(shape[0]).normal(0, 1 / np.sqrt(shape[0]), shape)
    return drawn.astype(np.float32)


def bias(units: int) -> Any:
    """float32[units]: one unit is switched on, the next one off."""
    return np.where(np.arange(units) % 2, -0.25, 0.25).astype(np.float32)


def flattened(features: Any, opset: Any) -> Any:
    """Flatten and one dense layer, channels last as Keras has them."""
    flat = _flat(opset.transpose(features, np.array([0, 2, 3, 1])), opset)
    return _dense(flat, some(SIDE * SIDE * CHANNELS, 1), opset)


def flattened_by_channel(features: Any, opset: Any) -> Any:
    """Flatten and one dense layer, channels first."""
    return _dense(_flat(features, opset), some(SIDE * SIDE * CHANNELS, 1), opset)


def flattened_deep(features: Any, opset: Any) -> Any:
    """Flatten, a dense layer with a ReLU, and the dense layer at the end."""
    flat = _flat(opset.transpose(features, np.array([0, 2, 3, 1])), opset)
    units = opset.relu(_dense(flat, some(SIDE * SIDE * CHANNELS, UNITS), opset))
    return _dense(units, some(UNITS, 1), opset)


def deep(features: Any, opset: Any) -> Any:
    """Mean pooling, a dense layer with a ReLU, a normalisation, and the dense layer at the end."""
    pooled = opset.reduce_mean(features, ROWS_AND_COLUMNS, keep_dims=False)
    units = opset.relu(_dense(pooled, some(CHANNELS, UNITS), opset))
    normalised = opset.add(opset.multiply(units, 1 + some(1, UNITS)), np.float32(0.5))
    return _dense(normalised, some(UNITS, 1), opset)


def largest(features: Any, opset: Any) -> Any:
    """Max pooling and one dense layer."""
    pooled = opset.reduce_max(features, ROWS_AND_COLUMNS, keep_dims=False)
    return _dense(pooled, some(CHANNELS, 1), opset)


def twice_pooled(features: Any, opset: Any) -> Any:
    """Mean and max pooling side by side, and one dense layer."""
    mean = opset.reduce_mean(features, ROWS_AND_COLUMNS, keep_dims=False)
    most = opset.reduce_max(features, ROWS_AND_COLUMNS, keep_dims=False)
    return _dense(opset.concat([mean, most], 1), some(2 * CHANNELS, 1), opset)


def unseeing(features: Any, opset: Any) -> Any:
    """A head that gets nothing but zeros."""
    return largest(opset.relu(opset.subtract(features, np.float32(1e6))), opset)


def with_other_head(model: ModelFolder, head: Head, path: Path) -> ModelFolder:
    """A model of the tiny training with another head, whole, in a new folder below ``path``."""

    def change(graph: Any) -> None:
        pooling = next(op for op in graph.get_ops() if op.get_type_name() == "ReduceMean")
        sigmoid = graph.get_results()[0].input_value(0).get_node()
        logit = head(pooling.input_value(0), load_openvino().opset13)
        sigmoid.input(0).replace_source_output(logit.output(0))

    made = with_graph(model, change, path).path
    files = {name: file_card(made / name) for name in CHECKED}
    write_card(made / CARD, model.card.model_copy(update={"files": files}))
    return ModelFolder.open(made)


def _flat(features: Any, opset: Any) -> Any:
    sides = np.array([-1, SIDE * SIDE * CHANNELS])
    return opset.reshape(features, sides, special_zero=False)


def _dense(flow: Any, kernel: Any, opset: Any) -> Any:
    biases = opset.constant(bias(kernel.shape[1])[None])
    return opset.add(opset.matmul(flow, opset.constant(kernel), False, False), biases)
