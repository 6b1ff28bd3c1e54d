"""The probe of a training from the outside: a process of its own, which leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bcviewer.errors import TrainingError
from bcviewer.model.events import Cancelled_, Event, Failed, Probed, is_ending, parse_event
from bcviewer.model.job import TrainingJob, write_job
from bcviewer.model.training_process import NICENESS

SMALLER = "Try a smaller batch size and close other programs."


class ProbeProcess:
    """Runs ``bcviewer train --probe``; ``kill`` may be called from any thread, at any time.

    Args:
        job: What is to be probed.
        command: What to start, with the job file added; None for this very program.
    """

    def __init__(self, job: TrainingJob, *, command: list[str] | None = None) -> None:
        self._job = job
        self._command = command or [
            *(sys.executable, "-m", "bcviewer", "train", "--probe", "--json", "--job")
        ]
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._killed = False

    def events(self) -> Iterator[Event]:
        """Start the process and tell its events.

        The last one is ``Probed``, ``Failed`` or ``Cancelled_``; by then the process is gone.

        Raises:
            TrainingError: The process cannot be started.
            StorageError: There is no room for a temporary file.
        """
        with tempfile.TemporaryDirectory(prefix="bcviewer-") as folder:
            path = Path(folder) / "job.json"
            write_job(path, self._job)
            with tempfile.TemporaryFile() as said:
                try:
                    process = self._start([*self._command, str(path)], said.fileno())
                    yield from self._heard(process, said.fileno())
                finally:
                    self._end()

    def kill(self) -> None:
        """End the process at once; ``events`` ends with a cancel."""
        with self._lock:
            self._killed = True
            if self._process is not None:
                self._process.kill()

    def _start(self, command: list[str], said: int) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._killed:
                return None
            try:
                self._process = subprocess.Popen(  # noqa: S603  (this very program)
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    env={**os.environ, "PYTHONUTF8": "1"},
                    creationflags=_creation_flags(),
                )
            except OSError as error:
                raise TrainingError(
                    f"The probe cannot be started: {error.strerror or error}.",
                    hint="Close other programs and try again.",
                ) from error
        if sys.platform != "win32":
            with suppress(OSError):  # it may be over already
                # As a training does, so that it is timed as one.
                os.setpriority(os.PRIO_PROCESS, self._process.pid, NICENESS)
        return self._process

    def _heard(self, process: subprocess.Popen[bytes] | None, said: int) -> Iterator[Event]:
        ended = False
        if process is not None and process.stdout is not None:
            for line in process.stdout:
                event = parse_event(line.decode("utf-8", "replace"))
                if event is not None and not ended:
                    ended = is_ending(event) or isinstance(event, Probed)
                    yield event
            process.wait()
        if not ended:
            yield Cancelled_() if self._killed else self._failure(said)

    def _end(self) -> None:
        with self._lock:
            process = self._process
        if process is not None:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()

    def _failure(self, said: int) -> Failed:
        code = self._process.returncode if self._process is not None else 0
        if code < 0:
            memory = -code == signal.SIGKILL if sys.platform != "win32" else False
            cause = "it probably ran out of memory" if memory else "it crashed"
            return Failed(f"The probe ended by signal {-code}: {cause}.", SMALLER)
        words = _last_words(said)
        about = f" Its last words: {words}" if words else ""
        return Failed(f"The probe ended without a result (exit code {code}).{about}")


def _last_words(said: int) -> str:
    with os.fdopen(os.dup(said), "rb") as file:
        file.seek(0)
        lines = file.read().decode("utf-8", "replace").splitlines()
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _creation_flags() -> int:
    """On Windows: no console window, and a lower priority than the window's."""
    if sys.platform != "win32":
        return 0
    return subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
