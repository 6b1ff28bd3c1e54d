"""The workspace: the folder that keeps all that bcviewer makes for a data set.

The data folder itself is never written to. A workspace is found again by the data folder's path,
and when the data has moved, by the fingerprint of the data set.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from bcviewer.dataset.dataset import Dataset
from bcviewer.errors import StorageError
from bcviewer.storage import SEAL, read_bounded, read_json, user_folder, write_sealed_json

KIND = "bcviewer-workspace"
VERSION = 1
MOST_BYTES = 2**20
"""Of what a workspace says of itself: a path and a fingerprint."""


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

    @property
    def is_nameless(self) -> bool:
        """Whether it has what people made, but nothing that can be read says of which data."""
        return self.has_work and _read_about(self) is None

    @property
    def has_work(self) -> bool:
        """Whether it has what people made: labels or trainings."""
        return self.labels_path.exists() or self.runs_folder.exists()

    def remember(self, dataset: Dataset) -> None:
        """Note which data set this workspace is for.

        Raises:
            StorageError: The workspace cannot be written.
        """
        about = _About(str(dataset.root), dataset.fingerprint, sealed=True)
        if _read_about(self) != about:
            content = {"root": about.root, "fingerprint": about.fingerprint}
            write_sealed_json(self.about_path, {"kind": KIND, "version": VERSION, **content})


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


def nameless_workspaces() -> list[Workspace]:
    """Workspaces with labels or runs that are not found by their data, as they do not name them."""
    return [workspace for workspace in _workspaces() if workspace.is_nameless]


def latest_made(most: int) -> list[tuple[Workspace, Path]]:
    """Workspaces with labels or runs and the data folders that they name, the last noted first."""
    made = sorted(filter(lambda each: each.has_work, _workspaces()), key=_noted, reverse=True)
    abouts = ((workspace, _read_about(workspace)) for workspace in made[:most])
    return [(workspace, Path(about.root)) for workspace, about in abouts if about is not None]


class _About(NamedTuple):
    """What a workspace says it is for."""

    root: str
    fingerprint: str
    sealed: bool


def _find(key: Literal["root", "fingerprint"], value: str) -> Workspace | None:
    """The workspace that names these data; of several the one where that was noted last."""
    found = []
    for workspace in _workspaces():
        about = _read_about(workspace)
        if about is not None and getattr(about, key) == value:
            found.append(workspace)
    return max(found, key=_noted, default=None)


def _noted(workspace: Workspace) -> float:
    try:
        return workspace.about_path.stat().st_mtime
    except OSError:
        return 0.0


def _workspaces() -> list[Workspace]:
    try:
        return [Workspace(folder) for folder in sorted(workspaces_folder().iterdir())]
    except OSError:
        return []


def _read_about(workspace: Workspace) -> _About | None:
    """What a workspace says it is for; None when nothing that can be trusted."""
    try:
        content = read_json(workspace.about_path, kind=KIND, version=VERSION)
        sealed = f'"{SEAL}":'.encode() in read_bounded(workspace.about_path, most=MOST_BYTES)
    except StorageError:
        return None
    root, fingerprint = content.get("root"), content.get("fingerprint")
    if not isinstance(root, str) or not isinstance(fingerprint, str):
        return None
    return _About(root, fingerprint, sealed)
