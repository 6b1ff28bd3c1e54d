"""Graphs of others are looked at before OpenVINO reads them: how they join, and what they take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bcviewer.errors import ModelError
from bcviewer.model import graph_file
from bcviewer.model.engine import load_openvino
from bcviewer.model.graph_file import _Spent, check_graph_file, check_sizes

Layer = tuple[str, str, tuple[str, ...], tuple[str, ...]]
Edge = tuple[str, str, str, str]

LAYERS: tuple[Layer, ...] = (
    ("0", "Parameter", (), ("0",)),
    ("1", "ReLU", ("0",), ("1",)),
    ("2", "Add", ("0", "1"), ("2",)),
    ("3", "Result", ("0",), ()),
)
EDGES: tuple[Edge, ...] = (
    ("0", "0", "1", "0"),
    ("0", "0", "2", "0"),
    ("1", "1", "2", "1"),
    ("2", "2", "3", "0"),
)


def net(layers: tuple[Layer, ...] = LAYERS, edges: tuple[Edge, ...] = EDGES) -> str:
    """The text of a graph: layers with their kind, what they take and give, and who feeds whom."""
    text = ""
    for number, kind, takes, gives in layers:
        ports = ("".join(f'<port id="{port}"/>' for port in each) for each in (takes, gives))
        inputs, outputs = ports
        text += f'<layer id="{number}" type="{kind}" version="opset1">'
        text += f"<input>{inputs}</input><output>{outputs}</output></layer>"
    for source, out, target, port in edges:
        text += f'<edge from-layer="{source}" from-port="{out}"'
        text += f' to-layer="{target}" to-port="{port}"/>'
    return f"<net>{text}</net>"


def with_layer(*layer: Any) -> str:
    return net((*LAYERS[:1], layer, *LAYERS[2:]))


def with_edge(*edge: Any) -> str:
    return net(edges=(edge, *EDGES[1:]))


def check(folder: Path, text: str) -> None:
    (folder / "graph.xml").write_text(text)
    (folder / "graph.bin").write_bytes(b"numbers")
    check_graph_file(folder / "graph.xml", folder / "graph.bin")


def test_a_plain_graph_is_taken(tmp_path: Path) -> None:
    check(tmp_path, net())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (with_layer("0", "ReLU", ("0",), ("1",)), "two layers '0'"),
        (with_layer("1234567890", "ReLU", ("0",), ("1",)), "two layers"),
        (with_layer("one", "ReLU", ("0",), ("1",)), "two layers"),
        (with_layer("1", "ReLU", ("0", "1"), ("1",)), "ReLU with 2 inputs"),
        (with_layer("1", "Add", ("0",), ("1",)), "Add with 1 inputs"),
        (with_layer("1", "Add", ("0", "1"), ("1",)), "Add with 2 inputs"),
        (with_edge("7", "0", "1", "0"), "what is not there"),
        (with_edge("0", "7", "1", "0"), "what is not there"),
        (with_edge("0", "0", "7", "0"), "what is not there"),
        (with_edge("0", "0", "1", "7"), "what is not there"),
        (with_edge("0", "0", "2", "1"), "two sources"),
        (with_edge("2", "2", "1", "0"), "in a circle"),
        (net(edges=EDGES[1:]), "ReLU with 1 inputs"),
        (net().replace('"opset1"', '"opset1.of.mine"'), "operation opset1.of.mine"),
        (net().replace('"opset1"', '"opset123"'), "operation opset123"),
    ],
)
def test_a_graph_that_does_not_join_up_is_refused(tmp_path: Path, text: str, words: str) -> None:
    """Where something is missing, or comes twice, OpenVINO may crash."""
    with pytest.raises(ModelError, match=words):
        check(tmp_path, text)


@pytest.mark.parametrize(("most", "words"), [("MOST_BYTES", "larger"), ("MOST_WEIGHT_BYTES", "7")])
def test_files_that_are_too_large_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: str, words: str
) -> None:
    check(tmp_path, net())
    monkeypatch.setattr(graph_file, most, 6)
    with pytest.raises(ModelError, match=words):
        check(tmp_path, net())


def products(kind: str) -> tuple[Any, Any, int, int]:
    """An input and a product of it with constants: how many numbers it gives, each of so many."""
    from openvino import opset8 as made

    if kind == "matmul":
        flow = made.parameter([2, 4], np.float32)
        return flow, made.matmul(flow, np.ones((4, 3), np.float32), False, False), 6, 4
    flow = made.parameter([1, 2, 5, 5], np.float32)
    sides = ([1, 1], [0, 0], [0, 0], [1, 1])
    if kind == "convolution":
        kernel = np.ones((3, 2, 3, 3), np.float32)
        return flow, made.convolution(flow, kernel, *sides), 27, 18
    kernel = np.ones((2, 1, 1, 3, 3), np.float32)
    return flow, made.group_convolution(flow, kernel, *sides), 18, 9


@pytest.mark.parametrize("kind", ["matmul", "convolution", "group convolution"])
def test_what_a_graph_takes_is_counted(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    openvino = load_openvino()
    flow, product, numbers, each = products(kind)
    graph = openvino.Model([product], [flow])
    spent = _Spent()
    for node in graph.get_ordered_ops():
        spent.add(node)
    constants = [node for node in graph.get_ordered_ops() if node.get_type_name() == "Constant"]
    of_constants = sum(node.data.size for node in constants)
    of_flow = int(np.prod(flow.get_output_shape(0)))
    assert spent.products == numbers * each
    assert spent.constant == of_constants
    assert spent.values == of_flow + of_constants + 2 * numbers, "that of the result is the same"
    limits = (
        ("MOST_CONSTANT_VALUES", of_constants, "too much memory"),
        ("MOST_VALUES_IN_ALL", spent.values, "too much memory"),
        ("MOST_PRODUCTS", spent.products, "too long"),
        ("MOST_VALUES", max(of_flow, of_constants, numbers), "too large"),
    )
    for name, most, words in limits:
        with monkeypatch.context() as patched:
            patched.setattr(graph_file, name, most)
            check_sizes(graph, tmp_path)
            patched.setattr(graph_file, name, most - 1)
            with pytest.raises(ModelError, match=words):
                check_sizes(graph, tmp_path)


def test_a_size_that_depends_on_the_patches_is_refused(tmp_path: Path) -> None:
    openvino = load_openvino()
    from openvino import opset8

    flow = opset8.parameter([-1, 4], np.float32)
    with pytest.raises(ModelError, match="no known size"):
        check_sizes(openvino.Model([opset8.relu(flow)], [flow]), tmp_path)
