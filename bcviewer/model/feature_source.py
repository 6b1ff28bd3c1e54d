"""The features of patients: from the store where they are kept, from the graph where not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.errors import StorageError
from bcviewer.model.feature_store import FeatureStore, as_kept
from bcviewer.model.features import Backbone, FeatureExtractor
from bcviewer.model.prediction import BATCH_SIZE
from bcviewer.progress import Cancel, Progress, stop_if

Predicted = Callable[[str, NDArray[np.float32], str], None]
"""Told a patient, what the model says of its patches, and the signature of its pictures."""


class FeatureSource:
    """Gives features of a data set's patients; a disk that is full only costs time.

    Args:
        dataset: The data set.
        pixels: Its pixels.
        backbone: What makes the features.
        store: Where they are kept.
    """

    def __init__(
        self, dataset: Dataset, pixels: PixelStore, backbone: Backbone, store: FeatureStore
    ) -> None:
        self.dataset = dataset
        self._pixels = pixels
        self.backbone = backbone
        self._store = store
        self._extractor: FeatureExtractor | None = None
        self._signatures: dict[str, str] = {}
        self.unsaved: StorageError | None = None

    def gather(
        self,
        rows: NDArray[np.int64],
        *,
        also: Sequence[str] = (),
        predicted: Predicted | None = None,
        progress: Progress | None = None,
        cancelled: Cancel | None = None,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], dict[str, NDArray[np.float32]]]:
        """The features of some rows, and of some patients whole.

        Args:
            rows: int64[k], ascending.
            also: Patients whose features are wanted whole.
            predicted: Told what the model itself says of each patient that was not kept.
            progress: Told the patches whose features were made, and how many there are to make.
            cancelled: Asked between batches.

        Returns:
            The rows that could be read, their features, float32[n, k], and those of the patients.

        Raises:
            DataError: The data set has no such patient.
            ModelError: The graph cannot be compiled.
            Cancelled: The user asked to stop.
        """
        numbers = self.dataset.patient_index[rows]
        names = [self.dataset.patients[number] for number in np.unique(numbers)]
        names += [name for name in also if name not in set(names)]
        work = _Work(sum(self._count(name) for name in self._missing(names)), progress, cancelled)
        found = np.full((len(rows), self.backbone.features), np.nan, np.float32)
        whole = {}
        for name in names:
            stop_if(cancelled)
            features = self._features(name, work, predicted)
            place = self.dataset.rows(name)
            here = slice(*np.searchsorted(rows, (place.start, place.stop)))
            found[here] = features[rows[here] - place.start]
            if name in also:
                whole[name] = features
        readable = np.isfinite(found[:, 0])
        return (rows, found, whole) if readable.all() else (rows[readable], found[readable], whole)

    def kept(self, patient: str) -> NDArray[np.float32] | None:
        """The features of a patient, when they are kept."""
        shape = (self._count(patient), self.backbone.features)
        return self._store.load(patient, shape, signature=self.signature(patient))

    def signature(self, patient: str) -> str:
        """The signature of a patient's pictures, looked at once, or when they were decoded."""
        if patient not in self._signatures:
            self._signatures[patient] = self._pixels.signature(patient)
        return self._signatures[patient]

    def _count(self, patient: str) -> int:
        rows = self.dataset.rows(patient)
        return int(rows.stop - rows.start)

    def _missing(self, patients: Sequence[str]) -> list[str]:
        return [
            name for name in patients if not self._store.has(name, signature=self.signature(name))
        ]

    def _features(
        self, patient: str, work: _Work, predicted: Predicted | None
    ) -> NDArray[np.float32]:
        kept = self.kept(patient)
        if kept is not None:
            return kept
        features, probabilities, signature = self._extract(patient, work)
        if predicted is not None:
            predicted(patient, probabilities, signature)
        try:
            self._store.save(patient, features, signature=signature)
        except StorageError as error:
            self.unsaved = error
        return as_kept(features)

    def _extract(
        self, patient: str, work: _Work
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], str]:
        if self._extractor is None:
            self._extractor = FeatureExtractor(self.backbone.folder)
        decoded = self._pixels.patient(patient, cancelled=work.cancelled)
        readable = np.flatnonzero(decoded.readable)
        features = np.full((len(decoded.pixels), self.backbone.features), np.nan, np.float32)
        probabilities = np.full(len(decoded.pixels), np.nan, np.float32)
        for start in range(0, len(readable), BATCH_SIZE):
            stop_if(work.cancelled)
            chosen = readable[start : start + BATCH_SIZE]
            features[chosen], probabilities[chosen] = self._extractor.run(decoded.pixels[chosen])
            work.add(len(chosen))
        work.add(len(decoded.pixels) - len(readable))
        self._signatures[patient] = decoded.signature
        self._pixels.release(patient)
        return features, probabilities, decoded.signature


class _Work:
    """Counts the patches whose features are made."""

    def __init__(self, total: int, progress: Progress | None, cancelled: Cancel | None) -> None:
        self._total = total
        self._done = 0
        self._progress = progress
        self.cancelled = cancelled

    def add(self, patches: int) -> None:
        # A damaged file is only noticed when it is read: there may be more than was thought.
        self._done += patches
        self._total = max(self._total, self._done)
        if self._progress is not None and patches:
            self._progress(self._done, self._total)
