"""Ctrl-C while a training runs: once to finish the epoch, twice to cancel."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self

from bcviewer.model.commands import Command, QueuedCommands


class Interrupts:
    """Makes a command of each Ctrl-C, as long as the block lasts.

    Args:
        commands: Where to put the commands.
        told: Told how often it was pressed; None where nobody is to be told.

    Attributes:
        times: How often it was pressed.
    """

    def __init__(
        self, commands: QueuedCommands, *, told: Callable[[int], None] | None = None
    ) -> None:
        self._commands = commands
        self._told = told
        self.times = 0

    def __enter__(self) -> Self:
        self._previous = signal.getsignal(signal.SIGINT)
        signal.signal(signal.SIGINT, self._heard)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.signal(signal.SIGINT, self._previous)

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        self.times += 1
        self._commands.put(Command.FINISH if self.times == 1 else Command.CANCEL)
        if self._told is not None:
            self._told(self.times)
