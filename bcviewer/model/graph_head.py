"""The head of a graph: its last layer, and what lies before it, the backbone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.errors import ModelError
from bcviewer.model.engine import load_openvino, read_graph
from bcviewer.model.folder import ModelFolder

CHUNK = 4096
"""Patches whose features are widened to 32-bit floats at once."""


@dataclass(frozen=True, eq=False)
class Head:
    """The last layer: the probability of IDC is ``sigmoid(features @ kernel + bias)``.

    Attributes:
        kernel: float32[k], a weight a feature.
        bias: What is added.
    """

    kernel: NDArray[np.float32]
    bias: float

    def logits(self, features: NDArray[np.floating]) -> NDArray[np.float32]:
        """float32[n] for float[n, k]; NaN where the features are."""
        result = np.empty(len(features), np.float32)
        for start in range(0, len(features), CHUNK):
            part = features[start : start + CHUNK].astype(np.float32, copy=False)
            result[start : start + len(part)] = part @ self.kernel
        return result + np.float32(self.bias)

    def probabilities(self, features: NDArray[np.floating]) -> NDArray[np.float32]:
        """float32[n], 0 to 1, for float[n, k]; NaN where the features are."""
        return sigmoid(self.logits(features))


@dataclass(frozen=True)
class HeadPorts:
    """Where the head stands in a graph, as OpenVINO has it.

    Attributes:
        features: The output that the head takes, [?, k].
        kernel: The input of the product that takes the weights.
        bias: The input of the sum that takes the bias.
    """

    features: Any
    kernel: Any
    bias: Any


def sigmoid(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32[n], 0 to 1, without overflow however large the logits."""
    small = np.exp(-np.abs(logits))
    found: NDArray[np.float32] = np.where(logits >= 0, 1, small) / (1 + small)
    return found


def find_head(graph: Any, folder: ModelFolder) -> HeadPorts:
    """The head of a graph: a product with weights, a sum with a bias, and a sigmoid at the end.

    Raises:
        ModelError: The graph ends in another way.
    """
    last = _expect(graph.get_results()[0].input_value(0), "Sigmoid", folder)
    total = _expect(last.input_value(0), "Add", folder)
    product, bias = _flow_and_constant(total, folder)
    product = _expect(product, "MatMul", folder)
    features, kernel = _flow_and_constant(product, folder)
    width = features.get_partial_shape()
    count = kernel.get_source_output().get_node().data.size
    single = bias.get_source_output().get_node().data.size == 1
    if len(width) != 2 or str(width[1]) != str(count) or not single:
        raise _another_form(folder, f"a layer from {width} with {count} weights")
    return HeadPorts(features, kernel, bias)


def read_head(ports: HeadPorts) -> Head:
    """The weights of a head as they are in its graph."""
    kernel = ports.kernel.get_source_output().get_node().data
    bias = ports.bias.get_source_output().get_node().data
    return Head(np.array(kernel, np.float32).reshape(-1), float(bias.reshape(-1)[0]))


def write_graph(folder: ModelFolder, head: Head, path: Path) -> None:
    """Write the graph of a model with another head.

    Args:
        folder: The model.
        head: Its new head, of as many features.
        path: The graph's file, *.xml; the weights come beside it as *.bin.

    Raises:
        ModelError: The model's graph has no head that could be replaced.
        OSError: The files cannot be written.
    """
    openvino = load_openvino()
    graph = read_graph(folder)
    ports = find_head(graph, folder)
    for port, values in (
        (ports.kernel, head.kernel),
        (ports.bias, np.full(1, head.bias, np.float32)),
    ):
        old = port.get_source_output().get_node()
        shaped = np.array(values, np.float32).reshape(old.data.shape)
        new = openvino.op.Constant(shaped)
        new.set_friendly_name(old.get_friendly_name())
        port.replace_source_output(new.output(0))
    try:
        openvino.save_model(graph, path, compress_to_fp16=False)
    except RuntimeError as error:  # whatever the disk has to say, OpenVINO has one error for it
        raise OSError(f"OpenVINO cannot write it ({error})") from error


def backbone_fingerprint(graph: Any, ports: HeadPorts) -> str:
    """A digest of all that makes the features: models that differ in their heads share it.

    Args:
        graph: The graph, of any number of patches.
        ports: Its head.
    """
    backbone = load_openvino().Model([ports.features], graph.get_parameters())
    digest = hashlib.sha256()
    numbers: dict[str, int] = {}
    for number, node in enumerate(backbone.get_ordered_ops()):
        numbers[node.get_name()] = number
        sources = [node.input_value(index) for index in range(node.get_input_size())]
        taken = [(numbers[source.get_node().get_name()], source.get_index()) for source in sources]
        kind = node.get_type_name()
        # A constant's attributes say where in its file it lies, which is nothing about it.
        about = {} if kind == "Constant" else node.get_attributes()
        digest.update(f"{kind} {taken} {sorted(about.items())}\n".encode())
        if kind == "Constant":
            digest.update(f"{node.data.dtype} {node.data.shape}\n".encode())
            digest.update(np.ascontiguousarray(node.data).tobytes())
    return digest.hexdigest()


def _flow_and_constant(node: Any, folder: ModelFolder) -> tuple[Any, Any]:
    """Of a node of two inputs: where the patches' values come from, and the constant's input."""
    sources = [node.input_value(index) for index in range(node.get_input_size())]
    constant = [source.get_node().get_type_name() == "Constant" for source in sources]
    if sorted(constant) != [False, True]:
        raise _another_form(folder, f"{node.get_type_name()} of {len(sources)} values")
    return sources[constant.index(False)], node.input(constant.index(True))


def _expect(port: Any, kind: str, folder: ModelFolder) -> Any:
    node = port.get_node()
    if node.get_type_name() != kind:
        raise _another_form(folder, f"{node.get_type_name()} where {kind} should be")
    return node


def _another_form(folder: ModelFolder, found: str) -> ModelError:
    return ModelError(
        f"The model {folder.card.name} does not end in one dense layer and a sigmoid: its graph "
        f"has {found}. So it has no features to compare patches by, and no head to retrain.",
        hint="Choose a model that was trained with bcviewer.",
    )
