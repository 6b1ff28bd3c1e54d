"""The data set of Kaggle, fetched by kagglehub: only when asked for, and in a process of its own.

kagglehub is an optional extra. It knows no way to stop, so it runs in a child; one that was
stopped goes on where it was the next time, for kagglehub keeps what it has of the archive.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Literal

from bcviewer.errors import Cancelled, DataError

HANDLE: Final = "paultimothymooney/breast-histopathology-images"
PAGE: Final = f"https://www.kaggle.com/datasets/{HANDLE}"
LICENCE: Final = "CC0 1.0 (public domain)"
ZIP_BYTES: Final = 1_600_000_000
"""About; Kaggle tells the exact size only to who downloads."""

UNPACKED_BYTES: Final = 3_100_000_000
INSTALL: Final = "pip install kagglehub"
LOOK_EVERY: Final = 0.25
"""Seconds between two looks at what has come."""

Stage = Literal["connecting", "downloading", "unpacking"]
_CHILD: Final = "bcviewer.dataset.kaggle_child"
_HINTS: Final = {
    "missing": f"Install it with: {INSTALL}. Or download the zip from {PAGE}, unpack it, and open "
    "the folder.",
    "network": "Connect to the internet, or set a proxy, and try again: it goes on where it was.",
    "credentials": f"Kaggle may ask for an account: see kagglehub's page, or download {PAGE} in a "
    "browser.",
    "disk": "Make room, or choose another folder, and try again.",
    "other": f"Try again later, or download the zip from {PAGE} in a browser.",
}
_SAID: Final = {
    "missing": "kagglehub is not installed",
    "network": "Kaggle cannot be reached",
    "credentials": "Kaggle does not give the data set without an account",
    "disk": "The data set cannot be written",
    "other": "The download has failed",
}


@dataclass(frozen=True)
class Arrived:
    """How much of the data set has come.

    Attributes:
        stage: What is being done.
        done: Bytes that came, or 0 where they cannot be told.
        total: About how many will come.
    """

    stage: Stage
    done: int = 0
    total: int = ZIP_BYTES


def kagglehub_installed() -> bool:
    """Whether kagglehub can be used; it is not imported to find out."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("kagglehub") is not None


def room_needed() -> int:
    """Bytes: the archive stays until it is unpacked."""
    return ZIP_BYTES + UNPACKED_BYTES


def download(
    folder: Path,
    *,
    progress: Callable[[Arrived], None],
    cancelled: Callable[[], bool],
) -> Path:
    """Fetch the data set into a folder, or find it there.

    Args:
        folder: Where kagglehub keeps it; the data lie some folders deeper.
        progress: Told what has come, some times a second.
        cancelled: Asked as often.

    Returns:
        The folder to open.

    Raises:
        Cancelled: ``cancelled`` said so; what has come is kept.
        DataError: There is no kagglehub, no network, no room, or Kaggle refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise _refusal("disk", error.strerror or str(error)) from error
    if not (_place(folder) / "versions").exists() and free < room_needed():
        raise _refusal("disk", f"{gigabytes(room_needed())} are needed, {gigabytes(free)} are free")
    with tempfile.TemporaryFile() as said:
        process = _start(folder, said)
        try:
            _watch(process, folder, progress, cancelled)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        said.seek(0)
        return _read(said.read())


def gigabytes(count: int) -> str:
    """Bytes in words, such as "1.6 GB"."""
    return f"{count / 1e9:.1f} GB"


def _start(folder: Path, said: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  (this very program)
        [sys.executable, "-m", _CHILD],
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "KAGGLEHUB_CACHE": str(folder)},
    )


def _watch(
    process: subprocess.Popen[bytes],
    folder: Path,
    progress: Callable[[Arrived], None],
    cancelled: Callable[[], bool],
) -> None:
    while True:
        try:
            process.wait(LOOK_EVERY)
        except subprocess.TimeoutExpired:
            if cancelled():
                raise Cancelled from None
            progress(_arrived(folder))
        else:
            return


def _arrived(folder: Path) -> Arrived:
    """What lies in the folder: kagglehub writes N.archive, then versions/N, and tells no one."""
    place = _place(folder)
    try:
        archives = [path.stat().st_size for path in place.glob("*.archive")]
        unpacked = any((place / "versions").iterdir()) if (place / "versions").is_dir() else False
    except OSError:  # it is being moved or removed at this moment
        return Arrived("unpacking")
    if archives and not unpacked:
        return Arrived("downloading", min(max(archives), ZIP_BYTES))
    return Arrived("unpacking" if unpacked else "connecting")


def _place(folder: Path) -> Path:
    return folder / "datasets" / HANDLE


def _read(said: bytes) -> Path:
    """The child's last line that is one of ours; kagglehub may say things of its own."""
    for line in reversed(said.decode(errors="replace").splitlines()):
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict) and "folder" in told:
            return Path(str(told["folder"]))
        if isinstance(told, dict) and told.get("failed") in _SAID:
            raise _refusal(str(told["failed"]), str(told.get("why", "")))
    raise _refusal("other", "its process ended without a word")


def _refusal(kind: str, why: str) -> DataError:
    because = f": {why.rstrip('.')}" if why else ""
    return DataError(f"{_SAID[kind]}{because}.", hint=_HINTS[kind])
