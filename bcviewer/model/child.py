"""The training process from the inside: job in, events out, commands from its input or its run."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from bcviewer.errors import BcviewerError
from bcviewer.model.commands import QueuedCommands, StdinCommands
from bcviewer.model.events import Cancelled_, Event, Failed
from bcviewer.model.job import TrainingJob, read_job
from bcviewer.model.live_folder import LiveFolder
from bcviewer.model.resume import resumable_job

CANCELLED = 130
"""The exit code of a training that was cancelled, as of a program that Ctrl-C ended."""


class LineWriter:
    """Writes events to a stream, a line each; may be called from several threads.

    Once nobody reads any more (the window is gone), events go nowhere and the training goes on.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._heard = True

    def __call__(self, event: Event) -> None:
        """Write one event."""
        with self._lock:
            if not self._heard:
                return
            try:
                self._stream.write(event.to_line() + "\n")
                self._stream.flush()
            except (OSError, ValueError):
                self._heard = False
                _let_go(self._stream)


def serve_job(
    job: TrainingJob | Path, stream: TextIO, *, commands: QueuedCommands | None = None
) -> int:
    """Run a job as a child process does; always the last line tells how it ended.

    Args:
        job: The job, or its file.
        stream: Where the events go; standard output.
        commands: Where commands come from beside the run folder; None for standard input.

    Returns:
        The exit code: 0, 1 when the training failed, ``CANCELLED`` when it was cancelled.
    """
    return _serve(
        lambda: read_job(job) if isinstance(job, Path) else job, stream, commands, resume=False
    )


def serve_resume(
    run: Path,
    stream: TextIO,
    *,
    commands: QueuedCommands | None = None,
    folder: Path | None = None,
    workspace: Path | None = None,
    only_best: bool = False,
) -> int:
    """Go on with a run as a child process does; otherwise as ``serve_job``.

    ``folder`` and ``workspace`` say where they are now, as in ``resumable_job``; with
    ``only_best`` it trains no more, and makes the model of the best epoch.
    """
    return _serve(
        lambda: resumable_job(run, folder=folder, workspace=workspace),
        stream,
        commands,
        resume=True,
        only_best=only_best,
    )


def _serve(
    read: Callable[[], TrainingJob],
    stream: TextIO,
    commands: QueuedCommands | None,
    *,
    resume: bool,
    only_best: bool = False,
) -> int:
    emit = LineWriter(stream)
    try:
        # Before the import, which takes seconds: a wrong job is told at once, and a command heard.
        wanted = read()
        source = commands or StdinCommands()
        with LiveFolder(wanted.run, source) as live:
            from bcviewer.model.keras_backend.training import run_job

            def tell(event: Event) -> None:
                live.tell(event)
                emit(event)

            ending = run_job(wanted, emit=tell, commands=source, resume=resume, only_best=only_best)
    except BcviewerError as error:
        emit(Failed(message=error.message, hint=error.hint))
        return 1
    return CANCELLED if isinstance(ending, Cancelled_) else 0


def _let_go(stream: TextIO) -> None:
    """Lead a stream that nobody reads to nowhere.

    What is left in its buffer, and what any library prints, would be an error of its own.
    """
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, stream.fileno())
        finally:
            os.close(nowhere)
