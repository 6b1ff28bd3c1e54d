"""The mark of a window that runs: what is left of it says that the window ended badly.

``RUNNING/START-PID`` is a folder with a lock that goes with the process, whatever ends it, with
what was open, and with what the interpreter said when it crashed.
"""

from __future__ import annotations

import faulthandler
import json
import os
import shutil
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from bcviewer import __version__
from bcviewer.errors import StorageError
from bcviewer.file_lock import take
from bcviewer.storage import atomic_file, read_bounded, read_json

KIND = "bcviewer-running"
VERSION = 1
LOCK, ABOUT, FAULTS = "lock", "about.json", "faults.txt"
MOST_FAULTS = 200_000
YOUNG_SECONDS = 10.0
"""A mark that is younger and tells nothing yet is just being made."""

MOST_MARKS = 20
"""So many are looked at; older ones are only removed."""


@dataclass(frozen=True)
class EndedRun:
    """A window that did not end as it should.

    Attributes:
        started: When it was opened, UTC.
        last_seen: When it was last seen alive, UTC: at the latest when it opened its data.
        version: Of bcviewer.
        data: The data folder that was open; None for none.
        labels: The label log that was open; None for none.
        faults: What the interpreter said as it crashed; "" for nothing, as after a kill.
    """

    started: datetime
    last_seen: datetime
    version: str
    data: Path | None
    labels: Path | None
    faults: str


class RunningMark:
    """The mark of this process.

    Args:
        folder: Where marks lie; made when it is not there.

    Raises:
        OSError: It cannot be written to.
        StorageError: Likewise.
    """

    def __init__(self, folder: Path) -> None:
        now = datetime.now(UTC)
        self._place = folder / f"{now:%Y%m%dT%H%M%S}-{os.getpid()}-{uuid.uuid4().hex[:6]}"
        self._place.mkdir(parents=True)
        self._lock: BinaryIO = (self._place / LOCK).open("ab")
        take(self._lock)
        self._faults = (self._place / FAULTS).open("ab", buffering=0)
        self._started = now
        self._was_on = faulthandler.is_enabled()
        self.note(data=None, labels=None)

    def catch_faults(self) -> None:
        """Let crashes of the interpreter itself be told in the mark: where each thread was."""
        faulthandler.enable(self._faults)

    def note(self, *, data: Path | None, labels: Path | None) -> None:
        """Note what is open now; that it cannot be noted disturbs nobody."""
        about = {
            "kind": KIND,
            "version": VERSION,
            "bcviewer": __version__,
            "started": self._started.isoformat(timespec="seconds"),
            "data": None if data is None else str(data.absolute()),
            "labels": None if labels is None else str(labels.absolute()),
        }
        # Not flushed to the disk: it is for a process that ends, and the window does not wait.
        with suppress(StorageError), atomic_file(self._place / ABOUT, durable=False) as beside:
            beside.write_text(json.dumps(about), encoding="utf-8")

    def end(self) -> None:
        """The window has closed as it should."""
        faulthandler.disable()
        if self._was_on:
            faulthandler.enable()
        self._faults.close()
        self._lock.close()
        shutil.rmtree(self._place, ignore_errors=True)


def take_ended(folder: Path) -> tuple[EndedRun, ...]:
    """The windows that ended badly since the last call, the latest first; their marks go."""
    try:
        places = sorted((place for place in folder.iterdir() if place.is_dir()), reverse=True)
    except OSError:
        return ()
    found = []
    for number, place in enumerate(places):
        ended = _ended(place)
        if ended is None:
            continue
        if number < MOST_MARKS:
            found.append(ended)
        shutil.rmtree(place, ignore_errors=True)
    return tuple(found)


def _ended(place: Path) -> EndedRun | None:
    """What a mark says; None while its process runs, or only begins."""
    try:
        made = datetime.fromtimestamp(place.stat().st_mtime, UTC)
        whole = (place / ABOUT).exists()
        if not whole and (datetime.now(UTC) - made).total_seconds() < YOUNG_SECONDS:
            return None
        with (place / LOCK).open("rb+") as file:
            if not take(file):
                return None
    except OSError:  # gone this moment, or not to be read
        return None
    try:
        seen = datetime.fromtimestamp((place / ABOUT).stat().st_mtime, UTC)
        about = read_json(place / ABOUT, kind=KIND, version=VERSION)
        return _told(about, seen, _read_faults(place / FAULTS))
    except (OSError, StorageError, ValueError):  # all that it says is that it ended badly
        return EndedRun(made, made, "", None, None, "")


def _told(about: dict[str, Any], seen: datetime, faults: str) -> EndedRun:
    return EndedRun(
        started=datetime.fromisoformat(str(about.get("started"))),
        last_seen=seen,
        version=str(about.get("bcviewer"))[:40],
        data=_path(about.get("data")),
        labels=_path(about.get("labels")),
        faults=faults,
    )


def _path(value: object) -> Path | None:
    return Path(value) if isinstance(value, str) and value else None


def _read_faults(path: Path) -> str:
    try:
        return read_bounded(path, most=MOST_FAULTS).decode("utf-8", "replace")
    except StorageError:
        return ""
