"""Graphs of models that somebody changed, with cards that fit them: refused, or they predict."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as some

from bcviewer.model.folder import CHECKED, HISTORY
from bcviewer.storage import SEAL
from tests.fuzz.hostile import torn
from tests.fuzz.judge import Files, Judge, both_lengths, run

BUNDLED = Path(__file__).parent.parent.parent / "resources" / "models" / "simple_cnn"
MEMORY = 2**31
"""OpenVINO itself takes a gigabyte of addresses, of which it uses little."""

VALUE = re.compile(r'(?<==")[^"]*(?=")|(?<=<dim>)[^<]*')
HOSTILE = (
    *("", "0", "-1", "1", "2", "3", "50", "51", "-2", "?", "1000000000", "9223372036854775807"),
    *("1,1", "2,2", "0,0", "-1,-1", "1000000,1000000", "3,3,3", "?,50,50,3", "1e9", "nan"),
    *("f32", "u8", "i64", "f16", "u1", "string", "boolean", "same_upper", "explicit", "valid"),
    *("opset1", "opset8", "opset99", "extension", "Const", "Tile", "Broadcast", "Range", "Pad"),
    *("Reshape", "Loop", "ReadValue", "../../evil", "a" * 3000, "&lt;", "MatMul", "Convolution"),
)


@cache
def bundled(name: str) -> bytes:
    """A file of the model that comes with the program."""
    return (BUNDLED / name).read_bytes()


def folder_of(graph: bytes, weights: bytes) -> Files:
    """A model folder with this graph, and a card that fits it."""
    parts = {"model.keras": b"network", "graph.xml": graph, "graph.bin": weights}
    card: dict[str, Any] = json.loads(bundled("card.json"))
    del card[SEAL]
    card["files"] = {
        name: {"bytes": len(parts[name]), "sha256": hashlib.sha256(parts[name]).hexdigest()}
        for name in CHECKED
    }
    return {**parts, HISTORY: b"", "card.json": json.dumps(card).encode()}


@some.composite
def model_folders(draw: Callable[..., Any]) -> Files:
    """A model whose graph has other numbers, other operations, or torn bytes."""
    text, weights = bundled("graph.xml").decode(), bundled("graph.bin")
    places = [match.span() for match in VALUE.finditer(text)]
    for _ in range(draw(some.integers(0, 3))):
        start, end = draw(some.sampled_from(places))
        text = text[:start] + draw(some.sampled_from(HOSTILE)) + text[end:]
        places = [match.span() for match in VALUE.finditer(text)]
    graph = text.encode()
    harm = draw(some.integers(0, 5))
    if harm == 0:
        graph = draw(torn(graph))
    elif harm == 1:
        weights = draw(torn(weights))
    return folder_of(graph, weights)


@both_lengths
def test_any_graph_predicts_or_is_told(judge: Judge, inputs: int) -> None:
    run(judge, "graph", model_folders(), count=inputs, memory=MEMORY)


def test_a_whole_graph_predicts(judge: Judge) -> None:
    files = folder_of(bundled("graph.xml"), bundled("graph.bin"))
    assert judge.ask("graph", files, memory=MEMORY) == ("taken", "")
