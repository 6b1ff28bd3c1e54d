"""The index: a scan kept in the workspace, so that the next opening reads only what changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.archives import archive
from bcviewer.dataset.findings import Finding
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.dataset.scan import FolderScan, PatientScan
from bcviewer.storage import atomic_file

VERSION = 1

MOST_BYTES = 2**28
"""Of the whole public data set it takes 25 MB."""


@dataclass(frozen=True)
class KeptIndex:
    """What was kept of a scan.

    Attributes:
        patients: The scan, by patient; empty where none can be trusted.
        trouble: Why an index that is there cannot; "" where it can, or there is none.
    """

    patients: dict[str, PatientScan] = field(default_factory=dict)
    trouble: str = ""


def save_index(scan: FolderScan, path: Path) -> None:
    """Keep a scan.

    Raises:
        StorageError: The file cannot be written.
    """
    scans = list(scan.patients.values())
    about = {
        "version": VERSION,
        "root": str(scan.root),
        "patients": list(scan.patients),
        "folders": [entry.folder.relative_to(scan.root).as_posix() for entry in scans],
        "stamps": [entry.stamps for entry in scans],
        "findings": [[asdict(finding) for finding in entry.findings] for entry in scans],
    }
    arrays: dict[str, NDArray[Any]] = {
        "about": np.frombuffer(json.dumps(about).encode("ascii"), np.uint8),
        "starts": np.cumsum([0, *(len(entry.x) for entry in scans)], dtype=np.int64),
        "x": _joined((entry.x for entry in scans), np.int32),
        "y": _joined((entry.y for entry in scans), np.int32),
        "labels": _joined((entry.labels for entry in scans), np.int8),
        "names": _joined((entry.names for entry in scans), np.bytes_),
    }
    with atomic_file(path) as beside, beside.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def load_index(path: Path, root: Path) -> KeptIndex:
    """The scan that was kept.

    An index that is damaged (its parts carry checksums), of another version or of another folder is
    as good as none: the folder is scanned anew.
    """
    try:
        with archive(path, most=MOST_BYTES) as file:
            arrays = {name: file[name] for name in ("starts", "x", "y", "labels", "names")}
            about = json.loads(file["about"].tobytes())
        if about["version"] != VERSION:
            return KeptIndex(trouble="it is of another version of bcviewer")
        return KeptIndex(_patients(about, arrays, root) if about["root"] == str(root) else {})
    except FileNotFoundError:
        return KeptIndex()
    except Exception:  # noqa: BLE001  (np.load raises whatever a damaged file makes it raise)
        return KeptIndex(trouble="it is damaged")


def _joined(arrays: Iterable[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    listed = list(arrays)
    return np.concatenate(listed) if listed else np.empty(0, kind)


def _patients(
    about: dict[str, Any], arrays: dict[str, NDArray[Any]], root: Path
) -> dict[str, PatientScan]:
    _check(about, arrays)
    starts = arrays["starts"]
    patients = {}
    for number, patient in enumerate(about["patients"]):
        rows = slice(int(starts[number]), int(starts[number + 1]))
        first, second, third = about["stamps"][number]
        patients[patient] = PatientScan(
            folder=root / about["folders"][number],
            stamps=(first, second, third),
            x=arrays["x"][rows],
            y=arrays["y"][rows],
            labels=arrays["labels"][rows],
            names=arrays["names"][rows],
            findings=tuple(Finding(**finding) for finding in about["findings"][number]),
        )
    return patients


def _check(about: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
    """Look whether the parts fit together and name nothing outside of the data folder.

    Checksums show damage, but not that somebody else has written it: workspaces are passed on.

    Raises:
        ValueError: They do not.
    """
    starts, x, y = (arrays[name] for name in ("starts", "x", "y"))
    labels, names = arrays["labels"], arrays["names"]
    count, patients = len(x), len(about["patients"])
    lengths = {len(each) for each in (y, labels, names)}
    listed = {len(about[name]) for name in ("folders", "stamps", "findings")}
    if lengths != {count} or listed != {patients} or len(starts) != patients + 1:
        raise ValueError("parts are of different lengths")
    if starts[0] != 0 or starts[-1] != count or (np.diff(starts) < 0).any():
        raise ValueError("patients overlap")
    if (
        not np.isin(labels, (0, 1)).all()
        or (x % PATCH_SIZE != 1).any()
        or (y % PATCH_SIZE != 1).any()
    ):
        raise ValueError("labels or places are none of patches")
    letters = np.ascontiguousarray(names).view(np.uint8)
    if names.dtype.kind != "S" or np.isin(letters, [ord("/"), ord("\\")]).any():
        raise ValueError("names of files are paths")
    for folder in map(PurePosixPath, about["folders"]):
        if folder.is_absolute() or ".." in folder.parts:
            raise ValueError("a patient lies outside of the data folder")
