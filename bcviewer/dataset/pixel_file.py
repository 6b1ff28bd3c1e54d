"""The file of one patient's decoded pixels: a header, then the pixels, to be memory-mapped.

The header's length and its checksum stand in 8 bytes each after the magic word; the header is JSON
and carries a checksum of the pixels, which start at a multiple of 4,096 bytes.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.findings import Finding
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.storage import atomic_file

MAGIC = b"BCVPIX02"
ALIGNMENT = 4096
MAX_HEADER = 16_000_000


@dataclass(frozen=True, eq=False)
class PatientPixels:
    """The decoded patches of one patient, in the order of the data set's rows.

    Attributes:
        pixels: uint8[n, 50, 50, 3], RGB; white where a patch could not be read.
        readable: bool[n].
        findings: What was wrong with pictures.
        signature: A digest of the files' names, sizes and times when they were decoded.
    """

    pixels: NDArray[np.uint8]
    readable: NDArray[np.bool_]
    findings: tuple[Finding, ...]
    signature: str


def save_pixels(decoded: PatientPixels, path: Path) -> None:
    """Write a patient's pixels.

    Raises:
        StorageError: The file cannot be written.
    """
    raw = np.ascontiguousarray(decoded.pixels)
    header = {
        "signature": decoded.signature,
        "patches": len(raw),
        "unreadable": np.flatnonzero(~decoded.readable).tolist(),
        "findings": [asdict(finding) for finding in decoded.findings],
        "checksum": zlib.crc32(raw.data),
    }
    text = json.dumps(header).encode("ascii")
    start = _pixels_start(len(text))
    with atomic_file(path, durable=False) as beside, beside.open("wb") as file:
        file.write(MAGIC + _number(len(text)) + _number(zlib.crc32(text)) + text)
        file.write(b"\0" * (start - file.tell()))
        file.write(raw.data)


def load_pixels(path: Path, *, patches: int, signature: str) -> PatientPixels | None:
    """Map a patient's pixels; None where the file is missing, stale, torn or damaged."""
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                return None
            length = int.from_bytes(file.read(8), "little")
            if length > MAX_HEADER:
                return None
            checksum = int.from_bytes(file.read(8), "little")
            text = file.read(length)
            if zlib.crc32(text) != checksum:
                return None
            header = json.loads(text)
        if header["signature"] != signature or header["patches"] != patches:
            return None
        shape = (patches, PATCH_SIZE, PATCH_SIZE, 3)
        start = _pixels_start(length)
        pixels = np.memmap(path, np.uint8, mode="r", offset=start, shape=shape)
        if zlib.crc32(pixels.data) != header["checksum"]:
            return None
        readable = np.ones(patches, np.bool_)
        readable[np.array(header["unreadable"], np.int64)] = False
        findings = tuple(Finding(**finding) for finding in header["findings"])
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None
    return PatientPixels(pixels, readable, findings, signature)


def _number(value: int) -> bytes:
    return value.to_bytes(8, "little")


def _pixels_start(header_length: int) -> int:
    used = len(MAGIC) + 16 + header_length
    return -(-used // ALIGNMENT) * ALIGNMENT
