"""The probe from the inside of its process: job in, what was found out."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from bcviewer.errors import BcviewerError, Cancelled
from bcviewer.model.child import LineWriter
from bcviewer.model.commands import CommandSource, StdinCommands
from bcviewer.model.events import Cancelled_, Failed
from bcviewer.model.job import TrainingJob, read_job


def serve_probe(
    job: TrainingJob | Path, stream: TextIO, *, commands: CommandSource | None = None
) -> int:
    """Probe a job as a child process does; always the last line tells how it ended.

    Args:
        job: The job, or its file.
        stream: Where the events go; standard output.
        commands: Where commands come from; None for standard input.

    Returns:
        The exit code: 0, or 1 when the job cannot be probed.
    """
    emit = LineWriter(stream)
    try:
        # Before the import, which takes seconds: a wrong job is told at once.
        wanted = read_job(job) if isinstance(job, Path) else job
        source = commands or StdinCommands()
        from bcviewer.model.keras_backend.probe import run_probe

        run_probe(wanted, emit=emit, commands=source)
    except Cancelled:
        emit(Cancelled_())
    except BcviewerError as error:
        emit(Failed(message=error.message, hint=error.hint))
        return 1
    return 0
