"""What a patch looked like when it was labelled: a checksum of its pixels."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.progress import Cancel


def pixel_marks(
    pixels: PixelStore, rows: NDArray[np.int64], *, cancelled: Cancel | None = None
) -> Iterator[tuple[int, int]]:
    """The row and the crc32 of the decoded pixels of each readable patch.

    Args:
        pixels: The pixels.
        rows: int64[k], rows of one patient.
        cancelled: Asked while pictures are decoded.

    Raises:
        Cancelled: As asked.
    """
    if not len(rows):
        return
    dataset = pixels.dataset
    number = int(dataset.patient_index[rows[0]])
    decoded = pixels.patient(dataset.patients[number], cancelled=cancelled)
    start = int(dataset.starts[number])
    for row in rows.tolist():
        if decoded.readable[row - start]:
            yield row, zlib.crc32(decoded.pixels[row - start].tobytes())
