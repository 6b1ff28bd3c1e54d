"""The file of one patient's decoded pixels: a header, then the pixels, to be memory-mapped.

The header's length and its checksum stand in 8 bytes each after the magic word; the header is JSON
and carries a checksum of the pixels, which start at a multiple of 4,096 bytes.
"""

from __future__ import annotations

import json
import mmap
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.dataset.findings import Finding
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.storage import atomic_file, open_plain

MAGIC = b"BCVPIX03"
ALIGNMENT = 4096
MAX_HEADER = 16_000_000
DAMAGE = (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError)
"""What reading a file that is damaged may raise."""


@dataclass(frozen=True, eq=False)
class PatientPixels:
    """The decoded patches of one patient, in the order of the data set's rows.

    Attributes:
        pixels: uint8[n, 50, 50, 3], RGB; white where a patch could not be read.
        readable: bool[n].
        findings: What was wrong with pictures.
        signature: Names these pixels: what was made of pixels of this signature still holds.
        stamp: A digest of the files' names, sizes and times when they had these pixels; "" where
            a file could not be read, which may be another time.
    """

    pixels: NDArray[np.uint8]
    readable: NDArray[np.bool_]
    findings: tuple[Finding, ...]
    signature: str
    stamp: str


def save_pixels(decoded: PatientPixels, path: Path) -> None:
    """Write a patient's pixels.

    Raises:
        StorageError: The file cannot be written.
    """
    raw = np.ascontiguousarray(decoded.pixels)
    header = {
        "signature": decoded.signature,
        "stamp": decoded.stamp,
        "patches": len(raw),
        "unreadable": np.flatnonzero(~decoded.readable).tolist(),
        "findings": [asdict(finding) for finding in decoded.findings],
        "checksum": zlib.crc32(raw.data),
    }
    text = json.dumps(header).encode("ascii")
    with atomic_file(path, durable=False) as beside, beside.open("wb") as file:
        file.write(MAGIC + _number(len(text)) + _number(zlib.crc32(text)) + text)
        file.write(b"\0" * (_aligned(file.tell()) - file.tell()))
        file.write(raw.data)


def load_pixels(path: Path, *, patches: int, stamp: str | None = None) -> PatientPixels | None:
    """Map a patient's pixels; None where the file is missing, stale, torn or damaged.

    Args:
        path: The file.
        patches: Patches of the patient.
        stamp: Of the patient's files now; None to take pixels of any.
    """
    try:
        with open_plain(path) as file:
            header = _header(file)
            start = _aligned(file.tell())
        if header["patches"] != patches or stamp not in (None, header["stamp"]):
            return None
        shape = (patches, PATCH_SIZE, PATCH_SIZE, 3)
        pixels = np.memmap(path, np.uint8, mode="r", offset=start, shape=shape)
        if zlib.crc32(pixels.data) != header["checksum"]:
            return None
        readable = np.ones(patches, np.bool_)
        readable[np.array(header["unreadable"], np.int64)] = False
        findings = tuple(Finding(**finding) for finding in header["findings"])
        return PatientPixels(pixels, readable, findings, header["signature"], header["stamp"])
    except DAMAGE:
        return None


def is_whole(decoded: PatientPixels) -> bool:
    """Whether the file of mapped pixels has them still: to read what was cut off is SIGBUS."""
    pixels = decoded.pixels
    if not isinstance(pixels, np.memmap) or not isinstance(pixels.base, mmap.mmap):
        return True
    return bool(pixels.base.size() >= pixels.offset + pixels.nbytes)


def kept_signature(path: Path, *, stamp: str) -> str | None:
    """The signature of kept pixels, which are not read; None where there are none of this stamp."""
    try:
        with open_plain(path) as file:
            header = _header(file)
        return str(header["signature"]) if header["stamp"] == stamp else None
    except DAMAGE:
        return None


def _header(file: IO[bytes]) -> dict[str, Any]:
    """The header of a file that stands at its begin, and then at the header's end.

    Raises:
        ValueError: It is of another version, or damaged.
        OSError: It cannot be read.
    """
    if file.read(len(MAGIC)) != MAGIC:
        raise ValueError("no pixels of this version")
    length = int.from_bytes(file.read(8), "little")
    checksum = int.from_bytes(file.read(8), "little")
    if length > MAX_HEADER:
        raise ValueError("no header is so long")
    text = file.read(length)
    if zlib.crc32(text) != checksum:
        raise ValueError("a checksum does not fit")
    header: dict[str, Any] = json.loads(text)
    return header


def _number(value: int) -> bytes:
    return value.to_bytes(8, "little")


def _aligned(place: int) -> int:
    return -(-place // ALIGNMENT) * ALIGNMENT
