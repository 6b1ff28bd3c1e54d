"""An import from the outside: a process of its own, so that a hostile file harms no window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from bcviewer.errors import ModelError
from bcviewer.model.imported_options import ImportLine, ImportTask
from bcviewer.model.imported_reading import reading_limit

STOPPED = "stopped"
"""The event of an import that was killed."""

LATE_HINT = "Fetch it again; if it lies on a slow drive, copy it to this machine first."


class ImportProcess:
    """Runs ``bcviewer import-model``; ``kill`` may be called from any thread, at any time.

    Args:
        task: What to import.
        look: Only find out what the network takes and gives: the file is read in that process, and
            it is killed when this takes too long.
        command: What to start, with the arguments added; None for this very program.
        limit: Seconds that a look may take; None for what a file of that size may take.
    """

    def __init__(
        self,
        task: ImportTask,
        *,
        look: bool = False,
        command: list[str] | None = None,
        limit: float | None = None,
    ) -> None:
        started = command or [sys.executable, "-m", "bcviewer", "import-model"]
        looking = ["--look", "--here"] if look else []
        self._command = [*started, *_arguments(task), "--json", *looking]
        self._source = task.source
        self._look = look
        self._limit = limit
        self._late = 0.0
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._killed = False

    def lines(self) -> Iterator[ImportLine]:
        """Start the process and tell what it tells; the last line is an ending.

        Raises:
            ModelError: The process cannot be started.
        """
        with tempfile.TemporaryFile() as said, self._watched():
            try:
                yield from self._heard(self._start(said), said)
            finally:
                self._end()

    def kill(self) -> None:
        """End the process at once; ``lines`` ends with ``STOPPED``."""
        with self._lock:
            self._killed = True
            if self._process is not None:
                self._process.kill()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        if not self._look:  # an import has a look taken at the file before it reads it itself
            yield
            return
        limit = self._limit or reading_limit(self._source)
        watch = threading.Timer(limit, self._give_up, (limit,))
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()
            watch.join()

    def _give_up(self, seconds: float) -> None:
        with self._lock:
            self._late = seconds
            if self._process is not None:
                self._process.kill()

    def _start(self, said: IO[bytes]) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._killed:
                return None
            try:
                self._process = subprocess.Popen(  # noqa: S603  (this very program)
                    self._command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    env={**os.environ, "PYTHONUTF8": "1"},
                    creationflags=_creation_flags(),
                )
            except OSError as error:
                raise ModelError(
                    f"The import cannot be started: {error.strerror or error}.",
                    hint="Close other programs and try again.",
                ) from error
            return self._process

    def _heard(
        self, process: subprocess.Popen[bytes] | None, said: IO[bytes]
    ) -> Iterator[ImportLine]:
        ended = False
        if process is not None and process.stdout is not None:
            for text in process.stdout:
                line = ImportLine.parse(text.decode("utf-8", "replace"))
                if line is not None and not ended:
                    ended = line.ends
                    yield line
            process.wait()
        if not ended:
            yield ImportLine(STOPPED) if self._killed else self._failure(said)

    def _failure(self, said: IO[bytes]) -> ImportLine:
        if self._late:
            text = f"{self._source} cannot be read: reading it took longer than {self._late:.0f} s"
            return ImportLine("failed", f"{text}, so it is damaged.", LATE_HINT)
        code = self._process.returncode if self._process is not None else 0
        if code < 0:
            text = f"The import ended by signal {-code}: the file made it crash, or it ran out of"
            return ImportLine("failed", f"{text} memory.", "Choose another file.")
        said.seek(0)
        words = said.read().decode("utf-8", "replace").splitlines()
        last = next((line.strip() for line in reversed(words) if line.strip()), "no word")
        return ImportLine("failed", f"The import ended without a result: {last}")

    def _end(self) -> None:
        with self._lock:
            process = self._process
        if process is not None:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def look_at_file(task: ImportTask) -> dict[str, Any]:
    """What a file holds, read in a process of its own that cannot hang for ever.

    Returns:
        As ``imported_reading.look_at``.

    Raises:
        ModelError: The file is not taken, or cannot be read in time.
    """
    *_, last = ImportProcess(task, look=True).lines()
    if last.event != "looked":
        raise ModelError(last.text, hint=last.hint)
    return last.content


def _creation_flags() -> int:
    """On Windows: no console window."""
    if sys.platform != "win32":
        return 0
    return subprocess.CREATE_NO_WINDOW


def _arguments(task: ImportTask) -> list[str]:
    wishes = task.wishes
    return [
        str(task.source.absolute()),  # absolute, so that it is never taken for an option
        *("--scaling", wishes.scaling),
        *("--resizing", wishes.resizing),
        *("--idc-output", wishes.idc_output),
        *("--threshold", f"{task.threshold:.6g}"),
        *(["--input-size", str(wishes.input_size)] if wishes.input_size else []),
        *([f"--name={task.name}"] if task.name else []),
        *([f"--to={task.target}"] if task.target is not None else []),
    ]
