"""Archives of arrays that the program keeps: opened with a bound on what they can unfold to."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from bcviewer.storage import open_plain

ROOM = 2**16
"""Bytes for the names, headers and words of an archive besides its arrays."""


@contextmanager
def archive(
    path: Path, *, most: int, packed: bool = False, whole: bool = True
) -> Iterator[np.lib.npyio.NpzFile[Any]]:
    """Open an archive that ``np.savez`` wrote.

    Args:
        path: The file.
        most: Bytes that its arrays can have together; there is room for names besides.
        packed: Whether it may be compressed.
        whole: Check all of it; NumPy asks for a checksum only where it reads a part to its end.

    Raises:
        OSError: It cannot be read, or is no plain file.
        ValueError: It is larger than it can be, no such archive, or damaged.
        Exception: Whatever else a damaged file makes NumPy raise.
    """
    # Opened here: NumPy leaves the file of a damaged archive open.
    with open_plain(path) as file:
        if not zipfile.is_zipfile(file):  # NumPy would take a single array, of any size
            raise ValueError("it is no archive")
        file.seek(0)
        with np.load(file, allow_pickle=False) as kept:
            members = kept.zip.infolist()
            if sum(member.file_size for member in members) > most + ROOM:
                raise ValueError("it is larger than it can be")
            if not packed and any(member.compress_type for member in members):
                raise ValueError("it is compressed, which no such archive is")
            if whole and kept.zip.testzip() is not None:
                raise ValueError("a checksum does not fit")
            yield kept
