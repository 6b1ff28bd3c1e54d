"""Disks that fail as real ones do: too small, full, not to be written to."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

CHUNK = bytes(4096)


@contextmanager
def small_disk(place: Path, *, kilobytes: int) -> Iterator[Path]:
    """A disk of its own, in memory; the test is skipped where none may be mounted."""
    place.mkdir(parents=True, exist_ok=True)
    if sys.platform != "linux" or not _did("mount", "-t", "tmpfs", "tmpfs", str(place)):
        pytest.skip("a disk of its own cannot be mounted here")
    try:
        resize(place, kilobytes=kilobytes)
        yield place
    finally:
        _did("umount", "-l", str(place))


@contextmanager
def failing_disk(place: Path, *, kilobytes: int) -> Iterator[Path]:
    """A disk that may fail (``abort``); the test is skipped where none may be mounted."""
    place.mkdir(parents=True, exist_ok=True)
    image = place.with_name(f"{place.name}.image")
    with image.open("wb") as file:
        file.truncate(kilobytes * 1024)
    made = sys.platform == "linux" and _did("mkfs.ext4", "-q", "-F", str(image))
    if not made or not _did("mount", "-o", "loop,errors=remount-ro", str(image), str(place)):
        pytest.skip("a disk of its own cannot be mounted here")
    try:
        yield place
    finally:
        _did("umount", "-l", str(place))


def abort(disk: Path) -> None:
    """Let a disk fail: whoever has files open on it can write no more, until it is unmounted."""
    assert _did("mount", "-o", "remount,abort", str(disk))


def resize(disk: Path, *, kilobytes: int) -> None:
    """Give a small disk more room."""
    assert _did("mount", "-o", f"remount,rw,size={kilobytes}k", str(disk))


def protect(disk: Path) -> None:
    """Let nothing be written to a disk any more."""
    assert _did("mount", "-o", "remount,ro", str(disk))


def fill(disk: Path) -> Path:
    """Fill a disk to its last byte; returns the file to remove for room."""
    filler = disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(CHUNK):
            pass
    return filler


def _did(*command: str) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
