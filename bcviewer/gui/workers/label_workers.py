"""Workers about labels: close the log of a workspace, and open it or another one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.book import LabelBook
from bcviewer.errors import Cancelled
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.worker import Worker


class CloseLabelsWorker(Worker):
    """Waits until all strokes are on the disk, then closes the log.

    Args:
        book: What is to be closed; None for nothing.
    """

    def __init__(self, book: LabelBook | None) -> None:
        super().__init__()
        self.earlier = book
        self._closed = False
        self.lost: tuple[str, ...] = ()
        """What could not be written to the book that was closed, in words."""

    @property
    def pending(self) -> int:
        """Strokes of the book that are not yet on the disk; at least one until it is closed."""
        return 0 if self.earlier is None or self._closed else max(1, self.earlier.pending)

    def work(self) -> object:
        if self.earlier is not None:
            self.earlier.close()
            self.lost = self.earlier.faults()
        self._closed = True
        return None


class OpenLabelsWorker(CloseLabelsWorker):
    """Opens the labels of a workspace for a reader; reads and folds the whole log.

    Args:
        data: The data, and their workspace.
        reader: In whose name labels will be given.
        earlier: The labels that were open before. They are closed first: what was said last is
            on the disk when the log, which may be the same one, is read.
    """

    def __init__(self, data: OpenedData, reader: str, *, earlier: LabelBook | None = None) -> None:
        super().__init__(earlier)
        self._data = data
        self._reader = reader
        self.book: LabelBook | None = None

    def work(self) -> LabelBook:
        super().work()
        data = self._data
        book = LabelBook(
            data.workspace.labels_path, data.dataset, reader=self._reader, pixels=data.store
        )
        if self.cancelled():
            book.close()
            raise Cancelled
        self.book = book
        return book


class ChangedPixelsWorker(Worker):
    """Finds the patches of a patient that look other than when they were labelled."""

    def __init__(self, book: LabelBook, patient: str) -> None:
        super().__init__()
        self._book = book
        self.patient = patient

    def work(self) -> NDArray[np.int64]:
        return self._book.changed_pixels(self.patient)
