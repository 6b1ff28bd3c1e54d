"""A digest of each patch's pixels, to find pictures that are there more than once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.pixel_file import PatientPixels
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.progress import Cancel, Progress, stop_if

NEAR_WHITE = 220
"""A patch none of whose values is darker is blank glass: many are equal, and no leak."""

DIGEST_BYTES = 8


@dataclass(frozen=True, eq=False)
class PixelDigests:
    """What the patches of a data set look like, in eight bytes each.

    Attributes:
        digests: uint64[N]; equal pixels have equal digests, and others differ but for one in 10^8
            data sets.
        known: bool[N], where there is a digest; not where pixels are not decoded or unreadable.
        blank: bool[N], where the patch is near white all over.
        signatures: Of each patient's pictures as they were; "" where they are not decoded.
    """

    digests: NDArray[np.uint64]
    known: NDArray[np.bool_]
    blank: NDArray[np.bool_]
    signatures: tuple[str, ...]

    @property
    def undecoded(self) -> int:
        """Patients whose pictures were not looked at."""
        return self.signatures.count("")


def digest_pixels(
    store: PixelStore,
    *,
    decode: bool = False,
    earlier: PixelDigests | None = None,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> PixelDigests:
    """Look at the pixels of a data set, patient by patient.

    Args:
        store: The pixels.
        decode: Whether pictures are decoded that are not yet; else their patches stay unknown.
        earlier: What was found before; patients whose pictures did not change are taken over.
        progress: Told the patients done and their number.
        cancelled: Asked between patients.

    Raises:
        Cancelled: The user asked to stop.
    """
    dataset = store.dataset
    count = len(dataset)
    digests = np.zeros(count, np.uint64)
    known, blank = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    signatures = []
    for number, patient in enumerate(dataset.patients):
        stop_if(cancelled)
        rows = dataset.rows(patient)
        if earlier is not None and _unchanged(store, patient, earlier.signatures[number]):
            signature = earlier.signatures[number]
            digests[rows], known[rows] = earlier.digests[rows], earlier.known[rows]
            blank[rows] = earlier.blank[rows]
        else:
            decoded = store.patient(patient, cancelled=cancelled) if decode else store.kept(patient)
            signature = "" if decoded is None else decoded.signature
            if decoded is not None:
                digests[rows], blank[rows] = _digests(decoded), _blank(decoded)
                known[rows] = decoded.readable
                del decoded
                store.release(patient)
        signatures.append(signature)
        if progress is not None:
            progress(number + 1, len(dataset.patients))
    return PixelDigests(digests, known, blank, tuple(signatures))


def _unchanged(store: PixelStore, patient: str, signature: str) -> bool:
    return bool(signature) and store.signature(patient) == signature


def _digests(decoded: PatientPixels) -> NDArray[np.uint64]:
    flat = decoded.pixels.reshape(len(decoded.pixels), -1)
    found = (hashlib.blake2b(patch.data, digest_size=DIGEST_BYTES).digest() for patch in flat)
    return np.frombuffer(b"".join(found), np.uint64)


def _blank(decoded: PatientPixels) -> NDArray[np.bool_]:
    darkest = decoded.pixels.reshape(len(decoded.pixels), -1).min(axis=1)
    blank: NDArray[np.bool_] = darkest >= NEAR_WHITE
    return blank
