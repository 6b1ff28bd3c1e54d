"""Looking at a graph's file before OpenVINO does: plain operations only, of a size that fits.

Models are passed on. A graph is data, but its operations decide what is done and how much memory it
takes, and it is read in the window's process.
"""

from __future__ import annotations

import math
import re
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

OPERATIONS: Final = (
    *("Abs", "Add", "AvgPool", "BatchNormInference", "BatchToSpace", "Broadcast", "Ceiling"),
    *("Clamp", "Concat", "Const", "Convert", "ConvertLike", "Convolution"),
    *("ConvolutionBackpropData", "DepthToSpace", "Divide", "Elu", "Equal", "Erf", "Exp"),
    *("FakeQuantize", "Floor", "FloorMod", "Gather", "GatherND", "Gelu", "Greater"),
    *("GreaterEqual", "GroupConvolution", "GroupConvolutionBackpropData", "GroupNormalization"),
    *("HSigmoid", "HSwish", "HardSigmoid", "Interpolate", "Less", "LessEqual", "Log"),
    *("LogSoftmax", "LogicalAnd", "LogicalNot", "LogicalOr", "MVN", "MatMul", "MaxPool"),
    *("Maximum", "Minimum", "Mish", "Mod", "Multiply", "Negative", "NormalizeL2", "NotEqual"),
    *("PReLU", "Pad", "Parameter", "Power", "Range", "ReLU", "ReduceL2", "ReduceMax"),
    *("ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum", "Reshape", "Result", "Reverse"),
    *("Round", "Select", "Selu", "ShapeOf", "ShuffleChannels", "Sigmoid", "Sign", "Slice"),
    *("SoftMax", "SoftPlus", "SoftSign", "SpaceToBatch", "SpaceToDepth", "Split", "Sqrt"),
    *("SquaredDifference", "Squeeze", "StridedSlice", "Subtract", "Swish", "Tanh", "Tile"),
    *("TopK", "Transpose", "Unsqueeze", "VariadicSplit"),
)
"""Arithmetic of OpenVINO's own; none that repeats, branches, keeps a state or reads a file."""

OPSET: Final = re.compile(r"opset\d{1,2}")
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
        _Reader(path).parser.Parse(content, True)
    except expat.ExpatError as error:
        raise _refused(path, f"is no XML ({error})") from error


def check_sizes(graph: Any, path: Path) -> None:
    """Look whether a graph takes no more memory than a machine has.

    Args:
        graph: What OpenVINO made of it, for a batch of a known size.
        path: Its file, to be named.

    Raises:
        ModelError: A tensor is too large, or of a size that depends on the patches.
    """
    for node in graph.get_ordered_ops():
        for output in node.outputs():
            shape = output.get_partial_shape()
            if shape.is_dynamic:
                raise _refused(path, f"has {node.get_type_name()} of no known size")
            if math.prod(shape.to_shape()) > MOST_VALUES:
                raise _refused(path, f"has {node.get_type_name()} of {shape}, which is too large")


class _Reader:
    """Sees the elements of the file as they come; nothing is built of them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: list[str] = []
        self._layers = 0
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

    def _take_layer(self, attributes: dict[str, str]) -> None:
        self._layers += 1
        if self._layers > MOST_LAYERS:
            raise _refused(self._path, f"has more than {MOST_LAYERS:,} layers")
        kind, version = attributes.get("type", ""), attributes.get("version", "")
        if kind not in OPERATIONS or OPSET.fullmatch(version) is None:
            raise _refused(self._path, f"has the operation {version[:40]}.{kind[:40]}")

    def _end(self, _: str) -> None:
        self._open.pop()

    def _refuse_doctype(self, *_: object) -> None:
        raise _refused(self._path, "defines entities")


def _refused(path: Path, why: str) -> ModelError:
    return ModelError(
        f"The graph {path} cannot be read: it {why}, as no graph of bcviewer does.", hint=HINT
    )
