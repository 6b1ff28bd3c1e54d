"""The probabilities of all patients in a view other than the plain one, made between two events.

Each patient takes a fraction of a millisecond, hundreds of them too long for the window's thread.
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from bcviewer.dataset.dataset import Dataset
from bcviewer.model.context import PLAIN, View
from bcviewer.model.context_view import probabilities_in
from bcviewer.model.folder import ModelFolder

AT_ONCE = 0.015
"""Seconds of work between two events."""


class ShownValues(QObject):
    """Keeps what the view makes of each patient's prediction."""

    settled = Signal()
    """All that was asked for is there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model: ModelFolder | None = None
        self._dataset: Dataset | None = None
        self._view = PLAIN
        self._raw: NDArray[np.float32] = np.empty(0, np.float32)
        self._values: NDArray[np.float32] | None = None
        self._pending: dict[str, None] = {}
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._step)

    @property
    def values(self) -> NDArray[np.float32] | None:
        """float32[N], NaN where there is none yet; None in the plain view."""
        return self._values

    def begin(
        self,
        model: ModelFolder | None,
        dataset: Dataset | None,
        raw: NDArray[np.float32],
        *,
        view: View,
    ) -> None:
        """Make all values anew.

        Args:
            model: The model in use.
            dataset: The open data set.
            raw: float32[N], what the network says; looked at again when patients are added.
            view: What is shown.
        """
        self._pending.clear()
        self._timer.stop()
        self._model, self._dataset, self._raw, self._view = model, dataset, raw, view
        self._values = None
        if view == PLAIN or model is None or dataset is None or not len(raw):
            return
        self._values = np.full(len(raw), np.nan, np.float32)
        predicted = np.logical_or.reduceat(np.isfinite(raw), dataset.starts[:-1])
        self._pending = {dataset.patients[number]: None for number in np.flatnonzero(predicted)}
        if self._pending:
            self._timer.start()

    def add(self, patient: str) -> None:
        """Make the values of a patient whose prediction came."""
        if self._values is not None:
            self._pending[patient] = None
            self._timer.start()

    def forget(self, patient: str) -> None:
        """Let go of the values of a patient who has no prediction any more."""
        self._pending.pop(patient, None)
        if self._values is not None and self._dataset is not None:
            self._values[self._dataset.rows(patient)] = np.nan

    @Slot()
    def _step(self) -> None:
        until = time.perf_counter() + AT_ONCE
        while self._pending and time.perf_counter() < until:
            self._make(self._pending.popitem()[0])
        if self._pending:
            self._timer.start()
        else:
            self.settled.emit()

    def _make(self, patient: str) -> None:
        assert self._model is not None
        assert self._dataset is not None
        assert self._values is not None
        rows = self._dataset.rows(patient)
        self._values[rows] = probabilities_in(
            self._model, self._dataset, patient, probabilities=self._raw[rows], view=self._view
        )
