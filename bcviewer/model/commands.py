"""What a running training may be told, and where it hears it: the child's standard input."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from typing import Protocol


class Command(StrEnum):
    """One word to a running training."""

    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"  # finish this epoch, keep the best
    CANCEL = "cancel"


class CommandSource(Protocol):
    """Where a training hears its commands."""

    def next(self, *, wait_seconds: float = 0.0) -> Command | None:
        """The oldest command not yet taken; None when none comes within the time."""


class QueuedCommands:
    """Commands put in by another thread, or by a signal handler."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Command] = queue.SimpleQueue()

    def put(self, command: Command) -> None:
        """Add a command; it is taken after those before it."""
        self._queue.put(command)

    def next(self, *, wait_seconds: float = 0.0) -> Command | None:
        """The oldest command not yet taken; None when none comes within the time."""
        try:
            return self._queue.get(block=wait_seconds > 0, timeout=wait_seconds or None)
        except queue.Empty:
            return None


class StdinCommands(QueuedCommands):
    """Commands on a file descriptor, one word a line; other words are passed over.

    The end of the input is not a command: a training goes on when its window goes away.
    """

    def __init__(self, descriptor: int = 0) -> None:
        super().__init__()
        reader = threading.Thread(target=self._read, args=(descriptor,), daemon=True)
        reader.name = "commands"
        reader.start()

    def _read(self, descriptor: int) -> None:
        for word in _words(descriptor):
            with suppress(ValueError):
                self.put(Command(word))


def _words(descriptor: int) -> Iterator[str]:
    # os.read, not sys.stdin: a daemon thread that holds the lock of a buffered reader makes the
    # interpreter abort when it ends.
    rest = b""
    while True:
        try:
            chunk = os.read(descriptor, 1024)
        except OSError:  # no standard input at all
            return
        if not chunk:
            return
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line.decode("utf-8", "replace").strip() for line in lines)
