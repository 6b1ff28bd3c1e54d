"""Places that cannot be written to any more, as real ones get: full, read-only, at a limit."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.disks import abort, failing_disk, fill, protect, resize, small_disk

KILOBYTES = 1024
ROOM = 16 * 1024
WAYS = ("full", "read-only", "limit")
WAYS_IN_USE = ("full", "failed", "limit")
"""A disk that is in use cannot be made read-only, but may fail."""

WORDS = {
    "full": "No space left on device",
    "read-only": "Read-only file system",
    "failed": "Read-only file system",
    "limit": "File too large",
}


@dataclass(frozen=True)
class Place:
    """A folder to write to, until it is spoilt.

    ``full`` and ``read-only`` are a small disk of its own; ``failed`` is one that the system
    makes read-only while it is in use, for good; ``limit`` needs no right to
    mount one: the system lets this process write no more.
    """

    folder: Path
    way: str

    @property
    def words(self) -> str:
        """What the system says of it."""
        return WORDS[self.way]

    @contextmanager
    def spoilt(self) -> Iterator[None]:
        """Let nothing be written for a while."""
        if self.way == "limit":
            with _limit():
                yield
        elif self.way == "full":
            filler = fill(self.folder)
            yield
            filler.unlink()
            resize(self.folder, kilobytes=ROOM)
        elif self.way == "failed":
            abort(self.folder)
            yield
        else:
            protect(self.folder)
            yield
            resize(self.folder, kilobytes=ROOM)

    def files(self) -> dict[str, bytes]:
        """All files but the one that fills the disk, hidden ones as well."""
        found = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in found
            if path.name != "filler"
        }


@contextmanager
def place_of(folder: Path, way: str, *, kilobytes: int = KILOBYTES) -> Iterator[Place]:
    """A place that can be spoilt in a way; the test is skipped where the system has none."""
    if way == "limit":
        if sys.platform == "win32":
            pytest.skip("limits of file sizes are of Unix")
        folder.mkdir()
        yield Place(folder, way)
        return
    disk_of = failing_disk if way == "failed" else small_disk
    with disk_of(folder, kilobytes=kilobytes) as disk:
        yield Place(disk, way)


@contextmanager
def _limit() -> Iterator[None]:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
