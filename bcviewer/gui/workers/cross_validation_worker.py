"""The worker that deals the folds of a cross-validation and lets it start."""

from __future__ import annotations

from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.cross_validation import (
    CrossValidation,
    CrossValidationJob,
    begin,
    new_folder,
)
from bcviewer.model.cross_validation_process import start_in_background


class CrossValidationWorker(Worker):
    """Succeeds with the ``CrossValidation`` that runs in the background now.

    Args:
        settings: What is to be done.
        data: The open data.
        command: What to start; None for this program.
    """

    def __init__(
        self, settings: CrossValidationJob, data: OpenedData, *, command: list[str] | None = None
    ) -> None:
        super().__init__()
        self._settings = settings
        self._data = data
        self._command = command

    def work(self) -> CrossValidation:
        folder = new_folder(self._data.workspace.runs_folder, self._settings)
        cross = begin(folder, self._settings, self._data.dataset)
        start_in_background(cross, command=self._command)
        return cross
