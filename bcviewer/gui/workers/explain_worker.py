"""Workers that explain a patch: its activation map, and patches of other patients like it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.dataset.pixels import PictureError, read_patch
from bcviewer.errors import StorageError
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.activation_map import ActivationMap, ActivationMapper
from bcviewer.model.folder import ModelFolder
from bcviewer.model.neighbours import Neighbours, NeighbourSearch
from bcviewer.model.prediction_store import PredictionStore


@dataclass(frozen=True, eq=False)
class Wish:
    """What is to be explained.

    Attributes:
        data: The open data.
        folder: The model.
        row: The patch, a row of the data set.
        held_out: Whether patients are left out of a search that the model learned from.
    """

    data: OpenedData
    folder: ModelFolder
    row: int
    held_out: bool = False


class MapWorker(Worker):
    """Makes the activation map of one patch; ends with an ``ActivationMap``.

    Args:
        wish: The patch.
        mapper: Of this model, that no other worker uses; None to compile the graph.

    Attributes:
        mapper: To be used again when the worker has ended.
    """

    def __init__(self, wish: Wish, mapper: ActivationMapper | None) -> None:
        super().__init__()
        self.wish, self.mapper = wish, mapper

    def work(self) -> ActivationMap:
        if self.mapper is None:
            self.mapper = ActivationMapper(self.wish.folder)
        (pixels,) = self.wish.data.store.gather(np.array([self.wish.row], np.int64))
        return self.mapper.run(pixels)


@dataclass(frozen=True, eq=False)
class SimilarFound:
    """The patches like one.

    Attributes:
        wish: What they are like.
        ready: Patients that have features.
        found: The patches.
        pixels: uint8[k, 50, 50, 3] of them.
        probabilities: float32[n] of each patient that has one of them, whole: what the model says
            of single patches, which the view on screen is made of.
    """

    wish: Wish
    ready: int
    found: Neighbours
    pixels: NDArray[np.uint8]
    probabilities: Mapping[str, NDArray[np.float32]]


class SimilarWorker(Worker):
    """Searches patches of other patients that look alike to a model; ends with ``SimilarFound``.

    Args:
        wish: The patch.
        search: Of this model and data, that no other worker uses; None to read the graph.

    Attributes:
        search: To be used again when the worker has ended.
        outdated: Whether pictures changed meanwhile, so that it is not.
    """

    def __init__(self, wish: Wish, search: NeighbourSearch | None) -> None:
        super().__init__()
        self.wish, self.search = wish, search
        self.outdated = False

    def work(self) -> SimilarFound:
        if self.search is None:
            self.search = _new_search(self.wish.data, self.wish.folder)
        ready = self.search.ready(cancelled=self.cancelled)
        among = [name for name in ready if self._wants(name)]
        found = self.search.find(self.wish.row, among=among, cancelled=self.cancelled)
        dataset = self.wish.data.dataset
        patients = {dataset.patients[number] for number in dataset.patient_index[found.rows]}
        probabilities = {name: self.search.probabilities(name) for name in patients}
        return SimilarFound(self.wish, len(ready), found, self._pixels(found.rows), probabilities)

    def _wants(self, patient: str) -> bool:
        return not self.wish.held_out or self.wish.folder.role_of(patient) != "TRAIN"

    def _pixels(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """From their files: the pixel store decodes whole patients."""
        pixels = np.zeros((len(rows), PATCH_SIZE, PATCH_SIZE, 3), np.uint8)
        for place, row in enumerate(rows.tolist()):
            with suppress(PictureError):  # the file went since its features were made
                pixels[place], _ = read_patch(self.wish.data.dataset.path(row))
        return pixels


class FeaturesWorker(Worker):
    """Makes the features of all patients that have none; what was made stays when it stops.

    What the model says of their patches comes with them, and is kept as well.
    """

    def __init__(self, data: OpenedData, folder: ModelFolder) -> None:
        super().__init__()
        self._data, self._folder = data, folder

    def work(self) -> None:
        _new_search(self._data, self._folder).complete(
            predicted=self._keep, progress=self.tell, cancelled=self.cancelled
        )

    def _keep(self, patient: str, probabilities: NDArray[np.float32], signature: str) -> None:
        place = self._data.workspace.predictions_folder
        with suppress(StorageError):  # it is predicted again when it is wanted
            store = PredictionStore(place, self._folder.fingerprint)
            store.save(patient, probabilities, signature=signature)


def _new_search(data: OpenedData, folder: ModelFolder) -> NeighbourSearch:
    return NeighbourSearch(data.dataset, data.store, workspace=data.workspace, folder=folder)
