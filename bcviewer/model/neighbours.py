"""Patches of other patients that look alike to a model: near each other by its features.

Patient after patient is read from the features that are kept, so that the features of the whole
data set (1.4 GB of a MobileNetV2) are never in memory together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.workspace import Workspace
from bcviewer.errors import DataError
from bcviewer.model.feature_source import FeatureSource, Predicted
from bcviewer.model.feature_store import FeatureStore
from bcviewer.model.features import Backbone, FeatureExtractor
from bcviewer.model.folder import ModelFolder
from bcviewer.progress import Cancel, Progress, stop_if

COUNT = 8
"""Neighbours that are shown."""


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The patches nearest to one, the nearest first.

    Attributes:
        rows: int64[k], rows of the data set.
        likeness: float32[k], cosine of standardised features, -1 to 1.
        patients: How many patients were searched.
        patches: How many patches.
    """

    rows: NDArray[np.int64]
    likeness: NDArray[np.float32]
    patients: int
    patches: int


@dataclass(frozen=True, eq=False)
class _Scale:
    """What standardises features: float32[k] each; 0 for a feature that never changes."""

    mean: NDArray[np.float32]
    inverse: NDArray[np.float32]


class NeighbourSearch:
    """Searches the features of one model in one data set; one thread at a time.

    Files are looked at once: make another one when the pictures may have changed.

    Args:
        dataset: The data set.
        pixels: Its pixels.
        workspace: Where features are kept.
        folder: The model.

    Raises:
        ModelError: The model's graph cannot be read, or has no features.
    """

    def __init__(
        self, dataset: Dataset, pixels: PixelStore, *, workspace: Workspace, folder: ModelFolder
    ) -> None:
        self.dataset = dataset
        self.folder = folder
        self._pixels = pixels
        self._backbone = Backbone(folder)
        self._store = FeatureStore(workspace.features_folder, self._backbone.fingerprint)
        self._source = FeatureSource(dataset, pixels, self._backbone, self._store)
        self._extractor: FeatureExtractor | None = None
        self._ready: dict[str, None] = {}
        self._scale: tuple[tuple[str, ...], _Scale] | None = None
        self._lengths: dict[str, NDArray[np.float32]] = {}

    def ready(self, *, cancelled: Cancel | None = None) -> tuple[str, ...]:
        """The patients whose features are kept, in the data set's order.

        Raises:
            Cancelled: The user asked to stop.
        """
        for patient in self.dataset.patients:
            stop_if(cancelled)
            if patient not in self._ready and self._has(patient):
                self._ready[patient] = None
        return tuple(name for name in self.dataset.patients if name in self._ready)

    def complete(
        self,
        *,
        predicted: Predicted | None = None,
        progress: Progress | None = None,
        cancelled: Cancel | None = None,
    ) -> None:
        """Make the features of all patients that have none yet; what was made stays when stopped.

        Args:
            predicted: Told what the model itself says of each patient, and its pictures' signature.
            progress: Told the patches that are done, and how many there are to do.
            cancelled: Asked between batches.

        Raises:
            Cancelled: The user asked to stop.
            ModelError: The graph cannot be compiled.
            StorageError: The features cannot be kept, as when the disk is full.
        """
        self._store.forget_old_backbones()
        ready = set(self.ready(cancelled=cancelled))
        missing = [name for name in self.dataset.patients if name not in ready]
        total = sum(self._count(name) for name in missing)
        nothing, done = np.empty(0, np.int64), 0
        for name in missing:
            stop_if(cancelled)
            self._source.gather(nothing, also=(name,), predicted=predicted, cancelled=cancelled)
            if self._source.unsaved is not None:
                raise self._source.unsaved
            done += self._count(name)
            if progress is not None:
                progress(done, total)

    def find(
        self,
        row: int,
        *,
        among: Sequence[str] | None = None,
        count: int = COUNT,
        progress: Progress | None = None,
        cancelled: Cancel | None = None,
    ) -> Neighbours:
        """The patches of other patients that are nearest to a patch.

        Nearest by the cosine of features, each less its mean and divided by its deviation over all
        patches that have features.

        Args:
            row: The patch, a row of the data set; its own features are made when not kept.
            among: Patients to search; None for all. Those without features are passed over.
            count: How many; fewer come where there are fewer.
            progress: Told the patients that were read, and how many there are to read.
            cancelled: Asked between patients.

        Raises:
            Cancelled: The user asked to stop.
            DataError: The patch's picture cannot be read.
            ModelError: The graph cannot be compiled.
        """
        own = self.dataset.patients[int(self.dataset.patient_index[row])]
        ready = self.ready(cancelled=cancelled)
        wanted = set(ready if among is None else among) - {own}
        names = [name for name in ready if name in wanted]
        first = 0 if self._is_scaled(ready) else len(ready)
        steps = _Steps(first + len(names), progress, cancelled)
        scale = self._scale_of(ready, steps)
        target = (self._features_of(row, own) - scale.mean) * scale.inverse
        target /= float(np.linalg.norm(target)) or 1.0
        best = _Best(count)
        for name in names:
            steps.take()
            features = self._kept(name)
            if features is not None:
                features -= scale.mean
                likeness = self._likeness(name, features, target)
                best.add(likeness, start=self.dataset.rows(name).start)
        return best.neighbours(len(names))

    def probabilities(self, patient: str) -> NDArray[np.float32]:
        """float32[n]: what the model's head says of a patient whose features are kept; else NaN."""
        features = self._kept(patient)
        if features is None:
            return np.full(self._count(patient), np.nan, np.float32)
        return self._backbone.head.probabilities(features)

    def _has(self, patient: str) -> bool:
        return self._store.has(patient, signature=self._source.signature(patient))

    def _count(self, patient: str) -> int:
        rows = self.dataset.rows(patient)
        return int(rows.stop - rows.start)

    def _kept(self, patient: str) -> NDArray[np.float32] | None:
        """Features of a patient; a file that turns out to be damaged is as good as none."""
        features = self._source.kept(patient)
        if features is None:
            self._ready.pop(patient, None)
        return features

    def _likeness(
        self, patient: str, centred: NDArray[np.float32], target: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """float32[n]: the cosine of a patient's standardised features and a vector of length 1."""
        assert self._scale is not None
        inverse = self._scale[1].inverse
        lengths = self._lengths.get(patient)
        if lengths is None:
            scaled = centred * inverse
            squares: NDArray[np.float32] = np.einsum("ij,ij->i", scaled, scaled)
            squares[squares == 0] = 1
            lengths = np.sqrt(squares).astype(np.float32, copy=False)
            self._lengths[patient] = lengths
        weights: NDArray[np.float32] = inverse * target
        products: NDArray[np.float32] = centred @ weights
        products /= lengths
        return products

    def _features_of(self, row: int, patient: str) -> NDArray[np.float32]:
        """float32[k]: the features of one patch, of a patient that may have none kept."""
        kept = self._source.kept(patient)
        start = self.dataset.rows(patient).start
        if kept is not None and np.isfinite(kept[row - start, 0]):
            own: NDArray[np.float32] = kept[row - start].copy()
            return own
        rows = np.array([row], np.int64)
        if not self._pixels.readable(rows)[0]:
            raise DataError(
                f"The picture {self.dataset.path(row)} cannot be read, so nothing is like it.",
                hint="The report on the data tells what is wrong with it.",
            )
        if self._extractor is None:
            self._extractor = FeatureExtractor(self.folder)
        features, _ = self._extractor.run(self._pixels.gather(rows))
        found: NDArray[np.float32] = features[0]
        return found

    def _is_scaled(self, ready: tuple[str, ...]) -> bool:
        return self._scale is not None and self._scale[0] == ready

    def _scale_of(self, ready: tuple[str, ...], steps: _Steps) -> _Scale:
        """Mean and deviation of each feature over all patients that are ready, made once."""
        if self._scale is not None and self._scale[0] == ready:
            return self._scale[1]
        width, patches = self._backbone.features, 0
        total, squares = np.zeros(width), np.zeros(width)
        for name in ready:
            steps.take()
            features = self._kept(name)
            if features is not None:
                features = features[np.isfinite(features[:, 0])]
                patches += len(features)
                total += features.sum(axis=0, dtype=np.float64)
                squares += np.einsum("ij,ij->j", features, features, dtype=np.float64)
        mean = total / max(patches, 1)
        deviation = np.sqrt(np.maximum(squares / max(patches, 1) - mean**2, 0))
        constant = deviation <= 1e-6 * np.abs(mean)
        inverse = np.where(constant, 0, 1 / np.where(constant, 1, deviation))
        scale = _Scale(mean.astype(np.float32), inverse.astype(np.float32))
        self._scale = ready, scale
        self._lengths.clear()
        return scale


class _Best:
    """The nearest patches of all that were seen."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._patches = 0
        self._rows = np.empty(0, np.int64)
        self._likeness = np.empty(0, np.float32)

    def add(self, likeness: NDArray[np.float32], *, start: int) -> None:
        """Look at a patient's patches, whose first row is ``start``; NaN is no patch."""
        known = np.flatnonzero(np.isfinite(likeness))
        self._patches += len(known)
        rows = np.concatenate([self._rows, known + start])
        all_likeness = np.concatenate([self._likeness, likeness[known]])
        order = np.argsort(-all_likeness, kind="stable")[: self._count]
        self._rows, self._likeness = rows[order], all_likeness[order]

    def neighbours(self, patients: int) -> Neighbours:
        """What is nearest."""
        return Neighbours(self._rows, self._likeness, patients, self._patches)


class _Steps:
    """Counts the patients that are read, and stops when the user asked for that."""

    def __init__(self, total: int, progress: Progress | None, cancelled: Cancel | None) -> None:
        self._done, self._total = -1, total
        self._progress, self._cancelled = progress, cancelled

    def take(self) -> None:
        stop_if(self._cancelled)
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)
