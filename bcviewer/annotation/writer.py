"""The thread that writes strokes to the log, one transaction each, in their order."""

from __future__ import annotations

import atexit
import math
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.ledger import Act
from bcviewer.annotation.log import LabelLog
from bcviewer.annotation.log_lines import PatchLine
from bcviewer.annotation.pixel_marks import pixel_marks
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.errors import BcviewerError, Cancelled

LAST_SECONDS = 5.0
"""So long the end of the program waits for strokes that are still to be written."""


MARK_SECONDS = 1.0
"""So long a closing window goes on noting what labelled patches look like."""

IDLE_SECONDS = 2.0
"""After so long without a stroke all is brought into the one file, for those who copy it."""


@dataclass(frozen=True, eq=False)
class Writing:
    """A stroke to write: int64[k] rows, int8[k] labels before and after; none for an undo."""

    act: Act
    rows: NDArray[np.int64]
    old: NDArray[np.int8]
    new: NDArray[np.int8]


class Written(NamedTuple):
    """What became of a stroke: its id in the log, or why it could not be written."""

    act: Act
    stroke: int
    problem: str


class LogWriter:
    """Writes strokes while the window goes on.

    Args:
        path: The log; made when it is not there.
        dataset: The data set.
        pixels: Its pixels, to note what labelled patches looked like.

    Raises:
        StorageError: The log cannot be opened for writing.
    """

    def __init__(self, path: Path, dataset: Dataset, *, pixels: PixelStore | None = None) -> None:
        self._dataset = dataset
        self._pixels = pixels
        self._log = LabelLog(path)
        self._queue: SimpleQueue[Writing | None] = SimpleQueue()
        self._results: deque[Written] = deque()
        self._to_mark: deque[tuple[int, NDArray[np.int64]]] = deque()
        self._ids: dict[Act, int] = {}
        self._open = 0
        self._untidy = True  # another program may have been killed
        self._ends = math.inf
        self._quiet = threading.Condition()
        # A daemon, so that a program that forgets to close can end; its strokes are waited for.
        self._thread = threading.Thread(target=self._run, name="label-log", daemon=True)
        self._thread.start()
        atexit.register(self.flush, LAST_SECONDS)

    @property
    def pending(self) -> int:
        """Strokes that are not yet on the disk."""
        return self._open

    def put(self, writing: Writing) -> None:
        """Write a stroke, after those before."""
        with self._quiet:
            self._open += 1
        self._queue.put(writing)

    def results(self) -> Iterator[Written]:
        """What became of strokes since the last call."""
        while self._results:
            yield self._results.popleft()

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until all strokes are written or given up; False when the seconds were too few."""
        with self._quiet:
            return self._quiet.wait_for(lambda: self._open == 0, timeout)

    def close(self) -> None:
        """Write what is left and end."""
        atexit.unregister(self.flush)
        self._queue.put(None)
        self._thread.join()
        self._log.tidy()
        self._log.close()

    def _run(self) -> None:
        while True:
            try:
                writing = self._queue.get(
                    block=not self._to_mark, timeout=IDLE_SECONDS if self._untidy else None
                )
            except Empty:
                self._use_pause()
                continue
            self._untidy = True
            if writing is None:
                break
            self._results.append(self._write(writing))
            with self._quiet:
                self._open -= 1
                self._quiet.notify_all()
        self._ends = time.monotonic() + MARK_SECONDS
        while self._to_mark and not self._wanted():
            self._mark()

    def _use_pause(self) -> None:
        if self._to_mark:
            self._mark()
        else:
            self._untidy = not self._log.tidy()

    def _write(self, writing: Writing) -> Written:
        act, target = writing.act, writing.act.target
        line = act.line
        if target is not None:
            undoes = target.line.id or self._ids.get(target, 0)
            if not undoes:
                return Written(act, 0, "What it belongs to could not be saved.")
            line = line._replace(undoes=undoes)
        try:
            stroke = self._log.append(line, self._patches(writing))
        except BcviewerError as error:
            return Written(act, 0, str(error))
        except Exception as error:  # noqa: BLE001  (the thread must live on; the reader is told)
            return Written(act, 0, f"A fault of the program: {error!r}.")
        self._ids[act] = stroke
        if self._pixels is not None:
            self._to_mark += [(stroke, rows) for rows in self._by_patient(writing.rows)]
        return Written(act, stroke, "")

    def _patches(self, writing: Writing) -> Iterator[PatchLine]:
        dataset, rows = self._dataset, writing.rows
        names = [dataset.patients[number] for number in dataset.patient_index[rows].tolist()]
        columns = (dataset.x[rows], dataset.y[rows], writing.old, writing.new)
        return zip(names, *(column.tolist() for column in columns), strict=True)

    def _by_patient(self, rows: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        numbers = self._dataset.patient_index[rows]
        return [rows[numbers == number] for number in np.unique(numbers)]

    def _mark(self) -> None:
        """Note what patches look like, unless a stroke wants to be written."""
        assert self._pixels is not None
        stroke, rows = self._to_mark[0]
        dataset = self._dataset
        try:
            marks = list(pixel_marks(self._pixels, rows, cancelled=self._wanted))
            patient = dataset.patients[int(dataset.patient_index[rows[0]])]
            self._log.add_pixels(
                stroke,
                ((patient, int(dataset.x[row]), int(dataset.y[row]), crc) for row, crc in marks),
            )
        except Cancelled:
            return
        except Exception:  # noqa: BLE001, S110  (a label is worth more than what it looked like)
            pass
        self._to_mark.popleft()

    def _wanted(self) -> bool:
        return not self._queue.empty() or time.monotonic() > self._ends
