"""The training process from the outside: start it, hear its events, steer it, tell its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Literal

from bcviewer.errors import TrainingError
from bcviewer.model.events import Cancelled_, Event, Failed, is_ending, parse_event
from bcviewer.model.job import read_job
from bcviewer.model.resume import resumable_job
from bcviewer.model.run_folder import RunFolder, claim_run_folder

Word = Literal["pause", "resume", "finish", "cancel"]

NICENESS = 5
"""Training gives way to the window: both run on the same cores."""

LOG_END_BYTES = 4000


class TrainingProcess:
    """A training in a process of its own, which is the command line itself.

    One thread reads ``events``; ``send`` and ``kill`` may be called from any thread. Whatever the
    process says beside its events goes to ``log.txt`` in the run folder.

    Args:
        job_path: The job file.
        resume: Go on with the run that the job file lies in.
        command: What to start; None for ``bcviewer train`` of this Python with ``--job FILE`` or
            ``--resume RUN``, and with ``--json``.
    """

    def __init__(
        self, job_path: Path, *, resume: bool = False, command: list[str] | None = None
    ) -> None:
        what = ("--resume", str(job_path.parent)) if resume else ("--job", str(job_path))
        self._command = command or [
            *(sys.executable, "-m", "bcviewer", "train"),
            *(*what, "--json"),
        ]
        self._job_path = job_path
        self._resume = resume
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._run: RunFolder | None = None
        self._log_start = 0
        self._killed = False

    @property
    def returncode(self) -> int | None:
        """The exit code; None before the end. Negative: ended by a signal."""
        return self._process.poll() if self._process else None

    @property
    def pid(self) -> int | None:
        """The process id; None before the start."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Claim the run folder, or look whether it can be resumed, and start the process.

        Raises:
            JobError: The job cannot be used, or the run cannot be resumed.
            StorageError: The run folder cannot be written to.
            TrainingError: The process cannot be started.
        """
        self._run = self._take_run()
        try:
            self._log = self._run.log_path.open("ab", buffering=0)
            self._log_start = self._log.seek(0, os.SEEK_END)
            self._process = subprocess.Popen(  # noqa: S603  (this very program)
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log,
                env={**os.environ, "PYTHONUTF8": "1"},
                creationflags=_creation_flags(),
            )
        except OSError as error:
            self._close_streams()
            raise TrainingError(
                f"The training process cannot be started: {error.strerror or error}.",
                hint="Close other programs and try again.",
            ) from error
        if sys.platform != "win32":
            with suppress(OSError):  # it may be over already
                os.setpriority(os.PRIO_PROCESS, self._process.pid, NICENESS)

    def _take_run(self) -> RunFolder:
        if self._resume:
            return RunFolder(resumable_job(self._job_path.parent).run)
        return claim_run_folder(read_job(self._job_path))

    def events(self) -> Iterator[Event]:
        """The events as they come; the last one tells how the training ended.

        Blocks between events. To be called once, after ``start``.
        """
        if self._process is None or self._process.stdout is None or self._log is None:
            raise RuntimeError("start the process first")
        ended = False
        for line in self._process.stdout:
            event = parse_event(line.decode("utf-8", "replace"))
            if event is None:
                with suppress(OSError):  # a full disk must not stop the events
                    self._log.write(line)
            elif not ended:
                ended = is_ending(event)
                yield event
        self._process.wait()
        self._close_streams()
        if not ended:
            yield Cancelled_() if self._killed else self._failure()

    def send(self, word: Word) -> None:
        """Tell the training something; nothing happens when it is over already."""
        with self._lock, suppress(OSError, ValueError):
            if self._process and self._process.stdin:
                self._process.stdin.write(f"{word}\n".encode("ascii"))
                self._process.stdin.flush()

    def kill(self) -> None:
        """End the process at once; finished epochs are kept. ``events`` ends with a cancel."""
        if self._process and self._process.poll() is None:
            self._killed = True
            self._process.kill()

    def close(self) -> None:
        """Make sure that the process is gone; for when ``events`` was not read to its end."""
        self.kill()
        if self._process:
            self._process.wait()
        self._close_streams()

    def _close_streams(self) -> None:
        with self._lock:
            streams = (self._process.stdin, self._process.stdout) if self._process else ()
            for stream in (*streams, self._log):
                with suppress(OSError):  # words that were never read
                    if stream is not None:
                        stream.close()

    def _failure(self) -> Failed:
        code = self.returncode or 0
        run = self._run.path if self._run else Path()
        kept = f"Finished epochs are kept in {run}."
        if code < 0:
            cause = "it probably ran out of memory" if -code == signal.SIGKILL else "it crashed"
            return Failed(
                message=f"The training process ended by signal {-code} ({_name(-code)}): {cause}.",
                hint=f"Try a smaller batch size and close other programs. {kept}",
            )
        said = self._last_words()
        return Failed(
            message=f"The training process ended without a result (exit code {code})."
            + (f" Its last words: {said}" if said else ""),
            hint=f"See log.txt in the run folder. {kept}",
        )

    def _last_words(self) -> str:
        try:
            log = self._run.log_path.read_bytes()[self._log_start :] if self._run else b""
        except OSError:
            return ""
        lines = log[-LOG_END_BYTES:].decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _creation_flags() -> int:
    """On Windows: no console window, and a lower priority than the window's."""
    if sys.platform != "win32":
        return 0
    return subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
