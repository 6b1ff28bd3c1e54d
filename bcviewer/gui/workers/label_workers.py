"""Workers about labels: open the log of a workspace, and close it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.book import LabelBook
from bcviewer.errors import Cancelled
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.worker import Worker


class OpenLabelsWorker(Worker):
    """Opens the labels of a workspace for a reader; reads and folds the whole log."""

    def __init__(self, data: OpenedData, reader: str) -> None:
        super().__init__()
        self._data = data
        self._reader = reader
        self.book: LabelBook | None = None

    def work(self) -> LabelBook:
        data = self._data
        book = LabelBook(
            data.workspace.labels_path, data.dataset, reader=self._reader, pixels=data.store
        )
        if self.cancelled():
            book.close()
            raise Cancelled
        self.book = book
        return book


class CloseLabelsWorker(Worker):
    """Waits until all strokes are on the disk, then closes the log."""

    def __init__(self, book: LabelBook) -> None:
        super().__init__()
        self._book = book

    def work(self) -> None:
        self._book.close()


class ChangedPixelsWorker(Worker):
    """Finds the patches of a patient that look other than when they were labelled."""

    def __init__(self, book: LabelBook, patient: str) -> None:
        super().__init__()
        self._book = book
        self.patient = patient

    def work(self) -> NDArray[np.int64]:
        return self._book.changed_pixels(self.patient)
