"""The worker that finds out which folders are there: one on a sleeping network may take long."""

from __future__ import annotations

from pathlib import Path

from bcviewer.gui.workers.worker import Worker


class FoldersWorker(Worker):
    """Looks for folders; its result is the set of those that are not there."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        super().__init__()
        self._folders = folders

    def work(self) -> frozenset[str]:
        return frozenset(folder for folder in self._folders if not Path(folder).is_dir())
