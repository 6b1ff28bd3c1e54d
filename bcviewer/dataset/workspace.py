"""The workspace: the folder that keeps all that bcviewer makes for a data set.

The data folder itself is never written to. A workspace is found again by the data folder's path,
and when the data has moved, by the fingerprint of the data set.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bcviewer.dataset.dataset import Dataset
from bcviewer.errors import StorageError
from bcviewer.storage import read_json, user_folder, write_json

KIND = "bcviewer-workspace"
VERSION = 1


@dataclass(frozen=True)
class Workspace:
    """Where things are kept, all under one folder."""

    folder: Path

    @property
    def index_path(self) -> Path:
        """The index of the data set."""
        return self.folder / "index.npz"

    @property
    def pixels_folder(self) -> Path:
        """Decoded pixels; made again when lost."""
        return self.folder / "pixels"

    @property
    def predictions_folder(self) -> Path:
        """Predictions, by model."""
        return self.folder / "predictions"

    @property
    def features_folder(self) -> Path:
        """What the backbones of models see in patches; made again when lost."""
        return self.folder / "features"

    @property
    def labels_path(self) -> Path:
        """The log of all labels that readers gave."""
        return self.folder / "labels.sqlite"

    @property
    def runs_folder(self) -> Path:
        """Trainings, a folder each."""
        return self.folder / "runs"

    @property
    def about_path(self) -> Path:
        """What the workspace is for: the data folder and its fingerprint."""
        return self.folder / "workspace.json"

    def remember(self, dataset: Dataset) -> None:
        """Note which data set this workspace is for.

        Raises:
            StorageError: The workspace cannot be written.
        """
        about = _read_about(self)
        now = (str(dataset.root), dataset.fingerprint)
        if about is None or (about["root"], about["fingerprint"]) != now:
            write_json(
                self.about_path,
                {"kind": KIND, "version": VERSION, "root": now[0], "fingerprint": now[1]},
            )


def workspaces_folder() -> Path:
    """Where the workspaces lie that nobody chose a folder for."""
    return user_folder() / "workspaces"


def check_apart(folder: Path, data: Path, *, what: str) -> Path:
    """Resolve a folder to write to and refuse one inside the data folder.

    Raises:
        StorageError: ``folder`` lies in ``data``, which is never written to.
    """
    resolved = folder.expanduser().resolve()
    if resolved == data.resolve() or data.resolve() in resolved.parents:
        raise StorageError(
            f"The {what} {folder} lies in the data folder, which is never written to.",
            hint="Choose a folder outside of it.",
        )
    return resolved


def workspace_by_path(root: Path) -> Workspace | None:
    """The workspace that was last used for this data folder."""
    return _find("root", str(root))


def workspace_for(dataset: Dataset) -> Workspace:
    """The workspace of a data set: that of its folder, of its fingerprint, or a new one."""
    known = workspace_by_path(dataset.root) or _find("fingerprint", dataset.fingerprint)
    return known or Workspace(workspaces_folder() / dataset.fingerprint[:16])


def _find(key: str, value: str) -> Workspace | None:
    try:
        candidates = [Workspace(folder) for folder in sorted(workspaces_folder().iterdir())]
    except OSError:
        return None
    for workspace in candidates:
        about = _read_about(workspace)
        if about is not None and about.get(key) == value:
            return workspace
    return None


def _read_about(workspace: Workspace) -> dict[str, str] | None:
    try:
        return read_json(workspace.about_path, kind=KIND, version=VERSION)
    except StorageError:
        return None
