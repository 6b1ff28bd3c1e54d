"""Model files of Keras with flipped bits, lying sizes and code in them: looked at, never run."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import h5py
import numpy as np
import pytest
from hypothesis import strategies as some

from tests.fuzz.hostile import NUMBERS, json_bytes, torn
from tests.fuzz.judge import Files, Judge, both_lengths, run
from tests.keras_files import seed_config, seed_weights, write_seed_file

GUARDED = ("taken", "refused", "ended")
"""HDF5 may hang or crash: files are read in a process that may be lost, which is told in words."""


@cache
def h5_file() -> bytes:
    """A small network as Keras 2 keeps it."""
    with TemporaryDirectory() as folder:
        return write_seed_file(Path(folder) / "seed.h5").read_bytes()


@cache
def weights_file() -> bytes:
    """Its weights as Keras 3 keeps them."""
    content = io.BytesIO()
    with h5py.File(content, "w") as file:
        for layer, arrays in seed_weights().items():
            group = file.create_group(f"layers/{layer.removesuffix('_1')}/vars")
            for number, array in enumerate(arrays.values()):
                group[str(number)] = array
    return content.getvalue()


LAMBDA = {"class_name": "Lambda", "config": {"name": "harm", "function": ["4wEAAA", None, None]}}
HOSTILE_LAYERS: tuple[dict[str, Any], ...] = (
    LAMBDA,
    {"class_name": "TFOpLambda", "config": {"name": "a", "function": "io.write_file"}},
    {"class_name": "SlicingOpLambda", "config": {"name": "a", "function": "_operators"}},
    {"class_name": "TFSMLayer", "config": {"name": "a", "filepath": "/tmp"}},
    {"class_name": "Dropout", "module": "os", "config": {"name": "a"}},
    {"class_name": "Dropout", "registered_name": "shop>Dropout", "config": {"name": "a"}},
    {"class_name": "Dense", "config": {"name": "a", "units": 10**9}},
    {"class_name": "Dense", "config": {"name": "a", "units": 2, "kernel_initializer": LAMBDA}},
    {"class_name": "Activation", "config": {"name": "a", "activation": "os.system"}},
    {"class_name": "ZeroPadding2D", "config": {"name": "a", "padding": [[10**6, 1], [1, 1]]}},
    {"class_name": "UpSampling2D", "config": {"name": "a", "size": [8, 8]}},
    {"class_name": "Reshape", "config": {"name": "a", "target_shape": [-1, -1]}},
    {"class_name": "Sequential", "config": {"name": "a", "layers": [LAMBDA]}},
)


@some.composite
def configs(draw: Callable[..., Any]) -> bytes:
    """The configuration of a network, harmed or with a hostile layer."""
    config = seed_config()
    if draw(some.booleans()):
        layers = config["config"]["layers"]
        layers.insert(draw(some.integers(0, 3)), draw(some.sampled_from(HOSTILE_LAYERS)))
    content: bytes = draw(json_bytes(config, bytes_too=False))
    return content


@some.composite
def h5_files(draw: Callable[..., Any]) -> Files:
    """A file of Keras 2 with flipped bits, or with another configuration."""
    if draw(some.integers(0, 3)):
        return {"model.h5": draw(torn(h5_file(), most=6))}
    text = draw(configs()).decode("utf-8", "replace").replace("\0", "")
    if len(text) > 60_000:  # HDF5 has no longer attributes in this layout
        text = text[:60_000]
    with TemporaryDirectory() as folder:
        return {"model.h5": write_seed_file(Path(folder) / "a.h5", config=text).read_bytes()}


def zipped(parts: list[tuple[str, bytes]], *, how: int = zipfile.ZIP_STORED) -> bytes:
    """A zip archive; a name may stand in it twice."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part, how)
    return content.getvalue()


MEMBERS = (
    *("../../evil", "/etc/evil", "C:\\evil", "assets/code.py", "config.json/../x", ""),
    *("model.weights.h5", "config.json", "a" * 300, "x\x1b[2J"),
)


@some.composite
def zip_files(draw: Callable[..., Any]) -> Files:
    """A file of Keras 3: of harmed parts, with more parts, or with flipped bits."""
    weights = draw(torn(weights_file())) if draw(some.booleans()) else weights_file()
    config = draw(configs()) if draw(some.booleans()) else json.dumps(seed_config()).encode()
    about = draw(json_bytes({"keras_version": "3.15.1", "date_saved": "2026-01-01"}))
    parts = [("metadata.json", about), ("config.json", config), ("model.weights.h5", weights)]
    if draw(some.integers(0, 4)) == 0:
        parts.append((draw(some.sampled_from(MEMBERS)), draw(some.binary(max_size=9))))
    if draw(some.integers(0, 9)) == 0:
        del parts[draw(some.integers(0, len(parts) - 1))]
    how = draw(some.sampled_from((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA)))
    content = zipped(parts, how=how)
    if draw(some.integers(0, 2)) == 0:
        content = _lying(content, draw(some.integers(0, 5)), draw(some.sampled_from(NUMBERS)))
    return {"model.keras": draw(torn(content)) if draw(some.integers(0, 2)) == 0 else content}


def _lying(content: bytes, field: int, number: int) -> bytes:
    """The archive with another size, count or place in its directory."""
    start = content.rfind(b"PK\x01\x02")
    end = content.rfind(b"PK\x05\x06")
    at = (start + 20, start + 24, start + 42, end + 8, end + 12, end + 16)[field]
    if start < 0 or end < 0:
        return content
    return content[:at] + struct.pack("<I", number % 2**32) + content[at + 4 :]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@both_lengths
def test_any_h5_file_is_read_or_told(judge: Judge, inputs: int) -> None:
    run(judge, "network", h5_files(), count=inputs, tame=GUARDED)
    assert judge.counts["ended"] <= inputs / 50


@pytest.mark.filterwarnings("ignore:Duplicate name")
@both_lengths
def test_any_keras_file_is_read_or_told(judge: Judge, inputs: int) -> None:
    run(judge, "network", zip_files(), count=inputs, tame=GUARDED)
    assert judge.counts["ended"] <= inputs / 50


def test_whole_files_are_taken(judge: Judge) -> None:
    whole = [("config.json", json.dumps(seed_config()).encode())]
    archive = zipped([*whole, ("model.weights.h5", weights_file())])
    assert judge.ask("network", {"model.h5": h5_file()}) == ("taken", "")
    assert judge.ask("network", {"model.keras": archive}) == ("taken", "")


@pytest.mark.parametrize("layer", HOSTILE_LAYERS, ids=lambda layer: layer["class_name"])
def test_hostile_layers_are_refused_or_harmless(judge: Judge, layer: dict[str, Any]) -> None:
    config = seed_config()
    config["config"]["layers"].insert(1, layer)
    parts = [("config.json", json.dumps(config).encode()), ("model.weights.h5", weights_file())]
    judge.check("network", {"model.keras": zipped(parts)})


def test_bombs_are_refused(judge: Judge) -> None:
    rows = io.BytesIO()
    with h5py.File(rows, "w") as file:
        shape, chunks = (10**9, 1000), (1000, 1000)
        for layer, arrays in seed_weights().items():
            for number, _ in enumerate(arrays):
                name = f"layers/{layer.removesuffix('_1')}/vars/{number}"
                file.create_dataset(name, shape, "f4", chunks=chunks, fillvalue=np.nan)
    config = ("config.json", json.dumps(seed_config()).encode())
    bombs = (
        zipped([("config.json", b" " * 2**26)], how=zipfile.ZIP_DEFLATED),
        zipped([config, ("model.weights.h5", bytes(2**28))], how=zipfile.ZIP_DEFLATED),
        zipped([config, ("model.weights.h5", rows.getvalue())]),
        zipped([(str(number), b"") for number in range(60_000)]),
    )
    for content in bombs:
        judge.check("network", {"model.keras": content})
