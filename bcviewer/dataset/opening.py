"""Opening a data folder: scan or index, and the workspace that belongs to it."""

from __future__ import annotations

from pathlib import Path

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.folders import check_folder
from bcviewer.dataset.index import load_index, save_index
from bcviewer.dataset.scan import scan_folder
from bcviewer.dataset.workspace import Workspace, check_apart, workspace_by_path, workspace_for
from bcviewer.progress import Cancel, Progress


def open_dataset(
    folder: Path,
    *,
    workspace: Path | None = None,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> tuple[Dataset, Workspace]:
    """Open a data folder; from the index where its folders did not change.

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
    place = chosen or workspace_by_path(root)
    known = load_index(place.index_path, root) if place is not None else {}
    scan = scan_folder(root, known=known, progress=progress, cancelled=cancelled)
    dataset = scan.dataset()
    place = chosen or workspace_for(dataset)
    check_apart(place.folder, root, what="workspace")
    place.remember(dataset)
    unchanged = list(scan.patients) == list(known) and all(
        scan.patients[patient] is known[patient] for patient in known
    )
    if not unchanged:
        save_index(scan, place.index_path)
    return dataset, place
