"""What a network says of its validation patients, and what is fitted to that.

Threshold, calibration and context have to learn how the network is with patients that it does not
know. A training that goes on from a model with another split may validate on patients whom that
model was trained on, and a split of patches has patients in two parts: they are left out, where
enough others are left.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.model.bootstrap import intervals
from bcviewer.model.card import ValidationCard
from bcviewer.model.context import ContextCard
from bcviewer.model.context_fit import JudgedPatient, can_fit, fit_context, judged_patients
from bcviewer.model.scores import best_threshold, scores
from bcviewer.model.thresholds import proposed_thresholds
from bcviewer.progress import Cancel


@dataclass(frozen=True, eq=False)
class Validated:
    """Validation patches and what a network says of them.

    Attributes:
        dataset: The data set.
        rows: int64[n], ascending; the patches.
        labels: int8[n], 1 for IDC, 0 for not IDC.
        probabilities: float[n], none NaN.
        patients: How many patients.
        known: How many of them the network was trained on, where too few others are left.
        left_out: How many others were left out, since it was trained on them.
    """

    dataset: Dataset
    rows: NDArray[np.int64]
    labels: NDArray[np.int8]
    probabilities: NDArray[np.floating]
    patients: int
    known: int = 0
    left_out: int = 0

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        rows: NDArray[np.int64],
        *,
        labels: NDArray[np.int8],
        probabilities: NDArray[np.floating],
        trained: Collection[str] = (),
    ) -> Validated:
        """Choose those validation patients that a network does not know, if they are enough.

        Args:
            dataset: The data set.
            rows: int64[n], ascending; the validation patches.
            labels: int8[n], theirs: 1 for IDC, 0 for not IDC.
            probabilities: float[n], what the network says of them; none NaN.
            trained: Patients that it was trained on, in any training.
        """
        numbers = np.unique(dataset.patient_index[rows])
        learned = np.array([dataset.patients[number] in trained for number in numbers], np.bool_)
        known, count = int(learned.sum()), len(numbers)
        if not known:
            return cls(dataset, rows, labels, probabilities, count)
        new = np.isin(dataset.patient_index[rows], numbers[~learned])
        chosen = cls(
            dataset, rows[new], labels[new], probabilities[new], count - known, left_out=known
        )
        if chosen._allows_context:
            return chosen
        return cls(dataset, rows, labels, probabilities, count, known=known)

    @property
    def threshold(self) -> float:
        """The threshold of the best balanced accuracy."""
        return best_threshold(self.labels, self.probabilities)

    @property
    def thresholds(self) -> dict[str, float]:
        """The thresholds that they propose, by name."""
        return proposed_thresholds(self.labels, self.probabilities)

    def card(self, *, threshold: float) -> ValidationCard:
        """What the card of a model says of its scores on them, at a threshold."""
        numbers = self.dataset.patient_index[self.rows]
        return ValidationCard(
            patients=self.patients,
            patches=len(self.rows),
            at_half=scores(self.labels, self.probabilities),
            at_threshold=scores(self.labels, self.probabilities, threshold=threshold),
            intervals=intervals(self.labels, self.probabilities, numbers, threshold=threshold),
            known=self.known,
        )

    def context(self, *, graph: str, cancelled: Cancel | None = None) -> ContextCard | None:
        """Context and calibration; None where these patients do not allow them.

        Args:
            graph: Fingerprint of the model.
            cancelled: Asked at each step.

        Raises:
            Cancelled: The user asked to stop.
        """
        if self.known or not self._allows_context:
            return None
        return fit_context(self._judged, graph=graph, cancelled=cancelled)

    @property
    def note(self) -> str:
        """What to know of patients that the network was trained on; "" without any."""
        count = self.patients + self.left_out
        if self.left_out:
            return (
                f"Left out of the fit of threshold, calibration and context: {self.left_out} of "
                f"{count} validation patients, whom the network was trained on."
            )
        if self.known:
            return (
                f"The network was trained on {self.known} of {count} validation patients, and too "
                "few others are left: threshold and scores are optimistic, and there is neither "
                "context nor calibration."
            )
        return ""

    @property
    def _allows_context(self) -> bool:
        return can_fit(self._judged)

    @property
    def _judged(self) -> list[JudgedPatient]:
        return judged_patients(self.dataset, self.rows, self.probabilities, self.labels)
