"""Opening a data folder: scan or index, and the workspace that belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.findings import Finding
from bcviewer.dataset.folders import check_folder
from bcviewer.dataset.index import KeptIndex, load_index, save_index
from bcviewer.dataset.moved import workspaces_alike
from bcviewer.dataset.scan import scan_folder
from bcviewer.dataset.workspace import (
    Workspace,
    check_apart,
    nameless_workspaces,
    workspace_by_path,
    workspace_for,
)
from bcviewer.errors import StorageError
from bcviewer.progress import Cancel, Progress
from bcviewer.storage import sweep_halves

_USELESS = "The index could not be used: {}. The folder was read anew."
_MENDED = "It was lost or damaged, and is made anew: the workspace is that of these data."
_NAMELESS = (
    "The workspace {0} has labels or trainings, but what data they are of cannot be read. If it is "
    "these, open the folder once with --workspace {0}; what is in it is kept until then."
)

_ALIKE = (
    "The workspace {0} has labels or trainings of almost the same data: {1:,} of these patches, "
    "from the folder {2}. If that folder was moved, open this one once with --workspace {0}; what "
    "is labelled now is kept in a new workspace."
)


def open_dataset(
    folder: Path,
    *,
    workspace: Path | None = None,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> tuple[Dataset, Workspace]:
    """Open a data folder; from the index where its folders did not change.

    A workspace that was written to before and is full or read-only now only costs time.

    Args:
        folder: The data folder.
        workspace: The workspace folder; None for the one in the user's own folder.
        progress: Told the patients done and their number.
        cancelled: Asked between patients.

    Raises:
        DataError: The folder cannot be read or holds no patches.
        StorageError: The workspace cannot be written, or lies in the data folder.
        Cancelled: The user asked to stop.
    """
    root = check_folder(folder)
    chosen = None
    if workspace is not None:
        chosen = Workspace(check_apart(workspace, root, what="workspace"))
    place = chosen or workspace_by_path(root) or _workspace_by_index(root)
    kept = load_index(place.index_path, root) if place is not None else KeptIndex()
    known = kept.patients
    scan = scan_folder(root, known=known, progress=progress, cancelled=cancelled)
    dataset = scan.dataset()
    place = place or workspace_for(dataset)
    for folder in _places(dataset):
        check_apart(place.folder, folder, what="workspace")
    known_place = place.about_path.is_file()
    sweep_halves(place.folder)
    lost = _lost_workspaces(place, chosen=chosen is not None)
    if chosen is None and not known_place and not place.has_work:
        lost += _workspaces_alike(dataset)
    troubles = [_USELESS.format(kept.trouble)] if kept.trouble else []
    troubles += _tried(partial(place.remember, dataset), lenient=known_place)
    unchanged = list(scan.patients) == list(known) and all(
        scan.patients[patient] is known[patient] for patient in known
    )
    if not unchanged:
        troubles += _tried(partial(save_index, scan, place.index_path), lenient=known_place)
    if troubles:
        lost += (Finding("index.npz", "cache", " ".join(troubles)),)
    return replace(dataset, report=dataset.report.plus(lost)), place


def _workspace_by_index(root: Path) -> Workspace | None:
    """The workspace whose index is of a folder, where nothing else of it says so any more."""
    for workspace in nameless_workspaces():
        if load_index(workspace.index_path, root).patients:
            return workspace
    return None


def _lost_workspaces(place: Workspace, *, chosen: bool) -> tuple[Finding, ...]:
    """What is to be told of workspaces that do not name their data: this one, or others."""
    told = [Finding(place.about_path.name, "cache", _MENDED)] if place.is_nameless else []
    others = [] if chosen else [other for other in nameless_workspaces() if other != place]
    for other in others:
        name = f"{other.folder.name}/{other.about_path.name}"
        told.append(Finding(name, "cache", _NAMELESS.format(other.folder)))
    return tuple(told)


def _workspaces_alike(dataset: Dataset) -> tuple[Finding, ...]:
    """What is to be told of other workspaces when a new one is made."""
    return tuple(
        Finding(other.folder.name, "moved", _ALIKE.format(other.folder, common, root))
        for other, root, common in workspaces_alike(dataset)
    )


def _places(dataset: Dataset) -> set[Path]:
    """The data folder, and the folders that links in it lead to."""
    inner = {folder.parent for folder in dataset.folders if folder != dataset.root}
    linked = {folder for folder in dataset.folders if folder.is_symlink()}
    return {dataset.root, *inner, *linked}


def _tried(write: Callable[[], None], *, lenient: bool) -> list[str]:
    """Write something to the workspace; what went wrong, where it is no reason to stop."""
    try:
        write()
    except StorageError as error:
        if not lenient:
            raise
        return [f"The index could not be kept, and is made again the next time: {error}"]
    return []
