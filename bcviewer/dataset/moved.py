"""Finding the workspace of data that came back under another path and are not quite the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.index import load_index
from bcviewer.dataset.scan import PatientScan
from bcviewer.dataset.workspace import Workspace, latest_made

MOST_COMPARED = 10
"""So many workspaces are looked at: an index of a large data set takes a moment to read."""

MOST_OF = 0.5
"""Data that share more than this of their patches, seen from either side, may be the same."""


class Alike(NamedTuple):
    """A workspace of data that are almost the same: their folder, and the patches in common."""

    workspace: Workspace
    root: Path
    common: int


def workspaces_alike(dataset: Dataset) -> list[Alike]:
    """The workspaces with labels or runs whose data have most patches of a data set."""
    found = []
    for workspace, root in latest_made(MOST_COMPARED):
        kept = load_index(workspace.index_path, root).patients
        count = sum(len(scan.x) for scan in kept.values())
        common = _common(dataset, kept)
        if common > MOST_OF * max(count, len(dataset)):
            found.append(Alike(workspace, root, common))
    return found


def _common(dataset: Dataset, kept: Mapping[str, PatientScan]) -> int:
    """How many patches are of the same patient at the same place."""
    common = 0
    for patient in kept.keys() & set(dataset.patients):
        rows, scan = dataset.rows(patient), kept[patient]
        here, there = _places(dataset.x[rows], dataset.y[rows]), _places(scan.x, scan.y)
        common += len(np.intersect1d(here, there))
    return common


def _places(x: NDArray[np.int32], y: NDArray[np.int32]) -> NDArray[np.int64]:
    """int64[k]: x and y in one number."""
    places: NDArray[np.int64] = (x.astype(np.int64) << 32) + y
    return places
