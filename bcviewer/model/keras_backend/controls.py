"""Taking commands between batches: pause, resume, finish, cancel."""

from __future__ import annotations

import time
from collections.abc import Callable

from bcviewer.errors import Cancelled
from bcviewer.model.commands import Command, CommandSource
from bcviewer.model.events import Event, Paused, Resumed

LISTEN_SECONDS = 0.1


class Controls:
    """Carries out commands; asked between any two batches, of training or of validation.

    Attributes:
        finishing: Whether the training is to end after this epoch.
        paused_seconds: Time spent in pauses, which is no time of training.
    """

    def __init__(self, commands: CommandSource, emit: Callable[[Event], None]) -> None:
        self._commands = commands
        self._emit = emit
        self.finishing = False
        self.paused_seconds = 0.0

    def obey(self) -> None:
        """Carry out the commands that came; comes back after a pause has ended.

        Raises:
            Cancelled: The training is to end now.
        """
        while (command := self._commands.next()) is not None:
            if self._take(command) is Command.PAUSE:
                self._pause()

    def cancelled(self) -> bool:
        """Whether to stop, for long work before the first batch; carries out commands too."""
        try:
            self.obey()
        except Cancelled:
            return True
        return False

    def _take(self, command: Command) -> Command:
        if command is Command.CANCEL:
            raise Cancelled
        if command is Command.FINISH:
            self.finishing = True
        return command

    def _pause(self) -> None:
        """Wait for any command but another pause: to finish or cancel ends a pause too."""
        began = time.perf_counter()
        self._emit(Paused())
        try:
            while True:
                command = self._commands.next(wait_seconds=LISTEN_SECONDS)
                if command is not None and self._take(command) is not Command.PAUSE:
                    break
        finally:
            self.paused_seconds += time.perf_counter() - began
        self._emit(Resumed())
