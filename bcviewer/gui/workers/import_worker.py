"""A worker that has a file of Keras imported by a child process."""

from __future__ import annotations

from PySide6.QtCore import Signal

from bcviewer.errors import Cancelled, ModelError
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.import_process import STOPPED, ImportProcess
from bcviewer.model.imported_options import ImportLine, ImportTask


class ImportWorker(Worker):
    """Imports a file, or only looks at it; gives the last line of the child, an ``ImportLine``."""

    told = Signal(str)
    """What is being done."""

    def __init__(
        self, task: ImportTask, *, look: bool = False, command: list[str] | None = None
    ) -> None:
        super().__init__()
        self._process = ImportProcess(task, look=look, command=command)

    def cancel(self) -> None:
        super().cancel()
        self._process.kill()

    def work(self) -> ImportLine:
        for line in self._process.lines():
            if line.event == "progress":
                self.told.emit(line.text)
                self.tell(line.done, line.total)
            elif line.event == "failed":
                raise ModelError(line.text, hint=line.hint)
            elif line.event != STOPPED:
                return line
        raise Cancelled
