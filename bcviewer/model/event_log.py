"""What a training told, kept in its run folder: what became of a run can be told later."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from bcviewer.errors import StorageError
from bcviewer.model.events import Event, StepDone, Validating, is_sound, parse_event
from bcviewer.storage import read_bounded

MOST_BYTES = 2**26
"""Of a log; a hundred thousand epochs take as much."""


class EventLog:
    """Appends events to a file, a line each, as they come.

    Steps and the progress of a validation are left out: they come four times a second. The log is
    no result: a disk that is full ends the log and not the training.

    Args:
        path: The file.
        fresh: Whether to begin it anew; else what is in it stays.
    """

    def __init__(self, path: Path, *, fresh: bool) -> None:
        self._path = path
        if fresh:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def add(self, event: Event) -> None:
        """Append one event, flushed."""
        if not isinstance(event, StepDone | Validating):
            append_event(self._path, event)


def append_event(path: Path, event: Event) -> None:
    """Append one event to a file, flushed; nothing happens where that is not possible."""
    line = (event.to_line() + "\n").encode("utf-8", "replace")
    with suppress(OSError), path.open("ab+") as file:
        file.write(_end_of_torn_line(file) + line)


def read_events(path: Path) -> list[Event]:
    """The events of a log; torn lines are passed over. None when there is no log."""
    try:
        lines = read_bounded(path, most=MOST_BYTES).decode("utf-8", "replace").splitlines()
    except StorageError:
        return []
    events = (parse_event(line) for line in lines)
    return [event for event in events if is_sound(event)]


def _end_of_torn_line(file: BinaryIO) -> bytes:
    """A line's end where a kill tore the last line, so that the next one stands by itself."""
    if not file.seek(0, os.SEEK_END):
        return b""
    file.seek(-1, os.SEEK_END)
    return b"" if file.read(1) == b"\n" else b"\n"
