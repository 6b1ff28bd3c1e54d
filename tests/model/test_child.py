"""The child tells everything as lines, also its failure, and goes on when nobody listens."""

from __future__ import annotations

import io
from pathlib import Path

from bcviewer.model.child import CANCELLED, LineWriter, serve_job
from bcviewer.model.commands import Command, QueuedCommands
from bcviewer.model.events import Cancelled_, Failed, Note, parse_event
from bcviewer.model.job import write_job
from tests.model.conftest import tiny_job


def last_event(stream: io.StringIO) -> object:
    return parse_event(stream.getvalue().splitlines()[-1])


def test_a_wrong_job_is_told_as_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    path.write_text('{"kind": "bcviewer-job", "version": 1, "epochs": 0}')
    stream = io.StringIO()
    assert serve_job(path, stream, commands=QueuedCommands()) == 1
    event = last_event(stream)
    assert isinstance(event, Failed)
    assert "epochs" in event.message


def test_missing_data_is_told_as_a_failure(tmp_path: Path) -> None:
    stream = io.StringIO()
    assert serve_job(tiny_job(tmp_path), stream, commands=QueuedCommands()) == 1
    assert isinstance(last_event(stream), Failed)


def test_a_cancelled_job_is_no_failure(data_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    write_job(path, tiny_job(tmp_path))
    commands = QueuedCommands()
    commands.put(Command.CANCEL)
    stream = io.StringIO()
    assert serve_job(path, stream, commands=commands) == CANCELLED
    assert last_event(stream) == Cancelled_()


def test_nobody_listening_is_no_trouble() -> None:
    class Broken(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError

    emit = LineWriter(Broken())
    emit(Note("once"))
    emit(Note("twice"))


def test_a_closed_stream_is_no_trouble() -> None:
    stream = io.StringIO()
    stream.close()
    LineWriter(stream)(Note("hello"))
