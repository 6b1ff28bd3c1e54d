"""Reading a data folder's file names into a ``Dataset``; nothing stops at a strange file.

Only names are read: what a picture holds is looked at when its pixels are (``pixel_store``). So a
folder whose modification time stands has the same names, and its patients are taken from the index.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.findings import Finding, ScanReport
from bcviewer.dataset.folders import LABEL_FOLDERS, MARKER, check_folder, find_patients
from bcviewer.dataset.names import PatchName, parse_patch_name
from bcviewer.errors import DataError
from bcviewer.progress import Cancel, Progress, stop_if

MAX_LISTED = 100
"""Findings of one kind that are listed for one patient; the rest are counted in a last one."""

# A folder changed so shortly before it was listed may change again within the clock's tick.
UNSETTLED_NS = 2_000_000_000
UNTRUSTED = (-2, -2, -2)


@dataclass(frozen=True, eq=False)
class PatientScan:
    """The patches of one patient, by y then x, as their names say.

    Attributes:
        folder: The patient's folder.
        stamps: Modification times (ns) of the patient's folder and its folders 0 and 1; -1 where
            there is none, ``UNTRUSTED`` where they were too fresh to be trusted later.
        x, y: int32[n].
        labels: int8[n].
        names: bytes[n].
        findings: What was left out and why.
    """

    folder: Path
    stamps: tuple[int, int, int]
    x: NDArray[np.int32]
    y: NDArray[np.int32]
    labels: NDArray[np.int8]
    names: NDArray[np.bytes_]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, eq=False)
class FolderScan:
    """All patients of a folder, scanned."""

    root: Path
    patients: dict[str, PatientScan]
    findings: tuple[Finding, ...]

    def dataset(self) -> Dataset:
        """The scan as arrays.

        Raises:
            DataError: Not one patch was found.
        """
        kept = {name: scan for name, scan in self.patients.items() if len(scan.x)}
        findings = self.findings + tuple(f for s in self.patients.values() for f in s.findings)
        if not kept:
            raise DataError(
                f"No patches were found in {self.root}.",
                hint="Open the folder that holds the patients' folders: "
                "PATIENT/0/PATIENT_idx5_x1_y1_class0.png and so on"
                + (f" ({len(findings)} other things are there)." if findings else "."),
            )
        scans = list(kept.values())
        starts = np.concatenate([[0], np.cumsum([len(scan.x) for scan in scans])])
        return Dataset(
            root=self.root,
            patients=tuple(kept),
            folders=tuple(scan.folder for scan in scans),
            starts=starts.astype(np.int64),
            x=np.concatenate([scan.x for scan in scans]),
            y=np.concatenate([scan.y for scan in scans]),
            labels=np.concatenate([scan.labels for scan in scans]),
            names=np.concatenate([scan.names for scan in scans]),
            report=ScanReport(findings),
            synthetic=(self.root / MARKER).is_file(),
        )


def scan(
    folder: Path, *, progress: Progress | None = None, cancelled: Cancel | None = None
) -> Dataset:
    """Read a data folder from its file names.

    Args:
        folder: The patients' folders' folder, ``IDC_regular_ps50_idx5``, or the parent of both.
        progress: Told the patients done and their number.
        cancelled: Asked between patients.

    Raises:
        DataError: The folder cannot be read or holds no patches.
        Cancelled: The user asked to stop.
    """
    return scan_folder(folder, progress=progress, cancelled=cancelled).dataset()


def scan_folder(
    folder: Path,
    *,
    known: dict[str, PatientScan] | None = None,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> FolderScan:
    """Scan a folder, taking over patients of an earlier scan whose folders did not change.

    Raises:
        DataError: The folder cannot be read.
        Cancelled: The user asked to stop.
    """
    root = check_folder(folder)
    found = find_patients(root)
    patients: dict[str, PatientScan] = {}
    for done, (patient, patient_folder) in enumerate(found.folders.items()):
        stop_if(cancelled)
        earlier = (known or {}).get(patient)
        stamps = folder_stamps(patient_folder)
        if earlier and earlier.folder == patient_folder and earlier.stamps == stamps:
            patients[patient] = earlier
        else:
            patients[patient] = _scan_patient(patient, patient_folder, root)
        if progress is not None:
            progress(done + 1, len(found.folders))
    return FolderScan(root, patients, found.findings)


def folder_stamps(folder: Path) -> tuple[int, int, int]:
    """Modification times (ns) of a patient's folder and its folders 0 and 1; -1 for none."""
    return (_stamp(folder), _stamp(folder / "0"), _stamp(folder / "1"))


def _stamp(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return -1


def _scan_patient(patient: str, folder: Path, root: Path) -> PatientScan:
    listed_at = time.time_ns()
    stamps = folder_stamps(folder)
    findings: list[Finding] = []
    found: list[tuple[PatchName, str]] = []
    for label in LABEL_FOLDERS:
        _list_patches(patient, folder / label, root, found, findings)
    found = _one_for_each_place(found, folder, root, findings)
    found.sort(key=lambda pair: (pair[0].y, pair[0].x))
    if not found:
        text = "The patient has no patches."
        findings.append(Finding(folder.relative_to(root).as_posix(), "no_patches", text))
    settled = max(stamps) < listed_at - UNSETTLED_NS
    return PatientScan(
        folder=folder,
        stamps=stamps if settled else UNTRUSTED,
        x=np.array([patch.x for patch, _ in found], np.int32),
        y=np.array([patch.y for patch, _ in found], np.int32),
        labels=np.array([patch.label for patch, _ in found], np.int8),
        names=np.array([os.fsencode(name) for _, name in found], np.bytes_),
        findings=_shortened(findings),
    )


def _list_patches(
    patient: str,
    folder: Path,
    root: Path,
    found: list[tuple[PatchName, str]],
    findings: list[Finding],
) -> None:
    """Add the patches of a folder 0 or 1 to ``found``, and all else to ``findings``."""
    label = int(folder.name)
    relative = folder.relative_to(root).as_posix()

    def note(name: str, kind: str, text: str) -> None:
        findings.append(Finding(f"{relative}/{name}", kind, text))

    try:
        with os.scandir(folder) as entries:
            names = [(entry.name, _is_file(entry)) for entry in entries]
    except FileNotFoundError:
        return
    except OSError as error:
        text = f"Cannot be read: {error.strerror or error}."
        findings.append(Finding(relative, "unreadable", text))
        return
    for name, is_file in names:
        patch = parse_patch_name(name) if is_file else None
        if patch is None:
            note(name, "strange_file", "Not a patch's name; left out.")
        elif patch.patient.casefold() != patient.casefold() or patch.label != label:
            text = f"The name says patient {patch.patient}, class {patch.label}; left out."
            note(name, "wrong_folder", text)
        elif not patch.on_grid:
            note(name, "off_grid", "x and y must be 1, 51, 101 and so on; left out.")
        else:
            found.append((patch, name))


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link to itself
        return False


def _one_for_each_place(
    found: list[tuple[PatchName, str]], folder: Path, root: Path, findings: list[Finding]
) -> list[tuple[PatchName, str]]:
    """Keep one file a place; none where the files contradict each other about the label."""
    places: dict[tuple[int, int], list[tuple[PatchName, str]]] = {}
    for pair in found:
        places.setdefault((pair[0].x, pair[0].y), []).append(pair)
    if len(places) == len(found):
        return found
    kept = []
    for pairs in places.values():
        pairs.sort(key=lambda pair: pair[1])
        agreed = len({patch.label for patch, _ in pairs}) == 1
        kept.extend(pairs[:1] if agreed else [])
        for patch, name in pairs[1:] if agreed else pairs:
            relative = (folder / str(patch.label) / name).relative_to(root).as_posix()
            text = (
                f"{pairs[0][1]} is for the same place; this one is left out."
                if agreed
                else "Files of both labels are for this place; all are left out. Remove one."
            )
            findings.append(Finding(relative, "same_place", text))
    return kept


def _shortened(findings: list[Finding]) -> tuple[Finding, ...]:
    """The first findings of each kind, sorted, and the number of the rest."""
    kinds: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: finding.path):
        kinds.setdefault(finding.kind, []).append(finding)
    kept: list[Finding] = []
    for kind, same in kinds.items():
        kept.extend(same[:MAX_LISTED])
        if len(same) > MAX_LISTED:
            place = str(Path(same[MAX_LISTED].path).parent.as_posix())
            kept.append(Finding(place, kind, f"And {len(same) - MAX_LISTED:,} more like these."))
    return tuple(kept)
