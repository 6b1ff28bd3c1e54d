"""Looking at a file of others, inside a process that is there for nothing else."""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bcviewer.model.imported_file import opened
from bcviewer.model.imported_hdf5 import MOST_BYTES
from bcviewer.model.imported_meaning import Meaning, Wishes, meaning_of

READING_SECONDS = 60.0
"""So long a file may be read, and more if it is large.

It takes half a second, start of Python included; a cold and busy machine may need twenty times as
much. A damaged file can have HDF5 go round in circles for ever.
"""

SLOWEST_BYTES = 2**22
"""A second more for each so many bytes: a slow network drive reads 4 MB in a second."""

LATER = 5.0
"""Seconds after which a reader ends itself that should have been killed, but whose parent died."""

MOST_MEMORY = 8 * MOST_BYTES
"""What a reader may take on top of its start: unpacked and copied, the largest file needs half."""


def reading_limit(path: Path) -> float:
    """Seconds that reading a file may take."""
    try:
        size = path.stat().st_size
    except OSError:  # the reader will say so
        size = 0
    return READING_SECONDS + min(size, MOST_BYTES) / SLOWEST_BYTES


def look_at(path: Path, wishes: Wishes) -> dict[str, Any]:
    """What a file holds and means, as plain values; all of its weights are read once.

    Raises:
        ModelError: It is not taken, or contradicts the wishes.
    """
    with opened(path) as found:
        meaning = meaning_of(found.plan, wishes)
        found.weights.read_through(found.plan)
        return {"written_by": found.written_by, "sha256": found.sha256, **_about(meaning)}


def _about(meaning: Meaning) -> dict[str, Any]:
    return {
        "input_size": meaning.input_size,
        "scaling": meaning.scaling,
        "resizing": meaning.resizing,
        "idc_output": meaning.idc_output,
        "finish": meaning.finish,
        "points": [[point.name, point.words, point.how] for point in meaning.points],
    }


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Bound the time and the memory of this process for the length of the block.

    When the time is over the process is gone, whatever C code it is in. The memory is bounded on
    Linux only.
    """
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        with _memory_bounded():
            yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@contextmanager
def _memory_bounded() -> Iterator[None]:
    if sys.platform != "linux":
        yield
        return
    import resource

    before, highest = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    wanted = pages * os.sysconf("SC_PAGE_SIZE") + MOST_MEMORY
    known = [limit for limit in (before, highest) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([wanted, *known]), highest))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, highest))
