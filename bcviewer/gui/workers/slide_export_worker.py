"""The worker that writes a slide to files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bcviewer.dataset.workspace import check_apart
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.export_files import ExportKind, path_alone, write_export
from bcviewer.model.slide_export import SlideExport
from bcviewer.progress import stop_if


@dataclass(frozen=True)
class SlideExportWish:
    """Which files of the slide on screen are wanted, and where.

    Attributes:
        kinds: The files.
        folder: Where they go.
    """

    kinds: tuple[ExportKind, ...]
    folder: Path


class SlideExportWorker(Worker):
    """Writes the files one by one; its result are their paths."""

    def __init__(self, export: SlideExport, wish: SlideExportWish) -> None:
        super().__init__()
        self._export = export
        self._wish = wish

    def work(self) -> tuple[Path, ...]:
        export, wish = self._export, self._wish
        folder = check_apart(wish.folder, export.dataset.root, what="folder of the export")
        paths = []
        for done, kind in enumerate(wish.kinds):
            stop_if(self.cancelled)
            self.tell(done, len(wish.kinds))
            paths.append(path_alone(folder, export.patient, kind, export.layer))
            write_export(paths[-1], export, kind)
        self.tell(len(paths), len(paths))
        return tuple(paths)
