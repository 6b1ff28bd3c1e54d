"""The judge of hostile files, one for each file of tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.fuzz.judge import Judge


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    """Reads files in a process that is bounded in time and memory."""
    if sys.platform != "linux":
        pytest.skip("only Linux bounds the memory of a process")
    # In memory where there is such a disk: each input is written, and much of it flushed.
    place = Path("/dev/shm")
    with TemporaryDirectory(dir=place if place.is_dir() else None) as folder:
        asked = Judge(Path(folder) / "files")
        yield asked
        asked.close()
