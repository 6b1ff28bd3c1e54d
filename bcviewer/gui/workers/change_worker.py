"""The worker that compares two predictions of a data set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.annotation.changes import ChangeMap, change_map
from bcviewer.dataset.dataset import Dataset
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.folder import ModelFolder, Role

HONESTY: tuple[Role, ...] = ("TRAIN", "UNKNOWN", "VALIDATION", "HELD OUT")
"""From the least honest to the most."""


@dataclass(frozen=True, eq=False)
class ChangeWish:
    """Two models' predictions of a data set.

    Attributes:
        dataset: The data set.
        models: The earlier model and the one in use.
        predictions: float32[N] of each, NaN where there is none.
        thresholds: Of each.
        labels: int8[N], effective labels.
    """

    dataset: Dataset
    models: tuple[ModelFolder, ModelFolder]
    predictions: tuple[NDArray[np.float32], NDArray[np.float32]]
    thresholds: tuple[float, float]
    labels: NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class ChangeCounted:
    """What a model changed against another.

    Attributes:
        change: The counts by role, and which patches they are of.
        roles: The role of each patient, the less honest of the two models'.
        wish: What was compared.
    """

    change: ChangeMap
    roles: tuple[Role, ...]
    wish: ChangeWish

    def rows(self, role: str, which: str) -> NDArray[np.int64]:
        """int64[k]: the patches "fixed" or "broken" of patients of a role, largest change first."""
        chosen = self.change.fixed if which == "fixed" else self.change.broken
        of_role = np.array([each == role for each in self.roles], np.bool_)
        rows = np.flatnonzero(chosen & of_role[self.wish.dataset.patient_index])
        return rows[np.argsort(-np.abs(self.change.difference[rows]), kind="stable")]


class ChangeWorker(Worker):
    """Counts what was fixed and broken."""

    def __init__(self, wish: ChangeWish) -> None:
        super().__init__()
        self._wish = wish

    def work(self) -> ChangeCounted:
        wish = self._wish
        roles = tuple(_role(patient, wish.models) for patient in wish.dataset.patients)
        change = change_map(
            *wish.predictions,
            wish.labels,
            dataset=wish.dataset,
            roles=roles,
            thresholds=wish.thresholds,
        )
        return ChangeCounted(change, roles, wish)


def _role(patient: str, models: tuple[ModelFolder, ModelFolder]) -> Role:
    return min((model.role_of(patient) for model in models), key=HONESTY.index)
