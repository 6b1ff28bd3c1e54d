"""Features kept in the workspace, by backbone and patient, so that a head is retrained in seconds.

They are kept in 16-bit floats: half the disk, and no probability moves by more than 0.001.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.errors import ModelError
from bcviewer.storage import atomic_file

SUFFIX = ".npz"
KEPT_BACKBONES = 3
"""Of the full data set, the features of one MobileNetV2 take 0.7 GB."""

Features = NDArray[np.float16] | NDArray[np.float32]
"""float[n, k]; rows of NaN where a patch could not be read."""


class FeatureStore:
    """The features of one backbone.

    Args:
        folder: Where the features of all backbones are kept.
        backbone: Fingerprint of the backbone.
    """

    def __init__(self, folder: Path, backbone: str) -> None:
        self._all = folder
        self._folder = folder / backbone[:32]

    def save(self, patient: str, features: NDArray[np.float32], *, signature: str) -> None:
        """Keep a patient's features.

        Args:
            patient: The patient.
            features: float32[n, k], rows of NaN where a patch could not be read.
            signature: Of the patient's pictures (``PixelStore.signature``).

        Raises:
            StorageError: The file cannot be written.
        """
        # The archive carries checksums: after a crash a torn file counts as none.
        with atomic_file(self._path(patient), durable=False) as beside, beside.open("wb") as file:
            np.savez(
                file,
                signature=np.frombuffer(signature.encode("utf-8"), np.uint8),
                features=narrowed(features),
            )

    def has(self, patient: str, *, signature: str) -> bool:
        """Whether there is a file of the patient's pictures as they are; it may be damaged."""
        try:
            with self._path(patient).open("rb") as file, np.load(file, allow_pickle=False) as kept:
                return bool(_text(kept["signature"]) == signature)
        except Exception:  # noqa: BLE001  (np.load raises whatever a damaged file makes it raise)
            return False

    def load(self, patient: str, shape: tuple[int, int], *, signature: str) -> Features | None:
        """A patient's features, or None when there are none that fit.

        Args:
            patient: The patient.
            shape: Number of its patches and of the features of each.
            signature: Of the pictures now.

        Returns:
            float16 or float32[shape], or None.
        """
        try:
            with self._path(patient).open("rb") as file, np.load(file, allow_pickle=False) as kept:
                known = _text(kept["signature"])
                if known != signature:
                    return None
                features: Features = kept["features"]
        except Exception:  # noqa: BLE001  (np.load raises whatever a damaged file makes it raise)
            return None
        fits = features.shape == shape and features.dtype in (np.float16, np.float32)
        return features if fits else None

    def forget_old_backbones(self) -> None:
        """Remove the features of all but the few backbones that were used last."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._folder.touch()
            others = [path for path in self._all.iterdir() if path != self._folder]
            others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        except OSError:
            return
        for path in others[KEPT_BACKBONES - 1 :]:
            shutil.rmtree(path, ignore_errors=True)

    def _path(self, patient: str) -> Path:
        if not patient or Path(patient).name != patient or patient.startswith("."):
            raise ModelError(f"{patient!r} is no patient id that could be a file's name.")
        return self._folder / f"{patient}{SUFFIX}"


def narrowed(features: NDArray[np.float32]) -> Features:
    """The features in 16-bit floats, or as they are where those cannot hold them."""
    largest = np.abs(features, where=np.isfinite(features), out=np.zeros_like(features)).max(
        initial=0
    )
    return features.astype(np.float16) if largest <= np.finfo(np.float16).max else features


def _text(content: NDArray[np.uint8]) -> str:
    return content.tobytes().decode("utf-8")
