"""What the program does with what a workspace keeps for later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from bcviewer.annotation.reading import load_snapshot
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.index import load_index
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.dataset.pixel_file import is_whole, kept_signature, load_pixels
from bcviewer.model.feature_store import FeatureStore
from bcviewer.model.out_of_fold import load_out_of_fold
from bcviewer.model.prediction_store import PredictionStore

PATCHES, FEATURES = 12, 5
"""Of patient p00; of a patch."""

INDEXED = Path("/data")
"""The folder that the index is of."""

WHOLE = "whole"


def read_cache(folder: Path, dataset: Dataset) -> None:
    """A file that a workspace keeps is read; with a file "whole" beside it, it must be of use."""
    (path,) = (path for path in folder.iterdir() if path.name != WHOLE)
    of_use = CACHES[path.name](path, dataset)
    assert of_use or not (folder / WHOLE).exists()


def _prediction(path: Path, _: Dataset) -> bool:
    found = PredictionStore(_moved(path), "m").load("p00", PATCHES)
    assert found is None or (found.shape == (PATCHES,) and found.dtype == np.float32)
    return found is not None


def _features(path: Path, _: Dataset) -> bool:
    store = FeatureStore(_moved(path), "m")
    store.has("p00", signature="s")
    found = store.load("p00", (PATCHES, FEATURES), signature="s")
    assert found is None or (found.shape == (PATCHES, FEATURES) and found.dtype == np.float32)
    return found is not None


def _moved(path: Path) -> Path:
    """The folder of a store that has a file as that of patient p00."""
    (path.parent / "store" / "m").mkdir(parents=True)
    path.rename(path.parent / "store" / "m" / "p00.npz")
    return path.parent / "store"


def _out_of_fold(path: Path, dataset: Dataset) -> bool:
    found = load_out_of_fold(path, dataset)
    assert len(found.probabilities) == len(dataset)
    return True


def _snapshot(path: Path, dataset: Dataset) -> bool:
    labels = load_snapshot(path, dataset).labels
    assert ((labels >= -1) & (labels <= 1)).all()
    return True


def _pixels(path: Path, _: Dataset) -> bool:
    found = load_pixels(path, patches=PATCHES)
    if found is not None:
        assert found.pixels.shape == (PATCHES, PATCH_SIZE, PATCH_SIZE, 3)
        assert found.readable.shape == (PATCHES,)
        assert is_whole(found)
    kept_signature(path, stamp="t")
    return found is not None


def _index(path: Path, _: Dataset) -> bool:
    found = load_index(path, INDEXED)
    for scan in found.patients.values():
        assert len(scan.x) == len(scan.y) == len(scan.labels) == len(scan.names)
        assert scan.folder.is_relative_to(INDEXED)
    return bool(found.patients)


CACHES: dict[str, Callable[[Path, Dataset], bool]] = {
    "prediction.npz": _prediction,
    "features.npz": _features,
    "fold.npz": _out_of_fold,
    "labels.npz": _snapshot,
    "p00.pixels": _pixels,
    "index.npz": _index,
}
