"""The workers that fit a context to the model in use, and look what it could be fitted to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.model_workers import OpenedModel
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.context import ContextCard, write_context
from bcviewer.model.context_training import (
    context_of_model,
    context_of_out_of_fold,
    same_network,
)
from bcviewer.model.out_of_fold import (
    OutOfFoldCard,
    find_out_of_fold,
    out_of_fold_folder,
    sets_out_of_fold,
)
from bcviewer.progress import stop_if


class ContextWorker(Worker):
    """Fits a context and writes it to the model folder.

    It ends with the same model, context and all.

    Args:
        data: The open data.
        model: The model.
        labels: int8[N], effective labels; -1 for none.
        out_of_fold: The out-of-fold predictions to fit it to, by name; "" for the model's
            validation patients.
    """

    def __init__(
        self,
        data: OpenedData,
        model: OpenedModel,
        labels: NDArray[np.int8],
        *,
        out_of_fold: str = "",
    ) -> None:
        super().__init__()
        self._data = data
        self._model = model
        self._labels = labels
        self._out_of_fold = out_of_fold

    def work(self) -> OpenedModel:
        folder = self._model.folder
        card = self._of_folds() if self._out_of_fold else self._of_validation()
        write_context(folder.path, card)
        return replace(self._model, folder=replace(folder, context=card))

    def _of_validation(self) -> ContextCard:
        return context_of_model(
            self._model.folder,
            self._data.dataset,
            self._data.store,
            predictor=self._model.single,
            labels=self._labels,
            progress=self.tell,
            cancelled=self.cancelled,
        )

    def _of_folds(self) -> ContextCard:
        data = self._data
        predicted = find_out_of_fold(self._out_of_fold, data.workspace, data.dataset)
        return context_of_out_of_fold(
            self._model.folder, predicted, self._labels, cancelled=self.cancelled
        )


class OutOfFoldWorker(Worker):
    """Looks for out-of-fold predictions of networks like a model's; ends with their cards."""

    def __init__(self, data: OpenedData, model: OpenedModel) -> None:
        super().__init__()
        self._data = data
        self._model = model

    def work(self) -> tuple[OutOfFoldCard, ...]:
        data, found = self._data, []
        for predicted in sets_out_of_fold(out_of_fold_folder(data.workspace), data.dataset):
            stop_if(self.cancelled)
            if same_network(self._model.folder.card, predicted.card):
                found.append(predicted.card)
        return tuple(found)
