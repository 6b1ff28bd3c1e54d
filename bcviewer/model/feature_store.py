"""Features kept in the workspace, by backbone and patient, so that a head is retrained in seconds.

They are kept in 16-bit steps between the least and the largest value that a feature has in a
patient: half the disk of 32-bit floats. 16-bit floats would take as much, but lose what tells
patches apart where a feature is large and differs little.
"""

from __future__ import annotations

import logging
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.archives import archive
from bcviewer.errors import ModelError
from bcviewer.storage import atomic_file, sweep_halves

SUFFIX = ".npz"
KEPT_BACKBONES = 3
"""Of the full data set, the features of one MobileNetV2 take 0.7 GB."""

MOST_BYTES = 2**28
"""A patient with 5,000 patches takes 13 MB of them."""

STEPS = 65_534
UNREADABLE = 65_535
"""Stands for a value that is not a number."""

NAME_LETTERS = 32
"""Of a fingerprint; they name the folder of its features."""

_NAME = re.compile(rf"[0-9a-f]{{{NAME_LETTERS}}}")

log = logging.getLogger(__name__)


class FeatureStore:
    """The features of one backbone.

    Args:
        folder: Where the features of all backbones are kept.
        backbone: Fingerprint of the backbone.

    Attributes:
        damaged: The patients whose kept features were found to be of no use.
    """

    def __init__(self, folder: Path, backbone: str) -> None:
        self._all = folder
        self._folder = folder / backbone[:NAME_LETTERS]
        self.damaged: set[str] = set()

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
                **_in_steps(features),
            )

    def has(self, patient: str, *, signature: str) -> bool:
        """Whether there is a file of the patient's pictures as they are; it may be damaged."""
        try:
            with archive(self._path(patient), most=MOST_BYTES, whole=False) as kept:
                return bool(_text(kept["signature"]) == signature)
        except Exception:  # noqa: BLE001  (np.load raises whatever a damaged file makes it raise)
            return False

    def load(
        self, patient: str, shape: tuple[int, int], *, signature: str
    ) -> NDArray[np.float32] | None:
        """A patient's features, or None when there are none that fit.

        Args:
            patient: The patient.
            shape: Number of its patches and of the features of each.
            signature: Of the pictures now.

        Returns:
            float32[shape], rows of NaN where a patch could not be read; or None.
        """
        try:
            with archive(self._path(patient), most=MOST_BYTES, whole=False) as kept:
                if _text(kept["signature"]) != signature:
                    return None
                features = _from_steps(kept["least"], kept["step"], kept["steps"])
        except FileNotFoundError:
            return None
        except Exception as error:  # noqa: BLE001  (np.load raises whatever a damaged file makes it raise)
            log.warning("The kept features of %s are of no use: %r.", patient, error)
            self.damaged.add(patient)
            return None
        return features if features.shape == shape else None

    def forget_old_backbones(self) -> None:
        """Remove the features of all but the few backbones used last, and what kills left."""
        sweep_halves(self._folder)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._folder.touch()
            others = [path for path in self._all.iterdir() if path != self._folder and _ours(path)]
            others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        except OSError:
            return
        for path in others[KEPT_BACKBONES - 1 :]:
            shutil.rmtree(path, ignore_errors=True)

    def _path(self, patient: str) -> Path:
        if not patient or Path(patient).name != patient or patient.startswith("."):
            raise ModelError(f"{patient!r} is no patient id that could be a file's name.")
        return self._folder / f"{patient}{SUFFIX}"


def _ours(folder: Path) -> bool:
    """Whether a folder is one of features: a workspace may lie where a user keeps other things."""
    if not _NAME.fullmatch(folder.name) or folder.is_symlink() or not folder.is_dir():
        return False
    # Hidden files are halves, or what the system leaves in any folder that somebody looked at.
    return all(path.suffix == SUFFIX or path.name.startswith(".") for path in folder.iterdir())


def as_kept(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """The features as they come back: so that what is made of them does not change later."""
    return _from_steps(**_in_steps(features))


def _in_steps(features: NDArray[np.float32]) -> dict[str, Any]:
    """What is kept of float32[n, k]: float32[k] least and step, uint16[n, k] steps."""
    readable = np.isfinite(features)
    least = features.min(axis=0, initial=np.inf, where=readable)
    largest = features.max(axis=0, initial=-np.inf, where=readable)
    least, largest = np.where(least <= largest, (least, largest), 0).astype(np.float32)
    step = np.maximum((largest - least) / np.float32(STEPS), np.finfo(np.float32).tiny)
    steps = np.where(readable, np.rint((features - least) / step), UNREADABLE)
    return {"least": least, "step": step, "steps": steps.clip(0, UNREADABLE).astype(np.uint16)}


def _from_steps(
    least: NDArray[np.float32], step: NDArray[np.float32], steps: NDArray[np.uint16]
) -> NDArray[np.float32]:
    features = steps.astype(np.float32)
    features *= step
    features += least
    features[steps == UNREADABLE] = np.nan
    return features


def _text(content: NDArray[np.uint8]) -> str:
    return content.tobytes().decode("utf-8")
