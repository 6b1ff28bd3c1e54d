"""The training process from the outside: start it, hear it, steer it, tell its end, let it go."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Literal

from bcviewer.errors import JobError, TrainingError
from bcviewer.model.events import Cancelled_, Event, Failed, is_ending, parse_event
from bcviewer.model.job import read_job
from bcviewer.model.resume import resumable_job
from bcviewer.model.run_cancel import note_cancel
from bcviewer.model.run_folder import RunFolder, claim_run_folder
from bcviewer.model.run_lock import START, held
from bcviewer.storage import cannot_write, open_plain

Word = Literal["pause", "resume", "finish", "cancel"]

NICENESS = 5
"""Training gives way to the window: both run on the same cores."""

LOG_END_BYTES = 8000

LESS_MEMORY = "Try a smaller batch size and close other programs."
CRASHED = ("it crashed", LESS_MEMORY)
CAUSES = {
    "SIGKILL": ("it probably ran out of memory", LESS_MEMORY),
    "SIGBUS": (
        "a file that it was reading went away",
        "Check that the drive of the workspace is there and has room, then resume the run.",
    ),
}
"""What the signals that end a training mostly mean, and what to do then."""
CHUNK_BYTES = 65536


class TrainingProcess:
    """A training in a process of its own, which is the command line itself.

    One thread reads ``events``; ``send``, ``kill`` and ``detach`` may be called from any thread.
    Whatever the process says beside its events goes to ``log.txt`` in the run folder. It is a
    session of its own: neither Ctrl-C nor the closing of a terminal reaches it, and it goes on
    when this process is killed.

    Args:
        job_path: The job file.
        resume: Go on with the run that the job file lies in.
        folder: Of a run to go on with: where its data folder is now; None for where it was.
        workspace: Likewise its workspace.
        only_best: Train no more of it, make the model of its best epoch.
        command: What to start; None for ``bcviewer train`` of this Python with ``--job FILE`` or
            ``--resume RUN``, and with ``--json``.
    """

    def __init__(
        self,
        job_path: Path,
        *,
        resume: bool = False,
        folder: Path | None = None,
        workspace: Path | None = None,
        only_best: bool = False,
        command: list[str] | None = None,
    ) -> None:
        what = ("--resume", str(job_path.parent)) if resume else ("--job", str(job_path))
        self._command = command or [
            *(sys.executable, "-m", "bcviewer", "train", "--json", *what),
            *(("--best",) if only_best else ()),
            *(("--workspace", str(workspace)) if workspace else ()),
            *((str(folder),) if folder else ()),
        ]
        self._job_path = job_path
        self._resume = resume
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._heard: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._detached = threading.Event()
        self._run: RunFolder | None = None
        self._log_start = 0
        self._start_lock = ExitStack()
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
        self._hold_start(self._run)
        try:
            log = self._run.log_path.open("ab", buffering=0)
        except OSError as error:
            self._start_lock.close()
            raise cannot_write(self._run.log_path, error) from error
        self._log_start = log.seek(0, os.SEEK_END)
        try:
            self._process = subprocess.Popen(  # noqa: S603  (this very program)
                self._command,
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, "PYTHONUTF8": "1"},
                creationflags=background_flags(),
                start_new_session=True,
            )
        except OSError as error:
            log.close()
            self._start_lock.close()
            raise _not_started(error) from error
        self._reader = threading.Thread(
            target=self._read, args=(self._process, log), name="training", daemon=True
        )
        self._reader.start()
        if sys.platform != "win32":
            with suppress(OSError):  # it may be over already
                os.setpriority(os.PRIO_PROCESS, self._process.pid, NICENESS)

    def _take_run(self) -> RunFolder:
        if self._resume:
            return RunFolder(resumable_job(self._job_path.parent).run)
        return claim_run_folder(read_job(self._job_path))

    def _hold_start(self, run: RunFolder) -> None:
        """Let the run be seen to train from now on: its own locks come a second later."""
        with suppress(OSError, JobError):  # it is no condition of a training
            run.live_path.mkdir(exist_ok=True)
            self._start_lock.enter_context(held(run.live_path, START))

    def events(self) -> Iterator[Event]:
        """The events as they come; the last one tells how the training ended.

        Blocks between events. To be called once, after ``start``. After ``detach`` it ends soon,
        without an ending.
        """
        if self._process is None:
            raise RuntimeError("start the process first")
        ended = False
        while (event := self._heard.get()) is not None:
            if not ended:
                ended = is_ending(event)
                yield event
        if self._detached.is_set():
            return
        self._process.wait()
        self._close_input()
        if ended:
            return
        if self._killed and self._run is not None:
            note_cancel(self._run)
            yield Cancelled_()
        else:
            yield self._failure()

    def _read(self, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
        """Hear the process until its end, in a thread of its own; a let-go one as well."""
        assert process.stdout is not None
        with log, process.stdout:
            # No buffered reader: one that a daemon thread holds makes the interpreter abort.
            for line in _lines(process.stdout.fileno()):
                self._start_lock.close()
                event = parse_event(line.decode("utf-8", "replace"))
                if event is not None:
                    self._heard.put(event)
                    continue
                with suppress(OSError):  # a full disk must not stop the events
                    log.write(line)
            process.wait()
        self._start_lock.close()
        self._heard.put(None)

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

    def detach(self) -> None:
        """Let go of the process: it goes on by itself, and what it was told before is heard."""
        self._detached.set()
        self._heard.put(None)
        self._close_input()

    def close(self) -> None:
        """Make sure that the process is gone; for when ``events`` was not read to its end."""
        self.kill()
        if self._process:
            self._process.wait()
        if self._reader:
            self._reader.join()
        self._close_input()

    def _close_input(self) -> None:
        with self._lock, suppress(OSError):  # words that were never read
            if self._process and self._process.stdin:
                self._process.stdin.close()

    def _failure(self) -> Failed:
        code = self.returncode or 0
        run = self._run.path if self._run else Path()
        kept = f"Finished epochs are kept in {run}."
        if code < 0:
            cause, cure = CAUSES.get(_name(-code), CRASHED)
            return Failed(
                message=f"The training process ended by signal {-code} ({_name(-code)}): {cause}.",
                hint=f"{cure} {kept}",
            )
        said = self._last_words()
        return Failed(
            message=f"The training process ended without a result (exit code {code})."
            + (f" Its last words: {said}" if said else ""),
            hint=f"See log.txt in the run folder. {kept}",
        )

    def _last_words(self) -> str:
        lines = log_end(self._run.log_path, since=self._log_start) if self._run else []
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


def log_end(path: Path, *, since: int = 0) -> list[str]:
    """The last lines of the log of a run, which nothing bounds; none where it cannot be read.

    Args:
        path: The log.
        since: Bytes at its begin that are not of interest.
    """
    try:
        with open_plain(path) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(since, size - LOG_END_BYTES))
            return file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def _lines(descriptor: int) -> Iterator[bytes]:
    """The lines of a file descriptor, with their ends; the last one may have none."""
    rest = b""
    while chunk := os.read(descriptor, CHUNK_BYTES):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line + b"\n" for line in lines)
    if rest:
        yield rest


def _not_started(error: OSError) -> TrainingError:
    return TrainingError(
        f"The training process cannot be started: {error.strerror or error}.",
        hint="Close other programs and try again.",
    )


def background_flags() -> int:
    """On Windows: no console, no share in the window's Ctrl-C, and a lower priority than its."""
    if sys.platform != "win32":
        return 0
    group = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return group | subprocess.BELOW_NORMAL_PRIORITY_CLASS


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
