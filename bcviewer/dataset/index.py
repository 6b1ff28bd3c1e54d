"""The index: a scan kept in the workspace, so that the next opening reads only what changed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.findings import Finding
from bcviewer.dataset.scan import FolderScan, PatientScan
from bcviewer.storage import atomic_file

VERSION = 1


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


def load_index(path: Path, root: Path) -> dict[str, PatientScan]:
    """The scan that was kept, by patient; empty where there is none that can be trusted.

    An index that is damaged (its parts carry checksums), of another version or of another folder is
    as good as none: the folder is scanned anew.
    """
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in ("starts", "x", "y", "labels", "names")}
            about = json.loads(file["about"].tobytes())
        if about["version"] != VERSION or about["root"] != str(root):
            return {}
        return _patients(about, arrays, root)
    except (OSError, ValueError, KeyError, TypeError, IndexError, EOFError, zipfile.BadZipFile):
        return {}


def _joined(arrays: Iterable[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    listed = list(arrays)
    return np.concatenate(listed) if listed else np.empty(0, kind)


def _patients(
    about: dict[str, Any], arrays: dict[str, NDArray[Any]], root: Path
) -> dict[str, PatientScan]:
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
