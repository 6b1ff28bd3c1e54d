"""Tables and polygons with labels, as others may have written them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as some

from bcviewer.annotation.exchange_geojson import geojson_of
from tests.annotation.data import plain_dataset
from tests.fuzz.hostile import json_bytes, torn
from tests.fuzz.judge import Judge, both_lengths, run

HEAD = "patient,x,y,original,label,reader,time,reason"
cells = some.one_of(
    some.sampled_from(
        (
            *("p00", "p01", "px", "1", "51", "101", "2", "0", "-1", "1e9", "9" * 30, "nan", "١"),
            *("IDC", "not IDC", "unsure", "excluded", "original", "idc ", '"', '""', "'", "\\"),
            *("=1+1", "@a", "\t", "\x1b[31m", "\u202e", "\ud800", "a" * 200, "", " "),
        )
    ),
    some.text(max_size=8),
)


@some.composite
def tables(draw: Callable[..., Any]) -> bytes:
    """A table of labels; most lines are nearly right."""
    ends = draw(some.sampled_from(("\n", "\r\n", "\r")))
    lines = [HEAD if draw(some.integers(0, 9)) else ",".join(draw(some.lists(cells, max_size=9)))]
    for _ in range(draw(some.integers(0, 6))):
        x, y = (draw(some.sampled_from((1, 51, 101))) for _ in "xy")
        label = draw(some.sampled_from(("IDC", "not IDC", "unsure", "original")))
        line = ["p00", str(x), str(y), "IDC", label, "Ann", "2026-01-01", ""]
        for _ in range(draw(some.integers(0, 2))):
            line[draw(some.integers(0, 7))] = draw(cells)
        lines.append(draw(some.sampled_from((",", ",", ",", ";", "\t"))).join(line))
    content: bytes = ends.join(lines).encode("utf-8", "surrogatepass")
    start = draw(some.sampled_from((b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\0")))
    content = start + content
    if draw(some.integers(0, 2)) == 0:
        content = draw(torn(content))
    return content


def drawn(name: str = "IDC") -> dict[str, Any]:
    """A region as QuPath writes one that was drawn by hand."""
    ring = [[10.5, 10], [160, 12], [140, 120.25], [10.5, 10]]
    return {
        "type": "Feature",
        "id": "PathAnnotationObject",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"classification": {"name": name, "colorRGB": -3670016}},
    }


def many() -> dict[str, Any]:
    """The same as several polygons, with a hole."""
    outside = [[0, 0], [200, 0], [200, 150], [0, 150], [0, 0]]
    hole = [[60, 60], [90, 60], [90, 90], [60, 60]]
    feature = drawn("unsure")
    feature["geometry"] = {"type": "MultiPolygon", "coordinates": [[outside, hole], [hole]]}
    return feature


def documents() -> list[Any]:
    """Files that are right: ours in both forms, and those of others."""
    dataset = plain_dataset()
    labels = np.arange(len(dataset), dtype=np.int8) % 4
    return [
        geojson_of(dataset, "p00", labels, form="tiles"),
        geojson_of(dataset, "p00", labels, form="regions"),
        {"type": "FeatureCollection", "features": [drawn(), many()]},
        [drawn(), many()],
        many(),
    ]


polygons = some.sampled_from(documents()).flatmap(json_bytes) | some.binary(max_size=40)


@both_lengths
def test_any_table_of_labels_is_read_or_told(judge: Judge, inputs: int) -> None:
    contents = tables() | some.binary(max_size=60)
    run(judge, "table", some.fixed_dictionaries({"labels.csv": contents}), count=inputs)


@both_lengths
def test_any_polygons_are_read_or_told(judge: Judge, inputs: int) -> None:
    run(judge, "geojson", some.fixed_dictionaries({"p00.geojson": polygons}), count=inputs)


@pytest.mark.parametrize("number", range(len(documents())))
def test_whole_files_are_taken(judge: Judge, number: int) -> None:
    content = json.dumps(documents()[number]).encode()
    assert judge.check("geojson", {"p00.geojson": content}) == "taken"


GIGABYTE = {"memory": 2**30, "seconds": 60}
OPEN_SPLIT = b'{"kind": "bcviewer-split", "a": ['

LARGE: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "lists in a list": ("geojson", "p00.geojson", lambda: b"[" + b"[]," * 30_000_000 + b"[]]"),
    "empty features": ("geojson", "p00.geojson", lambda: b"[" + b"{}," * 3_900_000 + b"{}]"),
    "numbers": ("geojson", "p00.geojson", lambda: b"[" + b"1e9," * 3_900_000 + b"1]"),
    "one text": ("geojson", "p00.geojson", lambda: b'["' + b"\\u00e9" * 16_000_000 + b'"]'),
    "rows": ("table", "labels.csv", lambda: HEAD.encode() + b"\np00,1,1,,IDC,,," * 6_000_000),
    "empty rows": ("table", "labels.csv", lambda: HEAD.encode() + b"\n" * 99_000_000),
    "columns": ("table", "labels.csv", lambda: HEAD.encode() + b"\n" + b"," * 99_000_000),
    "one cell": ("table", "labels.csv", lambda: HEAD.encode() + b'\n"' + b"a" * 99_000_000),
    "a split": ("split", "split.json", lambda: OPEN_SPLIT + b"{}," * 20_000_000 + b"0]}"),
    "a job": ("job", "job.json", lambda: b"[" * 60_000_000),
}
"""Reading, name of the file, and what makes it: made when it is its turn, a gigabyte in all."""


@pytest.mark.fuzz
@pytest.mark.parametrize("large", LARGE)
def test_the_largest_files_take_no_more_than_a_gigabyte(judge: Judge, large: str) -> None:
    reading, name, make = LARGE[large]
    outcome, words = judge.ask(reading, {name: make()}, **GIGABYTE)
    assert outcome in ("taken", "refused"), words


@pytest.mark.fuzz
def test_polygons_that_cover_all_are_many_but_soon_told(judge: Judge) -> None:
    feature = json.dumps(many())
    content = ("[" + ",".join([feature] * 100_000) + "]").encode()
    outcome, words = judge.ask("geojson", {"p00.geojson": content}, **GIGABYTE)
    assert outcome in ("taken", "refused"), words
