"""A quick look at every picture's first and last bytes, without decoding it."""

from __future__ import annotations

import os
from pathlib import Path

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.findings import Finding
from bcviewer.dataset.pixels import MAX_BYTES, PictureError, check_header
from bcviewer.progress import Cancel, Progress, stop_if

PNG_END = b"IEND\xaeB`\x82"
RGB_8_BIT = (8, 2)
"""Bit depth and colour type of a regular patch in a PNG's header."""


def check_pictures(
    dataset: Dataset, *, progress: Progress | None = None, cancelled: Cancel | None = None
) -> tuple[Finding, ...]:
    """Look at the header and the end of every picture.

    Finds what is empty, cut off, no PNG, of a wrong size or mode, or unreadable. Damage in the
    middle of a picture shows only when it is decoded.

    Raises:
        Cancelled: The user asked to stop.
    """
    findings = []
    for number, patient in enumerate(dataset.patients):
        stop_if(cancelled)
        rows = dataset.rows(patient)
        for row in range(rows.start, rows.stop):
            path = dataset.path(row)
            problem = _problem(path)
            if problem is not None:
                kind, text = problem
                findings.append(Finding(path.relative_to(dataset.root).as_posix(), kind, text))
        if progress is not None:
            progress(number + 1, len(dataset.patients))
    return tuple(findings)


def _problem(path: Path) -> tuple[str, str] | None:
    """Kind and text of what is wrong with a file; None for a regular patch."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            content = os.read(handle, MAX_BYTES + 1)
        finally:
            os.close(handle)
        check_header(content)
    except OSError as error:
        return "unreadable", f"Cannot be read: {error.strerror or error}."
    except PictureError as error:
        return error.kind, str(error)
    if PNG_END not in content[-64:]:
        return "damaged", "The picture is cut off. Copy it again."
    if (content[24], content[25]) != RGB_8_BIT:
        return "wrong_mode", "The picture is not 8-bit RGB; it is read as RGB."
    return None
