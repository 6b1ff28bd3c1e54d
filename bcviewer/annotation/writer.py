"""The thread that writes strokes to the log, one transaction each, in their order."""

from __future__ import annotations

import atexit
import math
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.ledger import Act
from bcviewer.annotation.log import LabelLog
from bcviewer.annotation.log_errors import BUSY_SECONDS
from bcviewer.annotation.log_lines import PatchLine
from bcviewer.annotation.pixel_marks import pixel_marks
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.errors import BcviewerError, Cancelled

LAST_SECONDS = 5.0
"""So long the end of the program waits for strokes that are still to be written."""

CLOSE_SECONDS = BUSY_SECONDS + 2
"""So long the end of a log waits for the next stroke to be written, whatever number is left."""

HASTY_SECONDS = 0.05
"""At the end no stroke waits longer for others after one that has waited in vain."""

MARK_SECONDS = 1.0
"""So long a closing window goes on noting what labelled patches look like."""

IDLE_SECONDS = 2.0
"""After so long without a stroke all is brought into the one file, for those who copy it."""


STUCK = "The log could not be written to for too long."


@dataclass(frozen=True, eq=False)
class Writing:
    """A stroke to write: int64[k] rows, int8[k] labels before and after; none for an undo."""

    act: Act
    rows: NDArray[np.int64]
    old: NDArray[np.int8]
    new: NDArray[np.int8]


class Written(NamedTuple):
    """What became of a stroke: its id in the log, or why it could not be written."""

    writing: Writing
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
        self._waiting: deque[Writing] = deque()
        self._results: deque[Written] = deque()
        self._to_mark: deque[tuple[int, NDArray[np.int64]]] = deque()
        self._ids: dict[Act, int] = {}
        self._problem = ""
        self._held = self._closing = self._given_up = self._in_vain = False
        self._written = 0
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
        return len(self._waiting)

    @property
    def problem(self) -> str:
        """Why strokes are held, see ``hold``, in words; "" while none is."""
        return self._problem

    def put(self, writing: Writing) -> None:
        """Write a stroke, after those before."""
        with self._quiet:
            self._waiting.append(writing)
            self._quiet.notify_all()

    def hold(self, on: bool) -> None:
        """Whether a stroke that cannot be written is held, and with it all that come after it.

        They keep their order: the last word of a reader stays the last. What is held already is
        tried again, and so is what just failed, where nothing was written after it.
        """
        with self._quiet:
            if on and not self._waiting:
                while self._results and not self._results[-1].stroke:
                    self._waiting.appendleft(self._results.pop().writing)
            self._held, self._problem = on, ""
            self._in_vain = self._in_vain and not on
            self._quiet.notify_all()

    def results(self) -> Iterable[Written]:
        """What became of strokes since the last call."""
        with self._quiet:
            results, self._results = self._results, deque()
        return results

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until all strokes are written, given up or held; False when some are not yet."""
        with self._quiet:
            self._quiet.wait_for(lambda: not self._waiting or bool(self._problem), timeout)
            return not self._waiting

    def close(self, patience: float = CLOSE_SECONDS) -> None:
        """Write what is left and end; what cannot be written is given up.

        Args:
            patience: Seconds without a stroke being written after which no more are waited for.
        """
        atexit.unregister(self.flush)
        with self._quiet:
            self._closing, self._held, self._problem = True, False, ""
            self._quiet.notify_all()
        finished = self._finished(patience)
        if not finished:
            self._give_up()
        self._thread.join(MARK_SECONDS + (LAST_SECONDS if finished else 0))
        if not self._thread.is_alive():  # else what it is at may never end, and the log is its own
            self._log.tidy()
            self._log.close()

    def _finished(self, patience: float) -> bool:
        """Wait for all strokes as long as some are written; whether none is left."""
        with self._quiet:
            while self._waiting:
                before = self._written
                if not self._quiet.wait_for(
                    lambda: not self._waiting or self._written > before,  # noqa: B023
                    patience,
                ):
                    return False
        return True

    def _give_up(self) -> None:
        with self._quiet:
            self._given_up = True
            self._results += [Written(writing, 0, STUCK) for writing in self._waiting]
            self._waiting.clear()
        self._log.interrupt()

    def _run(self) -> None:
        while True:
            with self._quiet:
                pause = 0 if self._to_mark else IDLE_SECONDS if self._untidy else None
                ready = self._quiet.wait_for(self._called, pause)
                writing = self._waiting[0] if self._waiting and ready else None
            if writing is not None:
                self._untidy = True
                self._settle(self._write(writing))
            elif ready:
                break
            else:
                self._use_pause()
        self._ends = time.monotonic() + MARK_SECONDS
        self._log.wait_for_others(HASTY_SECONDS)
        while self._to_mark and not self._given_up and not self._wanted():
            self._mark()

    def _called(self) -> bool:
        """Whether a stroke is to be written, or all is to end."""
        return self._closing or (bool(self._waiting) and not self._problem)

    def _settle(self, written: Written) -> None:
        """Let go of the first stroke, unless it is to be held."""
        with self._quiet:
            self._in_vain = not written.stroke
            if self._given_up:  # somebody was told so already
                return
            if self._held and not written.stroke:
                self._problem = written.problem
            else:
                self._waiting.popleft()
                self._results.append(written)
            self._written += bool(written.stroke)
            self._quiet.notify_all()

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
                return Written(writing, 0, "What it belongs to could not be saved.")
            line = line._replace(undoes=undoes)
        hasty = self._in_vain and (self._closing or self._held)
        self._log.wait_for_others(HASTY_SECONDS if hasty else BUSY_SECONDS)
        try:
            stroke = self._log.append(line, chain(self._patches(writing), self._still_wanted()))
        except BcviewerError as error:
            return Written(writing, 0, str(error))
        except Exception as error:  # noqa: BLE001  (the thread must live on; the reader is told)
            return Written(writing, 0, f"A fault of the program: {error!r}.")
        self._ids[act] = stroke
        if self._pixels is not None:
            self._to_mark += [(stroke, rows) for rows in self._by_patient(writing.rows)]
        return Written(writing, stroke, "")

    def _still_wanted(self) -> Iterator[PatchLine]:
        """Look in the midst of writing whether it is too late: its reader was told that it is lost.

        Raises:
            Cancelled: It is given up; nothing of it may be on the disk after all.
        """
        if self._given_up:
            raise Cancelled
        yield from ()

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
        return time.monotonic() > self._ends if self._ends < math.inf else self._called()
