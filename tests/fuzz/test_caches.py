"""What a workspace keeps for later, as a disk or somebody may have harmed it: made again, or told.

Nobody trusts these files: one that is of no use counts as none.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as some
from numpy.typing import NDArray

from bcviewer.annotation.reading import EffectiveLabels, save_snapshot
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_file import PatientPixels, save_pixels
from bcviewer.model.feature_store import FeatureStore
from bcviewer.model.out_of_fold import save_out_of_fold
from bcviewer.model.prediction_store import PredictionStore
from tests.factories import small_dataset
from tests.fuzz.cache_readings import FEATURES, INDEXED, PATCHES, WHOLE
from tests.fuzz.hostile import NUMBERS, torn
from tests.fuzz.judge import Files, Judge, both_lengths, run
from tests.fuzz.readings import known_dataset
from tests.model.test_out_of_fold import predicted

Arrays = dict[str, NDArray[Any]]


@cache
def kept() -> dict[str, bytes]:
    """A file of each kind as the program writes it."""
    dataset = known_dataset()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        PredictionStore(folder, "m").save("p00", np.linspace(0, 1, PATCHES, dtype=np.float32))
        features = np.random.default_rng(0).random((PATCHES, FEATURES), np.float32)
        FeatureStore(folder / "features", "m").save("p00", features, signature="s")
        fold = save_out_of_fold(predicted(dataset), folder / "folds")
        labels = dataset.labels.copy()
        labels[:9] = 1 - labels[:9]
        save_snapshot(EffectiveLabels.of(dataset, labels), dataset, folder / "labels.npz")
        pixels = np.zeros((PATCHES, 50, 50, 3), np.uint8)
        whole = PatientPixels(pixels, np.ones(PATCHES, np.bool_), (), "s", "t")
        save_pixels(whole, folder / "p00.pixels")
        open_dataset(small_dataset(folder / "data"), workspace=folder / "work")
        index = arrays_of((folder / "work" / "index.npz").read_bytes())
        about = json.loads(index["about"].tobytes()) | {"root": str(INDEXED)}
        index["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
        return {
            "prediction.npz": (folder / "m" / "p00.npz").read_bytes(),
            "features.npz": (folder / "features" / "m" / "p00.npz").read_bytes(),
            "fold.npz": fold.read_bytes(),
            "labels.npz": (folder / "labels.npz").read_bytes(),
            "p00.pixels": (folder / "p00.pixels").read_bytes(),
            "index.npz": packed(index, tight=False),
        }


def arrays_of(content: bytes) -> Arrays:
    with np.load(io.BytesIO(content), allow_pickle=False) as opened:
        return {name: opened[name] for name in opened.files}


def packed(arrays: Arrays, *, tight: bool) -> bytes:
    content = io.BytesIO()
    (np.savez_compressed if tight else np.savez)(content, allow_pickle=False, **arrays)
    return content.getvalue()


KINDS = ("<f4", "<f8", "<i8", "<i2", "|i1", "|u1", "|b1", "<U3", "|S5", "<c8", "<M8[s]")
SHAPES = ((0,), (1,), (3,), (PATCHES,), (PATCHES, 1), (2, 3, 4), ())


@some.composite
def other_array(draw: Callable[..., Any], array: NDArray[Any]) -> NDArray[Any]:
    """An array with other values, of another kind or of another shape."""
    act = draw(some.sampled_from(("value", "value", "kind", "shape", "words", "empty")))
    if act == "kind":
        return np.zeros(array.shape, draw(some.sampled_from(KINDS)))
    if act == "shape":
        return np.zeros(draw(some.sampled_from(SHAPES)), array.dtype)
    if act == "words":
        return np.frombuffer(json.dumps(draw(some.sampled_from(WORDS))).encode(), np.uint8)
    if act == "empty" or not array.size or array.dtype.kind not in "fiub":
        return array[:0] if array.ndim else array
    changed = array.copy().reshape(-1)
    place = draw(some.integers(0, changed.size - 1))
    with np.errstate(all="ignore"):
        value = draw(some.sampled_from((*NUMBERS, float("nan"), float("inf"), -1, 2)))
        if changed.dtype.kind == "f":
            changed[place] = float(value)
        elif value == value and abs(value) != float("inf"):
            width = 8 * changed.dtype.itemsize
            bits = int(value) % (1 << width)
            changed[place] = np.array([bits], f"<u{changed.dtype.itemsize}").view(changed.dtype)[0]
    return changed.reshape(array.shape)


WORDS: tuple[Any, ...] = ({}, [], None, {"version": 1}, {"version": 9}, {"kind": "x"}, "a" * 999)


@some.composite
def lying(draw: Callable[..., Any], arrays: Arrays) -> bytes:
    """An archive whose headers tell of more, or of other things, than is there."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", draw(some.sampled_from((0, 8)))) as made:
        for name, array in arrays.items():
            with made.open(f"{name}.npy", "w") as member:
                shape: tuple[int, ...] = array.shape
                if draw(some.booleans()):
                    sides = some.sampled_from([number for number in NUMBERS if number >= 0])
                    shape = tuple(draw(some.lists(sides, max_size=3)))
                about = {"descr": array.dtype.str, "fortran_order": False, "shape": shape}
                np.lib.format.write_array_header_1_0(member, about)
                member.write(array.tobytes())
                if draw(some.integers(0, 9)) == 0:
                    member.write(bytes(2**20))
    return content.getvalue()


@some.composite
def harmed(draw: Callable[..., Any]) -> Files:
    """One of the files, harmed in some way."""
    name = draw(some.sampled_from(sorted(kept())))
    content = kept()[name]
    act = draw(some.sampled_from(("bits", "arrays", "arrays", "lies")))
    if act == "bits" or not name.endswith(".npz"):
        return {name: draw(torn(content))}
    arrays = arrays_of(content)
    if act == "lies":
        return {name: draw(lying(arrays))}
    for _ in range(draw(some.integers(1, 2))):
        chosen = draw(some.sampled_from(sorted(arrays)))
        if draw(some.integers(0, 5)) == 0 and len(arrays) > 1:
            del arrays[chosen]
        else:
            arrays[chosen] = draw(other_array(arrays[chosen]))
    tight = draw(some.booleans())
    return {name: packed(arrays, tight=tight)}


def test_what_is_whole_is_taken(judge: Judge) -> None:
    for name, content in kept().items():
        assert judge.check("cache", {name: content, WHOLE: b""}, tame=("taken",)) == "taken"


@both_lengths
def test_any_cache_is_of_use_or_counts_as_none(judge: Judge, inputs: int) -> None:
    run(judge, "cache", harmed(), count=inputs)
