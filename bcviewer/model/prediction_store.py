"""Predictions kept in the workspace, by model and patient, so that a heatmap is there at once."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.archives import archive
from bcviewer.errors import ModelError
from bcviewer.model.way import Precision, Way
from bcviewer.storage import write_bytes

_SUFFIX = ".npz"

MOST_BYTES = 2**24
"""No patient has a million patches, of four bytes each."""

log = logging.getLogger(__name__)


class PredictionStore:
    """The predictions of one model.

    Args:
        folder: Where the predictions of all models are kept.
        model_fingerprint: Which model's these are.
        averaged: Whether they are averages over flips and rotations.
        precision: What the graph computed in.

    Attributes:
        damaged: The patients whose kept prediction was found to be of no use.
    """

    def __init__(
        self,
        folder: Path,
        model_fingerprint: str,
        *,
        averaged: bool = False,
        precision: Precision = Precision.FLOAT32,
    ) -> None:
        self._folder = folder / f"{model_fingerprint[:32]}{Way(averaged, precision).suffix}"
        self.damaged: set[str] = set()

    def save(
        self, patient: str, probabilities: NDArray[np.float32], *, signature: str = ""
    ) -> None:
        """Keep a patient's prediction.

        Args:
            patient: The patient.
            probabilities: float32[n], NaN where there is none.
            signature: Of the patient's pictures (``PatientPrediction.signature``).

        Raises:
            StorageError: The file cannot be written.
        """
        buffer = io.BytesIO()
        np.savez(
            buffer,
            probabilities=np.asarray(probabilities, np.float32),
            signature=np.frombuffer(signature.encode("utf-8"), np.uint8),
        )
        write_bytes(self._path(patient), buffer.getvalue())

    def load(
        self, patient: str, count: int, *, signature: str | None = None
    ) -> NDArray[np.float32] | None:
        """A patient's prediction, or None when there is none that fits.

        Args:
            patient: The patient.
            count: Patches of the patient now; a prediction of another number is of no use.
            signature: Of the pictures now (``PixelStore.signature``); None to take any.

        Returns:
            float32[count], or None.
        """
        try:
            with archive(self._path(patient), most=MOST_BYTES) as kept:
                probabilities = kept["probabilities"]
                known = kept["signature"].tobytes().decode("utf-8")
        except FileNotFoundError:
            return None
        except Exception as error:  # noqa: BLE001  (np.load raises whatever a damaged file makes it raise)
            log.warning("The kept prediction of %s is of no use: %r.", patient, error)
            self.damaged.add(patient)
            return None
        fits = probabilities.shape == (count,) and probabilities.dtype == np.float32
        if not fits or (signature is not None and signature != known):
            return None
        found: NDArray[np.float32] = probabilities
        return found

    def patients(self) -> tuple[str, ...]:
        """Patients with a prediction, sorted."""
        try:
            paths = list(self._folder.iterdir())
        except OSError:
            return ()
        names = (path.name for path in paths if path.suffix == _SUFFIX)
        return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name[0] != "."))

    def _path(self, patient: str) -> Path:
        if not patient or Path(patient).name != patient or patient.startswith("."):
            raise ModelError(f"{patient!r} is no patient id that could be a file's name.")
        return self._folder / f"{patient}{_SUFFIX}"
