"""Predicting whole patients with a model, patient by patient, stoppable between batches."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.progress import Cancel, Progress, stop_if

BATCH_SIZE = 64
"""Patches between two questions whether to stop."""


class Predicts(Protocol):
    """What gives probabilities for pixels; ``Predictor`` is the one that reads model folders."""

    def probabilities(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """float32[n] for uint8[n, 50, 50, 3]."""


@dataclass(frozen=True, eq=False)
class PatientPrediction:
    """What a model says of a patient.

    Attributes:
        patient: The patient.
        probabilities: float32[n], in the order of the data set's rows; NaN where the patch could
            not be read.
        patches_per_second: How fast the graph ran; reading the pixels is not counted.
        signature: Of the pictures when they were read, to notice later that they changed.
    """

    patient: str
    probabilities: NDArray[np.float32]
    patches_per_second: float
    signature: str


def predict_patients(
    dataset: Dataset,
    pixels: PixelStore,
    predictor: Predicts,
    patients: Sequence[str],
    *,
    batch_size: int = BATCH_SIZE,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Iterator[PatientPrediction]:
    """Predict patients in the given order.

    Args:
        dataset: The data set.
        pixels: Its pixels.
        predictor: The model.
        patients: Whom to predict.
        batch_size: Patches between two questions whether to stop.
        progress: Told the patches done and their number.
        cancelled: Asked between batches.

    Raises:
        DataError: The data set has no such patient.
        Cancelled: The user asked to stop.
    """
    rows = [dataset.rows(patient) for patient in patients]
    total = sum(part.stop - part.start for part in rows)
    done = 0
    for patient in patients:
        decoded = pixels.patient(patient, cancelled=cancelled)
        readable = np.flatnonzero(decoded.readable)
        found = np.full(len(decoded.readable), np.nan, np.float32)
        seconds = 0.0
        for start in range(0, len(readable), batch_size):
            stop_if(cancelled)
            chosen = readable[start : start + batch_size]
            batch = decoded.pixels[chosen]
            begin = time.perf_counter()
            found[chosen] = predictor.probabilities(batch)
            seconds += time.perf_counter() - begin
            if progress is not None:
                progress(done + start + len(chosen), total)
        done += len(found)
        if progress is not None:
            progress(done, total)
        speed = len(readable) / seconds if seconds > 0 else 0.0
        yield PatientPrediction(patient, found, speed, decoded.signature)
