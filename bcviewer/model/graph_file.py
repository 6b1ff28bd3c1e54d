"""Looking at a graph's file before OpenVINO does: plain operations only, of a size that fits.

Models are passed on. A graph is data, but its operations decide what is done and how much memory it
takes, and it is read in the window's process.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from bcviewer.errors import ModelError, StorageError
from bcviewer.storage import read_bounded

MOST_BYTES: Final = 2**25
"""Of the file without the weights; that of MobileNetV2 has 0.3 MB."""

MOST_WEIGHT_BYTES: Final = 2**30
MOST_LAYERS: Final = 20_000
DEEPEST: Final = 20
MOST_VALUES: Final = 2**28
"""Of one tensor, for a batch: 1 GB. MobileNetV2 at 224 px gives 19 million."""

MOST_CONSTANT_VALUES: Final = 2**27
"""Of all tensors that do not depend on the patches: they are computed at once, and kept."""

MOST_VALUES_IN_ALL: Final = 2**32
MOST_PRODUCTS: Final = 2**40
"""Multiplications for a batch, some ten seconds; MobileNetV2 at 224 px takes 5 thousand million."""

_TAKING: Final = {
    (0, 0): ("Const", "Parameter"),
    (1, 1): (
        *("Abs", "AvgPool", "Ceiling", "Clamp", "Convert", "Elu", "Erf", "Exp", "Floor", "Gelu"),
        *("HSigmoid", "HSwish", "Log", "LogSoftmax", "LogicalNot", "MaxPool", "Mish", "Negative"),
        *("ReLU", "Result", "Round", "ShapeOf", "Sigmoid", "Sign", "SoftMax", "SoftPlus"),
        *("SoftSign", "Sqrt", "Tanh"),
    ),
    (1, 2): ("Squeeze", "Swish"),
    (2, 2): (
        *("Add", "Convolution", "Divide", "Equal", "FloorMod", "Greater", "GreaterEqual"),
        *("GroupConvolution", "Less", "LessEqual", "LogicalAnd", "LogicalOr", "MatMul", "Maximum"),
        *("Minimum", "Mod", "Multiply", "NotEqual", "PReLU", "Power", "ReduceL2", "ReduceMax"),
        *("ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum", "Reshape", "SquaredDifference"),
        *("Subtract", "Tile", "Transpose", "Unsqueeze"),
    ),
    (2, 3): ("Broadcast",),
    (2, 4): ("Interpolate",),
    (3, 3): ("Gather", "HardSigmoid", "Range", "Select", "Selu"),
    (3, 4): ("Pad", "StridedSlice"),
    (4, 4): ("BatchToSpace", "SpaceToBatch"),
    (4, 5): ("Slice",),
    (5, 5): ("BatchNormInference", "FakeQuantize"),
    (1, 64): ("Concat",),
}

OPERATIONS: Final = {kind: count for count, kinds in _TAKING.items() for kind in kinds}
"""Arithmetic of OpenVINO's own, and the least and most inputs of each: with fewer, it crashes.

None of them repeats, branches, keeps a state or reads a file.
"""

OPSET: Final = re.compile(r"opset\d{1,2}")
NUMBER: Final = re.compile(r"\d{1,9}")
HINT: Final = "Choose a model that was trained with or imported by bcviewer."


def check_graph_file(path: Path, weights: Path) -> None:
    """Look whether a graph has only plain operations.

    Args:
        path: The graph, XML.
        weights: Its weights.

    Raises:
        ModelError: It cannot be read, is too large, or has something else.
    """
    try:
        content = read_bounded(path, most=MOST_BYTES)
        size = weights.stat().st_size
    except StorageError as error:
        raise ModelError(error.message, hint=HINT) from error
    except OSError as error:
        raise ModelError(f"Cannot read {weights}: {error.strerror or error}.", hint=HINT) from error
    if size > MOST_WEIGHT_BYTES:
        raise ModelError(f"The weights {weights} are {size:,} bytes: too many.", hint=HINT)
    try:
        reader = _Reader(path)
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise _refused(path, f"is no XML ({error})") from error
    _check_joined(path, reader.layers, reader.sources)


def check_sizes(graph: Any, path: Path) -> None:
    """Look whether a graph takes no more memory than a machine has.

    Args:
        graph: What OpenVINO made of it, for a batch of a known size.
        path: Its file, to be named.

    Raises:
        ModelError: A tensor is too large, or of a size that depends on the patches; or all of them
            take too much memory or time together.
    """
    spent = _Spent()
    for node in graph.get_ordered_ops():
        for output in node.outputs():
            shape = output.get_partial_shape()
            if shape.is_dynamic:
                raise _refused(path, f"has {node.get_type_name()} of no known size")
            if math.prod(shape.to_shape()) > MOST_VALUES:
                raise _refused(path, f"has {node.get_type_name()} of {shape}, which is too large")
        spent.add(node)
    if spent.constant > MOST_CONSTANT_VALUES or spent.values > MOST_VALUES_IN_ALL:
        raise _refused(path, "takes too much memory")
    if spent.products > MOST_PRODUCTS:
        raise _refused(path, "takes too long")


@dataclass
class _Spent:
    """What the nodes of a graph take together, of those that were added.

    Attributes:
        values: Numbers that they give.
        constant: Of those, how many do not depend on the patches.
        products: Multiplications.
    """

    values: int = 0
    constant: int = 0
    products: int = 0
    _constants: set[str] = field(default_factory=set)

    def add(self, node: Any) -> None:
        """Count a node; those that it takes from come before it."""
        size = sum(math.prod(output.get_shape()) for output in node.outputs())
        sources = [port.get_source_output().get_node() for port in node.inputs()]
        names = {source.get_name() for source in sources}
        self.values += size
        if node.get_type_name() != "Parameter" and names <= self._constants:
            self._constants.add(node.get_name())
            self.constant += size
        self.products += size * _each(node)


def _each(node: Any) -> int:
    """Multiplications for one number that a node gives."""
    if node.get_type_name() not in ("Convolution", "GroupConvolution", "MatMul"):
        return 0
    if node.get_type_name() == "MatMul":
        return int(max(node.input(0).get_shape()[-2:]))
    groups = int(node.get_type_name() == "GroupConvolution")
    return math.prod(node.input(1).get_shape()[1 + groups :])


@dataclass
class _Layer:
    """A layer as the file tells it: its kind, and the ports of what it takes and gives."""

    kind: str
    takes: set[str] = field(default_factory=set)
    gives: set[str] = field(default_factory=set)


class _Reader:
    """Sees the elements of the file as they come, and keeps how layers hang together."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: list[str] = []
        self._at = _Layer("")
        self.layers: dict[str, _Layer] = {}
        self.sources: dict[tuple[str, str], str] = {}
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open and name != "net":
            raise _refused(self._path, f"begins with {name[:40]!r}")
        self._open.append(name)
        if len(self._open) > DEEPEST:
            raise _refused(self._path, "is nested too deeply")
        if name in ("body", "then_body", "else_body", "port_map", "back_edges"):
            raise _refused(self._path, "has a graph within the graph")
        if name == "layer":
            self._take_layer(attributes)
        elif self._open[-2:] == ["input", "port"]:
            self._at.takes.add(attributes.get("id", ""))
        elif self._open[-2:] == ["output", "port"]:
            self._at.gives.add(attributes.get("id", ""))
        elif name == "edge":
            self._take_edge(attributes)

    def _take_layer(self, attributes: dict[str, str]) -> None:
        kind, version = attributes.get("type", ""), attributes.get("version", "")
        if kind not in OPERATIONS or OPSET.fullmatch(version) is None:
            raise _refused(self._path, f"has the operation {version[:40]}.{kind[:40]}")
        number = attributes.get("id", "")
        if number in self.layers or not NUMBER.fullmatch(number):
            raise _refused(self._path, f"has two layers {number[:20]!r}")
        if len(self.layers) == MOST_LAYERS:
            raise _refused(self._path, f"has more than {MOST_LAYERS:,} layers")
        self._at = self.layers[number] = _Layer(kind)

    def _take_edge(self, attributes: dict[str, str]) -> None:
        names = ("from-layer", "from-port", "to-layer", "to-port")
        source, gives, target, takes = (attributes.get(name, "") for name in names)
        known = source in self.layers and gives in self.layers[source].gives
        if not known or target not in self.layers or takes not in self.layers[target].takes:
            raise _refused(self._path, "has an edge between what is not there")
        if (target, takes) in self.sources:
            raise _refused(self._path, "has an input with two sources")
        self.sources[target, takes] = source

    def _end(self, _: str) -> None:
        self._open.pop()

    def _refuse_doctype(self, *_: object) -> None:
        raise _refused(self._path, "defines entities")


def _check_joined(
    path: Path, layers: dict[str, _Layer], sources: dict[tuple[str, str], str]
) -> None:
    """Look whether each layer takes what its kind takes, and no layer waits for itself."""
    waiting: dict[str, int] = {}
    followers: dict[str, list[str]] = {}
    for number, layer in layers.items():
        least, most = OPERATIONS[layer.kind]
        fed = [sources.get((number, port)) for port in layer.takes]
        if not least <= len(fed) <= most or None in fed:
            raise _refused(path, f"has {layer.kind} with {len(fed)} inputs")
        waiting[number] = len(fed)
        for source in fed:
            followers.setdefault(str(source), []).append(number)
    ready = [number for number, count in waiting.items() if not count]
    done = 0
    while ready:
        done += 1
        for number in followers.get(ready.pop(), ()):
            waiting[number] -= 1
            if not waiting[number]:
                ready.append(number)
    if done != len(layers):
        raise _refused(path, "goes in a circle")


def _refused(path: Path, why: str) -> ModelError:
    return ModelError(
        f"The graph {path} cannot be read: it {why}, as no graph of bcviewer does.", hint=HINT
    )
