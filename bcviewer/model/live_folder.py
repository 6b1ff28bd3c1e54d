"""What a run has only while it trains: ears for commands of any process, and its latest step.

``RUN/live`` is locked by the training from its very start, seconds before TensorFlow is there. In
it lies a folder for this session of the run alone: a command is an empty file in it, whose name
says all, so it is there wholly or not at all. What was said to an earlier session lies in a folder
of that session, and is never heard by this one.
"""

from __future__ import annotations

import shutil
import threading
import time
import uuid
from collections import deque
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from bcviewer.errors import JobError
from bcviewer.model.commands import Command, QueuedCommands
from bcviewer.model.events import Event, StepDone, Validating
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.run_lock import held

SESSION = "session-"
STEP = "step.json"
LISTEN_SECONDS = 0.1
CLOSE_SECONDS = 3.0
LOSSES_KEPT = 500
"""Losses of single steps that a newcomer is told of; nobody reads all the tellings."""


class LiveFolder:
    """Lets any process steer and watch this training, as long as the block lasts.

    The run folder is not made here: it is waited for, since a job that cannot be done makes none.
    Where the folder cannot be written to, the training goes on without ears.

    Args:
        run: The run folder.
        commands: Where to put the commands that come.
    """

    def __init__(self, run: Path, commands: QueuedCommands) -> None:
        self._run = RunFolder(run.expanduser().absolute())
        self._commands = commands
        self._session: Path | None = None
        self._losses: deque[float] = deque(maxlen=LOSSES_KEPT)
        self._over = threading.Event()
        self._listener = threading.Thread(target=self._live, name="live folder", daemon=True)

    def __enter__(self) -> Self:
        self._listener.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._listener.join(CLOSE_SECONDS)

    def tell(self, event: Event) -> None:
        """Show a step, or the progress of a validation; the log of the run has the rest."""
        session = self._session
        if session is None or not isinstance(event, StepDone | Validating):
            return
        if isinstance(event, StepDone):
            self._losses.extend(event.losses)
            event = replace(event, losses=tuple(self._losses))
        beside = session / f".{STEP}"
        with suppress(OSError):  # the last ones are told while the folder goes
            beside.write_text(event.to_line(), encoding="utf-8")
            beside.replace(session / STEP)

    def _live(self) -> None:
        while not self._run.job_path.is_file():
            if self._over.wait(LISTEN_SECONDS):
                return
        live = self._run.live_path
        with suppress(OSError, JobError):
            live.mkdir(exist_ok=True)
            with held(live):
                for earlier in live.glob(f"{SESSION}*"):
                    shutil.rmtree(earlier, ignore_errors=True)
                session = live / f"{SESSION}{time.time_ns():020d}-{uuid.uuid4().hex[:8]}"
                session.mkdir()
                self._session = session
                self._listen(session)
                self._session = None
                shutil.rmtree(session, ignore_errors=True)

    def _listen(self, session: Path) -> None:
        while not self._over.wait(LISTEN_SECONDS):
            for word in sorted(session.iterdir()):
                with suppress(ValueError):
                    command = Command(word.suffix.removeprefix("."))
                    word.unlink(missing_ok=True)
                    self._commands.put(command)
