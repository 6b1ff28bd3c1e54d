"""Making an int8 graph from the outside: a process of its own, as it would hold up a window."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from bcviewer.errors import Cancelled, ModelError
from bcviewer.model.folder import ModelFolder
from bcviewer.model.int8 import Int8Graph, read_int8


class Int8Process:
    """Runs ``bcviewer quantise``; ``kill`` may be called from any thread, at any time.

    Args:
        folder: The data folder.
        model: The model.
        workspace: Where pixels are kept.
        command: What to start; None for this very program.
    """

    def __init__(
        self,
        folder: Path,
        model: ModelFolder,
        workspace: Path,
        *,
        command: list[str] | None = None,
    ) -> None:
        self._model = model
        self._command = command or [
            *(sys.executable, "-m", "bcviewer", "quantise", str(folder)),
            *("--model", str(model.path), "--workspace", str(workspace), "--json"),
        ]
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._killed = False

    def run(self) -> Int8Graph:
        """Start the process and wait for its end.

        Raises:
            ModelError: It cannot be started, or made nothing; with its own words.
            Cancelled: It was killed.
        """
        process = self._start()
        _, said = process.communicate()
        made = read_int8(self._model.fingerprint)
        if self._killed:
            raise Cancelled
        if process.returncode or made is None:
            words = [line.strip() for line in said.splitlines() if line.strip()]
            raise ModelError(
                f"No 8-bit graph was made: {' '.join(words[-2:]) or 'the process ended'}",
                hint="The model predicts in 32 bits as before.",
            )
        return made

    def kill(self) -> None:
        """End the process at once; ``run`` ends with a cancel."""
        with self._lock:
            self._killed = True
            if self._process is not None:
                self._process.kill()

    def _start(self) -> subprocess.Popen[str]:
        with self._lock:
            if self._killed:
                raise Cancelled
            try:
                self._process = subprocess.Popen(  # noqa: S603  (this very program)
                    self._command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    text=True,
                    encoding="utf-8",
                    errors="replace",
                    env={**os.environ, "PYTHONUTF8": "1"},
                    creationflags=_creation_flags(),
                )
            except OSError as error:
                raise ModelError(
                    f"The 8-bit graph cannot be made: {error.strerror or error}.",
                    hint="Close other programs and try again.",
                ) from error
            return self._process


def _creation_flags() -> int:
    """On Windows: no console window."""
    if sys.platform != "win32":
        return 0
    return subprocess.CREATE_NO_WINDOW
