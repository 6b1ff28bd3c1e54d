"""The worker that fits a context to the model in use."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.model_workers import OpenedModel
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.context import write_context
from bcviewer.model.context_training import context_of_model


class ContextWorker(Worker):
    """Fits a context on the model's validation patients and writes it to the model folder.

    It ends with the same model, context and all.

    Args:
        data: The open data.
        model: The model.
        labels: int8[N], effective labels; -1 for none.
    """

    def __init__(self, data: OpenedData, model: OpenedModel, labels: NDArray[np.int8]) -> None:
        super().__init__()
        self._data = data
        self._model = model
        self._labels = labels

    def work(self) -> OpenedModel:
        folder = self._model.folder
        card = context_of_model(
            folder,
            self._data.dataset,
            self._data.store,
            predictor=self._model.single,
            labels=self._labels,
            progress=self.tell,
            cancelled=self.cancelled,
        )
        write_context(folder.path, card)
        return replace(self._model, folder=replace(folder, context=card))
