"""Reading the log of a training that runs: what came since, and what a newcomer must know."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bcviewer.model.events import (
    Ending,
    EpochDone,
    Event,
    Exporting,
    Note,
    Paused,
    Prepared,
    Resumed,
    is_sound,
    parse_event,
)
from bcviewer.storage import open_plain


class EventTail:
    """Reads a log from where it was read last; a log that was begun anew is read anew.

    Args:
        path: The log, which need not be there yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self._file = -1

    def new(self) -> list[Event]:
        """The events that came since; a line that is still being written comes the next time."""
        try:
            with open_plain(self._path) as file:
                about = self._path.stat()
                if about.st_ino != self._file or about.st_size < self._read:
                    self._file, self._read = about.st_ino, 0
                file.seek(self._read)
                whole, end, _ = file.read().rpartition(b"\n")
        except OSError:
            return []
        self._read += len(whole) + len(end)
        events = (parse_event(line.decode("utf-8", "replace")) for line in whole.split(b"\n"))
        return [event for event in events if is_sound(event)]


def catch_up(events: Sequence[Event]) -> list[Event]:
    """What somebody must be told who comes late, in a sensible order.

    Of a run that was resumed: each epoch once, and no endings but one after which nothing came.
    """
    starts = [place for place, event in enumerate(events) if isinstance(event, Prepared)]
    since = events[starts[-1] :] if starts else events
    prepared = [event for event in since if isinstance(event, Prepared)]
    epochs = {event.epoch: event for event in events if isinstance(event, EpochDone)}
    notes = [event for event in since if isinstance(event, Note)][-1:]
    phases = [event for event in since if isinstance(event, Paused | Resumed | Exporting)][-1:]
    endings = [event for event in events[-1:] if isinstance(event, Ending)]
    curve = [epochs[epoch] for epoch in sorted(epochs)]
    return [*prepared, *curve, *notes, *phases, *endings]
