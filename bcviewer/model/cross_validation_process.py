"""A cross-validation in the background: the command line, in a session of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from bcviewer.errors import TrainingError
from bcviewer.model.cross_validation import CrossValidation
from bcviewer.model.training_process import background_flags
from bcviewer.storage import cannot_write

LOG = "log.txt"


def start_in_background(cross: CrossValidation, *, command: list[str] | None = None) -> None:
    """Start what is not done of a cross-validation; it goes on when this program ends.

    What it says goes to ``log.txt`` in its folder.

    Args:
        cross: The cross-validation, begun.
        command: What to start; None for ``bcviewer cross-validate`` of this Python.

    Raises:
        StorageError: The log cannot be written.
        TrainingError: The process cannot be started.
    """
    resume = ("cross-validate", "--resume", str(cross.path), "--json")
    chosen = command or [sys.executable, "-m", "bcviewer", *resume]
    path = cross.path / LOG
    try:
        log = path.open("ab", buffering=0)
    except OSError as error:
        raise cannot_write(path, error) from error
    with log:
        try:
            process = subprocess.Popen(  # noqa: S603  (this very program)
                chosen,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONUTF8": "1"},
                creationflags=background_flags(),
                start_new_session=True,
            )
        except OSError as error:
            raise TrainingError(
                f"The cross-validation cannot be started: {error.strerror or error}.",
                hint="Start it at a terminal: " + " ".join(["bcviewer", *resume[:-1]]),
            ) from error
    # Nobody waits for it: it outlives this program.
    process.returncode = 0
