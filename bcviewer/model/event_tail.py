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
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.runs import read_history
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


class FollowedLog:
    """What whoever follows a run is to be told: at first what there is to catch up with.

    So again when the run is resumed meanwhile, which tells its earlier epochs to nobody else.

    Args:
        run: The run folder.
    """

    def __init__(self, run: Path) -> None:
        self._run = run
        self._tail = EventTail(RunFolder(run).events_path)
        self._caught_up = False

    def new(self) -> list[Event]:
        """The events to tell now."""
        events = self._tail.new()
        if self._caught_up and not any(isinstance(event, Prepared) for event in events):
            return events
        self._caught_up = True
        return catch_up(events, read_history(self._run))


def catch_up(events: Sequence[Event], history: Sequence[EpochDone]) -> list[Event]:
    """What somebody must be told who comes late, in a sensible order.

    Of a run that was resumed: each epoch once, and no endings but one after which nothing came.

    Args:
        events: The log.
        history: The epochs that are kept, read after the log. A resume cuts them to where it goes
            on, and of the log only what came since its own start is sure to count.
    """
    starts = [place for place, event in enumerate(events) if isinstance(event, Prepared)]
    since = events[starts[-1] :] if starts else events
    prepared = [event for event in since if isinstance(event, Prepared)]
    done = (*history, *(event for event in since if isinstance(event, EpochDone)))
    epochs = {event.epoch: event for event in done}
    notes = [event for event in since if isinstance(event, Note)][-1:]
    phases = [event for event in since if isinstance(event, Paused | Resumed | Exporting)][-1:]
    endings = [event for event in events[-1:] if isinstance(event, Ending)]
    curve = [epochs[epoch] for epoch in sorted(epochs)]
    return [*prepared, *curve, *notes, *phases, *endings]
