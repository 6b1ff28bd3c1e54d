"""What is judged: patches that have both a label and a prediction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.dataset import Dataset
from bcviewer.errors import DataError


@dataclass(frozen=True, eq=False)
class Judged:
    """Patches with their labels and probabilities.

    Attributes:
        rows: int64[n], rows of the data set.
        labels: int8[n], effective labels: 1 for IDC, 0 for not IDC.
        probabilities: float32[n], none NaN.
        patients: int32[n], places in ``names``.
        names: All patients of the data set.
    """

    rows: NDArray[np.int64]
    labels: NDArray[np.int8]
    probabilities: NDArray[np.float32]
    patients: NDArray[np.int32]
    names: tuple[str, ...]

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        rows: NDArray[np.integer],
        labels: NDArray[np.integer],
        probabilities: NDArray[np.floating],
    ) -> Judged:
        """Gather what is to be judged; rows without a label or a probability are left out.

        Args:
            dataset: The data set.
            rows: int[k], which rows to judge.
            labels: int[N] over the whole data set, -1 for none.
            probabilities: float[N] over the whole data set, NaN for none.

        Raises:
            DataError: Nothing is left.
        """
        usable = (labels[rows] >= 0) & np.isfinite(probabilities[rows])
        kept = np.asarray(rows, np.int64)[usable]
        if not len(kept):
            raise DataError(
                "There is no patch with both a label and a prediction to evaluate.",
                hint="Predict patients that have labels, or choose a part with patches.",
            )
        return cls(
            rows=kept,
            labels=labels[kept].astype(np.int8),
            probabilities=probabilities[kept].astype(np.float32),
            patients=dataset.patient_index[kept].astype(np.int32),
            names=dataset.patients,
        )

    def __len__(self) -> int:
        return len(self.rows)

    def only(self, mask: NDArray[np.bool_]) -> Judged:
        """Those where bool[n] is true; may be none."""
        return Judged(
            rows=self.rows[mask],
            labels=self.labels[mask],
            probabilities=self.probabilities[mask],
            patients=self.patients[mask],
            names=self.names,
        )

    @property
    def patient_count(self) -> int:
        """Number of patients that have a patch here."""
        return len(np.unique(self.patients))
