"""Of which pictures the session's values are: those of pictures that changed are forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from bcviewer.gui.session import Session
    from bcviewer.gui.workers.model_workers import Recalled
    from bcviewer.model.prediction import PatientPrediction


class SessionPictures(QObject):
    """Keeps the signature of each patient's pictures that something in the session is of.

    Attributes:
        unreadable: Patients of whom no model can say anything: none of their pictures can be read.
    """

    changed = Signal(str)
    """A patient's pictures are others than before; what was known of the old ones is forgotten."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._signatures: dict[str, str] = {}
        self.unreadable: set[str] = set()

    def begin(self) -> None:
        """Know of nothing: other data are open."""
        self._signatures.clear()
        self.unreadable.clear()

    def meet(self, patient: str, signature: str) -> bool:
        """Learn of which pictures something is that came, a slide or a prediction.

        Values of other pictures of the patient are forgotten, of whichever model.

        Args:
            patient: The patient.
            signature: Of the pictures that it is of.

        Returns:
            Whether it holds: false when the pictures were seen to be others since.
        """
        session = self._session
        if session.data is None or session.data.store.last_signature(patient) != signature:
            return False
        before = self._signatures.get(patient, signature)
        self._signatures[patient] = signature
        if before != signature:
            self.unreadable.discard(patient)
            self._forget(session.data.dataset.rows(patient))
            session.views.forget(patient)
            session.predictions_changed.emit(patient)
            self.changed.emit(patient)
        return True

    def holds(self, prediction: PatientPrediction) -> bool:
        """Learn of which pictures a prediction is; whether it holds, see ``meet``."""
        holds = self.meet(prediction.patient, prediction.signature)
        if holds:
            self._note_readable(prediction.patient, prediction.probabilities)
        return holds

    def _note_readable(self, patient: str, values: NDArray[np.float32]) -> None:
        if not np.isfinite(values).any():
            self.unreadable.add(patient)

    def holding(self, recalled: Recalled) -> NDArray[np.float32]:
        """float32[N]: what was recalled, of the pictures as they were seen last; else NaN."""
        values, dataset = np.full_like(recalled.predictions, np.nan), self._session.dataset
        for patient, signature in recalled.signatures.items():
            if dataset is not None and self.meet(patient, signature):
                rows = dataset.rows(patient)
                values[rows] = recalled.predictions[rows]
                self._note_readable(patient, values[rows])
        return values

    def _forget(self, rows: slice) -> None:
        """Forget what any model said of a patient, in any way."""
        session = self._session
        session.predictions[rows] = np.nan
        session.other_ways.forget(rows)
        if session.earlier is not None:
            session.earlier = session.earlier.without(rows)
