"""Predicting whole patients with a model, patient by patient, stoppable between batches.

While patients are predicted, the pictures of the next ones are decoded, and whoever asked writes
what was said of the last ones: each in threads of their own. Patients with few patches go together,
so that no batch is half empty.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_file import PatientPixels
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.model.way import PLAIN_WAY, Way
from bcviewer.progress import Cancel, Progress, stop_if

BATCH_SIZE = 64
"""Patches of the first batch; later ones are as large as the machine is fast."""

CORES_A_READER, MOST_READERS = 4, 3
"""On two cores one thread that decodes is best, the engine has the rest. Decoding needs the
interpreter for two fifths of its time: a fourth reader would only wait for it."""

TELL_EVERY = 0.05
"""Seconds between two looks at how far it is."""

SHORTEST, LONGEST = 0.05, 0.12
"""Seconds that a batch is to take: the engine needs some patches to be fast, and does not stop
within them."""

FEWEST, MOST = 16, 256
"""Patches of a batch."""


class Predicts(Protocol):
    """What gives probabilities for pixels; ``Predictor`` is the one that reads model folders.

    Its ``way``, if it has one, goes with each prediction.
    """

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """float32[n] for uint8[n, 50, 50, 3]."""


@dataclass(frozen=True, eq=False)
class PatientPrediction:
    """What a model says of a patient.

    Attributes:
        patient: The patient.
        probabilities: float32[n], in the order of the data set's rows; NaN where the patch could
            not be read.
        patches_per_second: How fast the graph ran for the patients that were predicted together;
            reading the pixels is not counted.
        signature: Of the pictures when they were read, to notice later that they changed.
        way: How the model was asked.
    """

    patient: str
    probabilities: NDArray[np.float32]
    patches_per_second: float
    signature: str
    way: Way = PLAIN_WAY


def predict_patients(
    dataset: Dataset,
    pixels: PixelStore,
    predictor: Predicts,
    patients: Sequence[str],
    *,
    batch_size: int | None = None,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Generator[PatientPrediction]:
    """Predict patients in the given order; whoever leaves before the end closes it.

    Args:
        dataset: The data set.
        pixels: Its pixels.
        predictor: The model; asked in one thread of its own.
        patients: Whom to predict.
        batch_size: Patches between two questions whether to stop; None for as many as take about
            a tenth of a second, taken from several patients where they have few.
        progress: Told the patches done and their number, in the thread of the caller.
        cancelled: Asked between batches, in any thread.

    Raises:
        DataError: The data set has no such patient.
        Cancelled: The user asked to stop.
    """
    rows = [dataset.rows(patient) for patient in patients]
    work = _Work(
        pixels, predictor, _Pace(batch_size or BATCH_SIZE, fixed=batch_size is not None), cancelled
    )
    told = _Telling(work, progress, sum(part.stop - part.start for part in rows))
    waiting: deque[Future[list[PatientPrediction]]] = deque()
    readers = readers_for(_cores())
    ahead = readers + 1  # groups on their way beside the one asked for: one of them is predicted
    with ThreadPoolExecutor(readers, "read") as reader, ThreadPoolExecutor(1, "predict") as engine:
        try:
            for group in _groups(dataset, patients, work.pace):
                decoded = [reader.submit(work.read, patient) for patient in group]
                waiting.append(engine.submit(work.predict, group, decoded))
                if len(waiting) > ahead:
                    yield from told.result(waiting.popleft())
            while waiting:
                yield from told.result(waiting.popleft())
        finally:
            work.stop.set()


def readers_for(cores: int) -> int:
    """How many threads decode pictures on a machine of so many cores."""
    return min(max(1, cores // CORES_A_READER), MOST_READERS)


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _groups(dataset: Dataset, patients: Sequence[str], pace: _Pace) -> Iterator[list[str]]:
    """The patients in their order, some together where they have fewer patches than a batch."""
    group: list[str] = []
    patches = 0
    for patient in patients:
        rows = dataset.rows(patient)
        group.append(patient)
        patches += rows.stop - rows.start
        if patches >= pace.size:
            yield group
            group, patches = [], 0
    if group:
        yield group


@dataclass
class _Pace:
    """How many patches to predict at once: few enough to stop soon, enough to be fast."""

    size: int
    fixed: bool

    def learn(self, patches: int, seconds: float) -> None:
        """Look at what the last patches took."""
        if self.fixed:
            return
        if seconds > LONGEST:
            self.size = max(FEWEST, patches // 2)
        elif seconds < SHORTEST and patches == self.size:
            self.size = min(MOST, self.size * 2)


@dataclass
class _Work:
    """What the threads do, and how far they are.

    Attributes:
        pixels: Where pictures come from.
        predictor: The model.
        pace: Patches at once.
        cancelled: Whether the user asked to stop.
        stop: Set when nobody waits for more.
        done: Patches predicted so far.
    """

    pixels: PixelStore
    predictor: Predicts
    pace: _Pace
    cancelled: Cancel | None
    stop: threading.Event = field(default_factory=threading.Event)
    done: int = 0

    def read(self, patient: str) -> PatientPixels:
        """Decode a patient, in a thread that reads."""
        stop_if(self.ends)
        return self.pixels.patient(patient, cancelled=self.ends)

    def predict(
        self, patients: list[str], decoding: list[Future[PatientPixels]]
    ) -> list[PatientPrediction]:
        """Predict patients whose pictures are being decoded, in the engine's thread."""
        decoded = [each.result() for each in decoding]
        readable = np.concatenate([each.readable for each in decoded])
        before, seconds, start = self.done, 0.0, 0
        found = np.full(len(readable), np.nan, np.float32)
        rows = np.flatnonzero(readable)
        while start < len(rows):
            stop_if(self.ends)
            chosen = rows[start : start + self.pace.size]
            batch = _gathered(decoded, chosen)
            begin = time.perf_counter()
            found[chosen] = self.predictor.probabilities(batch)
            took = time.perf_counter() - begin
            self.pace.learn(len(chosen), took)
            seconds += took
            start += len(chosen)
            self.done = before + start
        self.done = before + len(found)
        return self._apart(patients, decoded, found, speed=len(rows) / seconds if seconds else 0.0)

    def _apart(
        self,
        patients: list[str],
        decoded: list[PatientPixels],
        found: NDArray[np.float32],
        *,
        speed: float,
    ) -> list[PatientPrediction]:
        """What was found, patient by patient."""
        way: Way = getattr(self.predictor, "way", PLAIN_WAY)
        ends = np.cumsum([len(each.readable) for each in decoded])[:-1]
        return [
            PatientPrediction(patient, part, speed, pixels.signature, way)
            for patient, pixels, part in zip(patients, decoded, np.split(found, ends), strict=True)
        ]

    def ends(self) -> bool:
        """Whether to stop."""
        return self.stop.is_set() or (self.cancelled is not None and self.cancelled())


def _gathered(decoded: list[PatientPixels], rows: NDArray[np.int64]) -> NDArray[np.uint8]:
    """uint8[k, 50, 50, 3]: the pixels of ascending rows of several patients, one after another."""
    parts, start = [], 0
    for each in decoded:
        stop = start + len(each.readable)
        here = rows[np.searchsorted(rows, start) : np.searchsorted(rows, stop)]
        if len(here):
            parts.append(each.pixels[here - start])
        start = stop
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


@dataclass
class _Telling:
    """Tells progress in the caller's thread while it waits for a patient."""

    work: _Work
    progress: Progress | None
    total: int

    def result(self, future: Future[list[PatientPrediction]]) -> list[PatientPrediction]:
        """Wait for patients; never for long at a time, so that Ctrl-C is heard at once."""
        while not wait([future], TELL_EVERY).done:
            self._tell()
        found = future.result()
        self._tell()
        return found

    def _tell(self) -> None:
        if self.progress is not None:
            self.progress(self.work.done, self.total)
