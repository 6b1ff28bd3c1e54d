"""The worker that has an int8 graph made for the model in use."""

from __future__ import annotations

from dataclasses import replace

from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.model_workers import OpenedModel
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.int8_process import Int8Process


class Int8Worker(Worker):
    """Ends with the same model, which can now be asked in 8 bits.

    Args:
        data: The open data; ranges are read from its patches.
        model: The model.
        command: What to start in place of ``bcviewer quantise``.
    """

    def __init__(
        self, data: OpenedData, model: OpenedModel, *, command: list[str] | None = None
    ) -> None:
        super().__init__()
        self._model = model
        folder, workspace = data.dataset.root, data.workspace.folder
        self._process = Int8Process(folder, model.folder, workspace, command=command)

    def cancel(self) -> None:
        super().cancel()
        self._process.kill()

    def work(self) -> OpenedModel:
        model = self._model
        folder = replace(model.folder, int8=self._process.run())
        return OpenedModel.of(folder, bundled=model.bundled).asked(model.way)
